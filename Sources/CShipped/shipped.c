// SPDX-License-Identifier: Apache-2.0
#include "CShipped.h"

static const unsigned char configuration[] = {
#embed "../../Config/intray.yaml"
};

const unsigned char *shipped_configuration(size_t *size) {
    *size = sizeof configuration;
    return configuration;
}

static const unsigned char style[] = {
#embed "../Dashboard/Assets/style.css"
};

static const unsigned char script[] = {
#embed "../Dashboard/Assets/app.js"
};

static const unsigned char icon[] = {
#embed "../Dashboard/Assets/icon.svg"
};

const unsigned char *shipped_style(size_t *size) {
    *size = sizeof style;
    return style;
}

const unsigned char *shipped_script(size_t *size) {
    *size = sizeof script;
    return script;
}

const unsigned char *shipped_icon(size_t *size) {
    *size = sizeof icon;
    return icon;
}

static const unsigned char api_description[] = {
#embed "../Dashboard/Description/openapi.json"
};

const unsigned char *shipped_api_description(size_t *size) {
    *size = sizeof api_description;
    return api_description;
}
