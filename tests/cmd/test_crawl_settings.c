/* Lists of seeds: what of their lines becomes a seed, and what is told. */
#include <config.h>

#include <check.h>
#include <stdlib.h>

#include "cmd/crawl_settings.h"

static struct crawl_settings settings;

static void begin(void)
{
    ck_assert_ptr_nonnull(freopen("/dev/null", "w", stderr));
    settings = crawl_settings_defaults();
}

static void end(void)
{
    crawl_settings_release(&settings);
}

START_TEST(lines_are_seeds)
{
    ck_assert(crawl_settings_add_seeds(
        &settings, TEXT("\xef\xbb\xbfhttp://a.test/\r\n# no seed\n\n  b.test/x \nhttps://c.test"),
        "seeds.txt"));
    ck_assert_int_eq(settings.crawl.seed_count, 3);
    ck_assert_str_eq(settings.crawl.seeds[0], "http://a.test/");
    ck_assert_str_eq(settings.crawl.seeds[1], "http://b.test/x");
    ck_assert_str_eq(settings.crawl.seeds[2], "https://c.test");
}
END_TEST

/* Paths and queries of proxies hold URLs, also after a comma. */
START_TEST(two_urls_are_not_one_seed)
{
    ck_assert(crawl_settings_add_seed(&settings, TEXT("http://a.test/w_9,http://b.test/c"), ""));
    ck_assert(crawl_settings_add_seed(&settings, TEXT("http://a.test?u=b,http://b.test"), ""));
    ck_assert(!crawl_settings_add_seed(&settings, TEXT("http://a.test,http://b.test"), ""));
    ck_assert(!crawl_settings_add_seed(&settings, TEXT("a.test/,https://b.test/x"), ""));
    ck_assert(!crawl_settings_add_seed(&settings, TEXT("http://a.test/x http://b.test/x"), ""));
    ck_assert_int_eq(settings.crawl.seed_count, 2);
}
END_TEST

/* A file with a NUL is no text.  With --skip-bad its other lines are read. */
START_TEST(a_seed_is_not_cut_at_a_nul)
{
    static const struct text bytes = WORD("http://a.test/\0/b\nhttp://b.test/\n");
    ck_assert(!crawl_settings_add_seeds(&settings, bytes, "seeds.txt"));
    ck_assert(!crawl_settings_add_seed(&settings, TEXT("http://a.test/\0/b"), ""));
    ck_assert_int_eq(settings.crawl.seed_count, 0);
    settings.skip_bad = true;
    ck_assert(crawl_settings_add_seeds(&settings, bytes, "seeds.txt"));
    ck_assert_int_eq(settings.crawl.seed_count, 1);
    ck_assert_str_eq(settings.crawl.seeds[0], "http://b.test/");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("crawl_settings");
    TCase *all = tcase_create("all");
    tcase_add_checked_fixture(all, begin, end);
    tcase_add_test(all, lines_are_seeds);
    tcase_add_test(all, two_urls_are_not_one_seed);
    tcase_add_test(all, a_seed_is_not_cut_at_a_nul);
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
