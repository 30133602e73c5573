#include <config.h>

#include "capture/keeping.h"

#include <stdio.h>
#include <string.h>

static enum keeping by_status(int status)
{
    switch (status) {
    case 404:
    case 410:
        return KEEPING_GONE;
    case 401:
    case 403:
    case 407:
    case 429:
    case 451:
        return KEEPING_REFUSED;
    default:
        return KEEPING_BROKEN;
    }
}

/* A body that is longer than what is read of it is whole in the archive: that is told elsewhere. */
static bool is_damaged(enum body_fault fault)
{
    return fault != BODY_SOUND && fault != BODY_TOO_LONG;
}

enum keeping keeping_of(const struct keeping_facts *facts, char reason[KEEPING_REASON_SIZE])
{
    bool success = facts->status / 100 == 2, redirect = facts->status / 100 == 3;
    enum keeping keeping = KEEPING_BROKEN;
    reason[0] = '\0';
    if (facts->not_modified)
        return KEEPING_KEPT;
    if (facts->cut != CUT_NONE)
        snprintf(reason, KEEPING_REASON_SIZE, "the response is not whole");
    else if (facts->status == 206)
        snprintf(reason, KEEPING_REASON_SIZE, "only a part was sent (206)");
    else if (success && is_damaged(facts->fault))
        snprintf(reason, KEEPING_REASON_SIZE, "the body %s", body_fault_words(facts->fault));
    else if (redirect && facts->to_login) {
        keeping = KEEPING_REFUSED;
        snprintf(reason, KEEPING_REASON_SIZE, "it leads to a login");
    } else if (redirect && facts->to_itself)
        snprintf(reason, KEEPING_REASON_SIZE, "it redirects in a circle");
    else if (success)
        keeping = KEEPING_KEPT;
    else if (redirect && (facts->leads_on || facts->status == 300))
        keeping = KEEPING_MOVED;
    else {
        keeping = by_status(facts->status);
        if (keeping != KEEPING_GONE)
            snprintf(reason, KEEPING_REASON_SIZE, "the site answered %d", facts->status);
    }
    return keeping;
}

bool keeping_matters(enum visit_kind kind, const char *hops)
{
    static const bool matters[VISIT_KINDS] = {
        [VISIT_SEED] = true,  [VISIT_SITEMAP] = true, [VISIT_FEED] = true,
        [VISIT_PAGER] = true, [VISIT_ARCHIVE] = true, [VISIT_PAGE] = true};
    return matters[kind] && !strchr(hops, 'I');
}
