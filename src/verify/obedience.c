/*
 * A warcinfo record says which policy the crawl had (WARC 1.1, 6.2: "robots").  If it obeyed, no
 * capture can be of a URL that the host's robots.txt closed.  Only captures after that robots.txt
 * are judged: before, other rules may have been in force.
 */
#include <config.h>

#include "verify/obedience.h"

#include <stdio.h>
#include <string.h>

void obedience_learn(struct verification *v, const char *file, struct text fields)
{
    struct text line, mark = TEXT("robots:");
    while (text_split(&fields, '\n', &line)) {
        struct text value =
            text_trim(text_skip(line, text_starts_nocase(line, mark) ? mark.length : line.length));
        if (text_equal_nocase(value, TEXT("obey")) || text_equal_nocase(value, TEXT("classic")))
            buf_printf(&v->aside.obedient, "%s\n", file);
    }
}

/* Whether a file of this archive says so. */
static bool says_so(const struct obedience *o, struct text filename)
{
    struct text rest = buf_text(&o->v->aside.obedient), line;
    size_t directory = strlen(o->archive);
    while (text_split(&rest, '\n', &line))
        if (text_starts(line, text_of(o->archive)) &&
            text_starts(text_skip(line, directory), TEXT("/")) &&
            text_equal(text_skip(line, directory + 1), filename))
            return true;
    return false;
}

void obedience_begin(struct obedience *o, struct verification *v, const char *archive,
                     struct cdxj_lookup *lookup, struct capture_reader *reader)
{
    *o = (struct obedience){.v = v, .archive = archive};
    url_init(&o->url);
    if (v->aside.obedient.length) {
        o->rules = archived_rules_new(v->claims, lookup, reader);
        v->out_of_memory = v->out_of_memory || !o->rules;
    }
}

void obedience_check(struct obedience *o, const struct cdxj_entry *entry)
{
    int64_t date_ms;
    if (!o->rules || !says_so(o, entry->filename) || !cdxj_entry_time(entry, &date_ms) ||
        url_parse(&o->url, entry->url, NULL, TEXT("")) != URL_OK ||
        !archived_rules_closed(o->rules, &o->url, date_ms))
        return;
    char url[1024];
    snprintf(url, sizeof url, "%.*s",
             TEXT_ARGS(
                 text_first(entry->url, entry->url.length < 1000 ? entry->url.length : 1000)));
    verification_find(o->v, CHECK_ROBOTS_DISOBEYED,
                      &(struct finding_place){.file = o->archive, .offset = -1, .url = url}, "%s",
                      "");
}

void obedience_end(struct obedience *o)
{
    o->v->out_of_memory = o->v->out_of_memory || (o->rules && !archived_rules_ok(o->rules));
    archived_rules_free(o->rules);
    url_release(&o->url);
}
