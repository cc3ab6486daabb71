// SPDX-License-Identifier: Apache-2.0
// The plain functions, without the providers that the newer ones load: nothing to start, nothing to open.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/aes.h>
#include <openssl/blowfish.h>
#include <openssl/md5.h>
#include <openssl/modes.h>
#include <openssl/rc4.h>
#include <openssl/sha.h>
