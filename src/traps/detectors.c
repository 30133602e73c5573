/* Calls the detectors of the table one after another. */
#include <config.h>

#include "traps/detectors.h"

#include "base/entropy.h"

#define ROW(value) &value,
const struct detector *const detectors[] = {DETECTORS_TABLE(ROW) NULL};
#undef ROW

_Static_assert(sizeof detectors / sizeof *detectors <= DETECTORS_MOST + 1, "one bit each");

bool detector_states_init(struct detector_states *states)
{
    bool ok = true;
    *states = (struct detector_states){.list = {NULL}};
    entropy_fill(&states->key, sizeof states->key);
    for (int i = 0; detectors[i]; i++)
        if (detectors[i]->new) {
            states->list[i] = detectors[i]->new ();
            ok = ok && states->list[i];
        }
    return ok;
}

void detector_states_release(struct detector_states *states)
{
    for (int i = 0; detectors[i]; i++)
        if (detectors[i]->free)
            detectors[i]->free(states->list[i]);
    *states = (struct detector_states){.list = {NULL}};
}

void detectors_begin_page(struct detector_states *states, struct trap_page *page)
{
    states->watching_count = 0;
    for (int i = 0; detectors[i]; i++)
        if (detectors[i]->begin_page && detectors[i]->begin_page(states->list[i], page) &&
            detectors[i]->see_link)
            states->watching[states->watching_count++] = i;
}

void detectors_see_link(struct detector_states *states, const struct trap_page *page,
                        const struct link *link, int64_t key)
{
    for (int i = 0; i < states->watching_count; i++) {
        int at = states->watching[i];
        detectors[at]->see_link(states->list[at], page, link, key);
    }
}

void detectors_see_words(struct detector_states *states, const struct trap_page *page)
{
    int readers[DETECTORS_MOST], count = 0;
    for (int i = 0; detectors[i]; i++)
        if (detectors[i]->wants_words && detectors[i]->wants_words(states->list[i], page))
            readers[count++] = i;
    if (!count)
        return;
    struct trap_words words;
    trap_words_begin(&words, states->key, page->url, page->html, page->pieces);
    for (struct trap_word word; trap_words_next(&words, &word);)
        for (int i = 0; i < count; i++)
            detectors[readers[i]]->see_word(states->list[readers[i]], &word);
}

void detectors_end_turn(struct detector_states *states, int64_t key)
{
    for (int i = 0; detectors[i]; i++)
        if (detectors[i]->end_turn)
            detectors[i]->end_turn(states->list[i], key);
}

void detectors_see_redirect(struct detector_states *states, int64_t key, int64_t via_key)
{
    for (int i = 0; detectors[i]; i++)
        if (detectors[i]->see_redirect)
            detectors[i]->see_redirect(states->list[i], key, via_key);
}
