/* JSON whose members are URLs: web app manifests, JSON-LD, import maps. */
#include <config.h>

#include "html/json_strings.h"
#include "links/extract.h"

enum { LOOKED_AT_BYTES = 4096 };

struct member {
    const char *name;
    enum link_class class;
    enum link_certainty certainty;
};

static const struct member *find_member(const struct member *members, struct text name)
{
    for (; members->name; members++)
        if (text_equal_nocase(name, text_of(members->name)))
            return members;
    return NULL;
}

/* ---- web app manifests ---- */

void extract_manifest(struct extract *extract, struct text manifest)
{
    struct json_strings s;
    json_strings_init(&s, manifest);
    while (json_strings_next(&s)) {
        bool shortcut =
            text_equal_nocase(s.name, TEXT("url")) && json_strings_within(&s, TEXT("shortcuts"));
        if (text_equal_nocase(s.name,
                              TEXT("src"))) /* of icons, screenshots and the icons of shortcuts */
            extract_address(extract, s.value, LINK_REQUISITE, LINK_CERTAIN, "manifest", "src");
        else if (text_equal_nocase(s.name, TEXT("start_url")) || shortcut)
            extract_address(extract, s.value, LINK_PAGE, LINK_POSSIBLE, "manifest",
                            shortcut ? "url" : "start_url");
    }
    extract->failed = extract->failed || buf_is_out_of_memory(&s.unescaped);
    json_strings_release(&s);
}

/* ---- JSON-LD ---- */

static bool in_picture(const struct json_strings *s)
{
    static const char *const names[] = {"image", "logo", "thumbnail", "primaryImageOfPage",
                                        "photo"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (json_strings_within(s, text_of(names[i])))
            return true;
    return false;
}

/* The members of schema.org. "sameAs" and the vocabulary (@context, @type) lead off the site. */
static void linked_data(struct extract *extract, struct text json, const char *element)
{
    static const struct member members[] = {
        {"image", LINK_REQUISITE, LINK_POSSIBLE},
        {"logo", LINK_REQUISITE, LINK_POSSIBLE},
        {"thumbnailUrl", LINK_REQUISITE, LINK_POSSIBLE},
        {"thumbnail", LINK_REQUISITE, LINK_POSSIBLE},
        {"primaryImageOfPage", LINK_REQUISITE, LINK_POSSIBLE},
        {"contentUrl", LINK_MEDIA, LINK_POSSIBLE},
        {"url", LINK_PAGE, LINK_POSSIBLE},
        {"@id", LINK_PAGE, LINK_POSSIBLE},
        {"item", LINK_PAGE, LINK_POSSIBLE},
        {"embedUrl", LINK_PAGE, LINK_POSSIBLE},
        {"mainEntityOfPage", LINK_PAGE, LINK_POSSIBLE},
        {NULL, LINK_PAGE, LINK_POSSIBLE},
    };
    struct json_strings s;
    json_strings_init(&s, json);
    while (json_strings_next(&s)) {
        const struct member *member = find_member(members, s.name);
        if (!member)
            continue;
        bool id = s.name.at[0] == '@';
        /* An @id can be any name. Only an HTTP URL counts as a link, and that of a picture says
         * nothing. */
        if (id && (in_picture(&s) || !text_starts_nocase(s.value, TEXT("http"))))
            continue;
        extract_address(extract, s.value, in_picture(&s) ? LINK_REQUISITE : member->class,
                        member->certainty, element, NULL);
    }
    extract->failed = extract->failed || buf_is_out_of_memory(&s.unescaped);
    json_strings_release(&s);
}

void extract_json(struct extract *extract, struct text json, const char *element)
{
    if (text_find(text_first(json, LOOKED_AT_BYTES), TEXT("\"@context\"")) >= 0)
        linked_data(extract, json, element);
    else
        extract_script(extract, json, element);
}

/* ---- import maps ---- */

/* Keeps a prefix. Values with escapes do not outlive the reader, and are rare. */
static void keep_import(struct extract *extract, const struct json_strings *s)
{
    bool outlives = s->value.at != s->unescaped.data;
    if (outlives && s->name.length && text_ends(s->name, TEXT("/")) &&
        extract->imports.count < IMPORTS_MOST)
        extract->imports.list[extract->imports.count++] = (struct import){s->name, s->value};
}

void extract_import(struct extract *extract, struct text name)
{
    struct buf address;
    size_t i = 0;
    while (i < extract->imports.count && !text_starts(name, extract->imports.list[i].name))
        i++;
    if (i == extract->imports.count)
        return;
    buf_init(&address, URL_LONGEST);
    buf_add_text(&address, extract->imports.list[i].address);
    buf_add_text(&address, text_skip(name, extract->imports.list[i].name.length));
    struct found found = {.raw = buf_text(&address),
                          .class = LINK_REQUISITE,
                          .certainty = LINK_POSSIBLE,
                          .element = "script",
                          .any_host = true};
    extract_give(extract, &found);
    extract_release(extract, &address);
}

void extract_import_map(struct extract *extract, struct text map)
{
    struct json_strings s;
    json_strings_init(&s, map);
    while (json_strings_next(&s)) {
        bool address = text_starts(s.value, TEXT("/")) || text_starts(s.value, TEXT(".")) ||
                       text_starts_nocase(s.value, TEXT("http"));
        struct found found = {.raw = s.value,
                              .class = LINK_REQUISITE,
                              .certainty = LINK_POSSIBLE,
                              .element = "script[importmap]",
                              .any_host = true};
        /* "integrity" has no URLs. */
        if (!address ||
            (!json_strings_within(&s, TEXT("imports")) && !json_strings_within(&s, TEXT("scopes"))))
            continue;
        if (text_ends(s.value, TEXT("/")))
            keep_import(extract, &s);
        else
            extract_give(extract, &found);
    }
    extract->failed = extract->failed || buf_is_out_of_memory(&s.unescaped);
    json_strings_release(&s);
}
