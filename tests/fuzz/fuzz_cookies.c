/*
 * Cookie files: each line that is read has seven columns, a domain, and no control characters; read
 * again, the lines are the same.  And libcurl takes them for what they are: it has no cookie that
 * is not among them, and none without its domain.
 */
#include <config.h>

#include <curl/curl.h>
#include <string.h>

#include "fetch/cookie_file.h"
#include "tests/fuzz/fuzz.h"

enum { COLUMNS = 7, TRIED_MOST = 50 };

static void split_columns(struct text line, struct text columns[COLUMNS])
{
    for (int i = 0; i < COLUMNS; i++)
        FUZZ_CHECK(text_split(&line, '\t', &columns[i]));
    FUZZ_CHECK(!line.at);
}

static struct text domain_of(struct text column)
{
    if (text_starts(column, TEXT("#HttpOnly_")))
        column = text_skip(column, strlen("#HttpOnly_"));
    return text_skip(column, text_starts(column, TEXT(".")));
}

static void check_line(struct text line)
{
    struct text columns[COLUMNS];
    split_columns(line, columns);
    FUZZ_CHECK(domain_of(columns[0]).length && columns[2].length && columns[5].length);
    for (size_t i = 0; i < line.length; i++)
        FUZZ_CHECK((unsigned char)line.at[i] >= ' ' || line.at[i] == '\t');
}

/* libcurl trims blanks around names and values. */
static bool is_same(struct text curl, struct text line)
{
    struct text a[COLUMNS], b[COLUMNS];
    split_columns(curl, a);
    split_columns(line, b);
    return text_equal_nocase(domain_of(a[0]), domain_of(b[0])) &&
           text_equal(text_trim(a[5]), text_trim(b[5])) &&
           text_equal(text_trim(a[6]), text_trim(b[6]));
}

static void check_curl(struct text lines)
{
    static CURL *hand;
    struct curl_slist *all = NULL;
    struct text rest = lines, line;
    char words[COOKIE_LINE_MOST + 64];
    hand = hand ? hand : curl_easy_init();
    FUZZ_CHECK(hand && curl_easy_setopt(hand, CURLOPT_COOKIELIST, "ALL") == CURLE_OK);
    while (text_split(&rest, '\n', &line) && rest.at) {
        snprintf(words, sizeof words, "%.*s", (int)line.length, line.at);
        FUZZ_CHECK(curl_easy_setopt(hand, CURLOPT_COOKIELIST, words) == CURLE_OK);
    }
    FUZZ_CHECK(curl_easy_getinfo(hand, CURLINFO_COOKIELIST, &all) == CURLE_OK);
    for (const struct curl_slist *one = all; one; one = one->next) {
        bool found = false;
        rest = lines;
        while (!found && text_split(&rest, '\n', &line) && rest.at)
            found = is_same(text_of(one->data), line);
        FUZZ_CHECK(found);
    }
    curl_slist_free_all(all);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct trouble trouble = trouble_none();
    struct buf lines, again;
    size_t count = 0;
    buf_init(&lines, COOKIE_LINES_BYTES);
    buf_init(&again, COOKIE_LINES_BYTES);
    enum result result = cookie_file_read(fuzz_text(data, size), "cookies.txt", &lines, &trouble);
    FUZZ_CHECK(result == RESULT_OK || (result == RESULT_LOST && trouble.words[0]));
    struct text rest = buf_text(&lines), line;
    for (; text_split(&rest, '\n', &line) && rest.at; count++)
        check_line(line);
    FUZZ_CHECK(!lines.length || text_ends(buf_text(&lines), TEXT("\n")));
    FUZZ_CHECK(result != RESULT_OK || count);
    if (count) {
        FUZZ_CHECK(cookie_file_read(buf_text(&lines), "a", &again, &trouble) == RESULT_OK);
        FUZZ_CHECK(text_equal(buf_text(&again), buf_text(&lines)));
        if (count <= TRIED_MOST)
            check_curl(buf_text(&lines));
    }
    buf_release(&lines);
    buf_release(&again);
    return 0;
}
