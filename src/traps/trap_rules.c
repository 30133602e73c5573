/* Looks URLs up in the tables of traps, and asks for shapes that need more than a word. */
#include <config.h>

#include "traps/trap_rules.h"

#include "series/pager_url.h"
#include "traps/duplicate_views.h"
#include "traps/trap_shapes.h"

enum { PARAMETERS_MOST = 24, REVISION_DIGITS = 9 };

/* Keeps the first finding. A later one that is certain proves it too. */
static void find(struct trap_finding *finding, enum url_rule rule, unsigned proof, struct text word,
                 struct text place)
{
    if (rule && !finding->rule)
        *finding =
            (struct trap_finding){.rule = rule, .proof = proof, .word = word, .place = place};
    else if (rule && proof == PROOF_CERTAIN)
        finding->proof = PROOF_CERTAIN;
}

static bool is_settled(const struct trap_finding *finding)
{
    return finding->rule && finding->proof == PROOF_CERTAIN;
}

static void find_row(struct trap_finding *finding, const struct trap_row *row)
{
    find(finding, row->rule, row->proof, row->text, TEXT(""));
}

static bool query_names(struct text query, struct text name)
{
    struct text part;
    while (query.length && url_query_part(&query, &part))
        if (text_starts_nocase(part, name) &&
            (part.length == name.length || part.at[name.length] == '='))
            return true;
    return false;
}

static enum url_rule place_trap(const struct traps *traps, const struct url *url)
{
    struct text host = url_host(url), path = url_path(url);
    if (text_starts(host, TEXT("www.")))
        host = text_skip(host, 4);
    if (word_set_at(&traps->hosts, host) < 0)
        return URL_RULE_NONE;
    for (size_t i = 0; i < trap_place_count; i++) {
        const struct trap_place *trap = &trap_places[i];
        bool any_domain = trap->host.at[trap->host.length - 1] == '.';
        bool here = any_domain ? text_starts(host, trap->host) &&
                                     text_find_char(text_skip(host, trap->host.length), '.') < 0
                               : text_equal(host, trap->host);
        if (here && text_starts_nocase(path, trap->path))
            return trap->rule;
    }
    return URL_RULE_NONE;
}

/* ---- the query ---- */

/* The same list in another order, or a part of it. A reader of the archive can do without these. */
static const struct text order_names[] = {
    WORD("sort"),    WORD("order"),   WORD("orderby"), WORD("order_by"), WORD("sortby"),
    WORD("sort_by"), WORD("sortdir"), WORD("filter"),  WORD("facet"),
};

static bool is_order_name(struct text name)
{
    for (size_t i = 0; i < sizeof order_names / sizeof *order_names; i++)
        if (text_equal_nocase(name, order_names[i]))
            return true;
    return text_starts_nocase(name, TEXT("filter_")) || text_starts_nocase(name, TEXT("filter["));
}

/* The number of a DokuWiki revision is a time in seconds, with ten digits. */
static bool is_revision(struct text parameter)
{
    uint64_t number;
    return text_starts(parameter, TEXT("rev=")) && parameter.length > 4 + REVISION_DIGITS &&
           text_to_number(text_skip(parameter, 4), &number);
}

static void find_name(const struct traps *traps, struct trap_finding *finding, struct text name,
                      bool pages)
{
    int known = word_set_equal(&traps->names, name);
    const struct trap_row *row = known < 0 ? NULL : &trap_parameter_names.rows[known];
    if (row && !(pages && row->unless_paged))
        find_row(finding, row);
}

static void find_value(const struct traps *traps, struct trap_finding *finding,
                       struct text parameter)
{
    const struct trap_table *values = &trap_parameters;
    size_t count = word_set_begin(&traps->parameters, parameter) ? values->count : 0;
    for (size_t i = 0; i < count; i++) {
        struct text wanted = values->rows[i].text;
        if (ascii_lower(parameter.at[0]) != wanted.at[0])
            continue;
        bool begins = wanted.at[wanted.length - 1] == '*';
        wanted.length -= begins;
        if (begins ? text_starts_nocase(parameter, wanted) : text_equal_nocase(parameter, wanted)) {
            find_row(finding, &values->rows[i]);
            return;
        }
    }
    if (is_revision(parameter))
        find(finding, URL_RULE_DOKUWIKI_OLD_REVISION, PROOF_DOKUWIKI, TEXT("rev"), TEXT(""));
}

/* "board=3.0", "topic=71.0": list and offset in one, and the offset is zero. */
static bool begins_list(struct text query)
{
    struct text part;
    while (url_query_part(&query, &part))
        if ((text_starts(part, TEXT("board=")) || text_starts(part, TEXT("topic="))) &&
            text_ends(part, TEXT(".0")))
            return true;
    return false;
}

/* What the parameters say together. */
struct query_counts {
    size_t all, facets;
    struct text order; /* the name of a parameter that orders or filters a list; empty: none */
    bool mobile, dated;
};

static void count_parameter(struct query_counts *counts, struct text name, struct text part)
{
    counts->all++;
    counts->mobile |= text_equal(part, TEXT("m=1")) || text_equal(part, TEXT("m=0"));
    counts->dated |= text_equal_nocase(name, TEXT("y")) || text_equal_nocase(name, TEXT("year"));
    counts->facets +=
        text_starts_nocase(name, TEXT("f[")) || text_starts_nocase(name, TEXT("f%5B"));
    if (is_order_name(name))
        counts->order = name;
}

static void find_query(const struct traps *traps, struct trap_finding *finding,
                       const struct url *url)
{
    struct text query = url_query(url), rest = query, part, path = url_path(url);
    struct query_counts counts = {.order = TEXT("")};
    if (trap_shape_directory_order(query))
        find(finding, URL_RULE_DIRECTORY_SORT, PROOF_CERTAIN, TEXT(""), TEXT(""));
    /* A list in some order, or a part of it, may have pages: forums write both into the URL. */
    bool pages = pager_url_query(query) && !begins_list(query);
    while (url_query_part(&rest, &part)) {
        ptrdiff_t equals = text_find_char(part, '=');
        struct text name = equals < 0 ? part : text_first(part, (size_t)equals);
        find_name(traps, finding, name, pages);
        count_parameter(&counts, name, part);
    }
    /* A rule for the name is better than one for the value. */
    for (rest = query; !is_settled(finding) && url_query_part(&rest, &part);)
        find_value(traps, finding, part);
    if (counts.all > PARAMETERS_MOST)
        find(finding, URL_RULE_URL_TOO_MANY_PARAMETERS, PROOF_CERTAIN, TEXT(""), TEXT(""));
    if (counts.mobile && !counts.dated) /* ?y=2021&m=1 is January */
        find(finding, URL_RULE_BLOGGER_MOBILE, PROOF_BLOGGER, TEXT("m"), TEXT(""));
    if (counts.facets > 1 && !pages)
        find(finding, URL_RULE_URL_FACETS, PROOF_ONLY_PAGES, TEXT("f[]"), path);
    if (counts.all > 1 && !pages && trap_shape_repeats_name(query))
        find(finding, URL_RULE_URL_REPEATED_PARAMETER, PROOF_ONLY_PAGES, TEXT(""), path);
    if (counts.order.length && !pages)
        find(finding, URL_RULE_URL_ORDER, PROOF_ONLY_PAGES | PROOF_FORUM, counts.order, path);
    /* The widget's toggles are a trap. Its lists of titles (action=getTitles) are not. */
    if (query_names(query, TEXT("widgettype")) &&
        text_find_nocase(query, TEXT("action=gettitles")) < 0)
        find(finding, URL_RULE_BLOGGER_WIDGET_ARCHIVE, PROOF_CERTAIN, TEXT(""), TEXT(""));
    if (text_find_nocase(query, TEXT("amp;amp;")) >= 0)
        find(finding, URL_RULE_URL_ESCAPED_AGAIN, PROOF_CERTAIN, TEXT(""), TEXT(""));
}

/* ---- the path ---- */

static void find_path_mark(const struct traps *traps, struct trap_finding *finding,
                           const struct url *url, const struct path_segments *segments)
{
    struct text path = segments->path;
    for (size_t i = 0; i < segments->count; i++) {
        int known =
            word_set_at(&traps->marks, text_skip(path, (size_t)(segments->list[i].at - path.at)));
        if (known >= 0)
            find_row(finding, &trap_path_marks.rows[known]);
    }
    /* A normal URL has no braces or quotes. */
    int template =
        !url->plain || text_find_char(path, '%') >= 0 ? word_set_find(&traps->templates, path) : -1;
    if (template >= 0)
        find_row(finding, &trap_templates.rows[template]);
}

static void find_end(struct trap_finding *finding, struct text path, const struct trap_table *ends)
{
    for (size_t i = 0; i < ends->count; i++)
        if (text_ends_nocase(path, ends->rows[i].text)) {
            find_row(finding, &ends->rows[i]);
            return;
        }
}

static void find_path(const struct traps *traps, struct trap_finding *finding,
                      const struct url *url, const struct path_segments *segments)
{
    find_path_mark(traps, finding, url, segments);
    if (trap_shape_login(segments)) {
        /* Whoever logs out loses what only members see. */
        struct text last = path_segments_last(segments);
        bool out =
            text_find_nocase(last, TEXT("out")) >= 0 || text_find_nocase(last, TEXT("off")) >= 0;
        bool certain = text_find_nocase(last, TEXT("logout")) >= 0 ||
                       (out && segments->count == 1) || trap_shape_of_accounts(segments);
        find(finding, URL_RULE_LOGIN, certain ? PROOF_CERTAIN : PROOF_ONLY_PAGES, TEXT("login"),
             TEXT(""));
    }
    if (word_set_equal(&traps->ends, path_segments_last(segments)) >= 0)
        find_end(finding, segments->path, &trap_path_ends);
    if (trap_shape_comment_feed(segments))
        find(finding, URL_RULE_BLOGGER_COMMENT_FEED, PROOF_CERTAIN, TEXT(""), TEXT(""));
    if (trap_shape_place_in_thread(segments))
        find(finding, URL_RULE_XENFORO_GOTO, PROOF_FORUM, TEXT("threads"), TEXT(""));
    if (trap_shape_loops(segments))
        find(finding, URL_RULE_URL_PATH_LOOP, PROOF_CERTAIN, TEXT(""), TEXT(""));
}

/* ---- all ---- */

/* What a query says together with its path, or with the page that has the link. */
static void find_on_page(struct trap_finding *finding, const struct url *page,
                         const struct url *url, const struct path_segments *segments)
{
    struct text query = url_query(url), path = segments->path;
    unsigned proof;
    enum url_rule other = duplicate_views_rule(page, url, &proof);
    find(finding, other, proof, TEXT("view"), path);
    if (trap_shape_joins_choices(page, url))
        find(finding, URL_RULE_URL_FACETS, PROOF_ONLY_PAGES, TEXT(""), path);
    if (text_equal(url_host(page), url_host(url)))
        find_end(finding, path, &trap_asked_ends);
    if (trap_shape_comment_of_entry(path, query))
        find(finding, URL_RULE_LIVEJOURNAL_COMMENT, PROOF_LIVEJOURNAL, TEXT("thread"), TEXT(""));
    bool back = trap_shape_comes_back(page, query);
    bool view_of = finding->rule == URL_RULE_PRINT || finding->rule == URL_RULE_SHARE;
    /* The page itself says what a suspect is: the way back to it, or another view of it. */
    if (finding->rule && (back || (view_of && (trap_shape_own_view(page, url) ||
                                               trap_shape_names_site(page, query)))))
        finding->proof = PROOF_CERTAIN;
    if (back)
        find(finding, URL_RULE_URL_COMES_BACK, PROOF_CERTAIN, TEXT(""), TEXT(""));
}

struct trap_finding traps_find(const struct traps *traps, const struct url *page,
                               const struct url *url, const struct path_segments *segments,
                               int year)
{
    struct trap_finding finding = {.word = TEXT(""), .place = TEXT("")};
    struct text place = TEXT("");
    bool query = url_query(url).length > 0;
    if (url_resource(url).length > URL_USABLE)
        find(&finding, URL_RULE_URL_TOO_LONG, PROOF_CERTAIN, TEXT(""), TEXT(""));
    if (query && !is_settled(&finding))
        find_query(traps, &finding, url);
    if (!is_settled(&finding))
        find_path(traps, &finding, url, segments);
    if (!is_settled(&finding) && !text_equal(url_host(page), url_host(url)))
        find(&finding, place_trap(traps, url), PROOF_CERTAIN, TEXT(""), TEXT(""));
    if (query && !is_settled(&finding))
        find_on_page(&finding, page, url, segments);
    if (!is_settled(&finding) && text_find_char(url_target(url), '%') >= 0 &&
        text_find(url_target(url), TEXT("%252525")) >= 0)
        find(&finding, URL_RULE_URL_ESCAPED_AGAIN, PROOF_CERTAIN, TEXT(""), TEXT(""));
    if (!is_settled(&finding) && trap_shape_future_calendar(segments, year, &place))
        find(&finding, URL_RULE_CALENDAR_FUTURE, PROOF_ONLY_PAGES, TEXT(""), place);
    return finding;
}

bool traps_differ(struct text query)
{
    for (size_t i = 0; i < query.length; i++)
        if (query.at[i] == '&' || query.at[i] == '/' || query.at[i] == '%')
            return true;
    return text_starts_nocase(query, TEXT("do="));
}

/* ---- the tables ---- */

static void init_words(struct word_set *words, struct text list[TRAP_ROWS_MOST],
                       const struct trap_table *table)
{
    for (size_t i = 0; i < table->count; i++)
        list[i] = table->rows[i].text;
    word_set_init(words, list, table->count);
}

void traps_init(struct traps *traps)
{
    const struct trap_table *marks = &trap_path_marks, *ends = &trap_path_ends;
    init_words(&traps->names, traps->name_list, &trap_parameter_names);
    init_words(&traps->parameters, traps->parameter_list, &trap_parameters);
    for (size_t i = 0; i < marks->count; i++)
        traps->mark_list[i] = text_skip(marks->rows[i].text, 1);
    word_set_init(&traps->marks, traps->mark_list, marks->count);
    init_words(&traps->templates, traps->template_list, &trap_templates);
    for (size_t i = 0; i < ends->count; i++) {
        struct path_segments segments;
        path_segments_split(&segments, ends->rows[i].text);
        traps->end_list[i] = path_segments_last(&segments);
    }
    word_set_init(&traps->ends, traps->end_list, ends->count);
    for (size_t i = 0; i < trap_place_count; i++)
        traps->host_list[i] = trap_places[i].host;
    word_set_init(&traps->hosts, traps->host_list, trap_place_count);
}

bool trap_is_choice(enum url_rule rule)
{
    return rule == URL_RULE_URL_ORDER || rule == URL_RULE_URL_FACETS ||
           rule == URL_RULE_URL_REPEATED_PARAMETER || rule == URL_RULE_URL_PAGE_SIZE;
}

bool trap_may_be_missed(const struct url *page, const struct url *url, bool pager,
                        enum url_rule rule)
{
    return !trap_is_choice(rule) || pager || !text_equal(url_path(url), url_path(page));
}
