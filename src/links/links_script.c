/*
 * Scripts. Some strings are clearly URLs of parts, by their form or by what the script does with
 * them (script_context.h). Others name the lists that a platform's scripts request. Constants that
 * are joined by '+' are one string; what is joined to anything else is half a URL. Strings of
 * markup are read as markup.
 */
#include <config.h>

#include <string.h>

#include "html/json_strings.h"
#include "links/bundles.h"
#include "links/extract.h"
#include "links/part_name.h"
#include "links/script_constants.h"
#include "links/script_context.h"
#include "links/script_joins.h"
#include "platform/platform.h"
#include "series/date_archive.h"
#include "series/pager_url.h"
#include "web/data_url.h"

enum {
    STRING_MOST = 2083,
    MARKUP_MOST = 64 * 1024,
    JOINED_MOST = 64, /* constants in one string */
    NESTING_MOST = 2, /* scripts that write markup with scripts in it */
    MARKUP_DEPTH = 2,
    NAME_MOST = 160, /* a name without a slash in front */
    FILE_END_LEAST = 2,
    FILE_END_MOST = 8,
};

struct script {
    struct extract *extract;
    struct text text;
    const char *element;
    bool event; /* an attribute: onclick, href="javascript:..." */
    struct buf joined, value;
    struct script_constants constants;
    bool placed; /* the current string follows a name for the place of the site's files */
};

/* A string, with all constants that are joined to it. */
struct literal {
    size_t open, close; /* offsets of its quotes */
    struct text value;  /* unescaped */
    bool half;          /* it goes on with something that is not a constant */
};

/* ---- strings ---- */

static size_t skip_space(struct text script, size_t at)
{
    while (at < script.length && ascii_is_space(script.at[at]))
        at++;
    return at;
}

static bool is_quote(char c)
{
    return c == '"' || c == '\'' || c == '`';
}

/* The string that begins at `from`, after its quote, up to the same quote again. at == NULL: it has
 * a character that no URL has. In a string in a string both quotes are escaped. */
static struct text whole_string(struct text script, size_t from, char quote, bool escaped)
{
    struct text rest = text_first(text_skip(script, from), STRING_MOST + 2);
    for (size_t i = 0; i < rest.length; i++) {
        char c = rest.at[i];
        if (c == quote) {
            size_t length = escaped && i && rest.at[i - 1] == '\\' ? i - 1 : i;
            return escaped == (length < i) ? text_first(rest, length) : (struct text){NULL, 0};
        }
        if ((unsigned char)c <= ' ' || c == '<' || c == '{' || is_quote(c))
            break;
    }
    return (struct text){NULL, 0};
}

/* The string of markup that begins at `from`, up to its quote. at == NULL: it has no end. */
static struct text markup_string(struct text script, size_t from, char quote)
{
    size_t most = script.length - from < MARKUP_MOST ? script.length : from + MARKUP_MOST;
    for (size_t i = from; i < most; i++) {
        if (script.at[i] == quote)
            return (struct text){script.at + from, i - from};
        if (script.at[i] == '\n' && quote != '`' && script.at[i - 1] != '\\')
            break;
        i += script.at[i] == '\\';
    }
    return (struct text){NULL, 0};
}

/* What follows a string: another constant, something else, or its end. */
enum follows { FOLLOWS_NOTHING, FOLLOWS_CONSTANT, FOLLOWS_OTHER };

/* *at is after the string's quote; it is moved to the next constant's quote. */
static enum follows what_follows(struct text script, size_t *at)
{
    static const struct text changes[] = {WORD(".replace("), WORD(".concat("), WORD(".format(")};
    size_t next = skip_space(script, *at);
    struct text rest = text_skip(script, next);
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++)
        if (text_starts(rest, changes[i]))
            return FOLLOWS_OTHER;
    if (!rest.length || rest.at[0] != '+')
        return FOLLOWS_NOTHING;
    next = skip_space(script, next + 1);
    if (next >= script.length || !is_quote(script.at[next]))
        return FOLLOWS_OTHER;
    *at = next;
    return FOLLOWS_CONSTANT;
}

/* Whether something precedes the string: x + "...". */
static bool is_continued(struct text script, size_t from)
{
    while (from && ascii_is_space(script.at[from - 1]))
        from--;
    return from && script.at[from - 1] == '+';
}

/* A number that is joined to the string: "a.js?v=" + 17.  *at is moved past it. */
static bool number_follows(struct text script, size_t *at, struct text *digits)
{
    size_t from = skip_space(script, *at), end;
    if (from >= script.length || script.at[from] != '+')
        return false;
    from = end = skip_space(script, from + 1);
    while (end < script.length && ascii_is_digit(script.at[end]))
        end++;
    size_t next = skip_space(script, end);
    *digits = (struct text){script.at + from, end - from};
    *at = end > from ? end : *at;
    return end > from && (next >= script.length || memchr(";,)]}+\n", script.at[next], 7));
}

/* The value of the expression at the end of `what`, before the string that continues at *from.
 * at == NULL: it is not known. Where only the site's own place is meant, the string is relative to
 * the page. */
static struct text value_before(struct script *s, struct text what, size_t *begin, size_t *from)
{
    struct text value, rest = text_skip(s->text, *from);
    bool slash = text_starts(rest, TEXT("/")) && !text_starts(rest, TEXT("//"));
    if (script_constant_before(&s->constants, what, &value, begin))
        return value;
    if (slash && script_path_before(&s->constants, what, &value, begin))
        return value;
    if (!script_base_before(&s->constants, what, begin) || !rest.length ||
        !(slash || ascii_is_alnum(rest.at[0]) || rest.at[0] == '_'))
        return (struct text){NULL, 0};
    *from += slash;
    s->placed = true;
    return TEXT("");
}

/* The constant that stands before the string, if any does: base + "a.png", `${base}a.png`.  *open
 * is moved to its expression, *from to where the string goes on.  at == NULL: something else is
 * joined to the string. */
static struct text constant_before(struct script *s, size_t *open, size_t *from)
{
    struct text script = s->text, inside = text_skip(script, *from), none = {NULL, 0};
    if (is_continued(script, *open)) {
        struct text before = text_first(script, *open);
        while (before.length && before.at[before.length - 1] != '+')
            before.length--;
        before.length -= before.length > 0;
        return value_before(s, before, open, from);
    }
    if (script.at[*open] != '`' || !text_starts(inside, TEXT("${")))
        return TEXT("");
    size_t place = 0;
    ptrdiff_t end = text_find_char(text_first(inside, NAME_MOST), '}');
    if (end < 2)
        return none;
    *from += (size_t)end + 1;
    struct text value =
        value_before(s, text_first(text_skip(inside, 2), (size_t)end - 2), &place, from);
    return place ? none : value;
}

/* Adds the string at `from`, and what is joined to it. */
static bool join(struct script *s, size_t from, bool escaped, struct literal *literal)
{
    struct text script = s->text, digits;
    struct text string = whole_string(script, from, script.at[literal->close], escaped);
    size_t at = from + string.length + escaped + 1;
    if (!string.at)
        return false;
    literal->close = at - 1;
    buf_add_text(&s->joined, string);
    for (int count = 0;; count++) {
        if (!escaped && count < JOINED_MOST && number_follows(script, &at, &digits)) {
            buf_add_text(&s->joined, digits);
            continue;
        }
        if (!escaped && count < JOINED_MOST &&
            (script_join_concat(script, &at, &s->joined) ||
             script_end_after(&s->constants, &at, &s->joined))) {
            literal->close = at - 1;
            continue;
        }
        enum follows follows = what_follows(script, &at);
        if (escaped && follows == FOLLOWS_CONSTANT)
            follows = FOLLOWS_OTHER; /* its quotes are those of the string around it */
        literal->half = follows == FOLLOWS_OTHER;
        if (follows != FOLLOWS_CONSTANT)
            return true;
        string = count < JOINED_MOST ? whole_string(script, at + 1, script.at[at], false)
                                     : (struct text){NULL, 0};
        if (!string.at)
            return false;
        buf_add_text(&s->joined, string);
        literal->close = at + 1 + string.length;
        at = literal->close + 1;
    }
}

/* Reads the string whose quote is at `open`, and what is joined to it.  False: it is not a URL. */
static bool read_literal(struct script *s, size_t open, bool escaped, struct literal *literal)
{
    size_t from = open + 1;
    *literal = (struct literal){.open = open - escaped, .close = open};
    s->placed = false;
    struct text before = constant_before(s, &literal->open, &from);
    if (!before.at)
        return false;
    buf_clear(&s->joined);
    buf_add_text(&s->joined, before);
    if (!join(s, from, escaped, literal) || !buf_ok(&s->joined))
        return false;
    literal->value = json_unescape(buf_text(&s->joined), &s->value);
    if (!escaped || text_find_char(literal->value, '\\') < 0)
        return true;
    /* a string of JSON in a string: both are escaped */
    buf_clear(&s->joined);
    buf_add_text(&s->joined, literal->value);
    literal->value = json_unescape(buf_text(&s->joined), &s->value);
    return true;
}

/* ---- URLs ---- */

/* Resolves a string that a script uses. What it loads for the page is relative to the page. */
static bool resolve(const struct script *s, struct text value, enum string_use use)
{
    struct extract *extract = s->extract;
    const struct url *page = extract->source->page;
    if (extract_is_template(value))
        return false;
    /* What nothing loads here is in a list of the site's parts: these have directories of their
     * own. */
    if (use == USE_UNKNOWN && !part_is_seen(part_of_address(value)) && !part_is_shaped(value) &&
        bundle_resolve(extract, value))
        return true;
    bool own = use == USE_MODULE || use == USE_IMPORT || text_starts(value, TEXT("/")) ||
               ((text_starts(value, TEXT("./")) || text_starts(value, TEXT("../"))) &&
                !part_is_seen(part_of_address(value)));
    if (!page || own)
        return extract_resolve(extract, value);
    struct url outer = extract->base;
    extract->base = *page;
    bool resolved = extract_resolve(extract, value);
    extract->base = outer;
    return resolved;
}

static bool is_plain_name(struct text value)
{
    if (value.length > NAME_MOST || !(ascii_is_alnum(value.at[0]) || value.at[0] == '_'))
        return false;
    for (size_t i = 0; i < value.length; i++)
        if (!ascii_is_alnum(value.at[i]) && !strchr("/._-~%@+&?=,", value.at[i]))
            return false;
    return true;
}

/* Whether a string without a slash in front is the name of a part: "img/a.png". A script's own name
 * alone, "core.js", is seldom a URL unless it is loaded. */
static bool is_name_of_part(const struct script *s, struct text value, enum part_kind part,
                            const struct literal *literal, enum string_use use)
{
    bool inner = text_find_char(value, '/') > 0, used = use == USE_LOADED || use == USE_MODULE;
    if (!part || use == USE_IMPORT || !is_plain_name(value) ||
        !script_may_open(s->text, literal->open))
        return false;
    bool member = part_is_seen(part) || part == PART_STYLE || part == PART_DATA;
    bool versioned = text_find(value, TEXT("?v=")) > 0 || text_find(value, TEXT("?ver=")) > 0;
    if (used || versioned || use == USE_FILES || (use == USE_MEMBER && member))
        return true;
    return inner ? text_find(value, TEXT("node_modules/")) < 0
                 : part == PART_PICTURE && !s->extract->source->page;
}

/* A function's argument that has no end of a part: fetch("/list"), getJSON("data?x=1"). */
static bool is_loaded(struct text value, enum string_use use, bool shaped)
{
    if (use == USE_MODULE || use == USE_IMPORT)
        return shaped; /* other specifiers of modules are names */
    return use == USE_LOADED &&
           (shaped || text_find_char(value, '/') > 0 || text_find_char(value, '?') > 0);
}

/* Whether the string is the first argument of a function: fetch("a"). */
static bool is_argument_of(const struct script *s, size_t open, struct text function)
{
    struct text before = text_first(s->text, open);
    if (!text_ends(before, function))
        return false;
    before.length -= function.length;
    return !before.length || !ascii_is_alnum(before.at[before.length - 1]);
}

static bool is_first_argument(const struct script *s, size_t open)
{
    while (open && ascii_is_space(s->text.at[open - 1]))
        open--;
    return open && s->text.at[open - 1] == '(';
}

/* Whether it ends like the name of a file: "flights.csv". */
static bool is_file_name(struct text value)
{
    size_t point = value.length;
    while (point && ascii_is_alnum(value.at[point - 1]))
        point--;
    return point > 1 && value.at[point - 1] == '.' && value.length - point >= FILE_END_LEAST &&
           value.length - point <= FILE_END_MOST;
}

/* Where a click or the script itself leads. */
static void give_page(const struct script *s, struct text value, enum string_use use)
{
    struct extract *extract = s->extract;
    bool whole =
        text_starts_nocase(value, TEXT("http://")) || text_starts_nocase(value, TEXT("https://"));
    bool asks = s->event && text_find(s->text, TEXT("confirm(")) >= 0; /* "Delete it?" */
    bool leads = !asks && (use == USE_GOES || (s->event && (whole || part_is_page(value))));
    struct anchor bare = {.in_pager = false};
    if (!leads || !part_is_clean(value) || !extract_resolve_filled(extract, value) ||
        (!s->event && !url_same_site(extract->source->url, &extract->url)))
        return;
    struct series_judgement judgement =
        series_judge(&extract->anchors->tables->pagers, extract->source->url, &extract->url,
                     &extract->segments, &bare, extract->source->year);
    struct found found = {.class = judgement.class,
                          .certainty = LINK_POSSIBLE,
                          .element = s->element};
    extract_give_resolved(extract, &found);
}

static bool is_public_host(const struct extract *extract)
{
    return text_find_char(url_host(&extract->url), '.') > 0 ||
           url_same_site(&extract->url, extract->source->url);
}

/* atob("..."): a URL that is not meant to be found at once. */
static void judge_base64(const struct script *s, const struct literal *literal)
{
    struct buf decoded;
    buf_init(&decoded, STRING_MOST);
    if (base64_read(literal->value, &decoded) && buf_ok(&decoded) && decoded.length) {
        struct text value = buf_text(&decoded);
        struct found found = {.class = LINK_REQUISITE,
                              .certainty = LINK_POSSIBLE,
                              .element = s->element};
        if (part_is_shaped(value) && part_is_clean(value) && part_of_address(value) &&
            resolve(s, value, USE_LOADED) && is_public_host(s->extract))
            extract_give_resolved(s->extract, &found);
    }
    extract_release(s->extract, &decoded);
}

/* "/img/:id.png": a route, of which a part is filled in later. */
static bool has_parameter(struct text value)
{
    ptrdiff_t at = text_find(value, TEXT("/:"));
    return at >= 0 && (size_t)at + 2 < value.length && ascii_is_alpha(value.at[at + 2]);
}

/* Judges a string by what it looks like and what it is used for. */
static void judge(const struct script *s, const struct literal *literal)
{
    struct extract *extract = s->extract;
    static const bool marks[256] = {['/'] = true, ['?'] = true};
    struct text value = literal->value;
    enum part_kind part = part_of_address(value);
    bool shaped = part_is_shaped(value), open = literal->half;
    if (is_argument_of(s, literal->open, TEXT("atob("))) {
        judge_base64(s, literal);
        return;
    }
    bool fetched = !open && is_plain_name(value) &&
                   (is_argument_of(s, literal->open, TEXT("fetch(")) ||
                    (is_file_name(value) && is_first_argument(s, literal->open)));
    if (!part && !fetched && !shaped && !s->event && text_stop(value, 0, marks) == value.length &&
        !part_is_page(value))
        return;
    enum string_use use = script_context(s->text, literal->open, literal->close);
    bool shown = use == USE_GOT && !open && part_is_page(value) &&
                 text_ends(text_first(s->text, literal->open), TEXT(".load("));
    if (use == USE_GOT || (s->placed && use != USE_NOTHING))
        use = (part || shown) && !open ? USE_LOADED : USE_UNKNOWN;
    /* "/data.json?time=" + now: as it stands, for a player finds it with any number at its end. */
    if (open && !(value.at[value.length - 1] == '=' && text_find_char(value, '?') > 0))
        return;
    if (use == USE_NOTHING || !part_is_clean(value) || has_parameter(value))
        return;
    if (use == USE_IMPORT && !shaped) {
        extract_import(extract, value);
        return;
    }
    if (!part && (use == USE_GOES || s->event)) {
        if (!open)
            give_page(s, value, use);
        return;
    }
    struct found found = {.class = LINK_REQUISITE,
                          .certainty = LINK_POSSIBLE,
                          .element = s->element,
                          .any_host =
                              use == USE_LOADED || use == USE_MODULE || use == USE_IMPORT ||
                              ((use == USE_MEMBER || use == USE_FILES) && part_is_seen(part)) ||
                              (s->event && part_is_seen(part))};
    bool named = shaped ? part != PART_NONE : is_name_of_part(s, value, part, literal, use);
    named = named || shown || (fetched && use == USE_LOADED);
    found.document = shown; /* $("#x").load("header.html") */
    if ((!shaped && !named && !is_loaded(value, use, shaped)) || !resolve(s, value, use))
        return;
    if (!open && url_same_site(extract->source->url, &extract->url) &&
        pager_url_page(&extract->url) >= 0)
        found.class = LINK_PAGER; /* the next part of an endless page: {"next": "/page/2/"} */
    else if (!(named || is_loaded(value, use, shaped)) || !is_public_host(extract))
        return;
    extract_give_resolved(extract, &found);
}

/* ---- markup in strings ---- */

static bool begins_markup(struct text here)
{
    if (here.length < 8)
        return false;
    if (here.at[0] == '<')
        return ascii_is_alpha(here.at[1]);
    return (here.at[0] == '%' && text_starts_nocase(here, TEXT("%3c"))) ||
           (here.at[0] == '\\' &&
            (text_starts_nocase(here, TEXT("\\x3c")) || text_starts_nocase(here, TEXT("\\u003c"))));
}

/* Joins the constants of an expression. Anything else in it becomes "{{}}", which no URL may have.
 * Returns the offset of the last quote; `open`: there is none. */
static size_t join_markup(struct script *s, size_t open)
{
    struct text script = s->text;
    size_t last = open, at = open;
    buf_clear(&s->joined);
    for (int count = 0; count < JOINED_MOST; count++) {
        struct text string = markup_string(script, at + 1, script.at[at]);
        if (!string.at)
            return last;
        buf_add_text(&s->joined, string);
        last = at + 1 + string.length;
        size_t next = skip_space(script, last + 1);
        if (next >= script.length || script.at[next] != '+')
            return last;
        /* up to the next constant: a name, or a call without strings */
        size_t from = next = skip_space(script, next + 1);
        while (next < script.length && next - from < 100 && !is_quote(script.at[next]) &&
               script.at[next] != ';' && script.at[next] != '\n')
            next++;
        if (next >= script.length || !is_quote(script.at[next]) ||
            (next > from && !is_continued(script, next)))
            return last;
        if (next > from)
            buf_add(&s->joined, "{{}}");
        at = next;
    }
    return last;
}

static void decode_percent(struct text raw, struct buf *out)
{
    buf_clear(out);
    for (size_t i = 0; i < raw.length; i++) {
        int high = raw.at[i] == '%' && i + 2 < raw.length ? hex_value(raw.at[i + 1]) : -1,
            low = high < 0 ? -1 : hex_value(raw.at[i + 2]);
        buf_add_char(out, low < 0 ? raw.at[i] : (char)(high << 4 | low));
        i += low < 0 ? 0 : 2;
    }
}

/* Only parts count, unless the script writes the markup into the page: "<a href='/x'>" in a library
 * is often a test of the browser. */
static size_t read_markup(struct script *s, size_t open)
{
    struct extract *extract = s->extract;
    size_t close = join_markup(s, open);
    struct text markup = buf_text(&s->joined);
    bool tells = text_find_nocase(markup, TEXT("src")) >= 0 ||
                 text_find_nocase(markup, TEXT("href")) >= 0 ||
                 text_find_nocase(markup, TEXT("url(")) >= 0;
    if (close == open || !tells || extract->written.depth >= NESTING_MOST)
        return close;
    struct buf html;
    buf_init(&html, 2 * MARKUP_MOST * JOINED_MOST);
    markup = json_unescape(markup, &s->value);
    if (markup.length && markup.at[0] == '%')
        decode_percent(markup, &html);
    else
        buf_add_text(&html, markup);
    struct url base = extract->base;
    bool outer = extract->written.parts_only;
    struct text container = extract->container;
    extract->written.parts_only = outer || script_context(s->text, open, close) != USE_WRITTEN;
    extract->container = TEXT("script ");
    extract->written.depth++;
    if (extract->source->page) { /* it becomes part of the page */
        extract->base = *extract->source->page;
        extract_settle_place(extract);
    }
    extract_html(extract, buf_text(&html), MARKUP_DEPTH);
    extract->base = base;
    if (extract->source->page)
        extract_settle_place(extract);
    extract->written.depth--;
    extract->container = container;
    extract->written.parts_only = outer;
    extract_release(extract, &html);
    return close;
}

/* ---- the script ---- */

/* image.srcset = "a.png 1x, b.png 2x" */
static void read_srcset(const struct script *s, size_t open)
{
    struct extract *extract = s->extract;
    struct text before = text_first(s->text, open), set, address;
    before = text_skip(before, before.length > 12 ? before.length - 12 : 0);
    if (text_find_nocase(before, TEXT("srcset")) < 0)
        return;
    set = text_first(text_skip(s->text, open + 1), STRING_MOST);
    ptrdiff_t end = text_find_char(set, s->text.at[open]);
    set = text_first(set, end < 0 ? 0 : (size_t)end);
    while (srcset_next(&set, &address)) {
        struct found found = {.class = LINK_REQUISITE,
                              .certainty = LINK_POSSIBLE,
                              .element = s->element,
                              .any_host = true};
        if (part_is_clean(address) && part_is_seen(part_of_address(address)) &&
            resolve(s, address, USE_LOADED))
            extract_give_resolved(extract, &found);
    }
}

/* Whether a string that begins here may be a URL: by its first characters. */
static bool may_begin_address(struct text here)
{
    if (here.length < 2)
        return false;
    char c = here.at[0];
    return ascii_is_alnum(c) || c == '/' || c == '_' || c == '.' || c == '\\' ||
           text_starts(here, TEXT("${"));
}

/* ["/img/", "a", ".png"].join("").  False: the quote at *at begins something else; otherwise *at is
 * moved to the end of the list. */
static bool read_joined_list(struct script *s, size_t *at)
{
    struct literal literal = {.open = *at};
    buf_clear(&s->joined);
    if (!script_join_list(s->text, *at, &s->joined, &literal.open, &literal.close))
        return false;
    size_t after = literal.close + 1;
    literal.half = what_follows(s->text, &after) != FOLLOWS_NOTHING;
    literal.value = buf_text(&s->joined);
    s->placed = false;
    if (buf_ok(&s->joined) && literal.value.length && !is_continued(s->text, literal.open))
        judge(s, &literal);
    *at = literal.close;
    return true;
}

static void read_script(struct script *s)
{
    static const bool quotes[256] = {['"'] = true, ['\''] = true, ['`'] = true};
    struct text script = s->text;
    for (size_t at = 0; (at = text_stop(script, at, quotes)) < script.length; at++) {
        struct text here = text_skip(script, at + 1);
        bool escaped = at && script.at[at - 1] == '\\';
        struct literal literal;
        if (!escaped && read_joined_list(s, &at))
            continue;
        if (!escaped && begins_markup(here))
            at = read_markup(s, at);
        else if (may_begin_address(here) && read_literal(s, at, escaped, &literal)) {
            if (literal.value.length)
                judge(s, &literal);
            at = literal.close - 1; /* the quote there may be one that begins a string */
        } else if (!escaped)
            read_srcset(s, at);
    }
}

/* Style in strings: "background: url(a.png)". */
static void read_style(const struct script *s)
{
    struct extract *extract = s->extract;
    struct text rest = s->text;
    for (ptrdiff_t at; (at = text_find(rest, TEXT("url("))) >= 0;) {
        rest = text_skip(rest, (size_t)at + 4);
        struct text inside = text_first(rest, STRING_MOST);
        while (inside.length && (is_quote(inside.at[0]) || inside.at[0] == '\\'))
            inside = text_skip(inside, 1);
        ptrdiff_t end = text_find_char(inside, ')');
        struct text value = text_first(inside, end < 0 ? 0 : (size_t)end);
        while (value.length &&
               (is_quote(value.at[value.length - 1]) || value.at[value.length - 1] == '\\'))
            value.length--;
        struct found found = {.class = LINK_REQUISITE,
                              .certainty = LINK_POSSIBLE,
                              .element = s->element};
        if (part_is_clean(value) && part_of_address(value) && resolve(s, value, USE_LOADED) &&
            is_public_host(extract))
            extract_give_resolved(extract, &found);
    }
}

static void read_all(struct extract *extract, struct text text, const char *element, bool event)
{
    struct script s = {.extract = extract, .text = text, .element = element, .event = event};
    script_constants_read(&s.constants, text);
    buf_init(&s.joined, MARKUP_MOST * JOINED_MOST);
    buf_init(&s.value, MARKUP_MOST * JOINED_MOST);
    read_script(&s);
    read_style(&s);
    extract_release(extract, &s.joined);
    extract_release(extract, &s.value);
}

void extract_script(struct extract *extract, struct text script, const char *element)
{
    extract_bundles(extract, script);
    read_all(extract, script, element, false);
}

void extract_event(struct extract *extract, struct text script, const char *element)
{
    read_all(extract, script, element, true);
}

/* ---- lists of platforms ---- */

bool extract_list(struct extract *extract, struct text body)
{
    const struct platform *platform = platform_of_list(extract->source->url);
    struct platform_list list;
    struct platform_link link;
    if (!platform)
        return false;
    platform_list_init(&list, platform, extract->source->url, body);
    while (platform_list_next(&list, &link)) {
        struct found found = {.raw = link.address,
                              .class = link.class,
                              .certainty = LINK_CERTAIN,
                              .element = link.where};
        extract_give(extract, &found);
    }
    bool is_list = list.is_list;
    extract->failed = extract->failed || buf_is_out_of_memory(&list.value) ||
                      buf_is_out_of_memory(&list.json.unescaped);
    platform_list_release(&list);
    return is_list;
}
