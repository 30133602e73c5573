/* Judges a response by its status, its length and its body: kept, gone, refused or broken. */
#include <config.h>

#include "capture/keeping.h"

#include <stdio.h>

static enum url_state by_status(int status)
{
    if (status == 404 || status == 410)
        return STATE_GONE;
    return status / 100 == 4 && status != 408 ? STATE_REFUSED : STATE_BROKEN;
}

/* Whether the crawl only guessed that there is such a URL. */
static bool is_guess(const struct keeping_facts *facts)
{
    return facts->kind == VISIT_SPECULATIVE || visit_hops_guessed(text_of(facts->hops));
}

static enum url_state judge_redirect(const struct keeping_facts *facts,
                                     char reason[KEEPING_REASON_SIZE])
{
    if (facts->to_login)
        snprintf(reason, KEEPING_REASON_SIZE, "%s", KEEPING_LOGIN);
    else if (facts->to_itself)
        snprintf(reason, KEEPING_REASON_SIZE, "it redirects in a circle");
    else if (facts->leads_on || facts->status == 300)
        return STATE_KEPT;
    else
        snprintf(reason, KEEPING_REASON_SIZE, "the site answered %d", facts->status);
    return facts->to_login ? STATE_REFUSED : STATE_BROKEN;
}

/* The state of a page or a list of the site. */
static enum url_state judge_page(const struct keeping_facts *facts,
                                 char reason[KEEPING_REASON_SIZE])
{
    if (facts->status == 206)
        snprintf(reason, KEEPING_REASON_SIZE, "only a part was sent (206)");
    else if (facts->status / 100 == 2 && facts->error != BODY_SOUND)
        snprintf(reason, KEEPING_REASON_SIZE, "the body %s", body_error_words(facts->error));
    else if (facts->status / 100 == 2 && facts->to_itself)
        snprintf(reason, KEEPING_REASON_SIZE, "it redirects in a circle");
    else if (facts->status / 100 == 2)
        return STATE_KEPT;
    else if (facts->status / 100 == 3)
        return judge_redirect(facts, reason);
    else {
        enum url_state state = by_status(facts->status);
        if (state != STATE_GONE)
            snprintf(reason, KEEPING_REASON_SIZE, "the site answered %d", facts->status);
        return state;
    }
    return STATE_BROKEN;
}

/* The state of a part of a page, of a robots.txt, or of a guess. */
static enum url_state judge_part(const struct keeping_facts *facts,
                                 char reason[KEEPING_REASON_SIZE])
{
    enum url_state state = facts->status / 100 == 2 || facts->status / 100 == 3
                               ? STATE_KEPT
                               : by_status(facts->status);
    if (facts->status == 206) {
        snprintf(reason, KEEPING_REASON_SIZE, "only a part was sent (206)");
        return STATE_BROKEN;
    }
    bool damaged = facts->error == BODY_ENDS_EARLY || facts->error == BODY_CODING_BROKEN ||
                   facts->error == BODY_CODING_UNKNOWN || facts->error == BODY_UNDECODABLE;
    if (facts->status / 100 == 2 && damaged && url_state_is_part(facts->kind)) {
        snprintf(reason, KEEPING_REASON_SIZE, "the body %s", body_error_words(facts->error));
        return STATE_BROKEN;
    }
    bool nowhere = facts->status > 300 && facts->status < 400 && facts->status != 304 &&
                   !facts->leads_on && url_state_is_part(facts->kind);
    if (facts->status == 429 || nowhere)
        state = STATE_BROKEN;
    /* 500 and 501: the site cannot make it.  Other errors of servers pass. */
    bool refused = state == STATE_REFUSED || facts->status == 500 || facts->status == 501;
    if (refused && is_guess(facts))
        state = STATE_GONE;
    if (state != STATE_KEPT && state != STATE_GONE)
        snprintf(reason, KEEPING_REASON_SIZE, "the site answered %d", facts->status);
    return state;
}

enum url_state keeping_of(const struct keeping_facts *facts, char reason[KEEPING_REASON_SIZE])
{
    reason[0] = '\0';
    if (facts->cut != CUT_NONE) {
        snprintf(reason, KEEPING_REASON_SIZE, "the response is not whole");
        return STATE_BROKEN;
    }
    if (facts->not_modified || !facts->status)
        return STATE_KEPT;
    return url_state_matters(facts->kind) && !is_guess(facts) ? judge_page(facts, reason)
                                                              : judge_part(facts, reason);
}

enum url_state keeping_of_error(struct text error)
{
    if (text_find(error, TEXT("in the place of every page")) >= 0 ||
        text_starts(error, TEXT(KEEPING_CHALLENGE)) ||
        text_starts(error, TEXT(KEEPING_ELSEWHERE)) || text_starts(error, TEXT(KEEPING_AWAY)) ||
        text_equal(error, TEXT(KEEPING_LOGIN)) || text_equal(error, TEXT(KEEPING_LOGIN_PAGE)))
        return STATE_REFUSED;
    return keeping_is_undecided(error) || text_equal(error, TEXT(KEEPING_SHUT_OUT)) ? STATE_WAITING
                                                                                    : STATE_BROKEN;
}

bool keeping_is_stand_in(struct text error)
{
    return text_equal(error, TEXT(KEEPING_WALL)) || text_equal(error, TEXT(KEEPING_SHUT_OUT)) ||
           text_starts(error, TEXT(KEEPING_CHALLENGE));
}

bool keeping_is_undecided(struct text error)
{
    return text_equal(error, TEXT(KEEPING_UNDECIDED));
}
