/* The rules for fields of a header, one value at a time and together. */
#include <config.h>

#include <check.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "warc/rules.h"

/* Collects the names of the reported rules, each followed by a blank. */
struct heard {
    char names[1024];
    char words[RULE_WORDS];
};

static void hear(void *context, enum rule rule, const char *words)
{
    struct heard *heard = context;
    size_t length = strlen(heard->names);
    snprintf(heard->names + length, sizeof heard->names - length, "%s ", warc_rule(rule)->name);
    snprintf(heard->words, sizeof heard->words, "%s", words);
}

static struct heard check_record(const struct warc_record *record)
{
    struct heard heard = {{0}, {0}};
    struct rule_listener listener = {hear, &heard};
    rules_check(record, &listener);
    return heard;
}

/* Checks a record that is good except for the one field given, which replaces the field with its
 * name. */
static struct heard check_field(enum warc_type type, int version, const char *name,
                                const char *value)
{
    struct warc_field fields[8] = {
        {"WARC-Type", warc_type_name(type)},
        {"WARC-Record-ID", "<urn:uuid:00000000-0000-4000-8000-000000000001>"},
        {"WARC-Date", version == 10 ? "2016-03-04T05:06:07Z" : "2026-03-04T05:06:07.123Z"},
        {"Content-Type", "application/http;msgtype=response"},
        {"Content-Length", "7"},
    };
    struct warc_record record = {type, version, fields, 5, 7};
    if (type != WARC_WARCINFO)
        fields[record.field_count++] =
            (struct warc_field){"WARC-Target-URI", "http://example.com/"};
    size_t at = 0;
    while (at < record.field_count && strcmp(fields[at].name, name) != 0)
        at++;
    fields[at] = (struct warc_field){name, value};
    record.field_count += at == record.field_count;
    return check_record(&record);
}

START_TEST(each_rule_has_a_name_of_its_own)
{
    for (enum rule a = 0; a < RULE_COUNT; a++) {
        const struct warc_rule *row = warc_rule(a);
        ck_assert_ptr_eq(rule_by_name(row->name), row);
        for (const char *c = row->name; *c; c++)
            ck_assert_msg((*c >= 'a' && *c <= 'z') || (*c >= '0' && *c <= '9') || *c == '-', "%s",
                          row->name);
        ck_assert_uint_gt(strlen(row->words), 10);
        ck_assert_uint_lt(strlen(row->words), 80);
        ck_assert_uint_gt(strlen(row->clause), 0);
    }
    ck_assert_ptr_null(warc_rule(RULE_COUNT));
    ck_assert_ptr_null(rule_by_name("no-such-rule"));
    ck_assert(rule_is_about_frame("gzip-crc"));
    ck_assert(rule_is_about_frame("record-trailer"));
    ck_assert(!rule_is_about_frame("date-form"));
    ck_assert(!rule_is_about_frame("no-such-rule"));
    ck_assert_str_eq(warc_level_name(WARC_WARNING), "warning");
}
END_TEST

struct sample {
    enum warc_type type;
    const char *name, *value, *rules; /* "": the value is good */
};

static const struct sample samples[] = {
    {WARC_RESPONSE, "WARC-Target-URI", "dns:example.com", ""},
    {WARC_RESPONSE, "WARC-Target-URI", "urn:warccap:run", ""},
    {WARC_RESPONSE, "WARC-Target-URI", "http://example.com/?a=b&c=%20~!$'()*+,;:@", ""},
    {WARC_RESPONSE, "WARC-Target-URI", "", "uri-relative "},
    {WARC_RESPONSE, "WARC-Target-URI", "example.com/a", "uri-relative "},
    {WARC_RESPONSE, "WARC-Target-URI", "1http://a", "uri-relative "},
    {WARC_RESPONSE, "WARC-Target-URI", "http://e/\"", "uri-character "},
    {WARC_RESPONSE, "WARC-Target-URI", "http://e/{}", "uri-unwise "},
    {WARC_RESPONSE, "WARC-Target-URI", "http://e/%2", "uri-unwise "},
    {WARC_RESPONSE, "WARC-Target-URI", "<http://e/>", "uri-brackets "},
    {WARC_WARCINFO, "WARC-Target-URI", "http://e/", "field-not-allowed "},
    {WARC_RESPONSE, "WARC-Date", "2026-03-04T05:06:07Z", ""},
    {WARC_RESPONSE, "WARC-Date", "2026-03-04T05:06:07.123456789Z", ""},
    {WARC_RESPONSE, "WARC-Date", "2026", "date-precision "},
    {WARC_RESPONSE, "WARC-Date", "2026-03-04", "date-precision "},
    {WARC_RESPONSE, "WARC-Date", "2026-03-04T05:06Z", "date-precision "},
    {WARC_RESPONSE, "WARC-Date", "2026-13", "date-form "},
    {WARC_RESPONSE, "WARC-Date", "2026-03-04T05:06:07.Z", "date-form "},
    {WARC_RESPONSE, "WARC-Date", "", "date-form "},
    {WARC_RESPONSE, "WARC-Record-ID", "<https://example.com/1>", ""},
    {WARC_RESPONSE, "WARC-Record-ID", "<urn:>", "id-form "},
    {WARC_RESPONSE, "WARC-Record-ID", "<>", "id-form "},
    {WARC_RESPONSE, "WARC-Record-ID", "<urn:a><urn:b>", "id-form "},
    {WARC_RESPONSE, "WARC-Concurrent-To", "<urn:x:1>", ""},
    {WARC_WARCINFO, "WARC-Concurrent-To", "<urn:x:1>", "field-not-allowed "},
    {WARC_CONVERSION, "WARC-Refers-To", "<urn:x:1>", ""},
    {WARC_REQUEST, "WARC-Refers-To", "<urn:x:1>", "field-not-allowed "},
    {WARC_WARCINFO, "WARC-Filename", "a.warc.gz", ""},
    {WARC_RESOURCE, "WARC-Filename", "a.warc.gz", "field-not-allowed "},
    {WARC_RESPONSE, "WARC-IP-Address", "192.0.2.1", ""},
    {WARC_RESPONSE, "WARC-IP-Address", "2001:db8::1", ""},
    {WARC_RESPONSE, "WARC-IP-Address", "192.0.2.256", "address-form "},
    {WARC_RESPONSE, "WARC-IP-Address", "fe80::1%eth0", "address-form "},
    {WARC_RESPONSE, "WARC-IP-Address", "2001:DB8::1", "address-canonical "},
    {WARC_RESPONSE, "WARC-Block-Digest", "sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ", ""},
    {WARC_RESPONSE, "WARC-Block-Digest", "SHA1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ", ""},
    {WARC_RESPONSE, "WARC-Block-Digest", "sha1:da39a3ee5e6b4b0d3255bfef95601890afd80709", ""},
    {WARC_RESPONSE, "WARC-Block-Digest", "sha1:DA39A3EE5E6B4B0D3255BFEF95601890AFD80709",
     "digest-case "},
    {WARC_RESPONSE, "WARC-Block-Digest", "sha1:", "digest-form "},
    {WARC_RESPONSE, "WARC-Block-Digest", ":3I42H3S6", "digest-form "},
    {WARC_RESPONSE, "WARC-Block-Digest", "sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBY1", "digest-form "},
    {WARC_RESPONSE, "WARC-Block-Digest", "crc32:00000000", "digest-algorithm "},
    {WARC_METADATA, "WARC-Payload-Digest", "sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ",
     "field-not-allowed "},
    {WARC_RESPONSE, "Content-Type", "text/html;charset=\"a b\" ; x=y", ""},
    {WARC_RESPONSE, "Content-Type", "text/html charset=a", "content-type-form "},
    {WARC_RESPONSE, "Content-Type", "/html", "content-type-form "},
    {WARC_RESPONSE, "Content-Type", "", "content-type-form "},
    {WARC_RESPONSE, "Content-Length", "+7", "length-form "},
    {WARC_RESPONSE, "Content-Length", "9223372036854775808", "length-form "},
    {WARC_RESPONSE, "WARC-Truncated", "disconnect", ""},
    {WARC_RESPONSE, "WARC-Truncated", "Length", "truncated-reason "},
    {WARC_RESPONSE, "WARC-Segment-Number", "1", ""},
    {WARC_RESPONSE, "WARC-Segment-Number", "0", "segment-number "},
    {WARC_RESPONSE, "WARC-Segment-Total-Length", "7", "field-not-allowed "},
    {WARC_RESPONSE, "X-Own", "anything \xe2\x82\xac\xf0\x9f\x98\x80 goes\t", ""},
    {WARC_RESPONSE, "X-Own", "a\x01", "header-control "},
    {WARC_RESPONSE, "X-Own", "a\x7f", "header-control "},
    {WARC_RESPONSE, "X-Own", "\xc0\xaf", "header-utf8 "},
    {WARC_RESPONSE, "X-Own", "\xed\xa0\x80", "header-utf8 "},
    {WARC_RESPONSE, "X-Own", "\xf4\x90\x80\x80", "header-utf8 "},
    {WARC_RESPONSE, "X-Own", "\xe2\x82", "header-utf8 "},
    {WARC_RESPONSE, "X(Own", "a", "header-name "},
    {WARC_RESPONSE, "", "a", "header-name "},
};

START_TEST(judges_one_value)
{
    const struct sample *sample = &samples[_i];
    struct heard heard = check_field(sample->type, 11, sample->name, sample->value);
    ck_assert_msg(strcmp(heard.names, sample->rules) == 0, "%s: %s: \"%s\", not \"%s\"",
                  sample->name, sample->value, heard.names, sample->rules);
    if (*heard.words)
        ck_assert_msg(!strchr(heard.words, '\x01') && !strchr(heard.words, '\x7f'), "%s",
                      heard.words);
}
END_TEST

START_TEST(knows_the_rules_of_version_1_0)
{
    ck_assert_str_eq(check_field(WARC_RESPONSE, 10, "WARC-Date", "2016-03-04T05:06:07Z").names, "");
    ck_assert_str_eq(check_field(WARC_RESPONSE, 10, "WARC-Date", "2016-03-04T05:06:07.1Z").names,
                     "date-fraction ");
    ck_assert_str_eq(check_field(WARC_RESPONSE, 10, "WARC-Date", "2016").names, "date-form ");
    ck_assert_str_eq(check_field(WARC_RESPONSE, 10, "WARC-Target-URI", "<http://e/>").names,
                     "uri-brackets-old ");
    ck_assert_str_eq(check_field(WARC_UNKNOWN, 10, "WARC-Refers-To-Target-URI", "http://e/").names,
                     "type-unknown field-later ");
}
END_TEST

START_TEST(reports_missing_mandatory_fields)
{
    const struct warc_record nothing = {WARC_CONTINUATION, 11, NULL, 0, 0};
    ck_assert_str_eq(check_record(&nothing).names,
                     "field-missing field-missing field-missing field-missing "
                     "field-missing field-missing field-missing ");
    const struct warc_record unknown = {WARC_UNKNOWN, 11, NULL, 0, 1};
    ck_assert_str_eq(
        check_record(&unknown).names,
        "field-missing field-missing field-missing field-missing content-type-missing ");
}
END_TEST

START_TEST(checks_the_profile_of_a_revisit)
{
    static const char base[] = "http://netpreserve.org/warc/";
    char profile[100];
    snprintf(profile, sizeof profile, "%s1.1/revisit/server-not-modified", base);
    ck_assert_str_eq(check_field(WARC_REVISIT, 11, "WARC-Profile", profile).names, "");
    ck_assert_str_eq(check_field(WARC_REVISIT, 10, "WARC-Profile", profile).names,
                     "profile-version ");
    ck_assert_str_eq(check_field(WARC_RESPONSE, 11, "WARC-Profile", profile).names,
                     "field-not-allowed ");
    snprintf(profile, sizeof profile, "%s1.1/server-not-modified", base);
    ck_assert_str_eq(check_field(WARC_REVISIT, 11, "WARC-Profile", profile).names,
                     "profile-unknown ");
    snprintf(profile, sizeof profile, "%s1.1/revisit/identical-payload-digest", base);
    ck_assert_str_eq(check_field(WARC_REVISIT, 11, "WARC-Profile", profile).names,
                     "revisit-digest ");
}
END_TEST

START_TEST(only_some_fields_may_repeat)
{
    const struct warc_field fields[] = {
        {"WARC-Type", "response"},
        {"WARC-Record-ID", "<urn:x:1>"},
        {"WARC-Date", "2026-03-04T05:06:07Z"},
        {"WARC-Target-URI", "http://e/"},
        {"Content-Length", "0"},
        {"WARC-Concurrent-To", "<urn:x:2>"},
        {"WARC-Concurrent-To", "<urn:x:3>"},
        {"WARC-Protocol", "h2"},
        {"WARC-Protocol", "tls/1.3"},
        {"X-Own", "1"},
        {"X-Own", "2"},
        {"warc-date", "2026-03-04T05:06:07Z"},
    };
    struct warc_record record = {WARC_RESPONSE, 11, fields, 11, 0};
    ck_assert_str_eq(check_record(&record).names, "");
    record.field_count = 12;
    ck_assert_str_eq(check_record(&record).names, "field-repeated ");
}
END_TEST

START_TEST(types_and_fields_are_found_in_any_case)
{
    const struct warc_field fields[] = {{"A", "1"}, {"b", "2"}, {"a", "3"}};
    const struct warc_record record = {WARC_RESPONSE, 11, fields, 3, 0};
    ck_assert_str_eq(warc_record_field(&record, "a"), "1");
    ck_assert_str_eq(warc_record_field(&record, "B"), "2");
    ck_assert_ptr_null(warc_record_field(&record, "c"));
    for (enum warc_type type = WARC_WARCINFO; type < WARC_UNKNOWN; type++)
        ck_assert_int_eq(rules_type(warc_type_name(type)), type);
    ck_assert_int_eq(rules_type("RESPONSE"), WARC_RESPONSE);
    ck_assert_int_eq(rules_type("response "), WARC_UNKNOWN);
    ck_assert_str_eq(warc_type_name(WARC_UNKNOWN), "unknown");
    ck_assert_int_eq(rules_slot("warc-ip-address"), SLOT_FRONT);
    ck_assert_int_eq(rules_slot("X-Own"), SLOT_MIDDLE);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("warc rules");
    TCase *tests = tcase_create("rules");
    tcase_add_test(tests, each_rule_has_a_name_of_its_own);
    tcase_add_loop_test(tests, judges_one_value, 0, sizeof samples / sizeof samples[0]);
    tcase_add_test(tests, knows_the_rules_of_version_1_0);
    tcase_add_test(tests, reports_missing_mandatory_fields);
    tcase_add_test(tests, checks_the_profile_of_a_revisit);
    tcase_add_test(tests, only_some_fields_may_repeat);
    tcase_add_test(tests, types_and_fields_are_found_in_any_case);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
