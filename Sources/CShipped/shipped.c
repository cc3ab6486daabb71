// SPDX-License-Identifier: Apache-2.0
#include "CShipped.h"

static const unsigned char configuration[] = {
#embed "../../Config/intray.yaml"
};

const unsigned char *shipped_configuration(size_t *size) {
    *size = sizeof configuration;
    return configuration;
}
