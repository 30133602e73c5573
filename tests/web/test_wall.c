/* A wall is one page for nearly all URLs, and never for two. */
#include <config.h>

#include <check.h>
#include <stdlib.h>

#include "web/wall.h"

static const struct {
    uint64_t pages[20];
    size_t count;
    uint64_t wall;
} cases[] = {
    {{0}, 0, 0},
    {{7, 7}, 2, 0},
    {{7, 7, 7}, 3, 7},
    {{7, 8, 9}, 3, 0},
    {{7, 7, 7, 8}, 4, 0},
    {{7, 7, 7, 7, 7, 8, 7, 7, 7, 7}, 10, 7},
    {{7, 7, 7, 7, 8, 8, 7, 7, 7, 7}, 10, 0},
    {{7, 7, 7, 1, 2, 3, 4, 5, 6, 8, 9, 10}, 12, 0},
};

START_TEST(most_pages_must_be_the_same)
{
    uint64_t pages[20];
    for (size_t i = 0; i < cases[_i].count; i++)
        pages[i] = cases[_i].pages[i];
    ck_assert_uint_eq(wall_find(pages, cases[_i].count), cases[_i].wall);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("wall");
    TCase *all = tcase_create("all");
    tcase_add_loop_test(all, most_pages_must_be_the_same, 0, sizeof cases / sizeof *cases);
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
