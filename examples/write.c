/*
 * write DIRECTORY URI TYPE <BYTES: stores standard input, of any length, as a resource record in a
 * new WARC file in DIRECTORY.  Prints the name of the file and the offset of the record.
 */
#include <stdio.h>
#include <warccap/warc.h>

int main(int count, char **words)
{
    char piece[65536];
    if (count != 4) {
        fprintf(stderr, "usage: write DIRECTORY URI TYPE\n");
        return 2;
    }
    const struct warc_writer_options options = {
        .struct_size = sizeof options,
        .directory = words[1],
        .prefix = "example",
        .warcinfo = "software: the example write.c\r\nformat: WARC File Format 1.1\r\n"};
    struct warc_writer *writer = warc_writer_new(&options);
    struct warc_draft draft = {.struct_size = sizeof draft,
                               .type = WARC_RESOURCE,
                               .target_uri = words[2],
                               .content_type = words[3]};
    struct warc_place place;
    enum warc_result result = writer ? warc_writer_begin_event(writer) : WARC_BROKEN;
    if (result == WARC_OK)
        result = warc_writer_begin_record(writer, &draft);
    for (size_t got; result == WARC_OK && (got = fread(piece, 1, sizeof piece, stdin)) > 0;)
        result = warc_writer_add(writer, piece, got);
    if (result == WARC_OK)
        result = warc_writer_end_record(writer, &place); /* refuses what the standard forbids */
    if (result == WARC_OK)
        result = warc_writer_finish_file(writer); /* synced, with its final name */
    if (result == WARC_OK)
        printf("%s\t%lld\n", place.file, (long long)place.offset);
    else
        fprintf(stderr, "write: %s\n", writer ? warc_writer_words(writer) : "no memory");
    if (warc_writer_close(writer) != WARC_OK)
        result = WARC_BROKEN;
    return result == WARC_OK ? 0 : 1;
}
