/*
 * Options in warcinfo records: what was read once and is written is read as the same, the patterns
 * that are accepted make a scope, and no URL takes that scope long.
 */
#include <config.h>

#include <string.h>

#include "frontier/recorded_options.h"
#include "frontier/scope.h"
#include "tests/fuzz/fuzz.h"

static void write_options(struct text block, struct buf *out)
{
    struct recorded_options options;
    struct text malformed;
    enum result result = recorded_options_read(block, &options, &malformed);
    FUZZ_CHECK(result == RESULT_OK || result == RESULT_END);
    FUZZ_CHECK(fuzz_is_inside(block, malformed));
    FUZZ_CHECK(options.scope.level >= -1 && options.tries >= 0 && options.page_limit >= 0);
    recorded_options_write(&options, out);
    recorded_options_release(&options);
}

static void use_scope(struct text block)
{
    struct recorded_options options;
    struct text malformed;
    struct trouble trouble;
    struct scope *scope = NULL;
    struct url url;
    url_init(&url);
    enum result result = recorded_options_read(block, &options, &malformed);
    if (result == RESULT_OK && scope_new(&scope, &options.scope, &trouble) == RESULT_OK &&
        url_parse(&url, TEXT("http://a.example/2018/06/a-post-with-a-long-name.html"), NULL,
                  TEXT("")) == URL_OK) {
        struct link link = {.url = url_resource(&url),
                            .parsed = &url,
                            .class = LINK_PAGE,
                            .certainty = LINK_CERTAIN};
        FUZZ_CHECK(scope_add_seed(scope, &url, true, &trouble) == RESULT_OK);
        scope_refuses(scope, &link, &url, 1, "L");
    }
    url_release(&url);
    scope_free(scope);
    recorded_options_release(&options);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct text block = fuzz_text(data, size);
    struct buf once, twice;
    buf_init(&once, 1 << 24);
    buf_init(&twice, 1 << 24);
    write_options(block, &once);
    write_options(buf_text(&once), &twice);
    FUZZ_CHECK(buf_ok(&once) && text_equal(buf_text(&once), buf_text(&twice)));
    use_scope(block);
    buf_release(&once);
    buf_release(&twice);
    return 0;
}
