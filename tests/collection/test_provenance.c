/* The metadata record: what is written is read back equal, and what other crawlers wrote does no
 * harm. */
#include <config.h>

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "collection/provenance.h"
#include "tests/collection/provenance_rewrite.h"

enum { TRIES = 2000, BLOCK_MOST = 1 << 20 };

/* ---- random records, the same each time ---- */

struct chance {
    uint64_t state;
    struct buf words; /* of one record, whose texts are borrowed from here */
};

static uint64_t draw(struct chance *chance, uint64_t below)
{
    chance->state = chance->state * 6364136223846793005u + 1442695040888963407u;
    return (chance->state >> 33) % below;
}

static bool toss(struct chance *chance)
{
    return draw(chance, 2) == 1;
}

/* A value as a field may have it: no blank at either end; blanks, colons and letters of two bytes
 * between. */
static struct text draw_words(struct chance *chance, bool blanks)
{
    static const char *const parts[] = {"a",   "Z",        "7", ":", "/", "?", "=",
                                        "%0A", "\xc3\xa4", "-", ".", ",", ";", "outlink"};
    size_t count = 1 + draw(chance, 12), begin = chance->words.length;
    if (!toss(chance))
        return TEXT("");
    for (size_t i = 0; i < count; i++) {
        buf_add(&chance->words, parts[draw(chance, sizeof parts / sizeof *parts)]);
        if (blanks && i + 1 < count && draw(chance, 4) == 0)
            buf_add(&chance->words, " ");
    }
    return text_skip(buf_text(&chance->words), begin);
}

static struct text draw_url(struct chance *chance)
{
    size_t begin = chance->words.length;
    buf_printf(&chance->words, "http://h%d.example/", (int)draw(chance, 100));
    draw_words(chance, false);
    return text_skip(buf_text(&chance->words), begin);
}

static int64_t draw_number(struct chance *chance)
{
    return toss(chance) ? 0 : (int64_t)draw(chance, 1 << 30);
}

static void draw_lines(struct chance *chance, struct buf *lines)
{
    for (int i = (int)draw(chance, 6); i > 0; i--) {
        enum url_rule rule = (enum url_rule)(URL_RULE_NONE + 1 + draw(chance, URL_RULES - 1));
        struct link link = {.url = draw_url(chance),
                            .class = (enum link_class)draw(chance, LINK_CLASSES),
                            .certainty = toss(chance) ? LINK_CERTAIN : LINK_POSSIBLE,
                            .rule = toss(chance) ? rule : URL_RULE_NONE,
                            .where = draw_words(chance, true)};
        if (toss(chance))
            provenance_write_outlink(lines, &link, "LEXMI"[draw(chance, 5)]);
        else if (toss(chance))
            provenance_write_not_followed(lines, rule, link.url);
        else if (toss(chance))
            provenance_write_rule_off(lines, rule, link.url);
        else
            provenance_write_head(lines, (enum provenance_line_kind)draw(chance, 3), link.where);
    }
}

static struct provenance_record draw_record(struct chance *chance)
{
    struct provenance_record record = {
        .via = toss(chance) ? draw_url(chance) : TEXT(""),
        .hops = toss(chance) ? TEXT("LLEX") : TEXT(""),
        .kind = (enum visit_kind)draw(chance, VISIT_KINDS),
        .depth = (int)draw_number(chance),
        .period = toss(chance) ? 20180600 : 0,
        .attempts = (int)draw(chance, 20),
        .took_ms = draw_number(chance),
        .rules_of = toss(chance) ? TEXT("h.example:8080") : TEXT(""),
        .heads_by = draw_words(chance, true),
        .refused = draw_words(chance, true),
        .robots_meta = draw_words(chance, true),
        .redacted = draw_words(chance, true),
        .certificates = draw_words(chance, false),
        .error = draw_words(chance, true),
        .redirect = toss(chance) ? draw_url(chance) : TEXT(""),
        .change = (enum change)draw(chance, CHANGE_COUNT),
        .chunks = (enum provenance_chunks)draw(chance, 3),
        .not_http = toss(chance),
        .trailers = toss(chance),
        .just_ended = toss(chance),
        .certificate_unchecked = toss(chance),
    };
    if (toss(chance)) {
        record.body_error = (enum body_error)(1 + draw(chance, BODY_ERRORS - 1));
        record.body_read_bytes = draw_number(chance);
    }
    if (toss(chance))
        record.times = (struct provenance_times){.reused = toss(chance),
                                                 .secured_us = draw_number(chance),
                                                 .first_octet_us = 1 + draw_number(chance)};
    if (record.times.first_octet_us && !record.times.reused) {
        record.times.looked_up_us = draw_number(chance);
        record.times.connected_us = draw_number(chance);
    }
    if (toss(chance)) {
        record.collision.date = TEXT("2026-01-02T03:04:05.006Z");
        record.collision.url = draw_url(chance);
    }
    if (toss(chance)) {
        record.resolved_host = TEXT("h.example");
        record.resolved = TEXT("192.0.2.1 2001:db8::1");
    }
    return record;
}

static void check_same(const struct provenance_record *a, const struct provenance_record *b)
{
    const size_t texts[] = {offsetof(struct provenance_record, via),
                            offsetof(struct provenance_record, hops),
                            offsetof(struct provenance_record, rules_of),
                            offsetof(struct provenance_record, heads_by),
                            offsetof(struct provenance_record, refused),
                            offsetof(struct provenance_record, robots_meta),
                            offsetof(struct provenance_record, redacted),
                            offsetof(struct provenance_record, certificates),
                            offsetof(struct provenance_record, error),
                            offsetof(struct provenance_record, redirect),
                            offsetof(struct provenance_record, resolved),
                            offsetof(struct provenance_record, resolved_host),
                            offsetof(struct provenance_record, collision.date),
                            offsetof(struct provenance_record, collision.url)};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct text x, y;
        memcpy(&x, (const char *)a + texts[i], sizeof x);
        memcpy(&y, (const char *)b + texts[i], sizeof y);
        ck_assert_msg(text_equal(x, y), "text %zu: \"%.*s\" is read as \"%.*s\"", i, TEXT_ARGS(x),
                      TEXT_ARGS(y));
    }
    ck_assert_int_eq(a->kind, b->kind);
    ck_assert_int_eq(a->depth, b->depth);
    ck_assert_int_eq(a->period, b->period);
    ck_assert_int_eq(a->attempts, b->attempts);
    ck_assert_int_eq(a->took_ms, b->took_ms);
    ck_assert_int_eq(a->times.reused, b->times.reused);
    ck_assert_int_eq(a->times.looked_up_us, b->times.looked_up_us);
    ck_assert_int_eq(a->times.connected_us, b->times.connected_us);
    ck_assert_int_eq(a->times.secured_us, b->times.secured_us);
    ck_assert_int_eq(a->times.first_octet_us, b->times.first_octet_us);
    ck_assert_int_eq(a->change, b->change);
    ck_assert_int_eq(a->chunks, b->chunks);
    ck_assert_int_eq(a->body_error, b->body_error);
    ck_assert_int_eq(a->body_read_bytes, b->body_read_bytes);
    ck_assert_int_eq(a->not_http, b->not_http);
    ck_assert_int_eq(a->trailers, b->trailers);
    ck_assert_int_eq(a->just_ended, b->just_ended);
    ck_assert_int_eq(a->certificate_unchecked, b->certificate_unchecked);
}

START_TEST(what_is_written_is_read_back_equal)
{
    struct chance chance = {.state = 7};
    struct buf lines, block, again;
    buf_init(&chance.words, BLOCK_MOST);
    buf_init(&lines, BLOCK_MOST);
    buf_init(&block, BLOCK_MOST);
    buf_init(&again, BLOCK_MOST);
    buf_room(&chance.words, BLOCK_MOST / 2); /* its texts must not move */
    for (int i = 0; i < TRIES; i++) {
        struct provenance_record read;
        struct text malformed;
        buf_clear(&chance.words);
        buf_clear(&lines);
        buf_clear(&block);
        buf_clear(&again);
        struct provenance_record written = draw_record(&chance);
        draw_lines(&chance, &lines);
        written.lines = buf_text(&lines);
        provenance_write(&written, &block);
        provenance_read(buf_text(&block), &read, &malformed);
        check_same(&written, &read);
        ck_assert_msg(!malformed.length, "%.*s", TEXT_ARGS(malformed));
        provenance_rewrite(buf_text(&block), &again);
        ck_assert_str_eq(again.data, block.data);
    }
    buf_release(&chance.words);
    buf_release(&lines);
    buf_release(&block);
    buf_release(&again);
}
END_TEST

/* ---- single cases ---- */

static struct provenance_record read_block(const char *block)
{
    struct provenance_record record;
    provenance_read(text_of(block), &record, NULL);
    return record;
}

static struct provenance_line first_line(const char *block)
{
    struct text lines = text_of(block);
    struct provenance_line line;
    ck_assert(provenance_next(&lines, &line));
    return line;
}

static void check_text(struct text text, const char *wanted)
{
    ck_assert_msg(text_equal(text, text_of(wanted)), "\"%.*s\", not \"%s\"", TEXT_ARGS(text),
                  wanted);
}

/* As in archives of 2025: fields that occur once come after the links, and two have old names. */
START_TEST(records_of_earlier_versions_are_read)
{
    const char *block = "seed:\r\nclass: seed\r\ndepth: 0\r\ntries: 1\r\n"
                        "interim: HTTP/1.1 103 Early Hints\r\nrobotsWish: noindex\r\n"
                        "outlink: http://h/2 L pager? link@href\r\n"
                        "outlink: http://h/new R redirect Location\r\n"
                        "bodyFault: ends-early 17\r\n"
                        "chunkFraming: taken off (--store-chunked=strip), and so on\r\n";
    struct provenance_record record = read_block(block);
    check_text(record.via, "");
    check_text(record.robots_meta, "noindex");
    check_text(record.redirect, "http://h/new");
    ck_assert_int_eq(record.kind, VISIT_SEED);
    ck_assert_int_eq(record.chunks, CHUNKS_TAKEN_OFF);
    ck_assert_int_eq(record.body_error, BODY_ENDS_EARLY);
    ck_assert_int_eq(record.body_read_bytes, 17);
    struct provenance_line line = first_line(strstr(block, "outlink:"));
    check_text(line.url, "http://h/2");
    check_text(line.where, "link@href");
    ck_assert_int_eq(line.class, LINK_PAGER);
    ck_assert_int_eq(line.certainty, LINK_POSSIBLE);
    struct text after = text_of(strstr(block, "outlink: http://h/new"));
    ck_assert_msg(!provenance_next(&after, &line), "the redirect is given as a link too");
}
END_TEST

START_TEST(a_trap_that_is_only_possible_keeps_its_rule)
{
    struct provenance_line line = first_line("outlink: http://h/?o=1 L trap:url.order? a@href\r\n");
    ck_assert_int_eq(line.class, LINK_TRAP);
    ck_assert_int_eq(line.certainty, LINK_POSSIBLE);
    ck_assert_int_eq(line.rule, URL_RULE_URL_ORDER);
}
END_TEST

START_TEST(a_rule_of_a_later_version_still_counts)
{
    struct provenance_line line = first_line("outlink: http://h/ L trap:moon.full a@href\r\n");
    ck_assert_int_eq(line.class, LINK_TRAP);
    ck_assert_int_eq(line.rule, URL_RULE_TRAP);
    line = first_line("notFollowed: moon.full http://h/\r\n");
    ck_assert_int_eq(line.rule, URL_RULE_TRAP);
    check_text(line.url, "http://h/");
}
END_TEST

START_TEST(suspects_that_were_left_out_are_told_apart)
{
    struct buf lines;
    buf_init(&lines, 1000);
    provenance_write_suspect(&lines, URL_RULE_PRINT, TEXT("http://h/?print=1"));
    ck_assert_str_eq(lines.data, "suspectNotFollowed: print http://h/?print=1\r\n");
    struct provenance_line line = first_line(lines.data);
    ck_assert_int_eq(line.kind, PROVENANCE_NOT_FOLLOWED);
    ck_assert_int_eq(line.rule, URL_RULE_PRINT);
    ck_assert(line.suspected);
    check_text(line.url, "http://h/?print=1");
    ck_assert(!first_line("notFollowed: print http://h/?print=1\r\n").suspected);
    buf_release(&lines);
}
END_TEST

START_TEST(links_of_other_crawlers_have_a_url_and_a_place)
{
    struct provenance_line line = first_line("outlink: http://h/i.png E img/@src\r\n");
    check_text(line.url, "http://h/i.png");
    check_text(line.where, "img/@src");
    ck_assert_int_eq(line.hop, 'E');
    ck_assert_int_eq(line.class, LINK_CLASSES);
}
END_TEST

START_TEST(of_two_fields_the_first_counts)
{
    struct provenance_record record = read_block("depth: 2\r\ndepth: 3\r\nrobotsMeta: nofollow\r\n"
                                                 "robotsWish: noindex\r\n"
                                                 "bodyError: too-long 9\r\n"
                                                 "bodyFault: too-long 8\r\n");
    ck_assert_int_eq(record.depth, 2);
    check_text(record.robots_meta, "nofollow");
    ck_assert_int_eq(record.body_read_bytes, 9);
}
END_TEST

static const char *const malformed_lines[] = {
    "class: harbour",
    "bodyError: lost 3",
    "bodyError: sound 3",
    "bodyError: too-long",
    "bodyError: too-long many",
    "depth: -1",
    "depth: 2147483648",
    "period: 2018",
    "period: 20181301",
    "period: 06810200",
    "fetchTimeMs: soon",
    "fetchTimesUs: lunch 3",
    "fetchTimesUs: lookup",
    "tries: 1e3",
    "change: none",
    "trailers: perhaps",
    "chunkFraming: whole",
    "sha1CollisionWith: 2026",
    "resolved: h.example",
    "certificate: checked",
    "outlink:",
    "notFollowed: excluded",
    "suspectNotFollowed: print",
    "notFollowed: excluded http://h/ http://i/",
    "ruleOff: print",
};

START_TEST(a_malformed_field_is_reported_and_skipped)
{
    char block[256];
    struct provenance_record record;
    struct text malformed;
    snprintf(block, sizeof block, "via: http://h/\r\n%s\r\nerror: it broke\r\n",
             malformed_lines[_i]);
    provenance_read(text_of(block), &record, &malformed);
    struct provenance_record wanted = {.via = TEXT("http://h/"),
                                       .kind = VISIT_PAGE,
                                       .error = TEXT("it broke")};
    check_same(&wanted, &record);
    if (strchr(malformed_lines[_i], ' '))
        check_text(malformed, malformed_lines[_i]);
    else
        ck_assert(malformed.length > 0);
}
END_TEST

START_TEST(text_from_outside_cannot_add_fields)
{
    struct buf block;
    struct provenance_record record = {.error = TEXT("a\r\noutlink: http://h/ L page a@href\xff"),
                                       .kind = VISIT_PAGE};
    buf_init(&block, BLOCK_MOST);
    provenance_write(&record, &block);
    record = read_block(block.data);
    check_text(record.error, "a%0D%0Aoutlink: http://h/ L page a@href%FF");
    struct provenance_line line;
    ck_assert(!provenance_next(&record.lines, &line));
    buf_release(&block);
}
END_TEST

/* Every field that is written stands in warccap-records(7). */
START_TEST(the_manual_names_every_field)
{
    char path[4096], *page = calloc(1, BLOCK_MOST);
    const char *top = getenv("TOP_SRCDIR");
    struct chance chance = {.state = 1};
    struct buf block;
    snprintf(path, sizeof path, "%s/doc/warccap-records.7", top ? top : ".");
    FILE *file = fopen(path, "r");
    ck_assert_msg(file && page, "%s cannot be read", path);
    ck_assert(fread(page, 1, BLOCK_MOST - 1, file) > 0);
    fclose(file);
    buf_init(&block, BLOCK_MOST);
    buf_init(&chance.words, BLOCK_MOST);
    buf_room(&chance.words, BLOCK_MOST / 2);
    for (int i = 0; i < 100; i++) {
        struct provenance_record record = draw_record(&chance);
        provenance_write(&record, &block);
        draw_lines(&chance, &block);
        buf_clear(&chance.words);
    }
    struct text rest = buf_text(&block), line;
    while (text_split(&rest, '\n', &line) && line.length) {
        char name[64];
        ptrdiff_t colon = text_find_char(line, ':');
        ck_assert(colon > 0);
        snprintf(name, sizeof name, "%.*s", (int)colon, line.at);
        ck_assert_msg(strstr(page, name), "%s", name);
    }
    buf_release(&block);
    buf_release(&chance.words);
    free(page);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("provenance");
    TCase *tests = tcase_create("record");
    tcase_add_test(tests, what_is_written_is_read_back_equal);
    tcase_add_test(tests, records_of_earlier_versions_are_read);
    tcase_add_test(tests, a_trap_that_is_only_possible_keeps_its_rule);
    tcase_add_test(tests, a_rule_of_a_later_version_still_counts);
    tcase_add_test(tests, suspects_that_were_left_out_are_told_apart);
    tcase_add_test(tests, links_of_other_crawlers_have_a_url_and_a_place);
    tcase_add_test(tests, of_two_fields_the_first_counts);
    tcase_add_loop_test(tests, a_malformed_field_is_reported_and_skipped, 0,
                        sizeof malformed_lines / sizeof *malformed_lines);
    tcase_add_test(tests, text_from_outside_cannot_add_fields);
    tcase_add_test(tests, the_manual_names_every_field);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failures = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failures ? EXIT_FAILURE : EXIT_SUCCESS;
}
