/*
 * A WACZ file made by a stranger is verified.  The input is the ZIP file itself, or its members as
 * text, so that a mutation changes what is in them and not only the frame:
 *
 *     === archive/a.warc.gz        its records, plain: they are compressed here
 *     === pages/pages.jsonl        any other member is taken as it is
 *     === !300                     one bit of the finished ZIP file is changed, at this byte
 *
 * An index and a datapackage.json are made where none is given.  Verify comes to an end, finds the
 * same a second time, leaves the file as it is, and nothing where it unpacked.  A package that was
 * made here, and not damaged, is never said to be damaged or to disagree with its members.  What is
 * read in place lies in the file, and is what was put into a sound package.
 */
#include <config.h>

#include <archive.h>
#include <archive_entry.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/digest.h"
#include "base/disk.h"
#include "base/json.h"
#include "collection/index_cdxj.h"
#include "collection/wacz_parts.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/stored.h"
#include "verify/check_rules.h"
#include "verify/verify.h"

enum { ROOM = 1 << 24, MEMBERS_MOST = 16, NAME_MOST = 100 };

struct member {
    char name[NAME_MOST];
    struct buf bytes;
};

struct package {
    struct member members[MEMBERS_MOST];
    size_t count;
    bool given;   /* the input has its own datapackage.json */
    bool damaged; /* changed after it was made, or names that a ZIP file cannot hold */
};

struct heard {
    uint64_t levels[3];
    bool disagrees; /* the frame or the list was said to be wrong */
};

static char directory[SCRATCH_PATH], archive[SCRATCH_PATH];

static void begin(void)
{
    scratch_path(stored_directory(), "t", directory);
    scratch_path(stored_directory(), "archive", archive);
    FUZZ_CHECK(mkdir(directory, 0777) == 0 && mkdir(archive, 0777) == 0);
}

/* ---- the package ---- */

static struct member *add_member(struct package *package, struct text name)
{
    struct member *member = &package->members[package->count];
    if (package->count == MEMBERS_MOST || !name.length || name.length >= NAME_MOST)
        return NULL;
    for (size_t i = 0; i < name.length; i++) {
        unsigned char c = (unsigned char)name.at[i];
        package->damaged = package->damaged || c <= ' ' || c >= 0x7f || c == '\\';
    }
    /* A name twice, a directory and a name with "//" or ".." are nobody's member. */
    for (size_t i = 0; i < package->count; i++)
        package->damaged = package->damaged || text_equal(text_of(package->members[i].name), name);
    package->damaged = package->damaged || name.at[0] == '/' || text_ends(name, TEXT("/")) ||
                       text_find(name, TEXT("//")) >= 0 || text_find(name, TEXT("..")) >= 0 ||
                       text_find(name, TEXT("./")) >= 0;
    memcpy(member->name, name.at, name.length);
    member->name[name.length] = '\0';
    package->damaged = package->damaged || strlen(member->name) != name.length;
    buf_init(&member->bytes, ROOM);
    package->count++;
    return member;
}

static bool has_member_in(const struct package *package, struct text begins)
{
    for (size_t i = 0; i < package->count; i++)
        if (text_starts(text_of(package->members[i].name), begins))
            return true;
    return false;
}

static long number_of(struct text digits)
{
    long number = 0;
    for (size_t i = 0; i < digits.length && i < 6 && ascii_is_digit(digits.at[i]); i++)
        number = number * 10 + (digits.at[i] - '0');
    return number;
}

/* Returns where a bit is to be changed; -1: nowhere. */
static long read_members(struct text bytes, struct package *package)
{
    long at = -1;
    struct text line;
    while (bytes.length) {
        ptrdiff_t next = text_find(text_skip(bytes, 1), TEXT("\n=== "));
        struct text part = next < 0 ? bytes : text_first(bytes, (size_t)next + 2), rest = part;
        bytes = text_skip(bytes, part.length);
        if (!text_starts(part, TEXT("=== ")) || !text_split(&rest, '\n', &line))
            continue;
        struct text name = text_skip(line, 4);
        if (text_starts(name, TEXT("!"))) {
            at = number_of(text_skip(name, 1));
            continue;
        }
        struct member *member = add_member(package, name);
        if (member && text_starts(name, TEXT("archive/")) && text_ends(name, TEXT(".gz")) &&
            stored_is_plain(rest))
            stored_pack(rest, &member->bytes);
        else if (member)
            buf_add_text(&member->bytes, rest);
    }
    return at;
}

/* The index of the first file, which is the only one in most seeds. */
static void add_index(struct package *package)
{
    char path[SCRATCH_PATH];
    struct trouble trouble;
    if (has_member_in(package, TEXT("indexes/")) || !package->count)
        return;
    const struct member *first = &package->members[0];
    struct member *member = add_member(package, TEXT("indexes/index.cdx"));
    if (!member)
        return;
    scratch_write(stored_directory(), "archive/a.warc.gz", first->bytes.data, first->bytes.length);
    scratch_path(stored_directory(), "index.cdxj", path);
    if (cdxj_rebuild(archive, path, NULL, &trouble) != RESULT_BROKEN)
        FUZZ_CHECK(disk_read(path, &member->bytes, &trouble) == RESULT_OK);
    unlink(path);
    scratch_path(stored_directory(), "archive/a.warc.gz", path);
    unlink(path);
}

static void add_package(struct package *package)
{
    unsigned char sha256[DIGEST_MOST_BYTES];
    char hex[2 * DIGEST_SHA256_BYTES + 1];
    package->given = has_member_in(package, TEXT("datapackage"));
    size_t count = package->count;
    struct member *list = package->given ? NULL : add_member(package, TEXT("datapackage.json"));
    struct digester *digester = digester_new(DIGEST_SHA256);
    FUZZ_CHECK(digester);
    if (list) {
        buf_add_text(&list->bytes, TEXT("{\"profile\": \"data-package\", \"resources\": ["));
        for (size_t i = 0; i < count; i++) {
            const struct member *member = &package->members[i];
            digester_begin(digester);
            digester_add(digester, member->bytes.data, member->bytes.length);
            digester_end(digester, sha256);
            digest_hex(sha256, DIGEST_SHA256_BYTES, hex);
            buf_printf(&list->bytes, "%s{\"path\": ", i ? ", " : "");
            json_write_string(&list->bytes, text_of(member->name));
            buf_printf(&list->bytes, ", \"hash\": \"sha256:%s\", \"bytes\": %zu}", hex,
                       member->bytes.length);
        }
        buf_add_text(&list->bytes, TEXT("]}"));
    }
    package->damaged = package->damaged || (!list && !package->given);
    digester_free(digester);
}

static void write_zip(struct package *package, const char *path)
{
    struct archive *zip = archive_write_new();
    FUZZ_CHECK(zip && archive_write_set_format_zip(zip) == ARCHIVE_OK &&
               archive_write_zip_set_compression_store(zip) == ARCHIVE_OK &&
               archive_write_open_filename(zip, path) == ARCHIVE_OK);
    for (size_t i = 0; i < package->count; i++) {
        const struct member *member = &package->members[i];
        struct archive_entry *entry = archive_entry_new();
        FUZZ_CHECK(entry);
        archive_entry_set_pathname(entry, member->name);
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_perm(entry, 0644);
        archive_entry_set_size(entry, (la_int64_t)member->bytes.length);
        if (archive_write_header(zip, entry) < ARCHIVE_WARN)
            package->damaged = true;
        else if (member->bytes.length)
            FUZZ_CHECK(archive_write_data(zip, member->bytes.data, member->bytes.length) ==
                       (la_ssize_t)member->bytes.length);
        archive_entry_free(entry);
    }
    FUZZ_CHECK(archive_write_close(zip) == ARCHIVE_OK);
    archive_write_free(zip);
}

/* ---- what verify says of it ---- */

static void found(void *context, const struct finding *finding)
{
    struct heard *heard = context;
    FUZZ_CHECK(finding->rule >= 0 && finding->rule < CHECK_RULE_COUNT && finding->detail);
    FUZZ_CHECK((int)finding->level >= WARC_NOTE && finding->level <= WARC_ERROR);
    heard->levels[finding->level]++;
    if (finding->rule == CHECK_WACZ_DAMAGED || finding->rule == CHECK_WACZ_PACKAGE ||
        finding->rule == CHECK_WACZ_HASH || finding->rule == CHECK_WACZ_MEMBER)
        heard->disagrees = true;
}

static struct heard verify(char *path)
{
    const struct verify_options options = {.temporary = directory};
    struct heard heard = {{0}, false};
    const struct verify_observer observer = {.context = &heard, .found = found};
    struct verify_summary summary;
    struct trouble trouble = trouble_none();
    enum result result = verify_paths(&path, 1, &options, &observer, &summary, &trouble);
    if (result != RESULT_OK)
        fprintf(stderr, "%s\n", trouble.words);
    FUZZ_CHECK(result == RESULT_OK);
    FUZZ_CHECK(summary.errors == heard.levels[WARC_ERROR] &&
               summary.warnings == heard.levels[WARC_WARNING] &&
               summary.notes == heard.levels[WARC_NOTE]);
    FUZZ_CHECK(rmdir(directory) == 0 && mkdir(directory, 0777) == 0); /* it was empty */
    return heard;
}

/* Where the parts lie, whatever the list says. */
static void check_parts(const char *path, const struct package *package, bool sound,
                        struct text zip)
{
    struct wacz_parts parts;
    struct trouble trouble;
    enum result result = wacz_parts_read(&parts, path, &trouble);
    FUZZ_CHECK(result == RESULT_OK || (result == RESULT_LOST && !sound));
    for (size_t i = 0; result == RESULT_OK && i < parts.count; i++) {
        const struct wacz_part *part = &parts.parts[i];
        FUZZ_CHECK(part->from >= 0 && part->length >= 0 &&
                   part->from + part->length <= (int64_t)zip.length);
        FUZZ_CHECK(wacz_parts_find(&parts, text_of(part->name)) == part);
    }
    for (size_t i = 0; sound && i < package->count; i++) {
        const struct member *member = &package->members[i];
        struct text name = text_of(member->name), below = TEXT("archive/");
        const struct wacz_part *part = text_starts(name, below)
                                           ? wacz_parts_find(&parts, text_skip(name, below.length))
                                           : NULL;
        FUZZ_CHECK(!part ||
                   text_equal(text_first(text_skip(zip, (size_t)part->from), (size_t)part->length),
                              buf_text(&member->bytes)));
        FUZZ_CHECK(part || !text_equal(name, TEXT("archive/a.warc.gz")));
    }
    wacz_parts_release(&parts);
}

static void check_zip(const struct package *package, struct text bytes, bool sound)
{
    char path[SCRATCH_PATH];
    struct buf is;
    buf_init(&is, ROOM);
    scratch_path(stored_directory(), "a.wacz", path);
    scratch_write(stored_directory(), "a.wacz", bytes.at, bytes.length);
    check_parts(path, package, sound, bytes);
    struct heard one = verify(path);
    FUZZ_CHECK(!sound || !one.disagrees);
    if (bytes.length % 4 == 0) {
        struct heard other = verify(path);
        FUZZ_CHECK(memcmp(one.levels, other.levels, sizeof one.levels) == 0);
    }
    scratch_read(stored_directory(), "a.wacz", &is);
    FUZZ_CHECK(text_equal(buf_text(&is), bytes));
    buf_release(&is);
    unlink(path);
}

static void check_members(struct text bytes)
{
    static struct package package; /* large */
    char path[SCRATCH_PATH];
    struct trouble trouble;
    struct buf zip;
    package = (struct package){.count = 0};
    buf_init(&zip, ROOM);
    long at = read_members(bytes, &package);
    add_index(&package);
    add_package(&package);
    scratch_path(stored_directory(), "made.zip", path);
    write_zip(&package, path);
    FUZZ_CHECK(disk_read(path, &zip, &trouble) == RESULT_OK);
    unlink(path);
    if (at >= 0 && zip.length)
        zip.data[(size_t)at % zip.length] ^= (char)(1 << at % 8);
    check_zip(&package, buf_text(&zip),
              package.count > 1 && at < 0 && !package.given && !package.damaged);
    buf_release(&zip);
    for (size_t i = 0; i < package.count; i++)
        buf_release(&package.members[i].bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct text bytes = fuzz_text(data, size);
    if (!directory[0])
        begin();
    if (text_starts(bytes, TEXT("PK")))
        check_zip(NULL, bytes, false);
    else
        check_members(bytes);
    return 0;
}
