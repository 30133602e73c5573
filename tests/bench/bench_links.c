/*
 * How many megabytes of a page a second the list of links is read from: bench_links FILE [URL]. The
 * page is read over and over for a second a round, without a memory of anchors and with one; the
 * best of several rounds counts, for it is the one that was disturbed least.
 */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/buf.h"
#include "links/links.h"

enum { ROUNDS = 10, ROUND_MS = 300, YEAR = 2021 };

/* False without memory. */
static bool count_links(const struct links_source *source, size_t *count)
{
    struct links *links = links_open(source);
    struct link link;
    while (links && links_next(links, &link))
        ++*count;
    return links_close(links);
}

static bool read_file(const char *path, struct buf *bytes)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return false;
    for (size_t got = 1; got;) {
        char *room = buf_room(bytes, 65536);
        got = room ? fread(room, 1, 65536, file) : 0;
        if (room)
            buf_grew(bytes, got);
    }
    fclose(file);
    return buf_ok(bytes);
}

/* Processor time, so that what else the machine does counts less. */
static double now_ms(void)
{
    return (double)clock() * 1000 / CLOCKS_PER_SEC;
}

/* Bytes a millisecond of the best round; *links gets how many the page has. */
static double best_speed(const struct links_source *source, size_t *links)
{
    double best = 0;
    for (int round = 0; round < ROUNDS; round++) {
        double began = now_ms(), took = 0;
        size_t pages = 0;
        do {
            *links = 0;
            if (!count_links(source, links))
                return 0;
            pages++;
            took = now_ms() - began;
        } while (took < ROUND_MS);
        double speed = (double)(pages * source->bytes.length) / took;
        best = speed > best ? speed : best;
    }
    return best;
}

int main(int argc, char **argv)
{
    struct buf bytes;
    struct url url;
    size_t links = 0;
    buf_init(&bytes, (size_t)1 << 30);
    url_init(&url);
    if (argc < 2 || !read_file(argv[1], &bytes) ||
        url_parse(&url, text_of(argc > 2 ? argv[2] : "http://h/"), NULL, TEXT("")) != URL_OK) {
        fprintf(stderr, "usage: bench_links FILE [URL]\n");
        return EXIT_FAILURE;
    }
    struct links_source source = {.url = &url,
                                  .kind = MEDIA_HTML,
                                  .charset = TEXT(""),
                                  .bytes = buf_text(&bytes),
                                  .year = YEAR};
    double alone = best_speed(&source, &links);
    source.anchors = anchor_cache_new();
    double remembering = source.anchors ? best_speed(&source, &links) : 0;
    printf("links                     %6.0f MB/s  %zu links of %zu bytes\n", alone / 1000, links,
           bytes.length);
    printf("links, remembering         %5.0f MB/s\n", remembering / 1000);
    anchor_cache_free(source.anchors);
    url_release(&url);
    buf_release(&bytes);
    return EXIT_SUCCESS;
}
