// SPDX-License-Identifier: Apache-2.0
// Files of this package that the program carries in itself, so that it needs nothing beside it.
#pragma once
#include <stddef.h>

/// The text of Config/intray.yaml; `*size` becomes its length.
const unsigned char *shipped_configuration(size_t *size);
