/*
 * Cookie walls: a URL redirects to itself, or in a circle, until the visitor sends the cookie that
 * was set on the way.  It is asked for again with the cookie, a few times at most.
 */
#include <config.h>

#include "crawl/crawl_internal.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "web/location.h"

enum {
    WALL_TRIES = 4, /* of a URL that redirects to itself */
    CIRCLES_MOST = 1000,
    CIRCLE_LONGEST = 20,
};

/* A URL at which a circle of redirects began. */
struct circle {
    int64_t key;
    bool pending; /* it is asked for again as soon as its first response is on the disk */
};

struct cookie_walls {
    struct circle circles[CIRCLES_MOST]; /* each is tried once in a run */
    size_t count;
    bool any; /* some response has set a cookie */
};

static bool is_redirect(int status)
{
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

/* Whether the response leads to the URL that was requested. */
static bool leads_to_itself(const struct capture *capture, const struct http_head *head)
{
    struct text asked = buf_text(&capture->exchange->url);
    struct url url, target;
    url_init(&url);
    url_init(&target);
    bool itself = url_parse(&url, asked, NULL, TEXT("")) == URL_OK &&
                  location_parse(&target, http_field(head, "Location"), &url) == URL_OK &&
                  text_equal(url_resource(&target), asked);
    url_release(&url);
    url_release(&target);
    return itself;
}

bool crawl_cookie_opens(const struct capture *capture, const struct http_head *head)
{
    return capture->exchange->facts.sets_cookie && capture->attempts < WALL_TRIES &&
           is_redirect(head->status) && http_field(head, "Location").length &&
           leads_to_itself(capture, head);
}

/* ---- circles ---- */

/* The key of a URL; 0: it is none. */
static int64_t key_of(struct crawl *crawl, struct text text)
{
    struct url url;
    url_init(&url);
    int64_t key =
        url_parse(&url, text, NULL, TEXT("")) == URL_OK ? frontier_key(crawl->frontier, &url) : 0;
    url_release(&url);
    return key;
}

/* Whether the redirects that led to this capture began at, or passed, the URL with the key
 * `target`.  *host: where they began, as far as they were followed back. */
static enum result find_on_the_way(struct crawl *crawl, const struct capture *capture,
                                   int64_t target, int64_t *host, bool *found)
{
    enum result result = RESULT_OK;
    struct visit visit = {.key = 0};
    struct buf texts;
    buf_init(&texts, 1 << 18);
    int64_t key = key_of(crawl, buf_text(&capture->via));
    bool by_redirect = text_ends(text_of(capture->hops), TEXT("R"));
    *host = capture->host;
    for (int i = 0; i < CIRCLE_LONGEST && by_redirect && key && key != target; i++) {
        buf_clear(&texts);
        result = known_urls_find(crawl->store->known, key, &visit, &texts, &crawl->trouble);
        *host = visit.host;
        by_redirect = result == RESULT_OK && text_ends(text_of(visit.hops), TEXT("R"));
        key = result == RESULT_OK ? visit.via_key : 0;
    }
    *found = by_redirect && key == target;
    buf_release(&texts);
    return result == RESULT_END ? RESULT_OK : result;
}

static struct cookie_walls *walls_of(struct crawl *crawl)
{
    if (!crawl->ending.cookie_walls)
        crawl->ending.cookie_walls = calloc(1, sizeof *crawl->ending.cookie_walls);
    return crawl->ending.cookie_walls;
}

/* False: the URL was asked for again already. */
static bool note_circle(const struct crawl *crawl, struct cookie_walls *walls, int64_t key)
{
    for (size_t i = 0; i < walls->count; i++)
        if (walls->circles[i].key == key)
            return false;
    if (walls->count == CIRCLES_MOST || crawl->ending.stopping)
        return false;
    walls->circles[walls->count++] = (struct circle){.key = key, .pending = true};
    return true;
}

enum result crawl_cookies_see_redirect(struct crawl *crawl, struct capture *capture)
{
    bool found = false;
    struct cookie_walls *walls = crawl->ending.cookie_walls;
    if (capture->exchange->facts.sets_cookie) {
        if (!(walls = walls_of(crawl)))
            return trouble_say(&crawl->trouble, RESULT_BROKEN, "no memory for cookies");
        walls->any = true;
    }
    int64_t target = walls && walls->any ? key_of(crawl, buf_text(&capture->target)) : 0;
    if (!target || target == capture->key)
        return RESULT_OK;
    int64_t host;
    enum result result = find_on_the_way(crawl, capture, target, &host, &found);
    if (result == RESULT_OK && found && note_circle(crawl, walls, target)) {
        capture->body.to_itself = false;
        crawl_lockout_release(crawl, host);
    }
    return result;
}

enum result crawl_cookies_turn(struct crawl *crawl)
{
    struct cookie_walls *walls = crawl->ending.cookie_walls;
    enum result result = RESULT_OK;
    for (size_t i = 0; walls && result == RESULT_OK && i < walls->count; i++) {
        struct circle *circle = &walls->circles[i];
        struct url_history history;
        if (!circle->pending || crawl->ending.stopping)
            continue;
        result = recrawl_state_history(crawl->store->recrawl, circle->key, &history, NULL,
                                       &crawl->trouble);
        if (result == RESULT_OK && history.state == STATE_WAITING)
            continue;
        circle->pending = false;
        result = result == RESULT_OK ? frontier_ask_again(crawl->frontier, &circle->key, 1,
                                                          clock_wall_ms() + 1, &crawl->trouble)
                                     : result;
        result = result == RESULT_END ? RESULT_OK : result;
    }
    return result;
}

void crawl_cookies_free(struct crawl *crawl)
{
    free(crawl->ending.cookie_walls);
}
