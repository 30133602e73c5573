/* Reads limits from the error, the error of the body, and the links that were not followed. */
#include <config.h>

#include "verify/told_limits.h"

static bool note(struct told_limits *told, enum limit limit, struct text url)
{
    if (limit && !told->has[limit])
        told->first[limit] = url;
    told->has[limit] = limit != LIMIT_NONE;
    return told->has[limit];
}

bool told_limits_read(const struct provenance_record *provenance, struct told_limits *told)
{
    struct text lines = provenance->lines;
    struct provenance_line line;
    *told = (struct told_limits){.has = {false}};
    enum limit limit = limit_of_words(provenance->error);
    bool any = note(told, limit, TEXT(""));
    if (!limit && provenance->body_error == BODY_TOO_LONG)
        any |= note(told, LIMIT_BODY, TEXT(""));
    while (provenance_next(&lines, &line))
        if (line.kind == PROVENANCE_NOT_FOLLOWED)
            any |= note(told, limit_of_rule(line.rule), line.url);
    return any;
}
