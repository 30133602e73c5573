/*
 * What a URL alone tells of pagination: whether it has a page number, which, and which URLs are
 * pages of the same list.
 */
#ifndef SERIES_PAGER_URL_H
#define SERIES_PAGER_URL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "web/path_segments.h"
#include "web/url.h"

/* Whether a query parameter selects a page of a list: page=2, offset=40, updated-max=2021-06-01;
 * not page=about. */
bool pager_url_parameter(struct text parameter);
/* Whether the query has such a parameter. */
bool pager_url_query(struct text query);
/* Whether the path names a page of a list (.../page/2, .../seite-3, .../index2.html) or may name
 * one
 * (.../p3). */
enum page_path { PAGE_NONE, PAGE_HINTED, PAGE_NAMED };
enum page_path pager_url_path(const struct path_segments *segments);

/* Whether `page` is one of the numbered pages of the list whose first page `link` is. */
bool pager_url_leads_back(const struct url *page, const struct url *link);

/* The page number in a URL that names it: .../page/2, .../index3.html, ?page=2; -1 when there is
 * none. */
long pager_url_page(const struct url *url);

/* A hash of the URL without its page number, so that all pages of a list have the same; never 0. */
uint64_t pager_url_list_key(const struct url *url);
/* A hash of path and query without their digits. */
uint64_t pager_url_shape(const struct url *url);

/* The number of digits at the end of the text.  Those of a percent escape, "%A1", do not count. */
size_t pager_url_digits(struct text text);

/* Whether the path ends in a small number, which may count pages: .../news-2.html, .../list/3/; and
 * .../news2.html when `number`, the link's text, is the same. */
bool pager_url_ends_in_number(const struct path_segments *segments, long number);

/* Whether the URLs differ in one number only, and by one: /comic/122 and /comic/123. */
bool pager_url_is_one_apart(const struct url *page, const struct url *link);

/* Whether the URL is that of the next or previous page of the list; texts may be in any language.
 */
bool pager_url_is_neighbour(const struct url *page, const struct url *link);

#endif
