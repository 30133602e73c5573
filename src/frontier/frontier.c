#include <config.h>

#include "frontier/frontier.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "web/robots.h"

enum {
    HOST_SLOTS = 1 << 12,     /* of the table from number to host; it grows by chaining */
    ROBOTS_AGE_MS = 86400000, /* RFC 9309, 2.4: not to be used longer than 24 hours */
    ROBOTS_LOOK_MS =
        600000, /* also by a run that lasts longer than that: their age is looked at so often */
    CRAWL_DELAY_MOST_MS = 300000,
    READY_NEVER = -1,
    LEAVE_MOST_MS = 300000, /* a host that wants to be left alone longer is left to the next run */
    LEAVE_FIRST_MS = 1000,  /* after a refusal without Retry-After, then twice as long each time */
    LEAVE_LONGEST_MS = 3600000,
    REFUSALS_FORGOTTEN_MS = 3600000,
    PARTS_BEHIND = 16, /* requisites that may wait on another host while a further page is begun */
    TEXT_MOST_BYTES = 1 << 20, /* of a text that the store gives: robots.txt, a host's name */
    SLOW_MS = 5000,            /* a host that has not answered for so long is not waited for */
};

enum rules { RULES_UNKNOWN, RULES_ASKED, RULES_KNOWN };

struct host {
    int64_t number;
    char *name;
    bool https;  /* scheme of the first address met, for robots.txt */
    bool turned; /* all its addresses are asked for by `turned_to_https`, whatever they say */
    bool turned_to_https;
    bool turn_answers; /* the other scheme has answered */
    bool turn_failed;  /* it did not either */
    enum rules rules;
    int64_t rules_looked_at_ms; /* wall clock: when it was seen last that they are not too old */
    bool rules_came; /* an answer brought them in this run; its record may not be written yet */
    bool rules_elsewhere; /* its robots.txt was redirected to another host, which is being asked */
    struct robots *robots;
    char *unreachable; /* why its robots.txt could not be had, NULL when it could */
    int64_t waiting;   /* visits in the store that are not leased */
    int running;
    bool answers;           /* the last time that it was asked it did */
    int64_t asked_ms;       /* steady clock */
    int64_t rests_until_ms; /* steady clock */
    struct host_state host_state;
    bool host_state_known;
    int64_t visits_ready_ms; /* wall clock: earliest retry, when nothing else waits */
    struct host *next_in_slot;
    struct host *next; /* all hosts, in a ring, so that each gets its turn */
};

struct frontier {
    struct store *store;
    struct frontier_options options;
    struct host *slots[HOST_SLOTS];
    struct host *turn; /* the host to look at first */
    int64_t waiting;
    bool no_memory;       /* for a host that the store told of */
    bool requisites_only; /* are taken */
    const char *waits_for;
    int64_t waits_until_ms; /* steady clock */
    int64_t began_steady_ms;
    struct buf seen_key, address, text;
    struct buf taken; /* texts of the visit that was taken last */
    struct url scratch;
    struct url plain; /* an address without its user information */
};

/* ---- hosts ---- */

static struct host *find_host(const struct frontier *frontier, int64_t number)
{
    struct host *host = frontier->slots[(uint64_t)number % HOST_SLOTS];
    while (host && host->number != number)
        host = host->next_in_slot;
    return host;
}

static struct host *host_of(struct frontier *frontier, int64_t number, struct text name)
{
    struct host *host = find_host(frontier, number);
    if (host)
        return host;
    host = calloc(1, sizeof *host);
    if (!host || !(host->name = text_copy(name))) {
        free(host);
        return NULL;
    }
    host->number = number;
    struct host **slot = &frontier->slots[(uint64_t)number % HOST_SLOTS];
    host->next_in_slot = *slot;
    *slot = host;
    /* It joins the ring just behind the one whose turn it is. */
    host->next = frontier->turn ? frontier->turn->next : host;
    if (frontier->turn)
        frontier->turn->next = host;
    else
        frontier->turn = host;
    return host;
}

/* Who leased a visit meanwhile finishes it: that is no trouble of ours. */
static enum result finish(struct frontier *frontier, const struct outcome *outcome,
                          struct trouble *trouble)
{
    enum result result = queue_finish(frontier->store->queue, outcome, 1, trouble);
    return result == RESULT_END ? RESULT_OK : result;
}

static void note_waiting(void *context, const struct waiting_host *waiting)
{
    struct frontier *frontier = context;
    struct host *host = host_of(frontier, waiting->host, waiting->name);
    if (host) {
        host->waiting = waiting->waiting;
        host->https = text_starts(waiting->url, TEXT("https:"));
        frontier->waiting += waiting->waiting;
    } else
        frontier->no_memory = true;
}

enum result frontier_new(struct frontier **out, struct store *store,
                         const struct frontier_options *options, struct trouble *trouble)
{
    struct frontier *frontier = calloc(1, sizeof *frontier);
    *out = frontier;
    if (!frontier)
        return trouble_say(trouble, RESULT_BROKEN, "no memory for the frontier");
    frontier->store = store;
    frontier->options = *options;
    frontier->began_steady_ms = clock_steady_ms();
    frontier->waits_for = "";
    buf_init(&frontier->seen_key, URL_LONGEST + 64);
    buf_init(&frontier->address, URL_LONGEST + 64);
    buf_init(&frontier->text, TEXT_MOST_BYTES);
    buf_init(&frontier->taken, TEXT_MOST_BYTES);
    url_init(&frontier->scratch);
    url_init(&frontier->plain);
    enum result result = hosts_each_waiting(store->hosts, note_waiting, frontier, trouble);
    return result == RESULT_OK && frontier->no_memory
               ? trouble_say(trouble, RESULT_BROKEN, "no memory for a host")
               : result;
}

void frontier_free(struct frontier *frontier)
{
    if (!frontier)
        return;
    for (size_t i = 0; i < HOST_SLOTS; i++)
        while (frontier->slots[i]) {
            struct host *host = frontier->slots[i];
            frontier->slots[i] = host->next_in_slot;
            robots_free(host->robots);
            free(host->unreachable);
            free(host->name);
            free(host);
        }
    buf_release(&frontier->seen_key);
    buf_release(&frontier->address);
    buf_release(&frontier->text);
    buf_release(&frontier->taken);
    url_release(&frontier->scratch);
    url_release(&frontier->plain);
    free(frontier);
}

/* ---- offering ---- */

static void copy_hops(char out[VISIT_HOPS_MOST + 1], const char *via_hops, char hop)
{
    size_t length = via_hops ? strlen(via_hops) : 0;
    size_t most = VISIT_HOPS_MOST - (hop != 0);
    size_t from = length > most ? length - most : 0;
    snprintf(out, VISIT_HOPS_MOST + 1, "%s%c", via_hops ? via_hops + from : "", hop);
}

int64_t frontier_key(struct frontier *frontier, const struct url *url)
{
    buf_clear(&frontier->seen_key);
    url_write_seen_key(url, &frontier->seen_key);
    return store_key(frontier->store, buf_text(&frontier->seen_key));
}

enum result frontier_note_listed(struct frontier *frontier, enum list_source source, int64_t key,
                                 struct trouble *trouble)
{
    const struct listed_url listed = {key, source};
    return completeness_note_listed(frontier->store->completeness, &listed, 1, trouble);
}

enum result frontier_note_row_pages(struct frontier *frontier, struct text family, int pages,
                                    struct trouble *trouble)
{
    return completeness_note_row_pages(frontier->store->completeness, family, pages, trouble);
}

enum result frontier_note_archive_count(struct frontier *frontier, int period, int posts,
                                        struct trouble *trouble)
{
    return completeness_note_archive_count(frontier->store->completeness, period, posts, trouble);
}

enum result frontier_note_feed_total(struct frontier *frontier, int64_t entries,
                                     struct trouble *trouble)
{
    return progress_raise_number(frontier->store->progress, "feed_entries", entries, trouble);
}

enum result frontier_refuse(struct frontier *frontier, int64_t key, struct text url,
                            enum url_rule rule, int64_t via_key, struct trouble *trouble)
{
    const struct left_out_url left_out = {.key = key, .rule = rule, .url = url, .via_key = via_key};
    return completeness_note_left_out(frontier->store->completeness, &left_out, 1, trouble);
}

bool frontier_surely_knows(const struct frontier *frontier, int64_t key, enum visit_kind kind)
{
    /* With a limit of depth the store is asked each time, for a shorter way to a waiting page
     * counts. */
    return !frontier->options.depth_counts && queue_surely_knows(frontier->store->queue, key, kind);
}

enum result frontier_offer(struct frontier *frontier, const struct offer *offer, bool *is_new,
                           struct trouble *trouble)
{
    struct visit visit = {.kind = offer->kind,
                          .depth = offer->depth,
                          .via_key = offer->via_key,
                          .robots_for = offer->robots_for,
                          .period = offer->period};
    bool fresh = false;
    if (is_new)
        *is_new = false;
    if (!url_copy(&frontier->plain, offer->url))
        return trouble_say(trouble, RESULT_BROKEN, "no memory for an address");
    url_take_user(&frontier->plain, NULL);
    visit.url = url_resource(&frontier->plain);
    visit.key = frontier_key(frontier, offer->url);
    if (offer->redirect_from == visit.key) {
        /* From http to https of the same address: one address to us, but two that a reader of the
         * archive asks for. */
        buf_add(&frontier->seen_key, offer->url->https ? " https" : " http");
        visit.key = store_key(frontier->store, buf_text(&frontier->seen_key));
    }
    if (frontier_surely_knows(frontier, visit.key, visit.kind))
        return RESULT_OK;
    enum result result =
        hosts_number(frontier->store->hosts, url_authority(offer->url), &visit.host, trouble);
    if (result != RESULT_OK)
        return result;
    struct host *host = host_of(frontier, visit.host, url_authority(offer->url));
    if (!host)
        return trouble_say(trouble, RESULT_BROKEN, "no memory for a host");
    struct host *governed = offer->robots_for ? find_host(frontier, offer->robots_for) : NULL;
    if (governed && governed != host)
        governed->rules_elsewhere = true;
    copy_hops(visit.hops, offer->via_hops, offer->hop);
    result = queue_offer(frontier->store->queue, &visit, 1, &fresh, trouble);
    if (result == RESULT_OK && fresh) {
        if (!host->waiting && host->rules == RULES_UNKNOWN)
            host->https = offer->url->https;
        host->waiting++;
        host->visits_ready_ms = 0;
        frontier->waiting++;
    }
    if (is_new)
        *is_new = fresh;
    return result;
}

static void note_asked(void *context, int64_t number, struct text name)
{
    struct frontier *frontier = context;
    struct host *host = host_of(frontier, number, name);
    if (host) {
        host->waiting++;
        host->visits_ready_ms = 0;
        frontier->waiting++;
    } else
        frontier->no_memory = true;
}

enum result frontier_ask_again(struct frontier *frontier, int64_t key, int64_t before_ms,
                               struct trouble *trouble)
{
    const struct asked_visitor visitor = {note_asked, frontier};
    enum result result =
        queue_ask_again(frontier->store->queue, &key, 1, before_ms, &visitor, trouble);
    return result == RESULT_OK && frontier->no_memory
               ? trouble_say(trouble, RESULT_BROKEN, "no memory for a host")
               : result;
}

void frontier_take_requisites_only(struct frontier *frontier)
{
    frontier->requisites_only = true;
}

/* ---- rules ---- */

/* RFC 9309, 2.3.1: 2xx is read, 4xx leaves all open, all else closes. */
static struct robots *rules_from(int status, struct text body)
{
    if (status >= 200 && status < 300)
        return robots_read(body, TEXT("warccap"));
    return status >= 300 && status < 500 ? robots_allow_all() : robots_close_all();
}

static enum result use_robots(struct host *host, int status, struct text body,
                              struct trouble *trouble)
{
    robots_free(host->robots);
    host->robots = rules_from(status, body);
    host->rules = RULES_KNOWN;
    host->rules_looked_at_ms = clock_wall_ms();
    return host->robots
               ? RESULT_OK
               : trouble_say(trouble, RESULT_BROKEN, "no memory for the rules of %s", host->name);
}

enum result frontier_set_robots(struct frontier *frontier, int64_t number, int status,
                                struct text body, const char *why, struct trouble *trouble)
{
    struct host *host = find_host(frontier, number);
    body = text_first(body, ROBOTS_READ_BYTES);
    if (host)
        host->rules_came = true;
    if ((status == 0 || status >= 500) && host && host->robots && !host->unreachable) {
        /* They were asked for anew.  RFC 9309, 2.3.1.4: those that are known may be used on. */
        host->rules = RULES_KNOWN;
        host->rules_looked_at_ms = clock_wall_ms();
        return RESULT_OK;
    }
    if (status == 0 || status >= 500) {
        char words[384];
        snprintf(words, sizeof words, "%s (asked for its robots.txt)", why);
        if (host && !host->unreachable)
            host->unreachable = text_copy(text_of(words));
        return host ? use_robots(host, status, body, trouble) : RESULT_OK;
    }
    const struct host_robots robots = {status, clock_wall_ms(), body};
    enum result result = hosts_keep_robots(frontier->store->hosts, number, &robots, trouble);
    return result == RESULT_OK && host ? use_robots(host, status, body, trouble) : result;
}

/* What the last runs learned.  A host that was left alone long enough begins anew. */
static enum result get_manners(struct frontier *frontier, struct host *host,
                               struct trouble *trouble)
{
    enum result result =
        hosts_state(frontier->store->hosts, host->number, &host->host_state, trouble);
    if (host->host_state.leave_until_ms > clock_wall_ms() + RETRY_AFTER_MOST_MS)
        host->host_state.leave_until_ms = 0; /* nobody may wish for so much: a clock was wrong */
    if (host->host_state.leave_until_ms + REFUSALS_FORGOTTEN_MS < clock_wall_ms())
        host->host_state.refusals = 0;
    host->host_state_known = true;
    return result;
}

/* What the store has of a host's robots.txt, unless it is too old or of the future, by a clock that
 * was wrong: END then. */
static enum result read_robots(struct frontier *frontier, const struct host *host,
                               struct host_robots *robots, struct trouble *trouble)
{
    int64_t now = clock_wall_ms();
    enum result result =
        hosts_robots(frontier->store->hosts, host->number, robots, &frontier->text, trouble);
    bool fresh = result == RESULT_OK && now - robots->received_ms <= ROBOTS_AGE_MS &&
                 robots->received_ms <= now + ROBOTS_AGE_MS;
    return result == RESULT_OK && !fresh ? RESULT_END : result;
}

/* Rules that have grown old are asked for again; those of a host that could not tell them stand
 * until the next run. */
static enum result forget_old_rules(struct frontier *frontier, struct host *host,
                                    struct trouble *trouble)
{
    struct host_robots robots;
    int64_t now = clock_wall_ms();
    if (host->rules != RULES_KNOWN || frontier->options.robots == ROBOTS_OFF || host->unreachable ||
        now - host->rules_looked_at_ms < ROBOTS_LOOK_MS)
        return RESULT_OK;
    host->rules_looked_at_ms = now;
    enum result result = read_robots(frontier, host, &robots, trouble);
    if (result == RESULT_END)
        host->rules = RULES_UNKNOWN;
    return result == RESULT_END ? RESULT_OK : result;
}

/* Before a host's first visit of the run its rules are taken from the store, or asked for. */
static enum result get_rules(struct frontier *frontier, struct host *host, struct trouble *trouble)
{
    struct host_robots robots;
    if (frontier->options.robots == ROBOTS_OFF) {
        host->robots = robots_allow_all();
        host->rules = RULES_KNOWN;
        return host->robots ? RESULT_OK
                            : trouble_say(trouble, RESULT_BROKEN, "no memory for rules");
    }
    enum result result = read_robots(frontier, host, &robots, trouble);
    if (result == RESULT_OK)
        return use_robots(host, robots.status, robots.body, trouble);
    if (result != RESULT_END)
        return result;
    char address[512];
    snprintf(address, sizeof address, "http%s://%s/robots.txt", host->https ? "s" : "", host->name);
    if (url_parse(&frontier->scratch, text_of(address), NULL, TEXT("")) != URL_OK)
        return use_robots(host, 404, TEXT(""), trouble);
    struct offer offer = {
        .url = &frontier->scratch, .kind = VISIT_ROBOTS, .hop = 'P', .robots_for = host->number};
    bool is_new;
    host->rules = RULES_ASKED;
    result = frontier_offer(frontier, &offer, &is_new, trouble);
    if (result != RESULT_OK || is_new)
        return result;
    /* It was asked for in an earlier round, or was met as an ordinary link: once more then, unless
     * it failed last time and is counted among what waits. */
    struct url_history history;
    result =
        recrawl_state_history(frontier->store->recrawl, frontier_key(frontier, &frontier->scratch),
                              &history, NULL, trouble);
    if (result != RESULT_OK)
        return result;
    struct outcome again = {.key = frontier_key(frontier, &frontier->scratch),
                            .state = STATE_WAITING};
    struct visit visit = {.key = again.key,
                          .kind = VISIT_ROBOTS,
                          .host = host->number,
                          .robots_for = host->number,
                          .url = url_resource(&frontier->scratch),
                          .hops = "P"};
    result = finish(frontier, &again, trouble);
    if (result == RESULT_OK)
        result = queue_offer(frontier->store->queue, &visit, 1, &is_new, trouble);
    bool counted = history.state == STATE_WAITING && !host->rules_came;
    host->waiting += !counted;
    frontier->waiting += !counted;
    return result;
}

/* ---- taking ---- */

static int64_t delay_of(const struct frontier *frontier, const struct host *host)
{
    const struct frontier_options *options = &frontier->options;
    int64_t delay = options->wait_ms, by_answers = host->host_state.took_ms * options->wait_factor;
    if (by_answers > options->wait_most_ms)
        by_answers = options->wait_most_ms;
    if (delay && by_answers > delay)
        delay = by_answers;
    int64_t wish =
        host->robots && frontier->options.robots != ROBOTS_OFF ? robots_delay_ms(host->robots) : 0;
    /* --wait 0 is said on purpose, for one's own server; any other wait gives way to a longer
     * Crawl-delay. */
    if (delay && wish > delay)
        delay = wish < CRAWL_DELAY_MOST_MS ? wish : CRAWL_DELAY_MOST_MS;
    return delay;
}

static int connections_of(const struct frontier *frontier)
{
    return frontier->options.wait_ms ? 1 : frontier->options.connections;
}

static bool closed_by_robots(const struct frontier *frontier, const struct host *host,
                             const struct visit *visit, const struct url *url)
{
    if (visit->kind == VISIT_ROBOTS || frontier->options.robots == ROBOTS_OFF || !host->robots)
        return false;
    if (frontier->options.robots == ROBOTS_REQUISITES && visit->kind == VISIT_REQUISITE)
        return false;
    return !robots_allows(host->robots, url_target(url), NULL);
}

/* ---- a scheme that nobody answers ---- */

/* A redirect leads from one scheme to the other on purpose: there the address is asked for as it
 * says. */
static bool is_redirected(const char *hops)
{
    return text_ends(text_of(hops), TEXT("R"));
}

static bool has_other_scheme(const struct url *url)
{
    return url_host(url).length ==
           url_authority(url).length; /* with a port of its own it has not */
}

static void use_scheme(struct frontier *frontier, const struct host *host, struct visit *visit)
{
    const struct url *url = &frontier->scratch;
    if (!host->turned || url->https == host->turned_to_https || is_redirected(visit->hops) ||
        !has_other_scheme(url))
        return;
    buf_clear(&frontier->address);
    buf_printf(&frontier->address, "http%s://%.*s", host->turned_to_https ? "s" : "",
               TEXT_ARGS(url_authority(url)));
    buf_add_text(&frontier->address, url_target(url));
    if (buf_ok(&frontier->address))
        visit->url = buf_text(&frontier->address);
}

bool frontier_turn_scheme(struct frontier *frontier, int64_t number, const struct url *url,
                          const char *hops)
{
    struct host *host = find_host(frontier, number);
    if (!host || is_redirected(hops) || !has_other_scheme(url))
        return false;
    if (!host->turned) {
        bool again = host->turn_failed && url->https == host->turned_to_https;
        host->turned = !host->turn_failed;
        host->turned_to_https = host->turned ? !url->https : host->turned_to_https;
        return host->turned || again;
    }
    if (url->https != host->turned_to_https)
        return true;
    if (host->turn_answers)
        return false;
    /* Nobody answers there either: it fails as the site names it. */
    host->turned = false;
    host->turn_failed = true;
    return true;
}

/* ---- pages are made whole ---- */

static int64_t ready_in(const struct frontier *frontier, const struct host *host);

/* Whether a host will soon have been asked for more: it answers, and its rest is short. */
static bool is_lively(const struct frontier *frontier, const struct host *host)
{
    int64_t now = clock_steady_ms(), in = ready_in(frontier, host);
    return host->answers && !(host->running && now - host->asked_ms > SLOW_MS) && in <= SLOW_MS;
}

/* Whether what earlier pages need to be shown waits on some other host.  Then no further page is
 * begun, or a host of many pictures would fall behind, and a crawl that is cut off would have a
 * heap of halves.  A host that is slow, dead or wants to be left alone holds nothing up. */
static enum result are_parts_behind(struct frontier *frontier, const struct host *host,
                                    bool *behind, struct trouble *trouble)
{
    *behind = false;
    for (const struct host *other = host->next; other != host && !*behind; other = other->next) {
        int count;
        if (other->waiting <= PARTS_BEHIND || !is_lively(frontier, other))
            continue;
        enum result result =
            queue_count_requisites(frontier->store->queue, other->number, clock_wall_ms(),
                                   PARTS_BEHIND + 1, &count, trouble);
        if (result != RESULT_OK)
            return result;
        *behind = count > PARTS_BEHIND;
    }
    return RESULT_OK;
}

/* The host's next visit that robots.txt leaves open.  END: none now. */
static enum result take_from(struct frontier *frontier, struct host *host, struct visit *visit,
                             struct trouble *trouble)
{
    bool behind;
    enum result result = are_parts_behind(frontier, host, &behind, trouble);
    if (result != RESULT_OK)
        return result;
    struct take_request request = {.host = host->number,
                                   .choice = frontier->requisites_only ? TAKE_REQUISITES
                                             : behind                  ? TAKE_NO_PAGES
                                                                       : TAKE_ANY};
    for (;;) {
        int64_t ready;
        request.now_ms = clock_wall_ms();
        result =
            queue_take(frontier->store->queue, &request, visit, &frontier->taken, &ready, trouble);
        if (result != RESULT_OK) {
            host->visits_ready_ms = ready;
            return result;
        }
        if (host->rules == RULES_ASKED && visit->kind != VISIT_ROBOTS) {
            /* The rules were asked for, and what was to bring them is gone (a redirect into
             * nothing). */
            result = use_robots(host, 404, TEXT(""), trouble);
            if (result != RESULT_OK)
                return result;
        }
        if (url_parse(&frontier->scratch, visit->url, NULL, TEXT("")) == URL_OK &&
            !closed_by_robots(frontier, host, visit, &frontier->scratch)) {
            use_scheme(frontier, host, visit);
            host->waiting--;
            frontier->waiting--;
            host->running++;
            host->asked_ms = clock_steady_ms();
            return RESULT_OK;
        }
        struct outcome outcome = {.key = visit->key,
                                  .state = host->unreachable ? STATE_FAILED : STATE_EXCLUDED,
                                  .reason = host->unreachable ? host->unreachable
                                                              : "closed by robots.txt"};
        host->waiting--;
        frontier->waiting--;
        result = finish(frontier, &outcome, trouble);
        if (result != RESULT_OK)
            return result;
    }
}

/* Milliseconds until the host may be asked; 0: now; READY_NEVER: only an answer changes that. */
static int64_t ready_in(const struct frontier *frontier, const struct host *host)
{
    if (!host->waiting || host->running >= connections_of(frontier))
        return READY_NEVER;
    if (host->rules == RULES_ASKED && (host->running || host->rules_elsewhere))
        return READY_NEVER;
    int64_t rest = host->rests_until_ms - clock_steady_ms(), wall = clock_wall_ms();
    int64_t visits = host->visits_ready_ms ? host->visits_ready_ms - wall : 0;
    int64_t leave = host->host_state.leave_until_ms - wall;
    int64_t in = rest > visits ? rest : visits;
    if (leave > in)
        in = leave;
    return in > 0 ? in : 0;
}

/* Whether a host wants to be left alone for longer than this run waits. */
static bool is_left_alone(const struct frontier *frontier, const struct host *host)
{
    int64_t patience = LEAVE_MOST_MS, limit = frontier->options.run_time_ms;
    if (limit) {
        int64_t left = limit - (clock_steady_ms() - frontier->began_steady_ms);
        patience = left < 0 ? 0 : left;
    }
    return host->host_state.leave_until_ms - clock_wall_ms() > patience;
}

bool frontier_leaves_alone(const struct frontier *frontier, int64_t number)
{
    const struct host *host = find_host(frontier, number);
    return host && is_left_alone(frontier, host);
}

int64_t frontier_left_alone_until(struct frontier *frontier, const char **name)
{
    struct host *first = frontier->turn, *host = first;
    int64_t soonest = 0;
    if (host)
        do {
            if (host->waiting && !is_left_alone(frontier, host))
                return 0;
            if (host->waiting && (!soonest || host->host_state.leave_until_ms < soonest)) {
                soonest = host->host_state.leave_until_ms;
                *name = host->name;
            }
            host = host->next;
        } while (host != first);
    return soonest;
}

enum result frontier_next(struct frontier *frontier, struct visit *visit, int *wait_ms,
                          struct trouble *trouble)
{
    struct host *first = frontier->turn, *host = first;
    int64_t soonest = READY_NEVER;
    frontier->waits_for = "";
    if (host)
        do {
            if (!host->host_state_known && host->waiting) {
                enum result result = get_manners(frontier, host, trouble);
                if (result != RESULT_OK)
                    return result;
            }
            int64_t in = is_left_alone(frontier, host) ? READY_NEVER : ready_in(frontier, host);
            if (in == 0) {
                enum result looked = forget_old_rules(frontier, host, trouble);
                if (looked != RESULT_OK)
                    return looked;
                if (host->rules == RULES_UNKNOWN) {
                    enum result result = get_rules(frontier, host, trouble);
                    if (result != RESULT_OK)
                        return result;
                }
                enum result result = take_from(frontier, host, visit, trouble);
                if (result != RESULT_END) {
                    frontier->turn = host->next;
                    return result;
                }
                in = ready_in(frontier, host);
                /* The count says that something waits, the store that nothing is ready: it is
                 * leased. */
                if (in == 0)
                    in = READY_NEVER;
            }
            if (in > 0 && (soonest == READY_NEVER || in < soonest)) {
                soonest = in;
                frontier->waits_for = host->name;
                frontier->waits_until_ms = clock_steady_ms() + in;
            }
            host = host->next;
        } while (host != first);
    *wait_ms = soonest > 3600000 ? 3600000 : (int)soonest;
    return frontier->waiting ? RESULT_AGAIN : RESULT_END;
}

/* A refusal: the host is left alone for as long as it says, else twice as long as the last time.
 * Several that were asked for side by side are one: those that come in while it is left alone were
 * under way when it began to be. */
static void leave_alone(const struct frontier *frontier, struct host *host, int64_t pause_ms)
{
    bool counted = clock_wall_ms() < host->host_state.leave_until_ms;
    if (counted && !pause_ms)
        return;
    int64_t leave = delay_of(frontier, host);
    if (leave < LEAVE_FIRST_MS)
        leave = LEAVE_FIRST_MS;
    leave <<= host->host_state.refusals < 12 ? host->host_state.refusals : 12;
    if (leave > LEAVE_LONGEST_MS)
        leave = LEAVE_LONGEST_MS;
    if (pause_ms)
        leave = pause_ms;
    host->host_state.refusals += !counted;
    if (clock_wall_ms() + leave > host->host_state.leave_until_ms)
        host->host_state.leave_until_ms = clock_wall_ms() + leave;
}

enum result frontier_rest(struct frontier *frontier, int64_t number,
                          const struct host_feedback *feedback, struct trouble *trouble)
{
    struct host *host = find_host(frontier, number);
    if (!host)
        return RESULT_OK;
    struct host_state before = host->host_state;
    host->answers = feedback->answered;
    host->turn_answers = host->turn_answers || (host->turned && feedback->answered);
    if (feedback->answered)
        host->host_state.took_ms =
            before.took_ms ? (3 * before.took_ms + feedback->took_ms) / 4 : feedback->took_ms;
    if (feedback->refused)
        leave_alone(frontier, host, feedback->pause_ms);
    else if (feedback->answered)
        host->host_state.refusals = 0;
    int64_t until = clock_steady_ms() + delay_of(frontier, host);
    if (until > host->rests_until_ms)
        host->rests_until_ms = until;
    if (host->running)
        host->running--;
    bool same = before.refusals == host->host_state.refusals &&
                before.leave_until_ms == host->host_state.leave_until_ms &&
                before.took_ms / 64 == host->host_state.took_ms / 64;
    return same ? RESULT_OK
                : hosts_keep_state(frontier->store->hosts, number, &host->host_state, trouble);
}

enum result frontier_finish(struct frontier *frontier, int64_t number,
                            const struct outcome *outcome, struct trouble *trouble)
{
    struct host *host = find_host(frontier, number);
    if (outcome->state == STATE_WAITING && host) {
        host->waiting++;
        frontier->waiting++;
        host->visits_ready_ms = 0;
    }
    return finish(frontier, outcome, trouble);
}

int64_t frontier_waiting(const struct frontier *frontier)
{
    return frontier->waiting;
}

const char *frontier_waits_for(const struct frontier *frontier, int64_t *wait_ms)
{
    *wait_ms = frontier->waits_for[0] ? frontier->waits_until_ms - clock_steady_ms() : 0;
    return frontier->waits_for;
}
