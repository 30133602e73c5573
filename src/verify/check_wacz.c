/*
 * Checks a WACZ file (WACZ 1.1.1). datapackage.json must list every member with its digest and
 * length, and datapackage-digest.json must have its digest. Players must be able to read the
 * members in place. The pages that it lists must be in its index.  The records and the index are
 * checked like those of a collection.
 */
#include <config.h>

#include "verify/check_wacz.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <zlib.h>

#include "base/disk.h"
#include "base/json.h"
#include "collection/cdxj_lookup.h"
#include "collection/wacz.h"
#include "collection/wacz_signature.h"

enum {
    SHA256_DIGITS = 64,
    LIST_BYTES = 64 * 1024 * 1024, /* of a list */
    INDEX_BYTES = 512 * 1024 * 1024,
};

struct wacz_check {
    struct verification *v;
    const char *path;
    struct buf members; /* lines "NAME<TAB>BYTES<TAB>SHA256<LF>" */
    struct buf text, scratch;
};

static void find(struct wacz_check *w, int rule, struct text detail)
{
    verification_find_file(w->v, rule, w->path, "%.*s",
                           detail.length < 500 ? (int)detail.length : 500, detail.at);
}

/* ---- members ---- */

static void take_member(void *context, const struct wacz_member *member)
{
    struct wacz_check *w = context;
    struct text name = text_of(member->name);
    bool read_in_place = text_starts(name, TEXT("archive/")) || text_ends(name, TEXT(".cdx.gz"));
    if (!member->stored && read_in_place)
        find(w, CHECK_WACZ_STORED, name);
    if (text_find_char(name, '\t') < 0 && text_find_char(name, '\n') < 0)
        buf_printf(&w->members, "%s\t%lld\t%s\n", member->name, (long long)member->bytes,
                   member->sha256);
}

/* The digest of a member, and its length; false when there is no such member. */
static bool member_named(const struct wacz_check *w, struct text name, struct text *bytes,
                         struct text *sha256)
{
    struct text rest = buf_text(&w->members), line, one;
    while (text_split(&rest, '\n', &line))
        if (text_split(&line, '\t', &one) && text_equal(one, name) &&
            text_split(&line, '\t', bytes)) {
            *sha256 = line;
            return true;
        }
    return false;
}

static bool read_list(struct wacz_check *w, const char *directory, const char *name)
{
    char path[PATH_MAX];
    struct trouble trouble;
    snprintf(path, sizeof path, "%s/%s", directory, name);
    buf_clear(&w->text);
    return disk_exists(path) && disk_read(path, &w->text, &trouble) == RESULT_OK;
}

/* The text of a member of a flat object; empty when it has none.  It points into the object or into
 * w->scratch, until the next call. */
static struct text value_of(struct wacz_check *w, struct text object, const char *wanted)
{
    struct text name, value;
    while (json_next_member(&object, &name, &value, &w->scratch) > 0)
        if (text_equal(name, text_of(wanted)))
            return value;
    return TEXT("");
}

static void check_resource(struct wacz_check *w, struct text object, struct buf *listed)
{
    struct text is_bytes, sha256;
    size_t before = listed->length;
    buf_add_text(listed, value_of(w, object, "path"));
    struct text name = text_skip(buf_text(listed), before), bytes = value_of(w, object, "bytes"),
                hash = value_of(w, object, "hash");
    if (!name.length || !hash.length)
        return;
    if (!member_named(w, name, &is_bytes, &sha256))
        find(w, CHECK_WACZ_MEMBER, name);
    else if ((text_starts(hash, TEXT("sha256:")) &&
              !text_equal_nocase(text_skip(hash, 7), sha256)) ||
             (bytes.length && !text_equal(bytes, is_bytes)))
        find(w, CHECK_WACZ_HASH, name);
    buf_add_char(listed, '\n');
}

static bool has_line(struct text lines, struct text wanted)
{
    struct text line;
    while (text_split(&lines, '\n', &line))
        if (text_equal(line, wanted))
            return true;
    return false;
}

/* Only the package itself and what signs it are not in its list. */
static void check_unlisted(struct wacz_check *w, struct text listed)
{
    struct text rest = buf_text(&w->members), line, name;
    while (text_split(&rest, '\n', &line))
        if (text_split(&line, '\t', &name) && !text_starts(name, TEXT("datapackage")) &&
            !has_line(listed, name))
            verification_find_file(w->v, CHECK_WACZ_MEMBER, w->path,
                                   "%.*s is there and not in the list", TEXT_ARGS(name));
}

static void check_package(struct wacz_check *w, const char *directory)
{
    struct text rest, object;
    struct buf listed;
    bool any = false;
    buf_init(&listed, LIST_BYTES);
    if (read_list(w, directory, "datapackage.json")) {
        rest = buf_text(&w->text);
        while (wacz_next_object(&rest, &object)) {
            check_resource(w, object, &listed);
            any = any || listed.length;
        }
    }
    if (!any)
        find(w, CHECK_WACZ_PACKAGE, TEXT("it is missing, or lists nothing"));
    else {
        if (text_find(buf_text(&w->text), TEXT("\"data-package\"")) < 0)
            find(w, CHECK_WACZ_PACKAGE, TEXT("its profile is not \"data-package\""));
        check_unlisted(w, buf_text(&listed));
    }
    buf_release(&listed);
}

static void check_package_digest(struct wacz_check *w, const char *directory)
{
    struct text bytes, sha256;
    if (!read_list(w, directory, "datapackage-digest.json"))
        return;
    /* A signature may stand in it as an object of its own, behind the digest. */
    struct text rest = buf_text(&w->text);
    ptrdiff_t hash = text_find(rest, TEXT("\"sha256:"));
    rest = text_skip(rest, hash < 0 ? rest.length : (size_t)hash + sizeof "\"sha256:" - 1);
    struct text said = text_first(rest, rest.length < SHA256_DIGITS ? rest.length : SHA256_DIGITS);
    if (member_named(w, TEXT("datapackage.json"), &bytes, &sha256) &&
        !text_equal_nocase(said, sha256))
        find(w, CHECK_WACZ_HASH, TEXT("datapackage.json: datapackage-digest.json has another"));
}

/* A signature by a key alone.  One for a domain has a certificate too, which is not judged here. */
static void check_signature(struct wacz_check *w, const char *directory)
{
    struct text object, value, bytes, sha256;
    struct buf hash, signature, key;
    if (!read_list(w, directory, "datapackage-digest.json"))
        return;
    struct text rest = buf_text(&w->text);
    ptrdiff_t at = text_find(rest, TEXT("\"signedData\""));
    rest = text_skip(rest, at < 0 ? rest.length : (size_t)at);
    if (!wacz_next_object(&rest, &object))
        return;
    buf_init(&hash, LIST_BYTES);
    buf_init(&signature, LIST_BYTES);
    buf_init(&key, LIST_BYTES);
    buf_add_text(&hash, value_of(w, object, "hash"));
    buf_add_text(&signature, value_of(w, object, "signature"));
    buf_add_text(&key, value_of(w, object, "publicKey"));
    value = buf_text(&hash);
    if (!value_of(w, object, "domain").length &&
        (!wacz_signature_holds(value, buf_text(&signature), buf_text(&key)) ||
         (member_named(w, TEXT("datapackage.json"), &bytes, &sha256) &&
          !(text_starts(value, TEXT("sha256:")) &&
            text_equal_nocase(text_skip(value, strlen("sha256:")), sha256)))))
        find(w, CHECK_WACZ_SIGNATURE, TEXT("datapackage-digest.json"));
    w->v->out_of_memory = w->v->out_of_memory || buf_is_out_of_memory(&hash) ||
                          buf_is_out_of_memory(&signature) || buf_is_out_of_memory(&key);
    buf_release(&hash);
    buf_release(&signature);
    buf_release(&key);
}

bool check_wacz_unpack(struct verification *v, const char *path, char directory[], size_t size)
{
    struct wacz_check w = {.v = v, .path = path};
    const struct wacz_observer observer = {.context = &w, .member = take_member};
    const char *slash = strrchr(path, '/');
    struct trouble trouble;
    snprintf(directory, size, "%s/%s", v->options->temporary ? v->options->temporary : "",
             slash ? slash + 1 : path);
    if (!v->options->temporary || disk_make_directory(directory, &trouble) != RESULT_OK) {
        verification_find_file(v, CHECK_UNREADABLE, path, "%s",
                               "there is no place to unpack it: set TMPDIR");
        return false;
    }
    buf_init(&w.members, LIST_BYTES);
    buf_init(&w.text, LIST_BYTES);
    buf_init(&w.scratch, LIST_BYTES);
    enum result result =
        wacz_unpack(path, directory, WACZ_BYTES_MOST(disk_file_size(path)), &observer, &trouble);
    if (result == RESULT_LOST)
        verification_find_file(v, CHECK_WACZ_DAMAGED, path, "%s", trouble.words);
    else if (result != RESULT_OK)
        verification_find_file(v, CHECK_UNREADABLE, path, "%s", trouble.words);
    if (result == RESULT_OK || result == RESULT_LOST) {
        check_package(&w, directory);
        check_package_digest(&w, directory);
        check_signature(&w, directory);
    } else
        wacz_remove(directory);
    v->out_of_memory = v->out_of_memory || buf_is_out_of_memory(&w.members) ||
                       buf_is_out_of_memory(&w.text) || buf_is_out_of_memory(&w.scratch);
    buf_release(&w.members);
    buf_release(&w.text);
    buf_release(&w.scratch);
    return result == RESULT_OK || result == RESULT_LOST;
}

/* ---- the index ---- */

struct index_parts {
    const char *directory;
    FILE *out;
    char block[1 << 16];
};

/* Plain, or in blocks of gzip (ZipNum); zlib reads both.  A header of ZipNum is no line. */
static void add_index(void *context, const char *name)
{
    struct index_parts *parts = context;
    char path[PATH_MAX];
    struct text file = text_of(name);
    if (!text_ends(file, TEXT(".cdx")) && !text_ends(file, TEXT(".cdxj")) &&
        !text_ends(file, TEXT(".cdx.gz")) && !text_ends(file, TEXT(".cdxj.gz")))
        return;
    snprintf(path, sizeof path, "%s/indexes/%s", parts->directory, name);
    gzFile in = gzopen(path, "rbe");
    bool begins = true, skipped = false;
    int64_t bytes = 0;
    while (in && bytes < INDEX_BYTES && gzgets(in, parts->block, sizeof parts->block)) {
        size_t length = strlen(parts->block);
        skipped = begins ? parts->block[0] == '!' : skipped;
        begins = length && parts->block[length - 1] == '\n';
        bytes += (int64_t)length;
        if (!skipped)
            fputs(parts->block, parts->out);
    }
    if (in)
        gzclose_r(in);
}

void check_wacz_index(struct verification *v, const char *directory, const char *index_path)
{
    char indexes[PATH_MAX];
    struct trouble trouble;
    struct index_parts *parts = calloc(1, sizeof *parts);
    snprintf(indexes, sizeof indexes, "%s/indexes", directory);
    v->out_of_memory = v->out_of_memory || !parts;
    if (!parts)
        return;
    parts->directory = directory;
    parts->out = fopen(index_path, "we");
    if (parts->out)
        result_ignore(disk_list(indexes, add_index, parts, &trouble));
    if (!parts->out || fclose(parts->out) != 0)
        verification_find_file(v, CHECK_UNREADABLE, index_path, "%s", "it cannot be unpacked");
    free(parts);
}

/* ---- pages ---- */

static void check_pages_file(struct wacz_check *w, const char *directory, const char *name,
                             struct cdxj_lookup *lookup)
{
    struct text rest, object;
    struct cdxj_entry entry;
    if (!read_list(w, directory, name))
        return;
    rest = buf_text(&w->text);
    while (wacz_next_object(&rest, &object)) {
        struct text url = value_of(w, object, "url");
        if (url.length && cdxj_lookup_newest(lookup, url, &entry) != RESULT_OK)
            verification_find_file(w->v, CHECK_WACZ_PAGE, w->path, "%s: %.*s", name,
                                   TEXT_ARGS(url));
    }
}

void check_wacz_pages(struct verification *v, const char *directory, const char *index_path)
{
    char path[PATH_MAX];
    struct trouble trouble;
    snprintf(path, sizeof path, "%s/pages/pages.jsonl", directory);
    struct wacz_check w = {.v = v, .path = path};
    struct cdxj_lookup *lookup = cdxj_lookup_open(index_path, &trouble);
    if (!lookup)
        return;
    buf_init(&w.text, LIST_BYTES);
    buf_init(&w.scratch, LIST_BYTES);
    check_pages_file(&w, directory, "pages/pages.jsonl", lookup);
    check_pages_file(&w, directory, "pages/extraPages.jsonl", lookup);
    buf_release(&w.text);
    buf_release(&w.scratch);
    cdxj_lookup_close(lookup);
}
