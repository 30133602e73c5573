/* Ways to fail, and their names. */
#include <config.h>

#include "web/failure_way.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

static const char *const names[WAY_STATUS] = {
    [WAY_UNKNOWN] = "unknown", [WAY_NAME] = "no-address",  [WAY_CONNECTION] = "no-connection",
    [WAY_SILENCE] = "silent",  [WAY_TLS] = "tls",          [WAY_NO_RESPONSE] = "no-response",
    [WAY_CUT] = "not-whole",   [WAY_BODY] = "undecodable", [WAY_RULES] = "no-robots-txt",
};

#define STATUS_NAME "status-"

int failure_way_unreached(enum exchange_unreached unreached)
{
    static const int ways[] = {[UNREACHED_NOT] = WAY_UNKNOWN,
                               [UNREACHED_NAME] = WAY_NAME,
                               [UNREACHED_REFUSED] = WAY_CONNECTION,
                               [UNREACHED_SILENT] = WAY_SILENCE};
    return ways[unreached];
}

int failure_way_of(const struct exchange *exchange, bool body_damaged)
{
    if (exchange->facts.unreached != UNREACHED_NOT)
        return failure_way_unreached(exchange->facts.unreached);
    if (exchange->facts.unheard)
        return WAY_TLS;
    if (exchange->status >= 300 && exchange->status <= 999)
        return WAY_STATUS + exchange->status;
    if (exchange->cut != CUT_NONE)
        return WAY_CUT;
    if (!exchange->status)
        return WAY_NO_RESPONSE;
    return body_damaged ? WAY_BODY : WAY_STATUS + exchange->status;
}

void failure_way_write(int way, char name[FAILURE_WAY_NAME_SIZE])
{
    if (way > WAY_STATUS && way <= WAY_STATUS_LAST)
        snprintf(name, FAILURE_WAY_NAME_SIZE, STATUS_NAME "%d", way - WAY_STATUS);
    else
        snprintf(name, FAILURE_WAY_NAME_SIZE, "%s",
                 names[way > 0 && way < WAY_STATUS ? way : WAY_UNKNOWN]);
}

int failure_way_read(struct text name)
{
    uint64_t status;
    for (int way = WAY_UNKNOWN; way < WAY_STATUS; way++)
        if (text_equal(name, text_of(names[way])))
            return way;
    bool known = text_starts(name, TEXT(STATUS_NAME)) &&
                 text_to_number(text_skip(name, strlen(STATUS_NAME)), &status) && status > 0 &&
                 status <= 999;
    return known ? WAY_STATUS + (int)status : WAY_UNKNOWN;
}
