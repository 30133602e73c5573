/* First all records are read: the lines of the index are sorted, the pages listed.  Then each part
 * gets its WARC files, its lines and its pages. */
#include <config.h>

#include "pack/pack.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/disk.h"
#include "base/line_sort.h"
#include "base/wording.h"
#include "pack/package_parts.h"
#include "pack/packed_files.h"
#include "pack/packed_pages.h"
#include "pack/packed_records.h"
#include "pack/picked_captures.h"

enum { SORT_BYTES = 16 * 1024 * 1024, LINE_MOST = 4 * 1024 * 1024 };

struct packing {
    const struct pack_options *options;
    const struct pack_observer *observer;
    struct pack_summary *summary;
    struct packed_files files;
    struct packed_pages pages;
    struct picked_captures picked;
    struct line_sort *lines;
    struct buf line;
    char directory[PATH_MAX]; /* of the output */
    const struct packed_file *reading;
    uint64_t done; /* bytes read and copied */
    struct trouble *trouble;
};

static void tell(const struct packing *own, const char *words)
{
    if (own->observer->told)
        own->observer->told(own->observer->context, words);
}

static void progress(void *context, uint64_t bytes)
{
    struct packing *own = context;
    own->done += bytes;
    if (own->observer->progressed)
        own->observer->progressed(own->observer->context, own->done, 2 * own->files.bytes);
}

/* ---- reading ---- */

static enum result take_capture(void *context, const struct cdxj_entry *entry,
                                const struct packed_page *original, struct trouble *trouble)
{
    struct packing *own = context;
    if (!picked_captures_note(&own->picked, own->reading->is_of_run, entry, original->url,
                              original->timestamp))
        return trouble_say(trouble, RESULT_BROKEN, "no memory to note which captures are packed");
    buf_clear(&own->line);
    cdxj_line_write(entry, &own->line);
    if (!buf_ok(&own->line))
        return trouble_say(trouble, RESULT_BROKEN, "no memory for a line of the index");
    return line_sort_add(own->lines, text_first(buf_text(&own->line), own->line.length - 1),
                         trouble);
}

static enum result take_page(void *context, const struct packed_page *page, struct trouble *trouble)
{
    struct packing *own = context;
    return packed_pages_add(&own->pages, (size_t)(own->reading - own->files.list), page, trouble);
}

static enum result read_files(struct packing *own, struct page_reader *reader)
{
    const struct packed_records_wish wish = {reader, own->options->words};
    const struct packed_records_sink sink = {own, take_capture, take_page};
    for (size_t i = 0; i < own->files.count; i++) {
        own->reading = &own->files.list[i];
        enum result result = packed_records_read(own->reading->path, &wish, &sink, own->trouble);
        if (result == RESULT_BROKEN)
            return result;
        if (result == RESULT_LOST) {
            own->summary->damaged++;
            tell(own, own->trouble->words);
        }
        progress(own, (uint64_t)own->reading->bytes);
    }
    return RESULT_OK;
}

static void say_open(const struct packing *own)
{
    struct buf words;
    if (!own->files.left_open)
        return;
    buf_init(&words, TROUBLE_WORDS);
    wording_add_count(&words, own->files.left_open, "file is", "files are");
    buf_add(&words, " still being written, and not packed");
    tell(own, buf_ok(&words) ? words.data : "a file is still being written, and not packed");
    buf_release(&words);
}

/* ---- writing ---- */

static enum result write_parts(struct packing *own)
{
    struct package_parts parts = {.options = own->options,
                                  .summary = own->summary,
                                  .files = &own->files,
                                  .pages = &own->pages,
                                  .picked = &own->picked,
                                  .directory = own->directory,
                                  .copied = progress,
                                  .context = own};
    enum result result = package_parts_begin(&parts, own->lines, own->trouble);
    line_sort_free(own->lines); /* its memory is needed no more */
    own->lines = NULL;
    if (result == RESULT_OK)
        result = package_parts_write(&parts, own->trouble);
    package_parts_release(&parts);
    return result;
}

static enum result check_output(struct packing *own)
{
    const char *slash = strrchr(own->options->output, '/');
    snprintf(own->directory, sizeof own->directory, "%.*s",
             slash ? (int)(slash - own->options->output) + 1 : 1,
             slash ? own->options->output : ".");
    if (strlen(own->options->output) > PATH_MAX - 32)
        return trouble_say(own->trouble, RESULT_BROKEN, "the name of the output is too long");
    return package_may_write(own->options, own->options->output, own->trouble);
}

static enum result pack(struct packing *own, char **paths, int count, struct page_reader *reader)
{
    enum result result = check_output(own);
    if (result == RESULT_OK)
        result = packed_files_find(&own->files, paths, count, own->options->run, own->trouble);
    if (result != RESULT_OK)
        return result;
    say_open(own);
    if (!own->files.count)
        return trouble_say(own->trouble, RESULT_END,
                           "there is no finished WARC file in %s, so there is nothing to pack. "
                           "Give a collection that crawl wrote, or WARC files",
                           paths[0]);
    own->lines = line_sort_new(own->directory, SORT_BYTES);
    if (!own->lines)
        return trouble_say(own->trouble, RESULT_BROKEN, "no memory to sort the index");
    picked_captures_begin(&own->picked, own->options);
    result = read_files(own, reader);
    return result == RESULT_OK ? write_parts(own) : result;
}

enum result pack_write(char **paths, int count, const struct pack_options *options,
                       struct page_reader *reader, const struct pack_observer *observer,
                       struct pack_summary *summary, struct trouble *trouble)
{
    struct trouble own_trouble;
    struct packing own = {.options = options,
                          .observer = observer,
                          .summary = summary,
                          .trouble = trouble ? trouble : &own_trouble};
    *summary = (struct pack_summary){0};
    packed_files_init(&own.files);
    buf_init(&own.line, LINE_MOST);
    packed_pages_init(&own.pages, own.directory);
    enum result result = pack(&own, paths, count, reader);
    line_sort_free(own.lines);
    packed_pages_release(&own.pages);
    picked_captures_release(&own.picked);
    packed_files_release(&own.files);
    buf_release(&own.line);
    return result;
}
