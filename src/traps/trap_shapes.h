/*
 * Shapes of URLs by which traps are told in any site. All texts are those of parsed URLs.
 */
#ifndef TRAPS_TRAP_SHAPES_H
#define TRAPS_TRAP_SHAPES_H

#include "web/path_segments.h"
#include "web/url.h"

/* A segment that is not a number occurs four times, a group of up to four segments repeats three
 * times in a row, or there are more than 32 segments. */
bool trap_shape_loops(const struct path_segments *segments);

/* /2031/05/, /events/2031-05/, /events/2031/: a date at least two years after `year`. *place gets
 * the path before it. It may as well be a number, so only pages can tell. */
bool trap_shape_future_calendar(const struct path_segments *segments, int year, struct text *place);

/* The last segment is "login", "signup.php" or the like. */
bool trap_shape_login(const struct path_segments *segments);

/* /user/login, /accounts/login/: the whole path says that this is about the visitor's account. */
bool trap_shape_of_accounts(const struct path_segments *segments);

/* A value of the query is an absolute URL on the page's host. */
bool trap_shape_names_site(const struct url *page, struct text query);

/* The query names the page with the link: an action that returns to it. */
bool trap_shape_comes_back(const struct url *page, struct text query);

/* The URL is the page's own with one switch more (print=1) or a service to share it on. */
bool trap_shape_own_view(const struct url *page, const struct url *url);

/* The page's own choices and one more. Choices can be joined without end. A link that pages through
 * the list is not meant. */
bool trap_shape_joins_choices(const struct url *page, const struct url *url);

/* A parameter appears twice in the query. */
bool trap_shape_repeats_name(struct text query);

/* .../threads/x.1/post-77, /threads/x.1/latest: a place on a page of the thread. */
bool trap_shape_place_in_thread(const struct path_segments *segments);

/* LiveJournal's single comments: /123.html?thread=9. */
bool trap_shape_comment_of_entry(struct text path, struct text query);

/* The columns of a web server's directory listing: ?C=N;O=D. */
bool trap_shape_directory_order(struct text query);

/* /feeds/4711/comments/default: each post has one, and the post already shows what it contains. */
bool trap_shape_comment_feed(const struct path_segments *segments);

#endif
