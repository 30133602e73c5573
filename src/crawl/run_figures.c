/* Puts figures into words. */
#include <config.h>

#include "crawl/run_figures.h"

#include <stdio.h>

#include "base/wording.h"
#include "web/url_totals.h"

const char *bytes_words(int64_t bytes, char out[BYTES_WORDS])
{
    static const char *const units[] = {"bytes", "kB", "MB", "GB", "TB"};
    double amount = (double)bytes;
    int unit = 0;
    while (amount >= 1000 && unit < 4) {
        amount /= 1000;
        unit++;
    }
    snprintf(out, BYTES_WORDS, unit ? "%.1f %s" : "%.0f %s", amount, units[unit]);
    return out;
}

enum result run_figures_count_pages(const struct run_figures *figures, uint64_t *kept,
                                    uint64_t *known, struct trouble *trouble)
{
    uint64_t counts[VISIT_KINDS][STATE_COUNT];
    enum url_group group;
    enum result result = known_urls_count(figures->known, counts, trouble);
    *kept = *known = 0;
    for (int kind = 0; result == RESULT_OK && kind < VISIT_KINDS; kind++) {
        const uint64_t *count = counts[kind];
        if (!url_group_of((enum visit_kind)kind, &group) || group != GROUP_PAGES)
            continue;
        *kept += count[STATE_KEPT];
        for (int state = 0; state < STATE_COUNT; state++)
            *known += count[state];
    }
    return result;
}

void run_figures_words(const struct run_figures *figures, char out[RUN_FIGURES_WORDS])
{
    char bytes[BYTES_WORDS], pages[64], rest[320] = "";
    uint64_t kept, known;
    struct trouble trouble;
    if (run_figures_count_pages(figures, &kept, &known, &trouble) == RESULT_OK)
        snprintf(pages, sizeof pages, "%llu of %llu %s kept", (unsigned long long)kept,
                 (unsigned long long)known, wording_plural(known, "page", "pages"));
    else
        snprintf(pages, sizeof pages, "%llu %s", (unsigned long long)figures->pages,
                 wording_plural(figures->pages, "page", "pages"));
    if (figures->waits_for[0])
        snprintf(rest, sizeof rest,
                 figures->suspicion ? ", %.255s %s: probed in %lld s"
                                    : ", next to %.255s%s in %lld s",
                 figures->waits_for, figures->suspicion ? figures->suspicion : "",
                 (long long)(figures->waits_ms + 999) / 1000);
    snprintf(out, RUN_FIGURES_WORDS, "%s, %llu %s, %s, %lld waiting%s", pages,
             (unsigned long long)figures->responses,
             wording_plural(figures->responses, "response", "responses"),
             bytes_words(figures->bytes, bytes), (long long)figures->waiting, rest);
}
