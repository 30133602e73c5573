/* The lines under the keys of wabac.js are sorted by themselves, then merged with the others. */
#include <config.h>

#include "pack/package_index.h"

#include "base/buf.h"
#include "base/digest.h"
#include "base/gzip.h"
#include "base/line_sort.h"
#include "collection/index_cdxj.h"
#include "pack/spool_lines.h"
#include "web/player_key.h"

enum {
    SORT_BYTES = 16 * 1024 * 1024,
    LINE_MOST = 4 * 1024 * 1024,
    BLOCK_MOST = 1 << 30,
};

struct compressing {
    const char *directory;
    struct spool *blocks, *keys;
    struct gzip *gzip;
    struct digester *digester;
    struct buf block, packed, first; /* first: key and date of the block's first line */
    int64_t lines;                   /* in the block */
    struct trouble *trouble;
};

static enum result say_no_memory(struct trouble *trouble)
{
    return trouble_say(trouble, RESULT_BROKEN, "no memory to compress the index");
}

static enum result add(struct spool *spool, const struct buf *bytes, struct trouble *trouble)
{
    return buf_ok(bytes) ? spool_append(spool, bytes->data, bytes->length, trouble)
                         : say_no_memory(trouble);
}

/* ---- the second keys ---- */

/* Adds the line with the player's key to `sort`, if that is another one. */
static enum result add_second(struct line_sort *sort, struct text line, struct url *url,
                              struct trouble *trouble)
{
    struct cdxj_entry entry;
    struct buf scratch, second;
    enum result result = RESULT_OK;
    buf_init(&scratch, LINE_MOST);
    buf_init(&second, LINE_MOST);
    if (cdxj_line_read(line, &entry, &scratch)) {
        player_key_write(entry.url, url, &second);
        if (!text_equal(buf_text(&second), entry.key)) {
            buf_add_text(&second, text_skip(line, entry.key.length));
            result = line_sort_add(sort, buf_text(&second), trouble);
        }
    }
    if (!buf_ok(&second) || !buf_ok(&scratch))
        result = say_no_memory(trouble);
    buf_release(&scratch);
    buf_release(&second);
    return result;
}

static enum result sort_second(struct line_sort *sort, const struct spool *lines,
                               struct trouble *trouble)
{
    struct spool_lines all;
    struct text line;
    struct url url;
    enum result result;
    url_init(&url);
    spool_lines_init(&all, lines);
    while ((result = spool_lines_next(&all, &line, trouble)) == RESULT_OK)
        if ((result = add_second(sort, line, &url, trouble)) != RESULT_OK)
            break;
    spool_lines_release(&all);
    url_release(&url);
    return result == RESULT_END ? RESULT_OK : result;
}

/* ---- blocks ---- */

static enum result end_block(struct compressing *own)
{
    unsigned char digest[DIGEST_MOST_BYTES];
    char hex[2 * DIGEST_SHA256_BYTES + 1];
    if (!own->lines)
        return RESULT_OK;
    buf_clear(&own->packed);
    if (!gzip_member(own->gzip, GZIP_SMALL, buf_text(&own->block), &own->packed))
        return say_no_memory(own->trouble);
    digester_begin(own->digester);
    digester_add(own->digester, own->packed.data, own->packed.length);
    digester_end(own->digester, digest);
    digest_hex(digest, DIGEST_SHA256_BYTES, hex);
    buf_printf(&own->first, " {\"offset\": %lld, \"length\": %zu, \"digest\": \"sha256:%s\"}\n",
               (long long)own->blocks->length, own->packed.length, hex);
    enum result result = add(own->keys, &own->first, own->trouble);
    if (result == RESULT_OK)
        result = add(own->blocks, &own->packed, own->trouble);
    buf_clear(&own->block);
    own->lines = 0;
    return result;
}

static enum result add_line(struct compressing *own, struct text line)
{
    if (!own->lines) {
        ptrdiff_t key = text_find_char(line, ' ');
        ptrdiff_t date = key < 0 ? -1 : text_find_char(text_skip(line, (size_t)key + 1), ' ');
        buf_clear(&own->first);
        buf_add_text(&own->first, date < 0 ? line : text_first(line, (size_t)(key + 1 + date)));
    }
    buf_add_text(&own->block, line);
    buf_add_char(&own->block, '\n');
    own->lines++;
    if (!buf_ok(&own->block))
        return say_no_memory(own->trouble);
    return own->lines == PACKAGE_INDEX_BLOCK ? end_block(own) : RESULT_OK;
}

/* Both inputs are sorted, so that the result is. */
static enum result merge(struct compressing *own, struct spool_lines *lines,
                         struct line_sort *second)
{
    struct text line, other;
    enum result has_line = spool_lines_next(lines, &line, own->trouble);
    enum result has_other = line_sort_next(second, &other, own->trouble);
    enum result result = RESULT_OK;
    while (result == RESULT_OK && (has_line == RESULT_OK || has_other == RESULT_OK)) {
        int order = has_line != RESULT_OK    ? 1
                    : has_other != RESULT_OK ? -1
                                             : text_compare(line, other);
        result = add_line(own, order <= 0 ? line : other);
        if (order <= 0)
            has_line = spool_lines_next(lines, &line, own->trouble);
        else
            has_other = line_sort_next(second, &other, own->trouble);
    }
    if (has_line == RESULT_BROKEN || has_other == RESULT_BROKEN)
        return RESULT_BROKEN;
    return result == RESULT_OK ? end_block(own) : result;
}

static enum result compress(struct compressing *own, const struct spool *lines)
{
    struct line_sort *second = line_sort_new(own->directory, SORT_BYTES);
    struct spool_lines all;
    if (!second || !own->gzip || !own->digester) {
        line_sort_free(second);
        return say_no_memory(own->trouble);
    }
    buf_add(&own->first, "!meta 0 {\"format\": \"cdxj-gzip-1.0\", \"filename\": "
                         "\"index.cdx.gz\"}\n");
    enum result result = add(own->keys, &own->first, own->trouble);
    if (result == RESULT_OK)
        result = sort_second(second, lines, own->trouble);
    spool_lines_init(&all, lines);
    if (result == RESULT_OK)
        result = merge(own, &all, second);
    spool_lines_release(&all);
    line_sort_free(second);
    return result;
}

enum result package_index_compress(const struct spool *lines, const char *directory,
                                   struct spool *blocks, struct spool *keys,
                                   struct trouble *trouble)
{
    struct compressing own = {.directory = directory,
                              .blocks = blocks,
                              .keys = keys,
                              .gzip = gzip_new(),
                              .digester = digester_new(DIGEST_SHA256),
                              .trouble = trouble};
    buf_init(&own.block, BLOCK_MOST);
    buf_init(&own.packed, BLOCK_MOST);
    buf_init(&own.first, LINE_MOST);
    enum result result = compress(&own, lines);
    gzip_free(own.gzip);
    digester_free(own.digester);
    buf_release(&own.block);
    buf_release(&own.packed);
    buf_release(&own.first);
    return result;
}
