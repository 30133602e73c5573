/* Tells hosts that shut us out from hosts whose URLs are alike. */
#include <config.h>

#include "frontier/lockout.h"

#include <string.h>

enum {
    /* Different URLs in a row before a host is suspected ... */
    REFUSED_ENOUGH = 5,
    REDIRECTS_ENOUGH = 6,
    BODIES_ENOUGH = 8,
    GONE_ENOUGH = 16,
    PARTS_MORE = 3, /* a page has many parts */
    /* ... when the run before was shut out, ... */
    WARY_ENOUGH = 2,
    /* ... when the host has nothing else to be asked for, ... */
    REFUSED_IDLE = 2,
    OTHERS_IDLE = 3,
    /* ... and when it was suspected wrongly: twice as many each time, up to this. */
    MOST_ENOUGH = 40,
    PROBES_ENOUGH = 2, /* refused ones, before the host is locked */
    OVERS_MOST = 8,    /* a host that changes its mind more often is taken at its word */
    BODY_MOST = 64 * 1024,
    URL_WORDS = 24,
};

/* ---- streaks ---- */

static bool has_key(const struct lockout_streak *streak, int64_t key)
{
    int most = streak->count < LOCKOUT_KEYS ? streak->count : LOCKOUT_KEYS;
    for (int i = 0; i < most; i++)
        if (streak->keys[i] == key)
            return true;
    return false;
}

static void streak_add(struct lockout_streak *streak, const struct lockout_response *response)
{
    streak->status = response->status;
    streak->exactly = streak->exactly && streak->exact == response->exact;
    if (has_key(streak, response->key))
        return;
    streak->keys[streak->count % LOCKOUT_KEYS] = response->key;
    streak->count++;
}

static void streak_begin(struct lockout_streak *streak, const struct lockout_response *response)
{
    *streak = (struct lockout_streak){.sign = response->sign,
                                      .mark = response->mark,
                                      .exact = response->exact,
                                      .exactly = true,
                                      .first = response->key};
    streak_add(streak, response);
}

static bool is_alike(const struct lockout_streak *streak, const struct lockout_response *response)
{
    return streak->count && streak->sign == response->sign &&
           (response->sign == LOCKOUT_REFUSED || streak->mark == response->mark);
}

static bool is_success(const struct lockout_response *response)
{
    return response->sign == LOCKOUT_SERVED && response->status / 100 == 2;
}

/* ---- noting ---- */

static struct lockout_track *track_of(struct lockout *lockout, bool part)
{
    return part ? &lockout->parts : &lockout->pages;
}

/* What came before this response was unlike it: so it was served. */
static void keep_last_good(struct lockout_track *track)
{
    if (track->last_may_be_good &&
        (!track->good || track->good_by_redirect || !track->last_by_redirect)) {
        track->good = track->others.first;
        track->good_by_redirect = track->last_by_redirect;
    }
    track->last_may_be_good = false;
}

/* A redirect says little about what is served: many sites answer http with one to https first.  So
 * it does not end the other streak. */
static struct lockout_advice note_redirect(struct lockout_track *track,
                                           const struct lockout_response *response)
{
    if (is_alike(&track->redirects, response)) {
        streak_add(&track->redirects, response);
        return (struct lockout_advice){.hold = track->redirects.count > 1};
    }
    streak_begin(&track->redirects, response);
    return (struct lockout_advice){.release = track->others.count < 2 &&
                                              track->others.sign != LOCKOUT_REFUSED};
}

static struct lockout_advice note_other(struct lockout_track *track,
                                        const struct lockout_response *response)
{
    bool refused = response->sign == LOCKOUT_REFUSED;
    if (is_alike(&track->others, response)) {
        bool again = has_key(&track->others, response->key);
        streak_add(&track->others, response);
        track->last_may_be_good = track->last_may_be_good && again;
        return (struct lockout_advice){.hold = refused || track->others.count > 1};
    }
    keep_last_good(track);
    streak_begin(&track->others, response);
    if (refused)
        return (struct lockout_advice){.hold = true};
    track->last_may_be_good = is_success(response);
    track->last_by_redirect = response->by_redirect;
    /* the page that all redirects lead to is no sign of being served */
    if (track->redirects.count && response->place == track->redirects.mark)
        return (struct lockout_advice){.hold = false};
    track->redirects.count = 0;
    return (struct lockout_advice){.release = true};
}

/* Requests that were running when the host became suspect, or was locked. */
static bool is_more_of_it(const struct lockout *lockout, const struct lockout_response *response)
{
    return response->sign == LOCKOUT_REFUSED || is_alike(lockout_accused(lockout), response);
}

struct lockout_advice lockout_note(struct lockout *lockout, const struct lockout_response *response)
{
    struct lockout_track *track = track_of(lockout, response->part);
    lockout->responses++;
    lockout->served += is_success(response);
    if (lockout->phase != LOCKOUT_WATCHING)
        return (struct lockout_advice){.hold = is_more_of_it(lockout, response)};
    struct lockout_advice advice = response->sign == LOCKOUT_REDIRECTED
                                       ? note_redirect(track, response)
                                       : note_other(track, response);
    if (is_success(response) && advice.release) {
        lockout->never_served = false;
        lockout->wary = lockout->wary && track->good == 0;
        /* parts that are barred while pages are served are no lock-out */
        lockout->parts.redirects.count = response->part ? lockout->parts.redirects.count : 0;
        lockout->parts.others.count = response->part ? lockout->parts.others.count : 0;
    }
    if (lockout->never_served)
        advice.hold = false;
    return advice;
}

/* ---- suspecting ---- */

static int enough_of(const struct lockout *lockout, const struct lockout_streak *streak, bool part)
{
    bool gone = streak->sign == LOCKOUT_SERVED && streak->status / 100 != 2;
    int enough = streak->sign == LOCKOUT_REFUSED      ? REFUSED_ENOUGH
                 : streak->sign == LOCKOUT_REDIRECTED ? REDIRECTS_ENOUGH
                 : gone                               ? GONE_ENOUGH
                                                      : BODIES_ENOUGH;
    enough += part ? PARTS_MORE : 0;
    enough <<= lockout->cleared < 5 ? lockout->cleared : 5;
    if (enough > MOST_ENOUGH)
        enough = MOST_ENOUGH;
    if (lockout->wary && !gone)
        enough = streak->sign == LOCKOUT_REFUSED ? 1 : WARY_ENOUGH;
    return enough;
}

/* Whether the last responses of a host that has nothing else to be asked for look like a lock-out:
 * then two probes are worth it. */
static bool is_enough_at_end(const struct lockout *lockout, const struct lockout_streak *streak)
{
    if (streak->sign == LOCKOUT_REFUSED)
        return streak->count >= REFUSED_IDLE || !lockout->served || streak->status == 429;
    return streak->count >= OTHERS_IDLE &&
           (streak->sign == LOCKOUT_REDIRECTED || (streak->exactly && streak->status / 100 == 2));
}

static bool is_suspect(const struct lockout *lockout, const struct lockout_streak *streak,
                       bool part, bool idle)
{
    return streak->count && (streak->count >= enough_of(lockout, streak, part) ||
                             (idle && is_enough_at_end(lockout, streak)));
}

bool lockout_suspects(struct lockout *lockout, bool idle)
{
    if (lockout->phase != LOCKOUT_WATCHING || lockout->never_served)
        return false;
    for (int i = 0; i < 4; i++) {
        bool part = i >= 2, redirects = i % 2;
        const struct lockout_track *track = track_of(lockout, part);
        if (!is_suspect(lockout, redirects ? &track->redirects : &track->others, part, idle))
            continue;
        lockout->phase = LOCKOUT_PROBES_GOOD;
        lockout->by_parts = part;
        lockout->by_redirects = redirects;
        lockout->idle = idle;
        lockout->probes = 0;
        return true;
    }
    return false;
}

const struct lockout_streak *lockout_accused(const struct lockout *lockout)
{
    const struct lockout_track *track = lockout->by_parts ? &lockout->parts : &lockout->pages;
    return lockout->by_redirects ? &track->redirects : &track->others;
}

bool lockout_accuses(const struct lockout *lockout, int64_t key)
{
    const struct lockout_streak *streak = lockout_accused(lockout);
    return streak->first == key || has_key(streak, key);
}

/* A page is the better probe: parts may be barred where pages are not.  While redirects are
 * suspected, the last page may still be good. */
static int64_t good_of(const struct lockout *lockout)
{
    const struct lockout_track *pages = &lockout->pages, *parts = &lockout->parts;
    bool pages_are_good = lockout->by_parts || lockout->by_redirects;
    if (pages_are_good && pages->last_may_be_good && !pages->last_by_redirect)
        return pages->others.first;
    if (pages->good)
        return pages->good;
    if (!lockout->by_parts)
        return 0;
    return parts->last_may_be_good && lockout->by_redirects ? parts->others.first : parts->good;
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
    struct lockout_track *const tracks[] = {&lockout->pages, &lockout->parts};
    for (int i = 0; i < 2; i++) {
        keep_last_good(tracks[i]);
        tracks[i]->redirects.count = tracks[i]->others.count = 0;
    }
    lockout->phase = LOCKOUT_WATCHING;
    lockout->cleared += verdict != LOCKOUT_IS_OVER;
    lockout->overs += verdict == LOCKOUT_IS_OVER;
    return verdict;
}

static enum lockout_verdict lock(struct lockout *lockout)
{
    lockout->phase = LOCKOUT_LOCKED;
    return LOCKOUT_SHUT_OUT;
}

/* The host serves us; and the URL that it refused has been asked for again. */
static enum lockout_verdict judge_refused(struct lockout *lockout, bool alike, int status)
{
    bool often = lockout->overs >= OVERS_MOST;
    if (alike && status == 429) /* "not now": the URL will have something else */
        return often || lockout->idle ? lock(lockout) : end_suspicion(lockout, LOCKOUT_IS_OVER);
    return end_suspicion(lockout, alike || often ? LOCKOUT_THESE_ONLY : LOCKOUT_IS_OVER);
}

enum lockout_verdict lockout_note_probe(struct lockout *lockout,
                                        const struct lockout_response *response)
{
    bool alike = is_alike(lockout_accused(lockout), response);
    lockout->responses++;
    if (lockout->phase == LOCKOUT_PROBES_REFUSED)
        return judge_refused(lockout, alike, response->status);
    if (is_success(response) && !alike) {
        lockout->phase = LOCKOUT_PROBES_REFUSED;
        return LOCKOUT_PROBE_AGAIN;
    }
    if (++lockout->probes < PROBES_ENOUGH)
        return LOCKOUT_PROBE_AGAIN;
    return lock(lockout);
}

enum lockout_verdict lockout_judge_unprobed(struct lockout *lockout)
{
    const struct lockout_streak *streak = lockout_accused(lockout);
    if (streak->sign == LOCKOUT_REFUSED && (streak->status == 429 || streak->status == 503))
        return lock(lockout);
    bool wall = streak->sign == LOCKOUT_REDIRECTED ||
                (streak->sign == LOCKOUT_SERVED && streak->exactly && streak->status / 100 == 2);
    lockout->never_served = true;
    return end_suspicion(lockout, wall ? LOCKOUT_WALL : LOCKOUT_THESE_ONLY);
}

/* ---- marks ---- */

static uint64_t mix(uint64_t hash, uint64_t value)
{
    hash = (hash ^ value) * UINT64_C(0x9E3779B97F4A7C15);
    return hash ^ hash >> 29;
}

/* A hash of all bytes, eight at a time. */
static uint64_t mark_bytes(uint64_t hash, struct text bytes)
{
    uint64_t piece = 0;
    for (; bytes.length >= sizeof piece; bytes = text_skip(bytes, sizeof piece)) {
        memcpy(&piece, bytes.at, sizeof piece);
        hash = mix(hash, piece);
    }
    piece = bytes.length;
    for (size_t i = 0; i < bytes.length; i++)
        piece = piece << 8 | (unsigned char)bytes.at[i];
    return mix(hash, piece);
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

void lockout_mark_body(struct lockout_response *response, struct text body, struct text url)
{
    struct url_words words;
    uint64_t mark = mix(2, (uint64_t)response->status);
    response->mark = response->exact = mark_bytes(mark, body);
    if (body.length > BODY_MOST)
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
