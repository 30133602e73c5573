// A stranger's program in C++: counts the records of a file that is in memory.
#include <cstdio>
#include <cstring>
#include <string>
#include <warccap/warc.h>

int main(int count, char **words)
{
    if (count != 2)
        return 2;
    std::string file;
    if (FILE *in = std::fopen(words[1], "rb")) {
        char piece[4096];
        for (size_t got; (got = std::fread(piece, 1, sizeof piece, in)) > 0;)
            file.append(piece, got);
        std::fclose(in);
    }
    warc_reader *reader = warc_reader_open_memory(file.data(), file.size(), words[1]);
    warc_record record;
    int records = 0;
    while (warc_reader_next(reader, &record) == WARC_OK)
        records++;
    warc_reader_close(reader);
    std::printf("%d records by libwarccap %s\n", records, warc_version());
    return records > 0 ? 0 : 1;
}
