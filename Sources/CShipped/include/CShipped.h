// SPDX-License-Identifier: Apache-2.0
// Files of this package that the program carries in itself, so that it needs nothing beside it.
#pragma once
#include <stddef.h>

/// The text of Config/intray.yaml; `*size` becomes its length.
const unsigned char *shipped_configuration(size_t *size);

/// The page's files in Sources/Dashboard/Assets, in the same way.
const unsigned char *shipped_style(size_t *size);
const unsigned char *shipped_script(size_t *size);
const unsigned char *shipped_icon(size_t *size);

/// The description of the API in Sources/Dashboard/Description, in the same way.
const unsigned char *shipped_api_description(size_t *size);
