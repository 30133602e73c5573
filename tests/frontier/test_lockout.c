/* Scripts of responses: which of them are a lock-out, and which are a healthy site's. */
#include <config.h>

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "frontier/lockout.h"
#include "frontier/lockout_pack.h"

/*
 * A letter is a response, each to another URL; a digit after it repeats it so often:
 *
 *   p  a page of its own      s  the same page again      n  404, the usual page      g  404, its
 * own r  a redirect to one URL  d  to a URL of its own      f  403    t  429    u  503   e  521  x
 * none c  200, and cut short k  a page that is alike but for a number  m o y  as r s n, in a later
 * run, where another page was w  what the redirects to one URL lead to              P F S  the same
 * of parts (F: 403) = the response before, of the same URL again ?  suspected now?  then A and B
 * are the responses to the probes      .  nothing more is to be asked
 *
 * A probe's response is its letter; "|" ends the probes.
 */
struct script {
    const char *responses;
    int suspected; /* at which response, from 1 on; 0: never */
};

static struct lockout_response response_of(char letter, int64_t key)
{
    char body[64], url[64];
    struct lockout_response response = {.key = key, .status = 200, .place = (uint64_t)key + 1000};
    response.part = letter >= 'A' && letter <= 'Z';
    letter = (char)(letter | 32);
    snprintf(url, sizeof url, "http://a.test/x%d", (int)key);
    snprintf(body, sizeof body, "words %.*s", (int)(key % 26) + 1, "abcdefghijklmnopqrstuvwxyzabc");
    static const struct {
        char letter;
        int status;
    } refusals[] = {{'f', 403}, {'t', 429}, {'u', 503}, {'e', 521}, {'x', 0}, {'c', 200}};
    for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++)
        if (refusals[i].letter == letter) {
            response.sign = LOCKOUT_REFUSED;
            response.status = refusals[i].status;
        }
    response.later = response.bare = letter == 'm' || letter == 'o' || letter == 'y';
    letter = letter == 'm' ? 'r' : letter == 'o' ? 's' : letter == 'y' ? 'n' : letter;
    if (letter == 'k')
        snprintf(body, sizeof body, "the same page %d", (int)key);
    if (letter == 'r' || letter == 'd') {
        response.sign = LOCKOUT_REDIRECTED;
        response.status = 302;
        response.mark = letter == 'r' ? 77 : (uint64_t)key + 1000;
    }
    if (letter == 'w') {
        response.by_redirect = true;
        response.place = 77;
    }
    if (letter == 'n' || letter == 'g')
        response.status = 404;
    if (response.sign == LOCKOUT_SERVED)
        lockout_mark_body(&response,
                          text_of(letter == 's'   ? "the same page"
                                  : letter == 'w' ? "the wall"
                                  : letter == 'n' ? "not found"
                                                  : body),
                          text_of(url));
    return response;
}

/* Plays a script until the host is suspected: the number of that response, or 0.  So many requests
 * run side by side. */
static int play_side_by_side(struct lockout *lockout, const char *script, int side_by_side)
{
    int at = 0;
    int64_t key = lockout->responses; /* other URLs than those of a script before */
    for (const char *c = script; *c; c++) {
        if (*c == '.')
            return lockout_suspects(lockout, true) ? at + 1 : 0;
        int times = 1;
        bool again = *c == '=';
        char letter = again ? c[-1] : *c;
        if (c[1] >= '0' && c[1] <= '9')
            times = (int)strtol(c + 1, NULL, 10);
        for (int i = 0; i < times; i++) {
            struct lockout_response response = response_of(letter, again ? key : ++key);
            at++;
            response.began_ms = (lockout->responses - side_by_side + 1) * 10 + 1;
            response.ended_ms = lockout->responses * 10 + 10;
            lockout_note(lockout, &response);
            if (lockout_suspects(lockout, false))
                return at;
        }
        while (c[1] >= '0' && c[1] <= '9')
            c++;
    }
    return 0;
}

static int play(struct lockout *lockout, const char *script)
{
    return play_side_by_side(lockout, script, 1);
}

static const struct script suspects[] = {
    {"p10f5", 15},
    {"p10u5", 15},
    {"p10t5", 15},
    {"p10e5", 15},
    {"p10x5", 15},
    {"p10ffuet", 15},
    {"p10r6", 16},
    {"p10s8", 18},
    {"p10n8", 18},
    {"p3dfdfdfdfdf", 13},
    {"pprwrwrwrwrwrw", 13},
    {"p9rwr5", 16},
    {"p10PPPPF8", 22},
    {"P9F8", 17},
    {"pppFpFpFpf5", 14},
    {"f5", 5},
    {"r6", 6},
    {"s8", 8},
    {"p9f2.", 12},
    {"p9r3.", 13},
    {"p9s3.", 13},
    {"p9t.", 11},
    {"f.", 2},
    {"p9PFFPfPffPfPf", 21},
    {"p9PS11", 21},
    {"p9k3.", 13}, /* alike, and there is a page that looks otherwise */
    {"p9k8", 17},
    {"m.", 2}, /* a front page that was read by an earlier run is a redirect, empty, gone */
    {"o.", 2},
    {"y.", 2},
    {"ppm.", 4}, /* the last of all is so, after others were served */
    {"ppo.", 4},
    {"ppy.", 4},
    {"ppopy.", 6},
    {"ok7", 8},
};

START_TEST(a_host_that_begins_to_refuse_is_suspected)
{
    struct lockout lockout = {.phase = LOCKOUT_WATCHING};
    ck_assert_int_eq(play(&lockout, suspects[_i].responses), suspects[_i].suspected);
}
END_TEST

/* Eight requests at once: what was sent before the first refusal came may still be served. */
static const struct script mixed[] = {
    {"p10pfpfpfpff", 19},        {"p10prprprprrr", 20},
    {"p10pspspspsssss", 22},     {"p10rprrwprrr", 19},
    {"p20fpfpfpfp20", 0},        {"p20rprpp20", 0},
    {"p20spspp20", 0},           {"p20pfp8pfp8pfp8pfp8pfp8pfp8pf", 0},
    {"p20pSpSpSpFpFpFpFp20", 0},
};

START_TEST(requests_side_by_side_hide_nothing)
{
    struct lockout lockout = {.phase = LOCKOUT_WATCHING};
    ck_assert_int_eq(play_side_by_side(&lockout, mixed[_i].responses, 8), mixed[_i].suspected);
    if (!mixed[_i].suspected)
        return;
    int64_t firsts[LOCKOUT_FIRSTS];
    int count = lockout_firsts(&lockout, firsts);
    ck_assert_int_eq(count > 0, lockout.sign != LOCKOUT_REFUSED);
    for (int i = 0; i < count; i++)
        ck_assert(lockout_accuses(&lockout, firsts[i], 1));
    ck_assert(!lockout_accuses(&lockout, lockout_probe_key(&lockout), 1));
}
END_TEST

/* The streak is of parts; the page before them shows the same wall. */
START_TEST(a_page_that_looks_like_the_refused_parts_is_taken_back_too)
{
    struct lockout lockout = {.phase = LOCKOUT_WATCHING};
    int64_t firsts[LOCKOUT_FIRSTS];
    bool found = false;
    ck_assert_int_gt(play(&lockout, "p10sS20"), 0);
    ck_assert(lockout.by_parts);
    for (int i = lockout_firsts(&lockout, firsts) - 1; i >= 0; i--)
        found = found || firsts[i] == 11;
    ck_assert(found);
}
END_TEST

static const char *const healthy[] = {
    "p50",              /* pages */
    "pfpfpfpfpfpfpfpf", /* some are for members */
    "pffffpffffpffffp", /* a few at a time */
    "prprprprprprprpr", /* old URLs that lead to the front page */
    "pspspspspspspsps", /* empty tags */
    "pnpnpnpnpnpnpnpn", /* dead links */
    "ppnnnpp",          /* many of them */
    "ppggggggggggggggggggggpp",
    "pd50p", /* http leads to https */
    "pSpSpSpSpSpSpSpSpS",
    "pFpFpFpFpFpFpFpFpFpF", /* pictures that are barred */
    "pf=====p",             /* one URL, tried again and again */
    "pf=.",                 /* one page that is refused, and nothing else to ask for */
    "pppn3.",               /* dead links at the end */
    "ppr2.",
    "pps2.",
    "ppk2.",
    "k3.",   /* pages that are alike, and nothing else is known of the site */
    "ppmp.", /* this run was served another page later */
    "ppop.",
    "ppyp.",
    "mp20.", /* a page was served afterwards */
    "op20.",
    "P50",
    "p.",
    ".",
};

START_TEST(a_healthy_host_is_not)
{
    struct lockout lockout = {.phase = LOCKOUT_WATCHING};
    ck_assert_int_eq(play(&lockout, healthy[_i]), 0);
}
END_TEST

/* What the probes say: letters of responses, the first to a URL that was served. */
static const struct probing {
    const char *script, *probes;
    enum lockout_verdict verdict;
} probings[] = {
    {"p10f5", "ff", LOCKOUT_SHUT_OUT},
    {"p10f5", "pf", LOCKOUT_THESE_ONLY},
    {"p10f5", "pp", LOCKOUT_IS_OVER},
    {"p10f5", "fpf", LOCKOUT_THESE_ONLY},
    {"p10f5", "uf", LOCKOUT_SHUT_OUT},
    {"p10r6", "rr", LOCKOUT_SHUT_OUT},
    {"p10r6", "pr", LOCKOUT_THESE_ONLY},
    {"p10r6", "pp", LOCKOUT_IS_OVER},
    {"p10s8", "ss", LOCKOUT_SHUT_OUT},
    {"p10s8", "ps", LOCKOUT_THESE_ONLY},
    {"p10s8", "pp", LOCKOUT_IS_OVER},
    {"p10n8", "nn", LOCKOUT_SHUT_OUT},
    {"p10n8", "pn", LOCKOUT_THESE_ONLY},
    {"p10x5", "xx", LOCKOUT_SHUT_OUT},
    {"p10t5", "pt", LOCKOUT_IS_OVER},
    {"p10t.", "pt", LOCKOUT_SHUT_OUT},
    {"p10r6", "dd", LOCKOUT_SHUT_OUT},
    {"P9F8", "FF", LOCKOUT_SHUT_OUT},
    {"P9F8", "PF", LOCKOUT_THESE_ONLY},
    {"ppprwrwrwrwrwrw", "rr", LOCKOUT_SHUT_OUT},
    /* What does not come shows nothing, and neither does another refusal. */
    {"p10f5", "pxf", LOCKOUT_THESE_ONLY},
    {"p10f5", "pxp", LOCKOUT_IS_OVER},
    {"p10f5", "pxx", LOCKOUT_THESE_ONLY},
    {"p10x5", "px", LOCKOUT_THESE_ONLY},
    {"p10x5", "pf", LOCKOUT_THESE_ONLY},
    {"p10c5", "pc", LOCKOUT_THESE_ONLY},
    {"p10c5", "pp", LOCKOUT_IS_OVER},
    {"p10r6", "pxr", LOCKOUT_THESE_ONLY},
    {"p10r6", "pxx", LOCKOUT_SHUT_OUT},
    {"p10s8", "pxx", LOCKOUT_SHUT_OUT},
    {"p10s8", "pxp", LOCKOUT_IS_OVER},
    {"p10s8", "pff", LOCKOUT_SHUT_OUT},
    {"p10s8", "pfs", LOCKOUT_THESE_ONLY},
    {"p10n8", "pux", LOCKOUT_SHUT_OUT},
    {"p10f5", "xpxf", LOCKOUT_THESE_ONLY},
};

START_TEST(probes_tell_a_lock_out_from_what_only_some_urls_have)
{
    const struct probing *probing = &probings[_i];
    struct lockout lockout = {.phase = LOCKOUT_WATCHING};
    enum lockout_verdict verdict = LOCKOUT_UNDECIDED;
    ck_assert_int_ne(play(&lockout, probing->script), 0);
    for (const char *c = probing->probes; *c; c++) {
        ck_assert_int_eq(verdict, LOCKOUT_UNDECIDED);
        int64_t key = lockout_probe_key(&lockout);
        ck_assert_int_ne(key, 0);
        ck_assert_int_eq(lockout_accuses(&lockout, key, (uint64_t)key + 1000),
                         lockout.phase == LOCKOUT_PROBES_REFUSED);
        const struct lockout_response response = response_of(*c, key);
        verdict = lockout_note_probe(&lockout, &response);
    }
    ck_assert_int_eq(verdict, probing->verdict);
    ck_assert_int_eq(lockout.phase == LOCKOUT_LOCKED, verdict == LOCKOUT_SHUT_OUT);
}
END_TEST

/* Of an earlier run, a URL is known that was served.  On a site that is laid out anew it may be
 * gone, or lead elsewhere; that is no lock-out. */
static const struct probing emptied[] = {
    {"m.", "rr", LOCKOUT_SHUT_OUT},   {"o.", "ss", LOCKOUT_SHUT_OUT},
    {"o.", "kk", LOCKOUT_SHUT_OUT},   {"y.", "nn", LOCKOUT_SHUT_OUT},
    {"m.", "ff", LOCKOUT_SHUT_OUT},   {"m.", "pr", LOCKOUT_THESE_ONLY},
    {"o.", "ps", LOCKOUT_THESE_ONLY}, {"y.", "pn", LOCKOUT_THESE_ONLY},
    {"m.", "nr", LOCKOUT_THESE_ONLY}, {"m.", "dr", LOCKOUT_THESE_ONLY},
    {"o.", "ns", LOCKOUT_THESE_ONLY}, {"m.", "pp", LOCKOUT_IS_OVER},
};

START_TEST(a_list_that_was_read_before_and_is_empty_now_is_probed)
{
    const struct probing *probing = &emptied[_i];
    struct lockout lockout = {.phase = LOCKOUT_WATCHING};
    enum lockout_verdict verdict = LOCKOUT_UNDECIDED;
    ck_assert_int_ne(play(&lockout, probing->script), 0);
    ck_assert_int_eq(lockout_probe_key(&lockout), 0);
    for (const char *c = probing->probes; *c; c++) {
        ck_assert_int_eq(verdict, LOCKOUT_UNDECIDED);
        int64_t key = lockout_probe_key(&lockout);
        const struct lockout_response response = response_of(*c, key ? key : 999);
        verdict = lockout_note_probe(&lockout, &response);
    }
    ck_assert_int_eq(verdict, probing->verdict);
}
END_TEST

/* In a later run, the archive tells what the URL looked like that is probed.  Capital letter after
 * a probe's: "H" it has the same mark as in the archive, "U" nobody knows. */
static const struct probing later[] = {
    {"k8", "kHk", LOCKOUT_THESE_ONLY}, /* photographs: the known one was alike, too */
    {"k8", "kk", LOCKOUT_SHUT_OUT},    /* a wall with a number in it */
    {"k8", "kU", LOCKOUT_THESE_ONLY},
    {"sss.", "ss", LOCKOUT_SHUT_OUT},
    {"sss.", "sHs", LOCKOUT_THESE_ONLY},
    {"o.", "pHnn", LOCKOUT_SHUT_OUT}, /* it was served, and is gone now: shut out since */
    {"m.", "ss", LOCKOUT_UNDECIDED},  /* both show one page that neither had ... */
    {"m.", "sss", LOCKOUT_SHUT_OUT},
    {"m.", "sUs", LOCKOUT_IS_OVER},
    {"m.", "sHs", LOCKOUT_IS_OVER},
};

START_TEST(what_the_archive_has_tells_whether_a_probe_is_served)
{
    const struct probing *probing = &later[_i];
    struct lockout lockout = {.phase = LOCKOUT_WATCHING};
    enum lockout_verdict verdict = LOCKOUT_UNDECIDED;
    ck_assert_int_ne(play(&lockout, probing->script), 0);
    for (const char *c = probing->probes; *c; c++) {
        ck_assert_int_eq(verdict, LOCKOUT_UNDECIDED);
        int64_t key = lockout_probe_key(&lockout);
        struct lockout_response response = response_of(*c, key ? key : 999);
        response.as_held = c[1] == 'H';
        response.unheld = c[1] == 'U';
        c += response.as_held || response.unheld;
        verdict = lockout_note_probe(&lockout, &response);
    }
    ck_assert_int_eq(verdict, probing->verdict);
}
END_TEST

/* Two alike are enough at the end of a later run; what is like no others is in doubt with them. */
START_TEST(a_later_run_may_end_with_few_that_are_alike)
{
    for (const char *kind = "rsn"; *kind; kind++)
        for (int is_later = 0; is_later < 2; is_later++) {
            struct lockout lockout = {.phase = LOCKOUT_WATCHING};
            play(&lockout, "p5");
            for (int i = 0; i < 2; i++) {
                struct lockout_response response = response_of(*kind, 50 + i);
                response.later = is_later;
                lockout_note(&lockout, &response);
            }
            ck_assert(lockout_suspects(&lockout, true) == is_later);
        }
    int64_t keys[LOCKOUT_RECENT];
    struct lockout lockout = {.phase = LOCKOUT_WATCHING};
    ck_assert_int_eq(play(&lockout, "oy."), 3);
    ck_assert_int_eq(lockout_unproved(&lockout, keys), 1);
    ck_assert_int_eq(keys[0], 2);
}
END_TEST

/* What is known when the run ends with this. */
static const struct ending {
    const char *script;
    bool in_doubt;
} endings[] = {
    {"p10", false},    {"p10s2", false}, {"p10s3", true},     {"p10r3", true}, {"p10f", false},
    {"p10f2", true},   {"p10n3", false}, {"p10n4", true},     {"p5s3p", true}, {"p5s2p", false},
    {"p10S11", true},  {"p10f5", true},  {"pfpfpfpf", false}, {"f", true},     {"", false},
    {"p10g20", false}, {"p10t", true},   {"p10k6", false},    {"m", true},     {"o", true},
    {"y", true},       {"ppm", true},    {"ppo", true},       {"ppy", true},   {"ppmp", false},
};

START_TEST(what_is_not_clear_at_the_end_is_in_doubt)
{
    struct lockout lockout = {.phase = LOCKOUT_WATCHING};
    play(&lockout, endings[_i].script);
    ck_assert(lockout_is_in_doubt(&lockout) == endings[_i].in_doubt);
}
END_TEST

START_TEST(what_all_redirects_lead_to_is_no_probe)
{
    struct lockout lockout = {.phase = LOCKOUT_WATCHING};
    ck_assert_int_eq(play(&lockout, "wr6"), 7);
    ck_assert_int_eq(lockout_probe_key(&lockout), 0);
    lockout = (struct lockout){.phase = LOCKOUT_WATCHING};
    ck_assert_int_eq(play_side_by_side(&lockout, "wpr6", 8), 8);
    ck_assert_int_eq(lockout_probe_key(&lockout), 2);
}
END_TEST

/* A few that look sound, and then a page: were they sound? */
static const struct passing {
    const char *script;
    int suspected;
    char probe;
    enum lockout_verdict verdict;
} passing[] = {
    {"p5s3p", 9, 's', LOCKOUT_THESE_ONLY},  {"p5s3p", 9, 'p', LOCKOUT_IS_OVER},
    {"p5r3p", 9, 'r', LOCKOUT_THESE_ONLY},  {"p5r3p", 9, 'p', LOCKOUT_IS_OVER},
    {"p5n4p", 10, 'n', LOCKOUT_THESE_ONLY}, {"p5n4p", 10, 'p', LOCKOUT_IS_OVER},
};

START_TEST(what_passed_is_asked_for_once_more)
{
    const struct passing *row = &passing[_i];
    struct lockout lockout = {.phase = LOCKOUT_WATCHING};
    ck_assert_int_eq(play(&lockout, row->script), row->suspected);
    int64_t key = lockout_probe_key(&lockout);
    ck_assert_int_eq(key, row->suspected - 1);
    const struct lockout_response response = response_of(row->probe, key);
    ck_assert_int_eq(lockout_note_probe(&lockout, &response), row->verdict);
    bool over = row->verdict == LOCKOUT_IS_OVER;
    ck_assert_int_eq(play(&lockout, row->script), over ? row->suspected : 0);
}
END_TEST

START_TEST(what_was_wrong_once_takes_twice_as_much)
{
    struct lockout lockout = {.phase = LOCKOUT_WATCHING};
    for (int enough = 5; enough <= 40; enough *= 2) {
        ck_assert_int_eq(play(&lockout, "pppf99"), 3 + enough);
        const struct lockout_response page = response_of('p', 1), refused = response_of('f', 9);
        ck_assert_int_eq(lockout_note_probe(&lockout, &page), LOCKOUT_UNDECIDED);
        ck_assert_int_eq(lockout_note_probe(&lockout, &refused), LOCKOUT_THESE_ONLY);
    }
    ck_assert_int_eq(play(&lockout, "pppf99"), 3 + 40);
}
END_TEST

/* Notes a response to the URL; says whether it is held back. */
static bool note_of(struct lockout *lockout, char letter, int64_t key)
{
    struct lockout_response response = response_of(letter, key);
    response.began_ms = lockout->responses * 10 + 1;
    response.ended_ms = lockout->responses * 10 + 10;
    return lockout_note(lockout, &response).hold;
}

/* The last tries of URLs that failed before, while others were served: with 429 and 503 it is the
 * host that refuses. */
START_TEST(what_failed_while_others_were_served_says_nothing_of_the_host)
{
    static const struct {
        char letter;
        bool suspected;
    } rows[] = {{'x', false}, {'f', false}, {'e', false}, {'t', true}, {'u', true}};
    struct lockout lockout = {.responses = 0};
    char letter = rows[_i].letter;
    ck_assert(!note_of(&lockout, 'p', 1));
    ck_assert(note_of(&lockout, letter, 2));
    ck_assert(note_of(&lockout, letter, 3));
    ck_assert(!note_of(&lockout, 'p', 4));
    ck_assert(note_of(&lockout, letter, 2) == rows[_i].suspected);
    ck_assert(note_of(&lockout, letter, 3) == rows[_i].suspected);
    ck_assert(lockout_suspects(&lockout, true) == rows[_i].suspected);
}
END_TEST

/* ... but others that are refused, and the same ones after a lock-out, do. */
START_TEST(others_that_are_refused_still_tell)
{
    struct lockout lockout = {.responses = 0};
    for (int round = 0; round < 2; round++) {
        note_of(&lockout, 'p', 1 + 50 * round);
        for (int i = 0; i < 3; i++)
            note_of(&lockout, 'x', 2 + i);
        note_of(&lockout, 'p', 9 + 50 * round);
        for (int i = 0; i < 3; i++)
            ck_assert(!note_of(&lockout, 'x', 2 + i));
        ck_assert(!lockout_suspects(&lockout, true));
        for (int i = 0; i < 5; i++)
            ck_assert(note_of(&lockout, 'x', 20 + i));
        ck_assert(lockout_suspects(&lockout, false));
        struct lockout_response page = response_of('p', lockout_probe_key(&lockout));
        ck_assert_int_eq(lockout_note_probe(&lockout, &page), LOCKOUT_UNDECIDED);
        page = response_of('p', lockout_probe_key(&lockout));
        ck_assert_int_eq(lockout_note_probe(&lockout, &page), LOCKOUT_IS_OVER);
    }
}
END_TEST

START_TEST(after_a_run_that_was_shut_out_one_refusal_is_enough)
{
    struct lockout lockout = {.wary = true};
    ck_assert_int_eq(play(&lockout, "f5"), 1);
    lockout = (struct lockout){.wary = true};
    ck_assert_int_eq(play(&lockout, "s5"), 2);
    lockout = (struct lockout){.wary = true};
    ck_assert_int_eq(play(&lockout, "ppppf5"), 9);
}
END_TEST

/* The verdicts over a host that never served anything else: while there is more to ask for, and
 * when there is nothing. */
static const struct unprobed {
    const char *script;
    enum lockout_verdict verdict, at_end;
} unprobed[] = {
    {"f.", LOCKOUT_THESE_ONLY, LOCKOUT_THESE_ONLY},
    {"ff.", LOCKOUT_THESE_ONLY, LOCKOUT_THESE_ONLY},
    {"r6", LOCKOUT_UNDECIDED, LOCKOUT_WALL},
    {"rwrwrwrwrwrw", LOCKOUT_UNDECIDED, LOCKOUT_WALL},
    {"s8", LOCKOUT_UNDECIDED, LOCKOUT_THESE_ONLY},
    {"n8", LOCKOUT_UNDECIDED, LOCKOUT_THESE_ONLY},
};

START_TEST(a_host_that_never_served_cannot_be_probed)
{
    struct lockout lockout = {.phase = LOCKOUT_WATCHING};
    ck_assert_int_ne(play(&lockout, unprobed[_i].script), 0);
    ck_assert_int_eq(lockout_probe_key(&lockout), 0);
    enum lockout_verdict verdict = lockout_judge_unprobed(&lockout);
    ck_assert_int_eq(verdict, unprobed[_i].verdict);
    if (verdict != LOCKOUT_UNDECIDED)
        return;
    ck_assert(!lockout_suspects(&lockout, false));
    if (lockout_suspects(&lockout, true))
        verdict = lockout_judge_unprobed(&lockout);
    ck_assert_int_eq(verdict, unprobed[_i].at_end);
}
END_TEST

/* There is nothing that it served, so what it refused is asked for again. */
static const struct probing unproven[] = {
    {"f5", "ff", LOCKOUT_THESE_ONLY}, {"f5", "fp", LOCKOUT_IS_OVER},
    {"e5", "p", LOCKOUT_IS_OVER},     {"t5", "tt", LOCKOUT_SHUT_OUT},
    {"t5", "tp", LOCKOUT_IS_OVER},    {"u.", "uu", LOCKOUT_SHUT_OUT},
    {"u.", "xu", LOCKOUT_SHUT_OUT},   {"u.", "r", LOCKOUT_IS_OVER},
    {"F8", "FF", LOCKOUT_THESE_ONLY}, {"T8", "TP", LOCKOUT_IS_OVER},
};

START_TEST(a_host_that_served_nothing_is_asked_again)
{
    const struct probing *probing = &unproven[_i];
    struct lockout lockout = {.phase = LOCKOUT_WATCHING};
    ck_assert_int_ne(play(&lockout, probing->script), 0);
    ck_assert_int_eq(lockout_probe_key(&lockout), 0);
    enum lockout_verdict verdict = lockout_judge_unprobed(&lockout);
    for (const char *c = probing->probes; *c; c++) {
        ck_assert_int_eq(verdict, LOCKOUT_UNDECIDED);
        ck_assert_int_ne(lockout_probe_key(&lockout), 0);
        const struct lockout_response response = response_of(*c, lockout_probe_key(&lockout));
        verdict = lockout_note_probe(&lockout, &response);
    }
    ck_assert_int_eq(verdict, probing->verdict);
    ck_assert_int_eq(lockout.phase == LOCKOUT_LOCKED, verdict == LOCKOUT_SHUT_OUT);
}
END_TEST

START_TEST(a_host_that_serves_later_is_probed_then)
{
    struct lockout lockout = {.phase = LOCKOUT_WATCHING};
    ck_assert_int_eq(play(&lockout, "r6"), 6);
    ck_assert_int_eq(lockout_judge_unprobed(&lockout), LOCKOUT_UNDECIDED);
    ck_assert_int_eq(play(&lockout, "pr"), 1);
    ck_assert_int_eq(lockout.phase, LOCKOUT_PROBES_REFUSED);
}
END_TEST

START_TEST(nothing_is_held_back_of_a_host_that_never_served)
{
    struct lockout lockout = {.phase = LOCKOUT_WATCHING};
    struct lockout_response response = response_of('f', 99);
    ck_assert(lockout_note(&lockout, &response).hold);
    ck_assert_int_eq(play(&lockout, "f4"), 4);
    ck_assert_int_eq(lockout_judge_unprobed(&lockout), LOCKOUT_UNDECIDED);
    response = response_of('f', lockout_probe_key(&lockout));
    ck_assert_int_eq(lockout_note_probe(&lockout, &response), LOCKOUT_UNDECIDED);
    ck_assert_int_eq(lockout_note_probe(&lockout, &response), LOCKOUT_THESE_ONLY);
    response = response_of('f', 100);
    ck_assert(!lockout_note(&lockout, &response).hold);
    response = response_of('p', 101);
    response.began_ms = 1000;
    ck_assert(lockout_note(&lockout, &response).release);
    ck_assert_int_eq(play(&lockout, "pppf20"), 3 + 10);
}
END_TEST

/* Notes the responses, and returns a letter for each: h held back, r it counts and releases the
 * others, - it counts. */
static void advices(const char *script, char *out)
{
    struct lockout lockout = {.phase = LOCKOUT_WATCHING};
    for (size_t i = 0; script[i]; i++) {
        struct lockout_response response = response_of(script[i], (int64_t)i + 1);
        response.began_ms = (int64_t)i * 10 + 1;
        response.ended_ms = (int64_t)i * 10 + 10;
        struct lockout_advice advice = lockout_note(&lockout, &response);
        *out++ = advice.hold ? 'h' : advice.release ? 'r' : '-';
    }
    *out = '\0';
}

static const char *const advice_of[][2] = {
    {"ppp", "rrr"},       {"pff", "rhh"},   {"pffp", "rhhr"}, {"prrr", "r-hh"},
    {"prrrp", "r-hh-"},   {"psss", "rrhh"}, {"pnnn", "r-hh"}, {"prwrwr", "r-rhhh"},
    {"pfFfPp", "rhhhrr"}, {"pfdf", "rh-h"},
};

START_TEST(what_may_be_a_refusal_is_held_back_until_it_is_clear)
{
    char out[32];
    advices(advice_of[_i][0], out);
    ck_assert_str_eq(out, advice_of[_i][1]);
}
END_TEST

/* Plays a script, and packs what is known then.  Returns the bytes that it needs. */
static size_t size_when_packed(const char *responses)
{
    struct lockout lockout, again;
    memset(&lockout, 0, sizeof lockout);
    memset(&again, 0xff, sizeof again);
    play(&lockout, responses);
    struct lockout_pack *pack = lockout_pack(&lockout);
    ck_assert_ptr_nonnull(pack);
    lockout_unpack(pack, &again);
    ck_assert_mem_eq(&lockout, &again, sizeof lockout);
    size_t size = lockout_pack_size(pack);
    free(pack);
    return size;
}

START_TEST(a_host_of_one_picture_needs_little_memory)
{
    size_t nothing = size_when_packed(""), one = size_when_packed("P"),
           many = size_when_packed("p9P9s9S9f3p9r2d3n5");
    ck_assert_uint_lt(nothing, 64);
    ck_assert_uint_lt(one, 256);
    ck_assert_uint_gt(many, one);
    ck_assert_uint_lt(many, 2 * sizeof(struct lockout));
}
END_TEST

#define COUNT(table) (int)(sizeof(table) / sizeof *(table))

int main(void)
{
    Suite *suite = suite_create("lockout");
    TCase *test = tcase_create("responses");
    tcase_add_loop_test(test, a_host_that_begins_to_refuse_is_suspected, 0, COUNT(suspects));
    tcase_add_loop_test(test, requests_side_by_side_hide_nothing, 0, COUNT(mixed));
    tcase_add_test(test, a_page_that_looks_like_the_refused_parts_is_taken_back_too);
    tcase_add_loop_test(test, a_healthy_host_is_not, 0, COUNT(healthy));
    tcase_add_loop_test(test, what_is_not_clear_at_the_end_is_in_doubt, 0, COUNT(endings));
    tcase_add_loop_test(test, probes_tell_a_lock_out_from_what_only_some_urls_have, 0,
                        COUNT(probings));
    tcase_add_loop_test(test, a_list_that_was_read_before_and_is_empty_now_is_probed, 0,
                        COUNT(emptied));
    tcase_add_loop_test(test, what_the_archive_has_tells_whether_a_probe_is_served, 0,
                        COUNT(later));
    tcase_add_test(test, a_later_run_may_end_with_few_that_are_alike);
    tcase_add_test(test, what_all_redirects_lead_to_is_no_probe);
    tcase_add_loop_test(test, what_passed_is_asked_for_once_more, 0, COUNT(passing));
    tcase_add_test(test, what_was_wrong_once_takes_twice_as_much);
    tcase_add_loop_test(test, what_failed_while_others_were_served_says_nothing_of_the_host, 0, 5);
    tcase_add_test(test, others_that_are_refused_still_tell);
    tcase_add_test(test, after_a_run_that_was_shut_out_one_refusal_is_enough);
    tcase_add_loop_test(test, a_host_that_never_served_cannot_be_probed, 0, COUNT(unprobed));
    tcase_add_loop_test(test, a_host_that_served_nothing_is_asked_again, 0, COUNT(unproven));
    tcase_add_test(test, a_host_that_serves_later_is_probed_then);
    tcase_add_test(test, nothing_is_held_back_of_a_host_that_never_served);
    tcase_add_loop_test(test, what_may_be_a_refusal_is_held_back_until_it_is_clear, 0,
                        COUNT(advice_of));
    tcase_add_test(test, a_host_of_one_picture_needs_little_memory);
    suite_add_tcase(suite, test);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
