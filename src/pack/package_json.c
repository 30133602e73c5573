/* Members stand in the order in which py-wacz writes them. */
#include <config.h>

#include "pack/package_json.h"

#include "base/json.h"

/* How wabac.js finds what a page requests with another query than at the time of the capture. When
 * it finds nothing else, it replaces the first pattern by the second.  The result is
 * percent-decoded by the player, so URLs with an escape are left alone.
 *
 * - Files that are the same whatever their query says: "app.js?v=7" for "app.js".
 * - What frameworks load their data from, with a changing query (Next.js, React Router). */
static const char fuzzy_rules[] =
    "[[\"^(https?://[^?%]+[.](?:css|js|mjs|json|png|jpe?g|gif|webp|avif|svg|ico|woff2?|ttf|otf|mp3|"
    "mp4|webm))[?][^%]*$\", \"$1\"], "
    "[\"^(https?://[^?%]+[.](?:txt|data|rsc))[?][^%]*$\", \"$1\"]]";

void package_json_add_date(struct buf *out, struct text date)
{
    if (date.length < 14)
        return;
    buf_printf(out, "%.4s-%.2s-%.2sT%.2s:%.2s:%.2sZ", date.at, date.at + 4, date.at + 6,
               date.at + 8, date.at + 10, date.at + 12);
}

static void add_member(struct buf *out, const char *name, struct text value)
{
    if (!value.length)
        return;
    buf_printf(out, ",\n  \"%s\": ", name);
    json_write_string(out, value);
}

static void add_date(struct buf *out, const char *name, struct text date)
{
    if (!date.length)
        return;
    buf_printf(out, ",\n  \"%s\": \"", name);
    package_json_add_date(out, date);
    buf_add_char(out, '"');
}

/* The name of a resource has lower case letters, digits and "-._/" (Frictionless Data Resource). */
static void add_name(struct buf *out, const char *path)
{
    const char *slash = strrchr(path, '/');
    for (const char *c = slash ? slash + 1 : path; *c; c++) {
        char low = ascii_lower(*c);
        buf_add_char(out,
                     ascii_is_alnum(low) || low == '-' || low == '.' || low == '_' ? low : '-');
    }
}

void package_json_add_resource(struct buf *list, const char *path, const struct wacz_entry *entry)
{
    buf_add(list, list->length ? ",\n    {\"name\": \"" : "\n    {\"name\": \"");
    add_name(list, path);
    buf_add(list, "\", \"path\": ");
    json_write_string(list, text_of(path));
    buf_printf(list, ", \"hash\": \"sha256:%s\", \"bytes\": %lld}", entry->sha256,
               (long long)entry->bytes);
}

static void write_about(struct buf *out, const struct package_about *about)
{
    add_member(out, "title", about->title);
    add_member(out, "description", about->description);
    add_date(out, "created", about->newest);
    add_date(out, "modified", about->newest);
    add_member(out, "software", TEXT("warccap " PACKAGE_VERSION));
    /* The specification and py-wacz spell it differently. */
    add_member(out, "mainPageUrl", about->main_page);
    add_member(out, "mainPageURL", about->main_page);
    add_date(out, "mainPageDate", about->main_page_date);
}

void package_json_write(struct buf *out, const struct package_about *about, struct text resources)
{
    buf_add(out, "{\n  \"profile\": \"data-package\",\n  \"wacz_version\": \"1.1.1\"");
    write_about(out, about);
    buf_printf(out, ",\n  \"config\": {\"fuzzy\": %s}", fuzzy_rules);
    buf_add(out, ",\n  \"resources\": [");
    buf_add_text(out, resources);
    buf_add(out, "\n  ]\n}\n");
}

void package_json_write_digest(struct buf *out, const struct package_about *about,
                               const char *sha256, const struct package_signature *signature)
{
    buf_printf(out, "{\n  \"path\": \"datapackage.json\",\n  \"hash\": \"sha256:%s\"", sha256);
    if (signature) {
        buf_printf(out, ",\n  \"signedData\": {\n  \"hash\": \"sha256:%s\"", sha256);
        add_member(out, "signature", text_of(signature->signature));
        add_member(out, "publicKey", text_of(signature->public_key));
        /* py-wacz wants the same date as in datapackage.json. */
        add_date(out, "created", about->newest);
        add_member(out, "software", TEXT("warccap " PACKAGE_VERSION));
        add_member(out, "version", TEXT("0.1.0"));
        buf_add(out, "\n  }");
    }
    buf_add(out, "\n}\n");
}

void package_json_write_parts(struct buf *out, const struct package_about *about,
                              struct text resources)
{
    buf_add(out, "{\n  \"profile\": \"multi-wacz-package\"");
    write_about(out, about);
    buf_add(out, ",\n  \"resources\": [");
    buf_add_text(out, resources);
    buf_add(out, "\n  ]\n}\n");
}
