/* A list in a page has a ceiling, and what is beyond it is counted. */
#include <config.h>

#include "serve/run_pages.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/json.h"
#include "base/wording.h"
#include "collection/run_changes.h"
#include "collection/run_summary.h"
#include "serve/capture_link.h"
#include "serve/query_field.h"
#include "web/url_rules.h"

enum {
    ROWS_MOST = 2000, /* of one list */
    TEXT_BYTES = 1 << 20,
};

struct run_page {
    const char *local;
    size_t archive;
    const char *run;
    struct text json;
    struct buf *body;
};

/* ---- figures ---- */

/* Of pages, and of what they show, which is in "parts". */
static uint64_t count_change(struct text json, enum change change)
{
    return run_summary_number(json, "\"manifest_sha256\": ", change_name(change)) +
           run_summary_number(json, "\"parts\": {\"new\"", change_name(change));
}

/* "3 new, 1 changed"; false: nothing changed. */
static bool add_changes(struct text json, struct buf *out)
{
    size_t start = out->length;
    for (enum change change = CHANGE_NEW; change < CHANGE_COUNT; change++) {
        uint64_t count = count_change(json, change);
        if (count)
            buf_printf(out, "%s%llu %s", out->length > start ? ", " : "", (unsigned long long)count,
                       change_name(change));
    }
    return out->length > start;
}

static const char pages_group[] = "\"urls\": {\"pages\": {";

/* How many URLs of all three groups are in a state when the run ends. */
static uint64_t count_state(struct text json, const char *state)
{
    static const char *const groups[] = {pages_group, "}, \"lists\": {\"known\"",
                                         "}, \"parts\": {\"known\""};
    uint64_t count = 0;
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++)
        count += run_summary_number(json, groups[i], state);
    return count;
}

/* "2 refused, 4 broken, 1 left out"; false: nothing is missing. */
static bool add_missing(struct text json, struct buf *out)
{
    static const struct {
        const char *member, *words;
    } states[] = {{"refused", "refused"},
                  {"broken", "broken"},
                  {"waiting", "waiting"},
                  {"known_dead", "known dead"},
                  {"left_out", "left out"}};
    size_t start = out->length;
    for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
        uint64_t count = count_state(json, states[i].member);
        if (count)
            buf_printf(out, "%s%llu %s", out->length > start ? ", " : "", (unsigned long long)count,
                       states[i].words);
    }
    return out->length > start;
}

static void add_run_link(const struct run_page *page, const char *part)
{
    buf_printf(page->body, "<a href=\"/run?archive=%zu&amp;run=%s%s\">", page->archive, page->run,
               part);
}

/* A run as one line: when, what was new, what is missing. */
static void add_run(const struct run_page *page, bool first)
{
    struct buf *out = page->body;
    add_run_link(page, "");
    capture_link_add_date(out, text_of(page->run));
    buf_add(out, "</a>: ");
    if (text_find(page->json, TEXT("\"changes\": {")) < 0) {
        buf_add(out, "its summary cannot be read.");
        return;
    }
    uint64_t pages = run_summary_number(page->json, NULL, "pages");
    wording_add_count(out, pages, "page", "pages");
    buf_add(out, " captured");
    buf_add(out, "; ");
    if (!add_changes(page->json, out))
        buf_add(out, first ? "all of it was new" : "nothing was new");
    buf_add(out, ". ");
    add_run_link(page, "#missing");
    buf_add(out, "Missing</a>: ");
    if (text_find(page->json, text_of(pages_group)) < 0)
        buf_add(out, "it does not tell");
    else if (!add_missing(page->json, out))
        buf_add(out, "nothing that it knew of");
    buf_add(out, ".");
}

void run_pages_add_last(const struct archive_set *set, size_t archive, struct buf *out)
{
    const char *runs = archive_set_runs(set, archive);
    struct run_names *names = runs ? malloc(sizeof *names) : NULL;
    struct buf json;
    if (!names)
        return;
    run_names_read(runs, names);
    if (names->count && run_summary_read(runs, names->names[0], &json) == RESULT_OK) {
        const struct run_page page = {NULL, archive, names->names[0], buf_text(&json), out};
        buf_add(out, "<p>Last run ");
        add_run(&page, names->count == 1 && !names->untold);
        buf_printf(out, " <a href=\"/runs?archive=%zu\">All runs</a></p>\n", archive);
    }
    if (names->count)
        buf_release(&json);
    free(names);
}

/* ---- /runs ---- */

static void list_runs(const char *local, const char *runs, size_t archive, struct buf *out)
{
    struct run_names *names = malloc(sizeof *names);
    struct buf json;
    if (!names)
        return;
    run_names_read(runs, names);
    buf_add(out, names->count ? "<ul>\n" : "<p>No run has left a summary.</p>\n");
    for (size_t i = 0; i < names->count; i++) {
        struct run_page page = {local, archive, names->names[i], TEXT(""), out};
        bool first = i + 1 == names->count && !names->untold;
        buf_add(out, "<li>");
        if (run_summary_read(runs, page.run, &json) == RESULT_OK) {
            page.json = buf_text(&json);
            add_run(&page, first);
        } else {
            capture_link_add_date(out, text_of(page.run));
            buf_add(out, ": its summary cannot be read");
        }
        buf_add(out, "</li>\n");
        buf_release(&json);
    }
    buf_add(out, names->count ? "</ul>\n" : "");
    if (names->untold)
        buf_printf(out, "<p>%zu earlier runs are not shown.</p>\n", names->untold);
    free(names);
}

/* ---- /run: what changed ---- */

struct change_list {
    const struct run_page *page;
    const char *date; /* when the run ended: its captures are the nearest before */
    enum change wanted;
    uint64_t shown, untold;
};

static const char *const headings[CHANGE_COUNT] = {
    [CHANGE_NEW] = "New",
    [CHANGE_CHANGED] = "Changed",
    [CHANGE_REFRESHED] = "The same text in other surroundings",
    [CHANGE_GONE] = "Gone",
    [CHANGE_MOVED] = "Moved",
};

static enum result list_change(void *context, enum change change, struct text url,
                               struct trouble *trouble)
{
    struct change_list *list = context;
    struct buf *out = list->page->body;
    (void)trouble;
    if (change != list->wanted)
        return RESULT_OK;
    if (list->shown == ROWS_MOST) {
        list->untold++;
        return RESULT_OK;
    }
    if (!list->shown++)
        buf_printf(out, "<h2>%s</h2>\n<ul>\n", headings[change]);
    buf_add(out, "<li>");
    capture_link_add(out, list->page->local, url, text_of(list->date), url);
    buf_add(out, "</li>\n");
    return RESULT_OK;
}

static void add_untold(const struct run_page *page, uint64_t untold)
{
    if (untold)
        buf_printf(page->body, "<p>%llu more are not shown.</p>\n", (unsigned long long)untold);
}

static void list_changes(const struct run_page *page)
{
    struct trouble trouble;
    struct buf ended;
    char date[DATE_14_SIZE];
    uint64_t shown = 0;
    int64_t ms;
    buf_init(&ended, DATE_WARC_SIZE);
    snprintf(date, sizeof date, "%s", page->run);
    if (run_summary_string(page->json, "ended", &ended) && date_read_warc(buf_text(&ended), &ms))
        date_write_14(ms, date);
    buf_release(&ended);
    for (enum change change = CHANGE_NEW; change < CHANGE_COUNT; change++) {
        struct change_list list = {page, date, change, 0, 0};
        enum result result = run_changes_in(page->json, list_change, &list, &trouble);
        buf_add(page->body, list.shown ? "</ul>\n" : "");
        add_untold(page, list.untold);
        shown += list.shown;
        if (result != RESULT_OK) {
            buf_add(page->body, "<p>The list of what changed cannot be read to its end.</p>\n");
            return;
        }
    }
    if (!shown)
        buf_add(page->body, "<p>It tells of nothing new. In a first run, everything is.</p>\n");
}

/* ---- /run: what is missing ---- */

/* What is read of an object of a list. */
struct missing_url {
    struct buf url, state, reason;
};

struct missing_list {
    const struct run_page *page;
    bool only_unasked; /* what failed is in another list */
    struct missing_url one;
    uint64_t shown, untold;
};

static bool read_missing(struct text object, struct missing_url *one)
{
    struct text name, value;
    struct buf scratch;
    int got;
    buf_init(&scratch, TEXT_BYTES);
    buf_clear(&one->url);
    buf_clear(&one->state);
    buf_clear(&one->reason);
    while ((got = json_next_member(&object, &name, &value, &scratch)) == 1) {
        struct buf *out = text_equal(name, TEXT("url"))      ? &one->url
                          : text_equal(name, TEXT("state"))  ? &one->state
                          : text_equal(name, TEXT("reason")) ? &one->reason
                                                             : NULL;
        if (out && !out->length)
            buf_add_text(out, value);
    }
    buf_release(&scratch);
    return got == 0 && one->url.length;
}

static void add_state(struct text state, struct buf *out)
{
    if (text_equal(state, TEXT("left_out")))
        state = TEXT("left out");
    served_add_escaped(out, state);
}

static bool list_missing(void *context, struct text object)
{
    struct missing_list *list = context;
    struct buf *out = list->page->body;
    struct text state, url;
    if (!read_missing(object, &list->one))
        return true;
    state = buf_text(&list->one.state);
    url = buf_text(&list->one.url);
    if (list->only_unasked && !text_equal(state, TEXT("waiting")) &&
        !text_equal(state, TEXT("left_out")))
        return true;
    if (list->shown >= ROWS_MOST) {
        list->untold++;
        return true;
    }
    if (!list->shown++)
        buf_add(out, "<table>\n<tr><th>URL</th><th>state</th><th>why</th></tr>\n");
    buf_add(out, "<tr><td><a href=\"/captures?url=");
    query_field_write(url, out);
    buf_add(out, "\">");
    served_add_escaped(out, url);
    buf_add(out, "</a></td><td>");
    add_state(state, out);
    buf_add(out, "</td><td>");
    served_add_escaped(out, buf_text(&list->one.reason));
    buf_add(out, "</td></tr>\n");
    return true;
}

/* Links that rules left out: members of an object. */
static void list_rules(const struct run_page *page)
{
    static const char member[] = "\"not_followed\": ";
    struct text name, count, object;
    struct buf scratch;
    bool first = true;
    ptrdiff_t at = text_find(page->json, text_of(member));
    object = text_skip(page->json, at < 0 ? page->json.length : (size_t)at + sizeof member - 1);
    object = text_first(object, run_summary_object_length(object));
    buf_init(&scratch, TEXT_BYTES);
    while (object.length && json_next_member(&object, &name, &count, &scratch) == 1) {
        enum url_rule rule = url_rule_by_name(name);
        if (first)
            buf_add(page->body, "<h3>Links that rules left out</h3>\n<ul>\n");
        first = false;
        buf_add(page->body, "<li>");
        served_add_escaped(page->body, count);
        buf_add(page->body, ": ");
        served_add_escaped(page->body, name);
        if (rule != URL_RULE_NONE) {
            buf_add(page->body, ". ");
            served_add_escaped(page->body, text_of(url_rule_row(rule)->words));
        }
        buf_add(page->body, "</li>\n");
    }
    buf_add(page->body, first ? "" : "</ul>\n");
    buf_release(&scratch);
}

static bool list_shut_out(void *context, struct text object)
{
    const struct run_page *page = context;
    struct buf host, response;
    buf_init(&host, TEXT_BYTES);
    buf_init(&response, TEXT_BYTES);
    if (run_summary_string(object, "host", &host) &&
        run_summary_string(object, "response", &response) &&
        text_find(object, TEXT("\"over\": true")) < 0) {
        buf_add(page->body, "<p>");
        served_add_escaped(page->body, buf_text(&host));
        buf_printf(page->body, " answered %llu requests and then shut the crawler out: ",
                   (unsigned long long)run_summary_number(object, NULL, "served"));
        served_add_escaped(page->body, buf_text(&response));
        buf_add(page->body, ".</p>\n");
    }
    buf_release(&host);
    buf_release(&response);
    return true;
}

static bool list_limit(void *context, struct text object)
{
    const struct run_page *page = context;
    struct buf words, first;
    buf_init(&words, TEXT_BYTES);
    buf_init(&first, TEXT_BYTES);
    if (run_summary_string(object, "words", &words) &&
        run_summary_string(object, "first", &first)) {
        buf_add(page->body, "<p>A limit was reached: ");
        served_add_escaped(page->body, buf_text(&words));
        buf_printf(page->body, " (%llu times, first at ",
                   (unsigned long long)run_summary_number(object, NULL, "count"));
        served_add_escaped(page->body, buf_text(&first));
        buf_add(page->body, ").</p>\n");
    }
    buf_release(&words);
    buf_release(&first);
    return true;
}

static void list_all_missing(const struct run_page *page)
{
    struct missing_list list = {.page = page};
    struct buf *const bufs[] = {&list.one.url, &list.one.state, &list.one.reason};
    uint64_t waiting = run_summary_number(page->json, NULL, "still_waiting");
    for (size_t i = 0; i < sizeof bufs / sizeof *bufs; i++)
        buf_init(bufs[i], TEXT_BYTES);
    buf_add(page->body, "<h2 id=\"missing\">Missing</h2>\n");
    run_summary_each(page->json, "shut_out", list_shut_out, (void *)(uintptr_t)page);
    run_summary_each(page->json, "limits", list_limit, (void *)(uintptr_t)page);
    if (waiting)
        buf_printf(page->body, "<p>%llu URLs wait for the next run.</p>\n",
                   (unsigned long long)waiting);
    run_summary_each(page->json, "failures", list_missing, &list);
    run_summary_each(page->json, "known_dead", list_missing, &list);
    list.only_unasked = true;
    run_summary_each(page->json, "seeds_not_asked", list_missing, &list);
    run_summary_each(page->json, "gaps", list_missing, &list);
    buf_add(page->body, list.shown ? "</table>\n" : "<p>No URL is told as missing.</p>\n");
    add_untold(page, list.untold + run_summary_number(page->json, NULL, "failures_untold") +
                         run_summary_number(page->json, NULL, "gaps_untold"));
    list_rules(page);
    for (size_t i = 0; i < sizeof bufs / sizeof *bufs; i++)
        buf_release(bufs[i]);
}

/* ---- which page ---- */

static void show_run(const struct run_page *page, struct served_response *response)
{
    struct buf reason;
    buf_init(&reason, TEXT_BYTES);
    served_page_begin(response, 200, TEXT("A run"));
    buf_printf(page->body,
               "<nav><a href=\"/\">All archives</a> <a href=\"/runs?archive=%zu\">All runs</a> "
               "<a href=\"#missing\">Missing</a></nav>\n<p>",
               page->archive);
    capture_link_add_date(page->body, text_of(page->run));
    buf_add(page->body, ": ");
    wording_add_count(page->body, run_summary_number(page->json, NULL, "pages"), "page", "pages");
    buf_add(page->body, " in ");
    wording_add_count(page->body, run_summary_number(page->json, NULL, "responses"), "response",
                      "responses");
    if (run_summary_string(page->json, "reason", &reason)) {
        buf_add(page->body, ". How it ended: ");
        served_add_escaped(page->body, buf_text(&reason));
    }
    buf_add(page->body, ".</p>\n");
    list_changes(page);
    list_all_missing(page);
    served_page_end(response);
    buf_release(&reason);
}

/* The archive that is asked for, if it has runs. */
static const char *read_archive(const struct archive_set *set, struct text target, size_t *archive)
{
    struct buf number;
    uint64_t asked = UINT64_MAX;
    buf_init(&number, 32);
    if (!query_field_read(target, "archive", &number) ||
        !text_to_number(buf_text(&number), &asked) || asked >= archive_set_count(set))
        asked = UINT64_MAX;
    buf_release(&number);
    *archive = (size_t)asked;
    return asked == UINT64_MAX ? NULL : archive_set_runs(set, *archive);
}

bool run_pages_respond(const struct archive_set *set, const char *local,
                       const struct served_request *request, struct served_response *response)
{
    struct text all_runs = TEXT("/runs?"), one_run = TEXT("/run?");
    struct buf run, json;
    size_t archive;
    bool all = text_starts(request->target, all_runs);
    if (!all && !text_starts(request->target, one_run))
        return false;
    const char *runs = read_archive(set, request->target, &archive);
    buf_init(&run, DATE_14_SIZE);
    buf_init(&json, 0);
    if (!all && !query_field_read(request->target, "run", &run))
        runs = NULL;
    if (runs && all) {
        served_page_begin(response, 200, TEXT("Runs"));
        buf_add(&response->body, "<nav><a href=\"/\">All archives</a></nav>\n");
        list_runs(local, runs, archive, &response->body);
        served_page_end(response);
    } else if (runs && buf_ok(&run) && run.length &&
               run_summary_read(runs, run.data, &json) == RESULT_OK) {
        const struct run_page page = {local, archive, run.data, buf_text(&json), &response->body};
        show_run(&page, response);
    } else
        served_page_say(response, 404, TEXT("Not found"), "There is no such run. Begin at /");
    buf_release(&json);
    buf_release(&run);
    return true;
}
