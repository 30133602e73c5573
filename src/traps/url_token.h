/*
 * Tokens in URLs. A server that writes a new one into the URLs of every response
 * (?session=5f0b04c8, ?r=4711, /5f0b04c8b3036b51/page) has no end of them. When pages show the same
 * although their URLs differ in one parameter or segment, that is taken for a token. Then each page
 * is requested with one value of it only ("url.session").
 *
 * What looks random needs least proof. A word or a number is a token only if the pages also link to
 * other values of it each time: two tags with the same posts are two pages.
 *
 * Memory is fixed; what it forgets counts as new again.
 */
#ifndef TRAPS_URL_TOKEN_H
#define TRAPS_URL_TOKEN_H

#include "traps/detector.h"

extern const struct detector detector_url_token;

#endif
