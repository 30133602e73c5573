/* What reader and writer share: names of types, fields by name, identifiers. */
#include <config.h>

#include "warccap/warc.h"

#include <stdio.h>

#include "base/entropy.h"
#include "base/text.h"

const char *warc_version(void)
{
    return PACKAGE_VERSION;
}

const char *warc_type_name(enum warc_type type)
{
    static const char *const names[] = {"warcinfo",   "response",     "resource",
                                        "request",    "metadata",     "revisit",
                                        "conversion", "continuation", "unknown"};
    return names[type >= WARC_WARCINFO && type <= WARC_UNKNOWN ? type : WARC_UNKNOWN];
}

/* Fields are looked up many times a record, and most names differ soon: their lengths are not
 * measured. */
static bool is_named(const char *is, const char *name)
{
    while (*is && ascii_lower(*is) == ascii_lower(*name)) {
        is++;
        name++;
    }
    return !*is && !*name;
}

const char *warc_record_field(const struct warc_record *record, const char *name)
{
    for (size_t i = 0; i < record->field_count; i++)
        if (is_named(record->fields[i].name, name))
            return record->fields[i].value;
    return NULL;
}

void warc_id_make(char id[WARC_ID_SIZE])
{
    char uuid[UUID_SIZE];
    entropy_uuid(uuid);
    snprintf(id, WARC_ID_SIZE, "<urn:uuid:%s>", uuid);
}
