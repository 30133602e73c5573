/*
 * Lists of digests.  SHA256SUMS: each line that is read is found by its name, the first of a name,
 * as if the list were searched line by line.  Manifests: reading ends, an entry has a name and a
 * digest, and a manifest that is read as a whole and written again is read as the same.
 */
#include <config.h>

#include <string.h>

#include "collection/manifest.h"
#include "collection/sums.h"
#include "tests/fuzz/fuzz.h"

enum { ROOM = 1 << 24, ENTRIES_MOST = 100 };

/* ---- SHA256SUMS ---- */

static struct text search(struct text rest, struct text wanted)
{
    struct text line, digest, name;
    while (text_split(&rest, '\n', &line))
        if (sums_line_read(line, &digest, &name) && text_equal(name, wanted))
            return digest;
    return TEXT("");
}

static void check_sums(struct text bytes)
{
    struct trouble trouble;
    struct sums sums;
    struct text rest = bytes, line, digest, name;
    size_t count = 0;
    FUZZ_CHECK(sums_read(&sums, bytes, &trouble) == RESULT_OK);
    while (text_split(&rest, '\n', &line)) {
        if (!sums_line_read(line, &digest, &name))
            continue;
        count++;
        struct text found = sums_digest_of(&sums, name);
        FUZZ_CHECK(fuzz_is_inside(bytes, found) && found.length == MANIFEST_DIGEST_SIZE - 1);
        FUZZ_CHECK(count > ENTRIES_MOST || found.at == search(bytes, name).at);
    }
    FUZZ_CHECK(sums.count == count);
    FUZZ_CHECK(!sums_digest_of(&sums, TEXT("there is none\n")).length);
    for (size_t i = 1; i < count; i++)
        FUZZ_CHECK(text_compare(sums.lines[i - 1].name, sums.lines[i].name) <= 0);
    sums_release(&sums);
}

/* ---- manifests ---- */

static void check_digest(const char *digest)
{
    FUZZ_CHECK(strlen(digest) == MANIFEST_DIGEST_SIZE - 1);
    FUZZ_CHECK(strspn(digest, "0123456789abcdef") == MANIFEST_DIGEST_SIZE - 1);
}

/* Reads it whole: the number of entries, -1 when it is no manifest. */
static int read_manifest(struct text rest, struct manifest_head *head,
                         struct manifest_entry entries[ENTRIES_MOST])
{
    struct manifest_entry entry;
    struct buf scratch;
    int count = 0, more = -1, lines = 0;
    buf_init(&scratch, ROOM);
    size_t most = rest.length;
    if (manifest_head_read(&rest, head, &scratch))
        while ((more = manifest_entry_read(&rest, &entry, &scratch)) > 0) {
            FUZZ_CHECK(entry.file[0]);
            check_digest(entry.digest);
            if (count < ENTRIES_MOST)
                entries[count] = entry;
            count++;
        }
    FUZZ_CHECK((head->previous[0] != '\0') == (head->digest[0] != '\0') || more < 0);
    if (head->previous[0] && more >= 0)
        check_digest(head->digest);
    /* after an error, reading goes on, and comes to an end */
    for (int next = more; next; lines++) {
        next = rest.at ? manifest_entry_read(&rest, &entry, &scratch) : 0;
        FUZZ_CHECK((size_t)lines <= most);
    }
    buf_release(&scratch);
    return more < 0 || count > ENTRIES_MOST ? -1 : count;
}

static void check_manifest(struct text bytes)
{
    static struct manifest_entry entries[ENTRIES_MOST], again[ENTRIES_MOST];
    struct manifest_head head, head_again;
    struct buf list, out;
    int count = read_manifest(bytes, &head, entries);
    if (count < 0)
        return;
    buf_init(&list, ROOM);
    buf_init(&out, ROOM);
    for (int i = 0; i < count; i++)
        manifest_entry_write(&entries[i], &list);
    manifest_text_write("20260104050607", &head, buf_text(&list), &out);
    FUZZ_CHECK(buf_ok(&list) && buf_ok(&out));
    FUZZ_CHECK(read_manifest(buf_text(&out), &head_again, again) == count);
    FUZZ_CHECK(strcmp(head.previous, head_again.previous) == 0 &&
               strcmp(head.digest, head_again.digest) == 0);
    for (int i = 0; i < count; i++)
        FUZZ_CHECK(strcmp(entries[i].file, again[i].file) == 0 &&
                   strcmp(entries[i].digest, again[i].digest) == 0 &&
                   entries[i].bytes == again[i].bytes && entries[i].found == again[i].found);
    buf_release(&list);
    buf_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct text bytes = fuzz_text(data, size);
    check_sums(bytes);
    check_manifest(bytes);
    return 0;
}
