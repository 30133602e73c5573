/*
 * Tokens in addresses: a server that writes a new one into the addresses of every response
 * (?session=5f0b04c8, /5f0b04c8b3036b51/page) has no end of them.  Of three pages whose addresses
 * differ in what looks made by chance, and that show the same, no fourth is asked for
 * ("url.session").
 *
 * Memory is fixed; what it forgets counts as new again.
 */
#ifndef TRAPS_URL_TOKEN_H
#define TRAPS_URL_TOKEN_H

#include "traps/detector.h"

extern const struct detector detector_url_token;

#endif
