/*
 * WARC files, plain and gzip: reading ends; a record that is read without complaint has a block of
 * the announced length, lies in the file behind the one before, and is read again from its place;
 * to skip blocks gives the same records as to read them; and to be strict is to stop where the
 * first flaw is.
 */
#include <config.h>

#include <string.h>

#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/stored.h"
#include "warccap/warc.h"

enum { STEPS_MOST = 1 << 14 };

/* What a record was told to be. */
struct step {
    bool flawed; /* when it is the end: flaws were told with it */
    enum warc_result result, finished;
    int64_t offset, length;
    enum warc_type type;
};

struct stored_file {
    const char *name;
    struct text bytes;
};

static struct warc_reader *open_stored(const struct stored_file *file)
{
    struct warc_reader *reader =
        warc_reader_open_memory(file->bytes.at, file->bytes.length, file->name);
    FUZZ_CHECK(reader);
    return reader;
}

static void check_flaws(const struct warc_reader *reader, int64_t file_size)
{
    const struct warc_flaw *flaw;
    for (size_t i = 0; (flaw = warc_reader_flaw(reader, i)); i++) {
        FUZZ_CHECK(flaw->rule && flaw->rule[0] && flaw->clause &&
                   memchr(flaw->words, '\0', sizeof flaw->words));
        FUZZ_CHECK(flaw->offset >= 0 && flaw->offset <= file_size);
    }
}

static void check_header(const struct warc_record *record)
{
    FUZZ_CHECK(record->content_length >= 0);
    FUZZ_CHECK(record->type >= WARC_WARCINFO && record->type <= WARC_UNKNOWN);
    for (size_t i = 0; i < record->field_count; i++)
        FUZZ_CHECK(record->fields[i].name && record->fields[i].value &&
                   warc_record_field(record, record->fields[i].name));
}

static void read_block(struct warc_reader *reader, const struct warc_record *record)
{
    static volatile char sink; /* every octet that is given may be looked at */
    const char *bytes;
    size_t length;
    int64_t sum = 0;
    enum warc_result result;
    while ((result = warc_reader_block(reader, &bytes, &length)) == WARC_OK) {
        FUZZ_CHECK(length > 0);
        for (size_t i = 0; i < length; i++)
            sink = bytes[i];
        sum += (int64_t)length;
        FUZZ_CHECK(sum <= record->content_length);
    }
    (void)sink;
    FUZZ_CHECK(length == 0 && (result == WARC_END || result == WARC_LOST));
    FUZZ_CHECK((result == WARC_END) == (sum == record->content_length));
}

/* From its place alone the record is the same. */
static void check_place(const struct stored_file *file, const struct warc_place *place,
                        const struct warc_record *record)
{
    struct warc_reader *reader = open_stored(file);
    const struct warc_record *again;
    struct warc_place place_again;
    FUZZ_CHECK(warc_reader_seek(reader, place->offset) == WARC_OK);
    FUZZ_CHECK(warc_reader_next(reader, &again) == WARC_OK);
    FUZZ_CHECK(again->type == record->type && again->content_length == record->content_length &&
               again->field_count == record->field_count && again->version == record->version);
    FUZZ_CHECK(warc_reader_finish(reader, &place_again) == WARC_OK);
    FUZZ_CHECK(place_again.offset == place->offset && place_again.length == place->length);
    warc_reader_close(reader);
}

static size_t read_file(const struct stored_file *file, bool blocks, struct step *steps)
{
    struct warc_reader *reader = open_stored(file);
    int64_t file_size = (int64_t)file->bytes.length;
    const struct warc_record *record;
    struct warc_place place;
    int64_t before = -1, end = 0;
    size_t count = 0;
    FUZZ_CHECK(reader);
    for (;; count++) {
        FUZZ_CHECK(count < STEPS_MOST);
        struct step *step = &steps[count];
        memset(step, 0, sizeof *step);
        step->result = warc_reader_next(reader, &record);
        check_flaws(reader, file_size);
        FUZZ_CHECK(step->result != WARC_BROKEN);
        step->flawed = step->result == WARC_END && warc_reader_flaw(reader, 0);
        if (step->result == WARC_END)
            break;
        step->offset = warc_reader_offset(reader);
        FUZZ_CHECK(step->offset >= 0 && step->offset <= file_size);
        if (step->result == WARC_LOST)
            continue;
        check_header(record);
        step->type = record->type;
        if (blocks)
            read_block(reader, record);
        step->finished = warc_reader_finish(reader, &place);
        check_flaws(reader, file_size);
        FUZZ_CHECK(step->finished != WARC_BROKEN && step->finished != WARC_END);
        FUZZ_CHECK(place.offset == step->offset && place.offset >= before);
        step->length = place.length;
        if (step->finished == WARC_LOST)
            continue;
        FUZZ_CHECK(place.length > 0 && place.length <= file_size - place.offset);
        /* A record that does not begin its member can't be read from its place. */
        if (step->result == WARC_OK && step->finished == WARC_OK && place.offset >= end && blocks)
            check_place(file, &place, record);
        before = place.offset;
        end = place.offset + place.length;
    }
    FUZZ_CHECK(warc_reader_next(reader, &record) == WARC_END);
    warc_reader_close(reader);
    return count;
}

static void check_strict(const struct stored_file *file, const struct step *steps, size_t count)
{
    struct warc_reader *reader = open_stored(file);
    const struct warc_record *record;
    enum warc_result result = WARC_OK;
    size_t good = 0;
    warc_reader_set_strict(reader);
    while (good < count && steps[good].result == WARC_OK && steps[good].finished == WARC_OK)
        good++;
    for (size_t i = 0; i < good; i++)
        FUZZ_CHECK(warc_reader_next(reader, &record) == WARC_OK && record &&
                   warc_reader_finish(reader, NULL) == WARC_OK);
    result = warc_reader_next(reader, &record);
    if (result == WARC_OK)
        result = warc_reader_finish(reader, NULL);
    FUZZ_CHECK(result == (good == count && steps[count].result == WARC_END && !steps[count].flawed
                              ? WARC_END
                              : WARC_BROKEN));
    warc_reader_close(reader);
}

static void check_file(const char *name, struct text bytes)
{
    static struct step read[STEPS_MOST], skipped[STEPS_MOST];
    const struct stored_file file = {name, bytes};
    size_t count = read_file(&file, true, read);
    FUZZ_CHECK(read_file(&file, false, skipped) == count);
    FUZZ_CHECK(memcmp(read, skipped, count * sizeof *read) == 0);
    check_strict(&file, read, count);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct text bytes = fuzz_text(data, size);
    struct buf packed;
    bool plain = stored_is_plain(bytes);
    if (size >= STEPS_MOST)
        return 0;
    check_file(plain ? "a.warc" : "a.warc.gz", bytes);
    if (!plain)
        return 0;
    buf_init(&packed, 1 << 24);
    stored_pack(bytes, &packed);
    check_file("a.warc.gz", buf_text(&packed));
    buf_release(&packed);
    return 0;
}
