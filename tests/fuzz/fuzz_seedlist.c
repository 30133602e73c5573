/*
 * Lists of seeds: what is taken from one is a URL that can be requested, and as it stands in the
 * list; a list of what was taken is taken whole; and what is not taken is told.
 */
#include <config.h>

#include <string.h>

#include "cmd/crawl_settings.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/heard.h"
#include "web/url.h"

enum { ROOM = 1 << 24 };

static bool read_list(struct crawl_settings *settings, struct text bytes)
{
    heard_begin();
    bool taken = crawl_settings_add_seeds(settings, bytes, "seeds.txt");
    bool heard = heard_end();
    FUZZ_CHECK(taken || heard);
    return taken;
}

static void check_seed(const char *seed, struct text list)
{
    struct url url;
    struct text given = text_of(seed);
    url_init(&url);
    FUZZ_CHECK(url_parse(&url, given, NULL, TEXT("")) == URL_OK);
    url_release(&url);
    if (text_find(list, given) < 0) {
        FUZZ_CHECK(text_starts(given, TEXT("http://")));
        FUZZ_CHECK(text_find(list, text_skip(given, strlen("http://"))) >= 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct crawl_settings settings = crawl_settings_defaults(), again = crawl_settings_defaults();
    struct text list = fuzz_text(data, size);
    struct buf written;
    buf_init(&written, ROOM);
    settings.skip_bad = true;
    FUZZ_CHECK(read_list(&settings, list));
    FUZZ_CHECK((size_t)settings.crawl.seed_count <= size);
    for (int i = 0; i < settings.crawl.seed_count; i++) {
        check_seed(settings.crawl.seeds[i], list);
        buf_printf(&written, "%s\r\n", settings.crawl.seeds[i]);
    }
    FUZZ_CHECK(buf_ok(&written) && read_list(&again, buf_text(&written)));
    FUZZ_CHECK(again.crawl.seed_count == settings.crawl.seed_count);
    for (int i = 0; i < again.crawl.seed_count; i++)
        FUZZ_CHECK(strcmp(again.crawl.seeds[i], settings.crawl.seeds[i]) == 0);
    crawl_settings_release(&again);
    /* Without --skip-bad, all lines are seeds or none is passed over in silence. */
    again = crawl_settings_defaults();
    if (read_list(&again, list))
        FUZZ_CHECK(again.crawl.seed_count == settings.crawl.seed_count);
    crawl_settings_release(&again);
    crawl_settings_release(&settings);
    buf_release(&written);
    return 0;
}
