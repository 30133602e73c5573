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
    /* ... and when it was suspected wrongly: twice as many each time, up to this. */
    MOST_ENOUGH = 40,
    PROBES_ENOUGH = 2, /* refused ones, before the host is locked */
    OVERS_MOST = 8,    /* a host that changes its mind more often is taken at its word */
    BODY_MOST = 64 * 1024,
    BODY_HASHED_MOST = 1024 * 1024,
    URL_WORDS = 24,
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

/* Whether it belongs to the streak of its sign. */
static bool is_alike(const struct lockout_track *track, const struct lockout_response *response)
{
    const struct lockout_streak *streak = &track->streaks[response->sign];
    return streak->count && (response->sign == LOCKOUT_REFUSED || streak->mark == response->mark);
}

/* ---- what was taken for sound ---- */

static bool is_like_recent(const struct lockout_recent *recent,
                           const struct lockout_response *response)
{
    return recent->key && recent->sign == response->sign && recent->mark == response->mark &&
           recent->key != response->key;
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

/* A page was served after it.  Refusals are told, and asked for again by the next run; but what
 * looks sound may be what a host shows that shut us out for a while. */
static void end_streak(struct lockout_streak *streak, enum lockout_sign sign, int cleared)
{
    bool gone = sign == LOCKOUT_SERVED && streak->status / 100 != 2;
    int enough = times_cleared(gone ? GONE_IDLE : OTHERS_IDLE, cleared);
    streak->passed = sign != LOCKOUT_REFUSED && streak->count >= enough;
    if (!streak->passed)
        streak->count = 0;
}

/* A page was served.  What ended before its request began is sound: had the host shut us out then,
 * it would not have served this.  The page that a redirect leads to says nothing of the redirect.
 */
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

/* Whether this run was served something else: then one list that is empty says nothing. */
static bool has_served_others(const struct lockout_track *track,
                              const struct lockout_response *response)
{
    bool any = track->goods[0].key != 0;
    for (int i = 0; i < LOCKOUT_RECENT; i++) {
        const struct lockout_recent *recent = &track->recent[i];
        any = any || (recent->key && recent->good && recent->mark != response->mark);
    }
    return any;
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
    bool emptied = response->emptied && !has_served_others(track, response);
    bool alike = is_alike(track, response) || begin_streak(track, response);
    bool begins = !streak->count && (refused || emptied);
    if (begins)
        streak_begin(streak, response);
    if (alike || begins) {
        streak->status = response->status;
        streak->emptied = streak->emptied || emptied;
        if (response->challenge)
            streak->challenge = response->challenge;
        streak_add(streak, response->key, response->exact);
        return (struct lockout_advice){.hold = refused || emptied || streak->count > 1};
    }
    bool release = is_success(response) && prove_recent(track, response, cleared);
    add_recent(track, response);
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
    struct lockout_advice advice = note(track, response, lockout->cleared);
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

/* Whether the last responses of a host that has nothing else to be asked for look like a lock-out:
 * then two probes are worth it. */
static bool is_enough_at_end(const struct lockout *lockout, const struct lockout_streak *streak,
                             enum lockout_sign sign)
{
    if (sign == LOCKOUT_REFUSED)
        return streak->count >= REFUSED_IDLE || !lockout->served || streak->status == 429;
    if (streak->emptied)
        return true;
    if (sign == LOCKOUT_SERVED && streak->status / 100 != 2)
        return streak->count >= GONE_IDLE;
    if (sign == LOCKOUT_REDIRECTED || streak->exactly)
        return streak->count >= OTHERS_IDLE;
    return false;
}

/* The same of bodies that differ in numbers only, if something is known that looks otherwise. It is
 * worth two probes, but no doubt where there is no time for them: photographs and tables are alike,
 * too. */
static bool is_alike_at_end(const struct lockout *lockout, bool part, enum lockout_sign sign)
{
    const struct lockout_streak *streak =
        part ? &lockout->parts.streaks[sign] : &lockout->pages.streaks[sign];
    return sign == LOCKOUT_SERVED && streak->status / 100 == 2 &&
           streak->count >= times_cleared(OTHERS_IDLE, lockout->cleared) &&
           knows_other(lockout, streak);
}

static bool may_probe(const struct lockout *lockout, const struct lockout_recent *recent)
{
    bool alike = lockout->sign == LOCKOUT_SERVED && recent->mark == lockout_accused(lockout)->mark;
    return recent->key && recent->good && !alike &&
           !lockout_accuses(lockout, recent->key, recent->place);
}

/* What was served and followed by others; or else what was only served. */
static int64_t good_of_track(const struct lockout *lockout, const struct lockout_track *track)
{
    const struct lockout_recent *last = NULL;
    for (int i = 0; i < 2; i++)
        if (may_probe(lockout, &track->goods[i]))
            return track->goods[i].key;
    for (int i = 0; i < LOCKOUT_RECENT; i++)
        if (may_probe(lockout, &track->recent[i]) &&
            (!last || (last->by_redirect && !track->recent[i].by_redirect)))
            last = &track->recent[i];
    return last ? last->key : 0;
}

/* A page is the better probe: parts may be barred where pages are not. */
static int64_t good_of(const struct lockout *lockout)
{
    int64_t page = good_of_track(lockout, &lockout->pages);
    return page || !lockout->by_parts ? page : good_of_track(lockout, &lockout->parts);
}

/* Accuses the streak. */
static bool accuse(struct lockout *lockout, bool part, enum lockout_sign sign, bool idle)
{
    lockout->by_parts = part;
    lockout->sign = sign;
    lockout->idle = idle;
    lockout->probes = 0;
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

/* Whether a page looks like the parts of the streak, or a part like its pages: what a host that
 * shuts us out shows is the same for both. */
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

int64_t lockout_probe_key(const struct lockout *lockout)
{
    const struct lockout_streak *streak = lockout_accused(lockout);
    return lockout->phase == LOCKOUT_PROBES_REFUSED
               ? streak->keys[(streak->count - 1) % LOCKOUT_KEYS]
               : good_of(lockout);
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

/* The host serves us; and the URL that it refused has been asked for again.  What is refused in
 * another way than before, or does not come at all, shows nothing: it is not over, and nobody knows
 * what the URL has. */
static enum lockout_verdict judge_refused(struct lockout *lockout,
                                          const struct lockout_response *response, bool alike)
{
    bool often = lockout->overs >= OVERS_MOST,
         came = response->status || !lockout_accused(lockout)->status;
    if (response->sign == LOCKOUT_REFUSED && (lockout->sign != LOCKOUT_REFUSED || !came)) {
        if (++lockout->probes < PROBES_ENOUGH)
            return LOCKOUT_UNDECIDED;
        return lockout->sign == LOCKOUT_REFUSED ? end_suspicion(lockout, LOCKOUT_THESE_ONLY)
                                                : lock(lockout);
    }
    if (alike && response->status == 429) /* "not now": the URL will have something else */
        return often || lockout->idle ? lock(lockout) : end_suspicion(lockout, LOCKOUT_IS_OVER);
    return end_suspicion(lockout, alike || often ? LOCKOUT_THESE_ONLY : LOCKOUT_IS_OVER);
}

/* Whether the host serves a URL that it has served before.  On a site that has been laid out anew,
 * such a URL may be gone, or lead elsewhere, without any refusal. */
static bool serves_probe(const struct lockout *lockout, const struct lockout_response *response,
                         bool alike)
{
    bool emptied = lockout_accused(lockout)->emptied && response->sign != LOCKOUT_REFUSED;
    return !alike && (is_success(response) || emptied);
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
    if (serves_probe(lockout, response, alike)) {
        lockout->phase = LOCKOUT_PROBES_REFUSED;
        lockout->probes = 0;
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

/* ---- marks ---- */

static uint64_t mix(uint64_t hash, uint64_t value)
{
    hash = (hash ^ value) * UINT64_C(0x9E3779B97F4A7C15);
    return hash ^ hash >> 29;
}

/* A hash of all bytes, sixteen at a time. */
static uint64_t mark_bytes(uint64_t hash, struct text bytes)
{
    uint64_t pair[2];
    size_t whole = bytes.length - bytes.length % sizeof pair;
    for (size_t at = 0; at < whole; at += sizeof pair) {
        memcpy(pair, bytes.at + at, sizeof pair);
        hash = mix(hash, pair[0] + (pair[1] ^ pair[1] >> 32) * UINT64_C(0xbf58476d1ce4e5b9));
    }
    for (size_t at = whole; at < bytes.length; at++)
        hash = mix(hash, (unsigned char)bytes.at[at]);
    return mix(hash, bytes.length);
}

/* Takes a run of letters and digits off the front; *plain: it has no digit.  Returns its hash; 0:
 * there is none. */
static uint64_t take_word(struct text *rest, bool *plain)
{
    uint64_t hash = 1;
    size_t at = 0;
    *plain = true;
    for (; at < rest->length; at++) {
        unsigned char byte = (unsigned char)rest->at[at];
        bool letter = (byte | 32) >= 'a' && (byte | 32) <= 'z';
        if (!letter && byte < 128 && (byte < '0' || byte > '9'))
            break;
        *plain = *plain && (letter || byte >= 128);
        hash = mix(hash, letter ? byte | 32 : byte);
    }
    *rest = text_skip(*rest, at);
    return at ? hash : 0;
}

struct url_words {
    uint64_t hashes[URL_WORDS];
    int count;
    uint64_t bits; /* a quick look: one bit for each */
};

static void read_url_words(struct text url, struct url_words *words)
{
    words->count = 0;
    words->bits = 0;
    while (url.length && words->count < URL_WORDS) {
        bool plain;
        uint64_t word = take_word(&url, &plain);
        if (word) {
            words->hashes[words->count++] = word;
            words->bits |= UINT64_C(1) << (word & 63);
        } else
            url = text_skip(url, 1);
    }
}

static bool is_of_url(const struct url_words *words, uint64_t word)
{
    if (!(words->bits >> (word & 63) & 1))
        return false;
    for (int i = 0; i < words->count; i++)
        if (words->hashes[i] == word)
            return true;
    return false;
}

int lockout_count_links(struct text body)
{
    int links = 0;
    for (ptrdiff_t at;
         links < LOCKOUT_LINKS_ENOUGH && (at = text_find_nocase(body, TEXT("<a "))) >= 0; links++)
        body = text_skip(body, (size_t)at + 1);
    return links;
}

void lockout_mark_body(struct lockout_response *response, struct text body, struct text url)
{
    struct url_words words;
    uint64_t mark = mix(2, (uint64_t)response->status);
    /* Of a long body the beginning and the length are enough, and cost no memory. */
    response->mark = response->exact =
        mark_bytes(mix(mark, body.length), text_first(body, BODY_HASHED_MOST));
    if (body.length > BODY_MOST || lockout_count_links(body) == LOCKOUT_LINKS_ENOUGH)
        return;
    read_url_words(url, &words);
    while (body.length) {
        bool plain;
        uint64_t word = take_word(&body, &plain);
        if (!word)
            body = text_skip(body, 1);
        else if (plain && !is_of_url(&words, word))
            mark = mix(mark, word);
    }
    response->mark = mark;
}

uint64_t lockout_mark_url(struct text url)
{
    size_t end = 0;
    while (end < url.length && url.at[end] != '?' && url.at[end] != '#')
        end++;
    return mark_bytes(5, text_first(url, end));
}

const char *lockout_sign_words(enum lockout_sign sign)
{
    static const char *const words[] = {[LOCKOUT_SERVED] = "sends pages that look alike",
                                        [LOCKOUT_REDIRECTED] = "redirects its pages",
                                        [LOCKOUT_REFUSED] = "refuses"};
    return words[sign];
}
