/*
 * robots.txt: the rule that is said to decide really matches, by a matcher that is slow and plain;
 * the kind of line ends makes no difference; /robots.txt is always allowed.
 */
#include <config.h>

#include "base/buf.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/links.h"
#include "web/robots.h"

enum { PATH_BYTES = 64 };

/* RFC 9309, 2.2.3, read to the letter: which lengths of `path` the pattern read so far can have
 * matched. */
static bool matches(struct text pattern, struct text path)
{
    bool reached[PATH_BYTES + 1] = {true};
    FUZZ_CHECK(path.length <= PATH_BYTES);
    for (size_t i = 0; i < pattern.length; i++) {
        if (pattern.at[i] == '$' && i + 1 == pattern.length)
            return reached[path.length];
        if (pattern.at[i] == '*') {
            for (size_t j = 1; j <= path.length; j++)
                reached[j] = reached[j] || reached[j - 1];
            continue;
        }
        for (size_t j = path.length + 1; j-- > 0;)
            reached[j] = j > 0 && reached[j - 1] && path.at[j - 1] == pattern.at[i];
    }
    for (size_t j = 0; j <= path.length; j++)
        if (reached[j])
            return true;
    return false;
}

/* A path that the file itself names, so that rules do match; only characters that stand for
 * themselves. */
static struct text path_in(struct text body, char out[PATH_BYTES])
{
    ptrdiff_t slash = text_find_char(body, '/');
    size_t length = 0;
    body = text_skip(body, slash < 0 ? body.length : (size_t)slash);
    while (length < body.length && length < PATH_BYTES - 1 && body.at[length] &&
           (ascii_is_alnum(body.at[length]) || strchr("/-._~?=&", body.at[length]))) {
        out[length] = body.at[length];
        length++;
    }
    if (!length)
        out[length++] = '/';
    return (struct text){out, length};
}

static void check_path(const struct robots *robots, const struct robots *other, struct text path)
{
    struct text rule = TEXT("?"), other_rule;
    bool allowed = robots_allows(robots, path, &rule);
    FUZZ_CHECK(robots_allows(robots, path, NULL) == allowed);
    FUZZ_CHECK(rule.length ? matches(rule, path) : allowed);
    FUZZ_CHECK(robots_allows(other, path, &other_rule) == allowed);
    FUZZ_CHECK(text_equal(rule, other_rule));
}

/* Two rules for just this path, added at the end: whatever else matches, a tie allows (2.2.2). */
static void check_tie(struct text body, struct text path)
{
    struct buf longer;
    struct text rule;
    buf_init(&longer, 2 * body.length + 1024);
    buf_add_text(&longer, body);
    buf_printf(&longer, "\nUser-agent: warccap\nAllow: %.*s$\nDisallow: %.*s$\n", TEXT_ARGS(path),
               TEXT_ARGS(path));
    struct robots *robots = robots_read(buf_text(&longer), TEXT("warccap"));
    FUZZ_CHECK(buf_ok(&longer) && robots);
    bool allowed = robots_allows(robots, path, &rule);
    FUZZ_CHECK(rule.length > path.length || text_equal(path, TEXT("/robots.txt")));
    FUZZ_CHECK(allowed || rule.length > path.length + 1);
    robots_free(robots);
    buf_release(&longer);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct text body = fuzz_text(data, size), rule;
    char path[PATH_BYTES];
    struct buf returns;
    struct robots *robots = robots_read(body, TEXT("warccap"));
    /* The same with CR for LF. */
    buf_init(&returns, 2 * size + 16);
    buf_add_text(&returns, body);
    for (size_t i = 0; i < returns.length; i++)
        if (returns.data[i] == '\n')
            returns.data[i] = '\r';
    struct robots *other = robots_read(buf_text(&returns), TEXT("warccap"));
    FUZZ_CHECK(robots && other);
    FUZZ_CHECK(robots_allows(robots, TEXT("/robots.txt"), &rule) && !rule.length);
    FUZZ_CHECK(robots_delay_ms(robots) >= 0 && robots_delay_ms(robots) == robots_delay_ms(other));
    check_path(robots, other, TEXT("/"));
    check_path(robots, other, TEXT("/a/b.html"));
    check_path(robots, other, TEXT("/search?q=a&b=c"));
    check_path(robots, other, TEXT(""));
    check_path(robots, other, path_in(body, path));
    check_tie(body, path_in(body, path));
    robots_free(robots);
    robots_free(other);
    buf_release(&returns);
    fuzz_links(MEDIA_ROBOTS, NULL, body);
    return 0;
}
