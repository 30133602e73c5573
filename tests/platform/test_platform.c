#include <config.h>

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "platform/platform.h"

START_TEST(platforms_are_recognised_by_their_marks)
{
    struct platform_request requests[8];
    struct buf out;
    buf_init(&out, 1 << 16);
    ck_assert_int_eq(platform_of(TEXT("<meta content='blogger' name='generator'/>")),
                     PLATFORM_BLOGGER);
    ck_assert_int_eq(platform_of(TEXT("<meta name=\"generator\" content=\"WordPress 6.8\">")),
                     PLATFORM_WORDPRESS);
    ck_assert_int_eq(platform_of(TEXT("<meta name=\"generator\" content=\"Ghost 5.2\">")),
                     PLATFORM_GHOST);
    ck_assert_int_eq(platform_of(TEXT("<meta name=\"generator\" content=\"Hugo 0.80\">")),
                     PLATFORM_STATIC);
    ck_assert_int_eq(platform_of(TEXT("<p>A ghost and a blogger press words</p>")),
                     PLATFORM_UNKNOWN);
    ck_assert_uint_eq(platform_requests(PLATFORM_UNKNOWN, TEXT(""), requests, 8), 0);
    ck_assert_uint_eq(platform_requests(PLATFORM_WORDPRESS, TEXT(""), requests, 8), 1);
    ck_assert_uint_eq(
        platform_requests(PLATFORM_WORDPRESS,
                          TEXT("<link rel='https://api.w.org/' href='http://h/wp-json/'>"),
                          requests, 8),
        2);
    for (int platform = 0; platform < PLATFORMS; platform++) {
        size_t count = platform_requests((enum platform)platform, TEXT("https://api.w.org/ yoast"),
                                         requests, 8);
        for (size_t i = 0; i < count; i++)
            ck_assert_uint_eq(requests[i].path.length, strlen(requests[i].path.at));
    }
    ck_assert(!platform_titles(TEXT("<p>"), TEXT("http://h/2018/"), &out));
    ck_assert(platform_titles(TEXT("<div id='BlogArchive1'>"), TEXT("http://h/2018/"), &out));
    ck_assert_str_eq(
        out.data, "/?action=getTitles&widgetId=BlogArchive1&widgetType=BlogArchive&responseType=js"
                  "&path=http%3A%2F%2Fh%2F2018%2F");
    buf_release(&out);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("platform");
    TCase *standard = tcase_create("standard");
    tcase_add_test(standard, platforms_are_recognised_by_their_marks);
    suite_add_tcase(suite, standard);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
