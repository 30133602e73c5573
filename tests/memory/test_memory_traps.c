/* The trap detectors when memory runs out: all of them are there, or the set says that it is not.
 */
#include <config.h>

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/memory/failing.h"
#include "traps/detectors.h"

enum { PAGES = 8 };

struct work {
    struct url pages[PAGES], links[PAGES];
};

static void show_page(struct work *work, struct detector_states *states, int number)
{
    struct trap_page page = {.url = &work->pages[number],
                             .key = number + 1,
                             .via_key = number,
                             .kind = VISIT_PAGE,
                             .body = BODY_HTML,
                             .html = TEXT("<p>the same page again</p>")};
    const struct link link = {.url = url_resource(&work->links[number]),
                              .parsed = &work->links[number],
                              .class = LINK_PAGE,
                              .certainty = LINK_CERTAIN,
                              .where = TEXT("a@href")};
    detectors_begin_page(states, &page);
    detectors_see_link(states, &page, &link, 100 + number);
    for (size_t i = 0; detectors[i]; i++)
        if (detectors[i]->judge_link)
            detectors[i]->judge_link(states->list[i], &page, &link);
    for (size_t i = 0; detectors[i]; i++)
        if (detectors[i]->end_page)
            detectors[i]->end_page(states->list[i], &page);
    detectors_see_redirect(states, 200 + number, page.key);
}

static bool watch_pages(void *context)
{
    struct work *work = context;
    struct detector_states states;
    bool fine = detector_states_init(&states);
    for (int i = 0; fine && i < PAGES; i++)
        show_page(work, &states, i);
    detector_states_release(&states);
    return fine;
}

START_TEST(all_detectors_are_there_or_none_is_said_to_be)
{
    struct work work;
    char url[128] = "http://h/x/";
    size_t with_state = 0;
    for (int i = 0; i < PAGES; i++) {
        url_init(&work.pages[i]);
        url_init(&work.links[i]);
        ck_assert_int_eq(url_parse(&work.pages[i], text_of(url), NULL, TEXT("")), URL_OK);
        strcat(url, i % 2 ? "a/" : "b/");
        ck_assert_int_eq(url_parse(&work.links[i], text_of(url), NULL, TEXT("")), URL_OK);
    }
    for (size_t i = 0; detectors[i]; i++)
        with_state += detectors[i]->new != NULL;
    ck_assert_int_ge(failing_run(watch_pages, &work, _i ? FAILING_ONCE : FAILING_FROM_THEN_ON),
                     (long)with_state);
    for (int i = 0; i < PAGES; i++) {
        url_release(&work.pages[i]);
        url_release(&work.links[i]);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("memory of trap detectors");
    TCase *test = tcase_create("failing");
    tcase_add_loop_test(test, all_detectors_are_there_or_none_is_said_to_be, 0, 2);
    suite_add_tcase(suite, test);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
