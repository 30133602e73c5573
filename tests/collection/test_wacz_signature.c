/* Keys are made, read again, and sign; what was altered does not hold. */
#include <config.h>

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "collection/wacz_signature.h"

static const struct text hash = {"sha256:0123456789abcdef", sizeof "sha256:0123456789abcdef" - 1};
static char directory[] = "/tmp/warccap-signature.XXXXXX";
static char path[64];
static struct wacz_key *key;

static void begin(void)
{
    struct trouble trouble;
    bool made;
    strcpy(directory, "/tmp/warccap-signature.XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(directory));
    snprintf(path, sizeof path, "%s/key", directory);
    ck_assert_int_eq(wacz_key_open(path, &key, &made, &trouble), RESULT_OK);
    ck_assert(made);
}

static void end(void)
{
    wacz_key_free(key);
    unlink(path);
    rmdir(directory);
}

START_TEST(a_key_is_read_again)
{
    struct wacz_key *again;
    struct trouble trouble;
    bool made;
    char signature[WACZ_SIGNATURE];
    ck_assert_int_eq(wacz_key_open(path, &again, &made, &trouble), RESULT_OK);
    ck_assert(!made);
    ck_assert_str_eq(wacz_key_public(key), wacz_key_public(again));
    ck_assert_int_eq(wacz_key_sign(again, hash, signature, &trouble), RESULT_OK);
    ck_assert(wacz_signature_holds(hash, text_of(signature), text_of(wacz_key_public(key))));
    wacz_key_free(again);
}
END_TEST

START_TEST(two_signatures_hold_and_differ)
{
    char one[WACZ_SIGNATURE], other[WACZ_SIGNATURE];
    ck_assert_int_eq(wacz_key_sign(key, hash, one, NULL), RESULT_OK);
    ck_assert_int_eq(wacz_key_sign(key, hash, other, NULL), RESULT_OK);
    ck_assert_str_ne(one, other);
    ck_assert_uint_eq(strlen(one), WACZ_SIGNATURE - 1);
    ck_assert(wacz_signature_holds(hash, text_of(one), text_of(wacz_key_public(key))));
    ck_assert(wacz_signature_holds(hash, text_of(other), text_of(wacz_key_public(key))));
}
END_TEST

/* Each character of the signature and of the key, and the text. */
START_TEST(what_is_altered_does_not_hold)
{
    char signature[WACZ_SIGNATURE], public_key[WACZ_PUBLIC_KEY];
    ck_assert_int_eq(wacz_key_sign(key, hash, signature, NULL), RESULT_OK);
    strcpy(public_key, wacz_key_public(key));
    for (size_t i = 0; i < strlen(signature); i++) {
        char was = signature[i];
        signature[i] = was == 'A' ? 'B' : 'A';
        ck_assert_msg(!wacz_signature_holds(hash, text_of(signature), text_of(public_key)), "%zu",
                      i);
        signature[i] = was;
    }
    for (size_t i = 0; i < strlen(public_key); i++) {
        char was = public_key[i];
        public_key[i] = was == 'A' ? 'B' : 'A';
        ck_assert_msg(!wacz_signature_holds(hash, text_of(signature), text_of(public_key)), "%zu",
                      i);
        public_key[i] = was;
    }
    ck_assert(!wacz_signature_holds(TEXT("sha256:1"), text_of(signature), text_of(public_key)));
    ck_assert(wacz_signature_holds(hash, text_of(signature), text_of(public_key)));
}
END_TEST

START_TEST(what_is_no_signature_does_not_hold)
{
    static const char *const words[] = {"", "A", "AAAA", "====", "%%%%", "AAAA====", "\n\n\n\n"};
    char signature[WACZ_SIGNATURE], longer[4096];
    ck_assert_int_eq(wacz_key_sign(key, hash, signature, NULL), RESULT_OK);
    memset(longer, 'A', sizeof longer);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        ck_assert(!wacz_signature_holds(hash, text_of(words[i]), text_of(wacz_key_public(key))));
        ck_assert(!wacz_signature_holds(hash, text_of(signature), text_of(words[i])));
    }
    for (size_t length = 4; length <= sizeof longer; length += 4) {
        struct text zeros = {longer, length};
        ck_assert(!wacz_signature_holds(hash, zeros, text_of(wacz_key_public(key))));
        ck_assert(!wacz_signature_holds(hash, text_of(signature), zeros));
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("wacz_signature");
    TCase *tests = tcase_create("wacz_signature");
    tcase_add_checked_fixture(tests, begin, end);
    tcase_add_test(tests, a_key_is_read_again);
    tcase_add_test(tests, two_signatures_hold_and_differ);
    tcase_add_test(tests, what_is_altered_does_not_hold);
    tcase_add_test(tests, what_is_no_signature_does_not_hold);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
