// A C++ program that uses the installed library: writes a record into a directory, reads it back
// from memory, and counts the records of a file.
#include <cstdio>
#include <cstring>
#include <string>
#include <warccap/warc.h>

static std::string read_all(const std::string &path)
{
    std::string file;
    if (FILE *in = std::fopen(path.c_str(), "rb")) {
        char piece[4096];
        for (size_t got; (got = std::fread(piece, 1, sizeof piece, in)) > 0;)
            file.append(piece, got);
        std::fclose(in);
    }
    return file;
}

static int count_records(const std::string &file, const char *name)
{
    warc_reader *reader = warc_reader_open_memory(file.data(), file.size(), name);
    const warc_record *record;
    int records = 0;
    warc_reader_set_strict(reader);
    while (warc_reader_next(reader, &record) == WARC_OK)
        records++;
    warc_reader_close(reader);
    return records;
}

static std::string write_one(const char *directory)
{
    warc_writer_options options = warc_writer_options();
    options.struct_size = sizeof options;
    options.directory = directory;
    options.warcinfo = "software: a stranger's\r\n";
    warc_draft draft = warc_draft();
    draft.struct_size = sizeof draft;
    draft.type = WARC_RESOURCE;
    draft.target_uri = "http://example.com/";
    draft.content_type = "text/plain";
    draft.block[0] = "hello";
    draft.block_length[0] = 5;
    warc_place place = warc_place();
    warc_writer *writer = warc_writer_new(&options);
    if (!writer || warc_writer_begin_event(writer) != WARC_OK ||
        warc_writer_put(writer, &draft, &place) != WARC_OK)
        std::fprintf(stderr, "%s\n", writer ? warc_writer_words(writer) : "no writer");
    return warc_writer_close(writer) == WARC_OK ? std::string(directory) + "/" + place.file
                                                : std::string();
}

int main(int count, char **words)
{
    if (count != 3)
        return 2;
    int records = count_records(read_all(words[1]), words[1]);
    int written = count_records(read_all(write_one(words[2])), "written");
    std::printf("%d records read, %d written, by libwarccap %s\n", records, written,
                warc_version());
    return records > 0 && written == 2 ? 0 : 1;
}
