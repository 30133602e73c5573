/*
 * robots.txt (RFC 9309).  All groups for our product token are merged; the group "*" counts only
 * when there is none.  Patterns are matched without backtracking, so that a hostile file cannot
 * cost much time.
 */
#include <config.h>

#include "web/robots.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

struct robots_rule {
    struct text pattern; /* points into `bytes` */
    bool allows;
};

struct robots {
    struct buf bytes; /* all patterns in canonical form, without separators */
    struct robots_rule *rules;
    size_t rule_count, rule_room;
    int64_t delay_ms;
};

/* Appends the canonical form (section 2.2.2) and returns its length: escapes in upper case, those
 * of unreserved characters decoded, bytes outside printable ASCII escaped. */
static size_t canonical(struct text from, struct buf *out)
{
    static const char digits[] = "0123456789ABCDEF";
    size_t before = out->length;
    for (size_t i = 0; i < from.length; i++) {
        unsigned char c = (unsigned char)from.at[i];
        bool escape = c == '%' && i + 2 < from.length && hex_value(from.at[i + 1]) >= 0 &&
                      hex_value(from.at[i + 2]) >= 0;
        if (escape) {
            c = (unsigned char)(hex_value(from.at[i + 1]) << 4 | hex_value(from.at[i + 2]));
            i += 2;
            escape = !(ascii_is_alnum((char)c) || (c && strchr("-._~", c)));
        }
        if (escape || c >= 0x80 || c <= 0x20) {
            char escaped[3] = {'%', digits[c >> 4], digits[c & 15]};
            buf_append(out, escaped, 3);
        } else
            buf_add_char(out, (char)c);
    }
    return out->length - before;
}

/* '*' matches any bytes, and '$' at the end matches the end.  Each piece between stars is matched
 * at the earliest place.  With no other wildcards that is always right, so nothing is tried twice.
 */
static bool matches(struct text pattern, struct text path)
{
    bool anchored = pattern.length && pattern.at[pattern.length - 1] == '$';
    struct text piece, rest = anchored ? text_first(pattern, pattern.length - 1) : pattern;
    bool first = true;
    if (!rest.length)
        return anchored ? path.length == 0 : true;
    while (text_split(&rest, '*', &piece)) {
        bool last = rest.at == NULL;
        if (first ? !text_starts(path, piece) : false)
            return false;
        if (first) {
            if (last)
                return !anchored || path.length == piece.length;
            path = text_skip(path, piece.length);
        } else if (last && anchored)
            return text_ends(path, piece);
        else {
            ptrdiff_t at = text_find(path, piece);
            if (at < 0)
                return false;
            path = text_skip(path, (size_t)at + piece.length);
        }
        first = false;
    }
    return true;
}

static bool add_rule(struct robots *robots, struct text path, bool allows)
{
    if (!path.length)
        return true;
    if (robots->rule_count == robots->rule_room) {
        size_t room = robots->rule_room ? robots->rule_room * 2 : 32;
        struct robots_rule *rules = realloc(robots->rules, room * sizeof *rules);
        if (!rules)
            return false;
        robots->rules = rules;
        robots->rule_room = room;
    }
    struct robots_rule *rule = &robots->rules[robots->rule_count++];
    /* An offset at first, because `bytes` may still move; see settle(). */
    rule->pattern.at = (const char *)(uintptr_t)robots->bytes.length;
    rule->pattern.length = canonical(path, &robots->bytes);
    rule->allows = allows;
    return buf_ok(&robots->bytes);
}

/* ---- reading ---- */

enum key { KEY_OTHER, KEY_AGENT, KEY_ALLOW, KEY_DISALLOW, KEY_DELAY };

/* Reads a line "key: value # comment".  Accepts a missing colon and common misspellings. */
static enum key read_line(struct text line, struct text *value)
{
    static const struct {
        const char *name;
        enum key key;
    } keys[] = {{"user-agent", KEY_AGENT}, {"useragent", KEY_AGENT},   {"user agent", KEY_AGENT},
                {"allow", KEY_ALLOW},      {"disallow", KEY_DISALLOW}, {"dissallow", KEY_DISALLOW},
                {"disalow", KEY_DISALLOW}, {"dissalow", KEY_DISALLOW}, {"disallaw", KEY_DISALLOW},
                {"crawl-delay", KEY_DELAY}};
    ptrdiff_t comment = text_find_char(line, '#');
    line = text_trim(comment < 0 ? line : text_first(line, (size_t)comment));
    ptrdiff_t colon = text_find_char(line, ':');
    size_t end = colon >= 0 ? (size_t)colon : 0;
    if (colon < 0)
        while (end < line.length && !ascii_is_space(line.at[end]))
            end++;
    struct text name = text_trim(text_first(line, end));
    *value = text_trim(text_skip(line, end + (colon >= 0)));
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (text_equal_nocase(name, text_of(keys[i].name)))
            return keys[i].key;
    return KEY_OTHER;
}

/* The product token in a user-agent line: its leading letters, '-' and '_' (section 2.2.1). */
static struct text product_of(struct text agent)
{
    size_t length = 0;
    while (length < agent.length &&
           (ascii_is_alpha(agent.at[length]) || agent.at[length] == '-' || agent.at[length] == '_'))
        length++;
    return text_first(agent, length);
}

static int64_t read_delay(struct text value)
{
    char digits[16];
    if (!value.length || value.length >= sizeof digits)
        return 0;
    memcpy(digits, value.at, value.length);
    digits[value.length] = '\0';
    double seconds = strtod(digits, NULL);
    return seconds > 0 && seconds < 1e6 ? (int64_t)(seconds * 1000) : 0;
}

/* Adds the rules of all groups for `token`, which may be "*".  *found is whether there was one. */
static bool read_groups(struct robots *robots, struct text body, struct text token, bool *found)
{
    struct text line, value;
    bool in_agents = false, ours = false, ok = true, star = text_equal(token, TEXT("*"));
    *found = false;
    while (ok && text_split_line(&body, &line)) {
        enum key key = read_line(line, &value);
        if (key == KEY_AGENT) {
            if (!in_agents)
                ours = false;
            in_agents = true;
            ours = ours || (star ? text_starts(value, TEXT("*"))
                                 : text_equal_nocase(product_of(value), token));
            *found = *found || ours;
        } else if (key == KEY_ALLOW || key == KEY_DISALLOW) {
            in_agents = false;
            ok = !ours || add_rule(robots, value, key == KEY_ALLOW);
        } else if (key == KEY_DELAY && ours && read_delay(value))
            robots->delay_ms = read_delay(value);
    }
    return ok;
}

struct robots *robots_allow_all(void)
{
    struct robots *robots = calloc(1, sizeof *robots);
    if (robots)
        buf_init(&robots->bytes, 8 * (size_t)ROBOTS_READ_BYTES);
    return robots;
}

/* Turns the offsets of patterns into pointers, when `bytes` is complete. */
static struct robots *settle(struct robots *robots)
{
    for (size_t i = 0; i < robots->rule_count; i++)
        robots->rules[i].pattern.at = robots->bytes.data + (uintptr_t)robots->rules[i].pattern.at;
    return robots;
}

struct robots *robots_close_all(void)
{
    struct robots *robots = robots_allow_all();
    if (robots && !add_rule(robots, TEXT("/"), false)) {
        robots_free(robots);
        return NULL;
    }
    return robots ? settle(robots) : NULL;
}

struct robots *robots_read(struct text body, struct text token)
{
    struct robots *robots = robots_allow_all();
    bool found;
    if (text_starts(body, TEXT("\xef\xbb\xbf")))
        body = text_skip(body, 3);
    if (body.length >= ROBOTS_READ_BYTES) { /* the line at the limit may be incomplete: drop it */
        body.length = ROBOTS_READ_BYTES;
        while (body.length && body.at[body.length - 1] != '\n')
            body.length--;
    }
    if (!robots)
        return NULL;
    if (!read_groups(robots, body, token, &found) ||
        (!found && !read_groups(robots, body, TEXT("*"), &found))) {
        robots_free(robots);
        return NULL;
    }
    return settle(robots);
}

struct robots *robots_of_response(int status, struct text body)
{
    if (status >= 200 && status < 300)
        return robots_read(body, TEXT("warccap"));
    return status >= 300 && status < 500 ? robots_allow_all() : robots_close_all();
}

bool robots_close_anything(const struct robots *robots)
{
    for (size_t i = 0; i < robots->rule_count; i++)
        if (!robots->rules[i].allows)
            return true;
    return false;
}

void robots_free(struct robots *robots)
{
    if (!robots)
        return;
    buf_release(&robots->bytes);
    free(robots->rules);
    free(robots);
}

bool robots_allows(const struct robots *robots, struct text target, struct text *deciding)
{
    const struct robots_rule *best = NULL;
    struct buf path;
    if (deciding)
        *deciding = TEXT("");
    if (!robots->rule_count || text_equal(target, TEXT("/robots.txt")))
        return true;
    buf_init(&path, 1 << 20);
    canonical(target, &path);
    for (size_t i = 0; i < robots->rule_count; i++) {
        const struct robots_rule *rule = &robots->rules[i];
        if (best && (rule->pattern.length < best->pattern.length ||
                     (rule->pattern.length == best->pattern.length && !rule->allows)))
            continue;
        if (matches(rule->pattern, buf_text(&path)))
            best = rule;
    }
    buf_release(&path);
    if (deciding && best)
        *deciding = best->pattern;
    return !best || best->allows;
}

int64_t robots_delay_ms(const struct robots *robots)
{
    return robots->delay_ms;
}
