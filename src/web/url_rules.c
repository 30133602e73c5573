/* Looks rules up by number and by name. */
#include <config.h>

#include "web/url_rules.h"

#include "base/spelling.h"

#include <stdint.h>
#include <string.h>

enum { NO_GAP, GAP }; /* the table's words for is_gap */

static const struct url_rule_row rows[URL_RULES] = {
#define ROW(id, name, kind, gap, words) [URL_RULE_##id] = {name, URL_RULE_BY_##kind, gap, words},
    URL_RULES_TABLE(ROW)
#undef ROW
};

/* Names from earlier versions.  They are in archives, and in commands that people keep. */
static const struct {
    const char *name;
    enum url_rule rule;
} old_names[] = {
    {"dokuwiki.twin", URL_RULE_DOKUWIKI_DUPLICATE_VIEW},
    {"mediawiki.twin", URL_RULE_MEDIAWIKI_DUPLICATE_VIEW},
    {"squarespace.twin", URL_RULE_SQUARESPACE_DUPLICATE_VIEW},
};

const struct url_rule_row *url_rule_row(enum url_rule rule)
{
    return &rows[rule];
}

const char *url_rule_name(enum url_rule rule)
{
    return rows[rule].name;
}

enum url_rule url_rule_by_name(struct text name)
{
    for (enum url_rule rule = URL_RULE_NONE + 1; rule < URL_RULES; rule++)
        if (text_equal(name, text_of(rows[rule].name)))
            return rule;
    for (size_t i = 0; i < sizeof old_names / sizeof *old_names; i++)
        if (text_equal(name, text_of(old_names[i].name)))
            return old_names[i].rule;
    return URL_RULE_NONE;
}

const char *url_rule_old_name(enum url_rule rule)
{
    for (size_t i = 0; i < sizeof old_names / sizeof *old_names; i++)
        if (old_names[i].rule == rule)
            return old_names[i].name;
    return NULL;
}

enum url_rule url_rule_like(struct text name)
{
    const char *names[URL_RULES];
    for (enum url_rule rule = URL_RULE_NONE + 1; rule < URL_RULES; rule++)
        names[rule - 1] = rows[rule].name;
    const char *closest = spelling_closest(name, names, URL_RULES - 1);
    return closest ? url_rule_by_name(text_of(closest)) : URL_RULE_NONE;
}

bool url_rule_can_be_off(enum url_rule rule)
{
    return rows[rule].kind == URL_RULE_BY_URL || rows[rule].kind == URL_RULE_BY_PAGES;
}

const char *url_rule_kind_words(enum url_rule_kind kind)
{
    static const char *const words[URL_RULE_KINDS] = {
        [URL_RULE_BY_OPTION] = "The user's own choice",
        [URL_RULE_BY_SCOPE] = "Outside the site",
        [URL_RULE_BY_ROBOTS] = "The site's own choice",
        [URL_RULE_BY_LIMIT] = "Limits",
        [URL_RULE_BY_URL] = "Traps recognized by their URL",
        [URL_RULE_BY_PAGES] = "Traps recognized by what pages show",
    };
    return words[kind];
}
