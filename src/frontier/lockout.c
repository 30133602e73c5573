/* Tells hosts that shut us out from hosts whose URLs are alike. */
#include <config.h>

#include "frontier/lockout.h"

#include <string.h>

enum {
    /* Different URLs in a row before a host is suspected ... */
    REFUSED_ENOUGH = 5,
    REDIRECTS_ENOUGH = 6,
    BODIES_ENOUGH = 8,
    GONE_ENOUGH = 8,
    PARTS_MORE = 3, /* a page has many parts */
    /* ... when the run before was shut out, ... */
    WARY_ENOUGH = 2,
    /* ... when the host has nothing else to be asked for, ... */
    REFUSED_IDLE = 2,
    OTHERS_IDLE = 3,
    GONE_IDLE = 4,
    LATER_IDLE = 2, /* in a later run */
    /* ... and when it was suspected wrongly: twice as many each time, up to this. */
    MOST_ENOUGH = 40,
    PROBES_ENOUGH = 2, /* refused ones, before the host is locked */
    OVERS_MOST = 8,    /* a host that changes its mind more often is taken at its word */
};

/* ---- streaks ---- */

static bool has_key(const int64_t keys[LOCKOUT_KEYS], int64_t key)
{
    for (int i = 0; i < LOCKOUT_KEYS; i++)
        if (keys[i] == key)
            return true;
    return false;
}

static void streak_add(struct lockout_streak *streak, int64_t key, uint64_t exact)
{
    streak->exactly = streak->exactly && streak->exact == exact;
    if (streak->count && has_key(streak->keys, key))
        return;
    streak->keys[streak->count % LOCKOUT_KEYS] = key;
    streak->count++;
}

static void streak_begin(struct lockout_streak *streak, const struct lockout_response *response)
{
    *streak = (struct lockout_streak){.mark = response->mark,
                                      .exact = response->exact,
                                      .exactly = true,
                                      .ended_ms = response->ended_ms};
}

static bool speaks_of_time(int status)
{
    return status == 429 || status == 503;
}

/* Whether such refusals are the host's, and not the URL's. */
static bool is_of_host(const struct lockout_streak *streak)
{
    return speaks_of_time(streak->status) || streak->challenge;
}

static bool is_success(const struct lockout_response *response)
{
    return response->sign == LOCKOUT_SERVED && response->status / 100 == 2;
}

/* Whether they are alike.  Marks leave out the words of the URL, so equal bodies may have different
 * marks.  Of what is gone, marks alone count: a site has one page for all that it never had. */
static bool is_equal(enum lockout_sign sign, uint64_t mark, uint64_t exact,
                     const struct lockout_response *response)
{
    return mark == response->mark ||
           (sign == LOCKOUT_SERVED && response->status / 100 == 2 && exact == response->exact);
}

/* Whether it belongs to the streak of its sign. */
static bool is_alike(const struct lockout_track *track, const struct lockout_response *response)
{
    const struct lockout_streak *streak = &track->streaks[response->sign];
    return streak->count && (response->sign == LOCKOUT_REFUSED ||
                             is_equal(response->sign, streak->mark, streak->exact, response));
}

/* ---- what was taken for sound ---- */

static bool is_like_recent(const struct lockout_recent *recent,
                           const struct lockout_response *response)
{
    return recent->key && recent->sign == response->sign && recent->key != response->key &&
           is_equal(recent->sign, recent->mark, recent->exact, response);
}

static void add_recent(struct lockout_track *track, const struct lockout_response *response)
{
    track->recent[track->next] = (struct lockout_recent){.key = response->key,
                                                         .mark = response->mark,
                                                         .exact = response->exact,
                                                         .place = response->place,
                                                         .ended_ms = response->ended_ms,
                                                         .sign = response->sign,
                                                         .good = is_success(response),
                                                         .bare = response->bare,
                                                         .by_redirect = response->by_redirect};
    track->next = (track->next + 1) % LOCKOUT_RECENT;
}

/* A streak begins when a response is like one that was taken for sound, and no longer proved. */
static bool begin_streak(struct lockout_track *track, const struct lockout_response *response)
{
    struct lockout_streak *streak = &track->streaks[response->sign];
    int firsts = 0;
    for (int i = 0; i < LOCKOUT_RECENT; i++) {
        struct lockout_recent *recent = &track->recent[i];
        if (!is_like_recent(recent, response))
            continue;
        if (!firsts)
            streak_begin(streak, response);
        streak_add(streak, recent->key, recent->exact);
        if (recent->ended_ms < streak->ended_ms)
            streak->ended_ms = recent->ended_ms;
        if (firsts < LOCKOUT_KEYS)
            streak->firsts[firsts++] = recent->key;
        recent->key = 0;
    }
    return firsts > 0;
}

/* It was served; redirects are served even by hosts that shut us out. */
static void keep_good(struct lockout_track *track, const struct lockout_recent *recent)
{
    struct lockout_recent *goods = track->goods;
    if (!recent->good || (goods[0].key && recent->by_redirect && !goods[0].by_redirect))
        return;
    if (goods[0].place != recent->place)
        goods[1] = goods[0];
    goods[0] = *recent;
}

/* At least so many, and twice as many each time when they were not what they looked like. */
static int times_cleared(int enough, int cleared)
{
    enough <<= cleared < 5 ? cleared : 5;
    return enough < MOST_ENOUGH ? enough : MOST_ENOUGH;
}

/* The URLs of the streak, not the host, are what was refused. */
static void know_refused(struct lockout_track *track, const struct lockout_streak *streak)
{
    for (int i = 0; i < streak->count && i < LOCKOUT_KEYS; i++) {
        track->known[track->known_next] = streak->keys[i];
        track->known_next = (track->known_next + 1) % LOCKOUT_KNOWN;
    }
}

/* Whether the response is a refusal that says nothing new. */
static bool is_known(const struct lockout_track *track, const struct lockout_response *response)
{
    if (response->sign != LOCKOUT_REFUSED || speaks_of_time(response->status))
        return false;
    for (int i = 0; i < LOCKOUT_KNOWN; i++)
        if (track->known[i] == response->key)
            return true;
    return false;
}

/* A page was served after it.  Refusals are reported, and requested again by the next run. But what
 * looks sound may come from a host that has shut us out for a while. */
static void end_streak(struct lockout_streak *streak, enum lockout_sign sign, int cleared)
{
    bool gone = sign == LOCKOUT_SERVED && streak->status / 100 != 2;
    int enough = times_cleared(gone ? GONE_IDLE : OTHERS_IDLE, cleared);
    streak->passed = sign != LOCKOUT_REFUSED && streak->count >= enough;
    if (!streak->passed)
        streak->count = 0;
}

/* A page was served.  A response that ended before the other request began is sound: a host that
 * had shut us out would not have served it.  The page that a redirect leads to says nothing of the
 * redirect. */
static bool prove_recent(struct lockout_track *track, const struct lockout_response *response,
                         int cleared)
{
    for (int i = 0; i < LOCKOUT_RECENT; i++) {
        struct lockout_recent *recent = &track->recent[i];
        bool target = recent->sign == LOCKOUT_REDIRECTED && recent->mark == response->place;
        if (!recent->key || recent->ended_ms > response->began_ms || target)
            continue;
        keep_good(track, recent);
        recent->key = 0;
    }
    bool ended = true;
    for (int i = 0; i <= LOCKOUT_REFUSED; i++) {
        struct lockout_streak *streak = &track->streaks[i];
        bool target = i == LOCKOUT_REDIRECTED && streak->mark == response->place;
        if (streak->count && streak->ended_ms <= response->began_ms && !target) {
            if (i == LOCKOUT_REFUSED)
                know_refused(track, streak);
            end_streak(streak, (enum lockout_sign)i, cleared);
        }
        ended = ended && !streak->count;
    }
    return ended;
}

/* ---- noting ---- */

static struct lockout_track *track_of(struct lockout *lockout, bool part)
{
    return part ? &lockout->parts : &lockout->pages;
}

static struct lockout_advice note(struct lockout_track *track,
                                  const struct lockout_response *response, int cleared)
{
    struct lockout_streak *streak = &track->streaks[response->sign];
    bool refused = response->sign == LOCKOUT_REFUSED;
    if (is_known(track, response))
        return (struct lockout_advice){.hold = false};
    bool bare = response->bare;
    bool alike = is_alike(track, response) || begin_streak(track, response);
    bool release = bare && !alike && is_success(response) && prove_recent(track, response, cleared);
    bool begins = !alike && !streak->count && (refused || bare);
    if (begins)
        streak_begin(streak, response);
    if (alike || begins) {
        streak->status = response->status;
        streak->bare = streak->bare || bare;
        streak->later = response->later;
        if (response->challenge)
            streak->challenge = response->challenge;
        streak_add(streak, response->key, response->exact);
        return (struct lockout_advice){.hold = refused || bare || streak->count > 1,
                                       .release = release};
    }
    release = release || (is_success(response) && prove_recent(track, response, cleared));
    struct lockout_response sound = *response;
    sound.bare = bare;
    add_recent(track, &sound);
    return (struct lockout_advice){.release = release};
}

/* Parts that are barred while pages are served are not a lock-out. */
static void pages_are_served(struct lockout *lockout)
{
    for (int i = 0; i <= LOCKOUT_REFUSED; i++)
        lockout->parts.streaks[i].count = 0;
}

struct lockout_advice lockout_note(struct lockout *lockout, const struct lockout_response *response)
{
    struct lockout_track *track = track_of(lockout, response->part);
    lockout->responses++;
    lockout->served += is_success(response);
    if (lockout->phase != LOCKOUT_WATCHING) /* requests that were running */
        return (struct lockout_advice){.hold = response->sign == LOCKOUT_REFUSED ||
                                               is_alike(track, response)};
    struct lockout_response noted = *response;
    noted.bare = noted.bare && !lockout->cleared && !lockout->overs; /* it has been probed */
    struct lockout_advice advice = note(track, &noted, lockout->cleared);
    if (advice.release) {
        lockout->never_served = false;
        lockout->wary = lockout->wary && !track->goods[0].key;
        if (!response->part)
            pages_are_served(lockout);
    }
    advice.hold = advice.hold && !lockout->never_served;
    return advice;
}

/* ---- suspecting ---- */

static int enough_of(const struct lockout *lockout, const struct lockout_streak *streak,
                     enum lockout_sign sign, bool part)
{
    static const int bases[] = {[LOCKOUT_SERVED] = BODIES_ENOUGH,
                                [LOCKOUT_REDIRECTED] = REDIRECTS_ENOUGH,
                                [LOCKOUT_REFUSED] = REFUSED_ENOUGH};
    bool gone = sign == LOCKOUT_SERVED && streak->status / 100 != 2;
    int base = (gone ? GONE_ENOUGH : bases[sign]) + (part ? PARTS_MORE : 0);
    int enough = times_cleared(base, lockout->cleared);
    if (part && lockout->parts_cleared && lockout->pages.goods[0].key)
        enough = base << 2 * (lockout->parts_cleared < 4 ? lockout->parts_cleared : 4);
    if (lockout->wary)
        enough = sign == LOCKOUT_REFUSED ? 1 : gone ? GONE_IDLE : WARY_ENOUGH;
    return enough;
}

/* Whether a page was served in this run that does not look like those of the streak. */
static bool knows_other(const struct lockout *lockout, const struct lockout_streak *streak)
{
    const struct lockout_track *track = &lockout->pages;
    bool any = false;
    for (int i = 0; i < 2; i++)
        any = any || (track->goods[i].key && track->goods[i].mark != streak->mark);
    for (int i = 0; i < LOCKOUT_RECENT; i++)
        any = any || (track->recent[i].key && track->recent[i].good &&
                      track->recent[i].mark != streak->mark);
    return any;
}

/* The last responses of a later run may be few, but all that is new. */
static int at_end(const struct lockout_streak *streak, int first_run)
{
    return streak->later ? LATER_IDLE : first_run;
}

/* For a host with nothing left to request: whether its last responses look so much like a
 * lock-out that two probes are worthwhile. */
static bool is_enough_at_end(const struct lockout *lockout, const struct lockout_streak *streak,
                             enum lockout_sign sign)
{
    if (sign == LOCKOUT_REFUSED)
        return streak->count >= REFUSED_IDLE || !lockout->served || streak->status == 429;
    if (streak->bare)
        return true;
    if (sign == LOCKOUT_SERVED && streak->status / 100 != 2)
        return streak->count >= at_end(streak, GONE_IDLE);
    if (sign == LOCKOUT_REDIRECTED || streak->exactly)
        return streak->count >= at_end(streak, OTHERS_IDLE);
    return false;
}

/* The same of bodies that differ in numbers only, if something is known that looks otherwise.
 * That is worth two probes. Without time for them it raises no doubt, because photographs and
 * tables are alike, too. */
static bool is_alike_at_end(const struct lockout *lockout, bool part, enum lockout_sign sign)
{
    const struct lockout_streak *streak =
        part ? &lockout->parts.streaks[sign] : &lockout->pages.streaks[sign];
    return sign == LOCKOUT_SERVED && streak->status / 100 == 2 &&
           streak->count >= times_cleared(at_end(streak, OTHERS_IDLE), lockout->cleared) &&
           knows_other(lockout, streak);
}

static bool may_probe(const struct lockout *lockout, const struct lockout_recent *recent)
{
    const struct lockout_streak *accused = lockout_accused(lockout);
    bool alike =
        lockout->sign == LOCKOUT_SERVED &&
        (recent->mark == accused->mark || (accused->exactly && recent->exact == accused->exact));
    return recent->key && recent->good && !alike &&
           !lockout_accuses(lockout, recent->key, recent->place);
}

/* What was served and followed by others; or else what was only served. */
static const struct lockout_recent *good_of_track(const struct lockout *lockout,
                                                  const struct lockout_track *track)
{
    const struct lockout_recent *last = NULL;
    for (int i = 0; i < 2; i++)
        if (may_probe(lockout, &track->goods[i]))
            return &track->goods[i];
    for (int i = 0; i < LOCKOUT_RECENT; i++)
        if (may_probe(lockout, &track->recent[i]) &&
            (!last || (last->by_redirect && !track->recent[i].by_redirect)))
            last = &track->recent[i];
    return last;
}

/* A page is the better probe: parts may be barred where pages are not. */
static const struct lockout_recent *good_of(const struct lockout *lockout)
{
    const struct lockout_recent *page = good_of_track(lockout, &lockout->pages);
    return page || !lockout->by_parts ? page : good_of_track(lockout, &lockout->parts);
}

/* Accuses the streak. */
static bool accuse(struct lockout *lockout, bool part, enum lockout_sign sign, bool idle)
{
    lockout->by_parts = part;
    lockout->sign = sign;
    lockout->idle = idle;
    lockout->probes = 0;
    lockout->shown_mark = 0;
    bool passed = lockout_accused(lockout)->passed;
    if (!passed && lockout->put_off && !idle && !good_of(lockout))
        return false;
    lockout->phase = passed ? LOCKOUT_PROBES_REFUSED : LOCKOUT_PROBES_GOOD;
    return true;
}

/* Whether the streak is long enough for a probe. */
static bool is_enough(const struct lockout *lockout, bool part, enum lockout_sign sign, bool idle)
{
    const struct lockout_streak *streak =
        part ? &lockout->parts.streaks[sign] : &lockout->pages.streaks[sign];
    return streak->count &&
           (streak->passed || streak->count >= enough_of(lockout, streak, sign, part) ||
            (idle && is_enough_at_end(lockout, streak, sign)));
}

bool lockout_suspects(struct lockout *lockout, bool idle)
{
    if (lockout->phase != LOCKOUT_WATCHING || lockout->never_served)
        return false;
    for (int part = 0; part < 2; part++)
        for (int i = LOCKOUT_REFUSED; i >= 0; i--)
            if ((is_enough(lockout, part, (enum lockout_sign)i, idle) ||
                 (idle && is_alike_at_end(lockout, part, (enum lockout_sign)i))) &&
                accuse(lockout, part, (enum lockout_sign)i, idle))
                return true;
    return false;
}

bool lockout_is_in_doubt(const struct lockout *lockout)
{
    bool watching = lockout->phase == LOCKOUT_WATCHING;
    if (lockout->phase == LOCKOUT_LOCKED || (!watching && lockout->probes))
        return true;
    if (watching && lockout->never_served)
        return false;
    /* also of what is being probed: bodies that differ in numbers only are no doubt */
    for (int part = 0; part < 2; part++)
        for (int i = LOCKOUT_REFUSED; i >= 0; i--)
            if (is_enough(lockout, part, (enum lockout_sign)i, true))
                return true;
    return false;
}

static const struct lockout_track *accused_track(const struct lockout *lockout)
{
    return lockout->by_parts ? &lockout->parts : &lockout->pages;
}

const struct lockout_streak *lockout_accused(const struct lockout *lockout)
{
    return &accused_track(lockout)->streaks[lockout->sign];
}

bool lockout_accuses(const struct lockout *lockout, int64_t key, uint64_t place)
{
    const struct lockout_track *const tracks[] = {&lockout->pages, &lockout->parts};
    for (int i = 0; i < 2 * (LOCKOUT_REFUSED + 1); i++) {
        const struct lockout_streak *streak = &tracks[i % 2]->streaks[i / 2];
        bool target = i / 2 == LOCKOUT_REDIRECTED && streak->mark == place;
        if (streak->count && (target || has_key(streak->keys, key) || has_key(streak->firsts, key)))
            return true;
    }
    return false;
}

/* Whether a page looks like the requisites of the streak, or a requisite like its pages: a host
 * that shuts us out sends the same for both. */
static bool is_like_streak(const struct lockout_recent *recent, const struct lockout_streak *streak,
                           enum lockout_sign sign)
{
    return streak->count && recent->key && recent->sign == sign && recent->mark == streak->mark;
}

int lockout_firsts(const struct lockout *lockout, int64_t keys[LOCKOUT_FIRSTS])
{
    const struct lockout_track *const tracks[] = {&lockout->pages, &lockout->parts};
    int count = 0;
    for (int i = 0; i < 2 * (LOCKOUT_REFUSED + 1); i++) {
        const struct lockout_streak *streak = &tracks[i % 2]->streaks[i / 2];
        for (int j = 0; streak->count && j < LOCKOUT_KEYS; j++)
            if (streak->firsts[j])
                keys[count++] = streak->firsts[j];
        const struct lockout_track *other = tracks[(i + 1) % 2];
        for (int j = 0; i / 2 != LOCKOUT_REFUSED && j < LOCKOUT_RECENT; j++)
            if (is_like_streak(&other->recent[j], streak, (enum lockout_sign)(i / 2)))
                keys[count++] = other->recent[j].key;
    }
    return count;
}

int lockout_unproved(const struct lockout *lockout, int64_t keys[LOCKOUT_RECENT])
{
    int count = 0;
    for (int i = 0; i < LOCKOUT_RECENT; i++)
        if (lockout->pages.recent[i].key && lockout->pages.recent[i].bare)
            keys[count++] = lockout->pages.recent[i].key;
    return count;
}

int64_t lockout_probe_key(const struct lockout *lockout)
{
    const struct lockout_streak *streak = lockout_accused(lockout);
    return lockout->phase == LOCKOUT_PROBES_REFUSED
               ? streak->keys[(streak->count - 1) % LOCKOUT_KEYS]
           : good_of(lockout) ? good_of(lockout)->key
                              : 0;
}

/* ---- judging ---- */

/* The streaks are known now; what comes is counted afresh. */
static enum lockout_verdict end_suspicion(struct lockout *lockout, enum lockout_verdict verdict)
{
    bool over = verdict == LOCKOUT_IS_OVER;
    for (int part = 0; part < 2; part++) {
        struct lockout_track *track = track_of(lockout, part);
        if (over) /* they may have been refused because of it */
            memset(track->known, 0, sizeof track->known);
        else if (part == lockout->by_parts && verdict == LOCKOUT_THESE_ONLY)
            know_refused(track, &track->streaks[LOCKOUT_REFUSED]);
        for (int i = 0; i <= LOCKOUT_REFUSED; i++)
            track->streaks[i].count = 0;
    }
    lockout->phase = LOCKOUT_WATCHING;
    lockout->unproven = false;
    lockout->cleared += !over;
    lockout->parts_cleared += !over && lockout->by_parts;
    lockout->overs += over;
    return verdict;
}

void lockout_lock(struct lockout *lockout)
{
    lockout->phase = LOCKOUT_LOCKED;
}

static enum lockout_verdict lock(struct lockout *lockout)
{
    lockout_lock(lockout);
    return LOCKOUT_SHUT_OUT;
}

/* No URL is known that the host serves: the one that it refused has been asked for again. */
static enum lockout_verdict judge_unproven(struct lockout *lockout,
                                           const struct lockout_response *response)
{
    if (response->sign != LOCKOUT_REFUSED)
        return end_suspicion(lockout, LOCKOUT_IS_OVER);
    if (++lockout->probes < PROBES_ENOUGH)
        return LOCKOUT_UNDECIDED;
    if (is_of_host(lockout_accused(lockout)))
        return lock(lockout);
    lockout->never_served = true;
    return end_suspicion(lockout, LOCKOUT_THESE_ONLY);
}

/* The host serves us; and the URL that it refused has been asked for again.  A probe tells
 * nothing if it is refused in another way than before, is gone, shows what the other URL shows, or
 * gets no response. The suspicion remains, and it is not known what the URL has. */
static enum lockout_verdict judge_refused(struct lockout *lockout,
                                          const struct lockout_response *response, bool alike)
{
    const struct lockout_streak *accused = lockout_accused(lockout);
    bool often = lockout->overs >= OVERS_MOST, came = response->status || !accused->status;
    bool refused = response->sign == LOCKOUT_REFUSED && (lockout->sign != LOCKOUT_REFUSED || !came),
         worse =
             lockout->sign == LOCKOUT_SERVED && accused->status / 100 == 2 && !is_success(response),
         same = !alike && lockout->shown_mark == response->mark && lockout->shown == response->sign;
    if (refused || worse || same) {
        if (++lockout->probes < PROBES_ENOUGH)
            return LOCKOUT_UNDECIDED;
        return lockout->sign == LOCKOUT_REFUSED ? end_suspicion(lockout, LOCKOUT_THESE_ONLY)
                                                : lock(lockout);
    }
    if (alike && response->status == 429) /* "not now": the URL will have something else */
        return often || lockout->idle ? lock(lockout) : end_suspicion(lockout, LOCKOUT_IS_OVER);
    return end_suspicion(lockout, alike || often ? LOCKOUT_THESE_ONLY : LOCKOUT_IS_OVER);
}

/* Whether the probe shows something else than its URL had, in this run or in the archive. */
static bool is_unlike_before(const struct lockout *lockout, const struct lockout_response *response)
{
    const struct lockout_recent *good = good_of(lockout);
    return good ? good->mark != response->mark : !response->as_held && !response->unheld;
}

/* Whether the host serves a URL that it has served before.  What the archive has of it may look
 * like those of the streak, too: photographs and tables are alike.  On a site with a new layout,
 * such a URL may be gone or redirected without any refusal. */
static bool serves_probe(const struct lockout *lockout, const struct lockout_response *response,
                         bool alike)
{
    bool moved = lockout_accused(lockout)->bare && response->sign != LOCKOUT_REFUSED;
    return response->as_held || (!alike && (is_success(response) || moved));
}

/* Whether the probe may always have looked like the responses of the streak: its URL is from an
 * earlier run, and the archive does not tell.  Equal to the last byte, or without the links that
 * were there, is enough. */
static bool shows_nothing(const struct lockout *lockout, const struct lockout_response *response)
{
    const struct lockout_streak *accused = lockout_accused(lockout);
    return lockout->sign == LOCKOUT_SERVED && response->unheld && !accused->exactly &&
           !accused->bare && !lockout->wary && !good_of(lockout);
}

enum lockout_verdict lockout_note_probe(struct lockout *lockout,
                                        const struct lockout_response *response)
{
    bool alike = response->sign == lockout->sign && is_alike(accused_track(lockout), response);
    if (response->challenge)
        track_of(lockout, lockout->by_parts)->streaks[lockout->sign].challenge =
            response->challenge;
    lockout->responses++;
    if (lockout->unproven)
        return judge_unproven(lockout, response);
    if (lockout->phase == LOCKOUT_PROBES_REFUSED)
        return judge_refused(lockout, response, alike);
    if (alike && shows_nothing(lockout, response))
        return end_suspicion(lockout, LOCKOUT_THESE_ONLY);
    if (serves_probe(lockout, response, alike)) {
        bool unlike = is_unlike_before(lockout, response);
        lockout->phase = LOCKOUT_PROBES_REFUSED;
        lockout->probes = 0;
        lockout->shown = response->sign;
        lockout->shown_mark = unlike ? response->mark : 0;
        return LOCKOUT_UNDECIDED;
    }
    return ++lockout->probes < PROBES_ENOUGH ? LOCKOUT_UNDECIDED : lock(lockout);
}

enum lockout_verdict lockout_judge_unprobed(struct lockout *lockout)
{
    const struct lockout_streak *streak = lockout_accused(lockout);
    if (lockout->sign == LOCKOUT_REFUSED &&
        (is_of_host(streak) || streak->count >= REFUSED_ENOUGH)) {
        lockout->phase = LOCKOUT_PROBES_REFUSED;
        lockout->unproven = true;
        return LOCKOUT_UNDECIDED;
    }
    if (lockout->sign != LOCKOUT_REFUSED && !lockout->idle) {
        lockout->phase = LOCKOUT_WATCHING;
        lockout->put_off = true;
        return LOCKOUT_UNDECIDED;
    }
    bool wall = lockout->sign == LOCKOUT_REDIRECTED && streak->count >= OTHERS_IDLE;
    lockout->never_served = true;
    return end_suspicion(lockout, wall ? LOCKOUT_WALL : LOCKOUT_THESE_ONLY);
}

const char *lockout_sign_words(enum lockout_sign sign)
{
    static const char *const words[] = {[LOCKOUT_SERVED] = "sends pages that look alike",
                                        [LOCKOUT_REDIRECTED] = "redirects its pages",
                                        [LOCKOUT_REFUSED] = "refuses"};
    return words[sign];
}
