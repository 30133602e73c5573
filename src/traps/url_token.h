/*
 * Tokens in URLs. A server that writes a new one into the URLs of every response
 * (?session=5f0b04c8, /5f0b04c8b3036b51/page) has no end of them. After three pages that show the
 * same, and whose URLs differ only in what looks random, a fourth is not requested ("url.session").
 *
 * Memory is fixed; what it forgets counts as new again.
 */
#ifndef TRAPS_URL_TOKEN_H
#define TRAPS_URL_TOKEN_H

#include "traps/detector.h"

extern const struct detector detector_url_token;

#endif
