/*
 * What a worker in the jail says, should a page have taken it over: whatever it is, the numbers
 * that reach us are those of our lists, texts lie in their bounds, and URLs are URLs.
 */
#include <config.h>

#include <sys/socket.h>
#include <unistd.h>

#include "links/links.h"
#include "links/page_reader.h"
#include "tests/fuzz/fuzz.h"

enum { SAID_MOST = 150 * 1024 /* fits into a socket */ };

static enum result next_piece(void *context, struct text *bytes)
{
    bool *asked = context;
    *bytes = *asked ? TEXT("") : TEXT("<a href=/>");
    *asked = true;
    return bytes->length ? RESULT_OK : RESULT_END;
}

static struct body_source open_body(void *context)
{
    bool *asked = context;
    *asked = false;
    return (struct body_source){next_piece, asked};
}

static void check_page(const struct page_facts *facts)
{
    struct page_words words;
    FUZZ_CHECK(facts->robots.length <= 8192 && facts->referrer.length <= 8192);
    if (!facts->pieces)
        return;
    page_words_begin(&words, TEXT(""), facts->pieces);
    for (struct page_word word; page_words_next(&words, &word);)
        FUZZ_CHECK(word.text.length && word.text.length <= SAID_MOST);
}

static void check_link(const struct link *link)
{
    FUZZ_CHECK(fuzz_is_visible(link->url) && fuzz_is_visible(url_href(link->parsed)));
    FUZZ_CHECK(url_host(link->parsed).length && fuzz_is_inside(link->url, url_host(link->parsed)));
    FUZZ_CHECK(url_path(link->parsed).length && url_path(link->parsed).at[0] == '/');
    FUZZ_CHECK(link->class < LINK_CLASSES && link->certainty <= LINK_CERTAIN);
    FUZZ_CHECK(link->rule < URL_RULES && link->suspect < URL_RULES && link->posts >= 0);
    FUZZ_CHECK(link->where.length <= SAID_MOST);
}

static void read_page(struct page_reader *reader)
{
    bool asked = false;
    struct body_facts facts;
    struct trouble trouble;
    struct url url;
    struct link link;
    url_init(&url);
    const struct page_source page = {.url = TEXT("http://page.test/"),
                                     .response_bytes = 10,
                                     .open = open_body,
                                     .context = &asked};
    FUZZ_CHECK(url_parse(&url, page.url, NULL, TEXT("")) == URL_OK);
    FUZZ_CHECK(page_reader_read(reader, &page, &facts, &trouble) == RESULT_OK);
    FUZZ_CHECK(facts.error < BODY_ERRORS && facts.kind <= MEDIA_XSL &&
               facts.length <= BODY_READ_MOST);
    const struct links_source source = {
        .url = &url, .kind = facts.kind, .error = &facts.error, .reader = reader};
    struct links *links = links_open(&source);
    FUZZ_CHECK(links != NULL);
    const struct page_facts said = links_page_facts(links);
    check_page(&said);
    while (links_next(links, &link))
        check_link(&link);
    result_ignore(links_close(links));
    if (facts.error == BODY_SOUND)
        FUZZ_CHECK(page_reader_text(reader, &facts.error).length <= BODY_READ_MOST);
    FUZZ_CHECK(facts.error < BODY_ERRORS);
    page_reader_leave(reader);
    url_release(&url);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    int ends[2];
    if (size > SAID_MOST || socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0)
        return 0;
    bool said = write(ends[0], data, size) == (ssize_t)size;
    shutdown(ends[0], SHUT_WR);
    struct jail *jail = jail_played(ends[1]);
    struct page_reader *reader = page_reader_new(jail);
    if (said && reader)
        read_page(reader);
    page_reader_free(reader);
    jail_free(jail);
    close(ends[0]);
    return 0;
}
