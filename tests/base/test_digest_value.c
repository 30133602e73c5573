/* Digests of the empty text, as programs write them. */
#include <config.h>

#include <check.h>
#include <stdlib.h>

#include "base/digest_value.h"

static const char sha1[] = "sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ";

static void is_the_same(const char *other)
{
    ck_assert_msg(digest_value_same(text_of(sha1), text_of(other)), "%s", other);
    ck_assert_msg(digest_value_same(text_of(other), text_of(sha1)), "%s", other);
}

static void is_another(const char *one, const char *other)
{
    ck_assert_msg(!digest_value_same(text_of(one), text_of(other)), "%s", other);
    ck_assert_msg(!digest_value_same(text_of(other), text_of(one)), "%s", other);
}

static enum digest_reading read_as(const char *written, struct digest_value *value)
{
    return digest_value_read(text_of(written), value);
}

START_TEST(one_value_is_written_in_many_ways)
{
    is_the_same("sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ");
    is_the_same("SHA-1:3i42h3s6nnfq2msvx7xzkyayscx5qbyj");
    is_the_same("sha1:da39a3ee5e6b4b0d3255bfef95601890afd80709");
    is_the_same("sha1:DA39A3EE5E6B4B0D3255BFEF95601890AFD80709");
    is_the_same("sha1:2jmj7l5rSw0yVb/vlWAYkK/YBwk=");
    is_the_same("sha1:2jmj7l5rSw0yVb_vlWAYkK_YBwk");
    is_the_same("3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ");
    is_the_same("da39a3ee5e6b4b0d3255bfef95601890afd80709");
}
END_TEST

START_TEST(another_value_or_algorithm_is_another_digest)
{
    is_another(sha1, "sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYK");
    is_another(sha1, "sha1:da39a3ee5e6b4b0d3255bfef95601890afd80708");
    is_another(sha1, "md5:d41d8cd98f00b204e9800998ecf8427e");
    is_another(sha1, "sha256:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ");
    is_another("sha1:2jmj7l5rSw0yVb/vlWAYkK/YBwk=", "sha1:2JMJ7l5rSw0yVb/vlWAYkK/YBwk=");
    is_another("crc32:00000000", "crc32:00000001");
    ck_assert(digest_value_same(TEXT("crc32:0000000a"), TEXT("CRC32:0000000A")));
    is_another("md5:d41d8cd98f00b204e9800998ecf8427e", "md5:2QOYZWMPACZAJ2MABGMOZ6CCPA");
}
END_TEST

START_TEST(the_form_is_told)
{
    struct digest_value value;
    ck_assert_int_eq(read_as("sha-256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", &value),
                     DIGEST_IS_READ);
    ck_assert_int_eq(value.kind, DIGEST_SHA256);
    ck_assert_int_eq(value.form, DIGEST_BASE64);
    ck_assert_uint_eq(value.length, 32);
    ck_assert_int_eq(value.bytes[0], 0xe3);
    ck_assert_int_eq(value.bytes[31], 0x55);
    ck_assert(value.dashed && value.padded && !value.unusual_case);

    ck_assert_int_eq(read_as("md5:2qoyzwmpaczaj2mabgmoz6ccpy", &value), DIGEST_IS_READ);
    ck_assert_int_eq(value.form, DIGEST_BASE32);
    ck_assert(!value.dashed && !value.padded && value.unusual_case);
}
END_TEST

START_TEST(what_is_no_digest_is_told)
{
    struct digest_value value;
    ck_assert_int_eq(read_as("", &value), DIGEST_HAS_NO_LABEL);
    ck_assert_int_eq(read_as("sha1:", &value), DIGEST_HAS_NO_LABEL);
    ck_assert_int_eq(read_as(":3I42", &value), DIGEST_HAS_NO_LABEL);
    ck_assert_int_eq(read_as("3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ", &value), DIGEST_HAS_NO_LABEL);
    ck_assert_int_eq(read_as("crc32:00000000", &value), DIGEST_IS_OF_UNKNOWN_ALGORITHM);
    ck_assert_int_eq(read_as("a-label-without-end:00", &value), DIGEST_IS_OF_UNKNOWN_ALGORITHM);
    ck_assert_int_eq(read_as("sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBY", &value), DIGEST_HAS_BAD_VALUE);
    ck_assert_int_eq(read_as("sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBY1", &value),
                     DIGEST_HAS_BAD_VALUE);
    ck_assert_int_eq(read_as("md5:====", &value), DIGEST_HAS_BAD_VALUE);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("digest_value");
    TCase *all = tcase_create("all");
    tcase_add_test(all, one_value_is_written_in_many_ways);
    tcase_add_test(all, another_value_or_algorithm_is_another_digest);
    tcase_add_test(all, the_form_is_told);
    tcase_add_test(all, what_is_no_digest_is_told);
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
