/* Writes and reads the text of a manifest. */
#include <config.h>

#include "collection/manifest_text.h"

#include <stdio.h>
#include <string.h>

#include "base/digest.h"
#include "base/json.h"
#include "base/utf8.h"

#define NO_PREVIOUS "null"

/* ---- writing ---- */

static void write_name(const char *file, struct buf *out)
{
    char hex[2 * MANIFEST_NAME_SIZE];
    buf_add(out, "{\"file\": ");
    json_write_string(out, text_of(file));
    if (utf8_is_valid(text_of(file)))
        return;
    digest_hex((const unsigned char *)file, strlen(file), hex);
    buf_printf(out, ", \"file-hex\": \"%s\"", hex);
}

void manifest_entry_write(const struct manifest_entry *entry, struct buf *list)
{
    buf_add(list, list->length ? ",\n  " : "\n  ");
    write_name(entry->file, list);
    buf_printf(list, ", \"bytes\": %llu, \"sha256\": \"%s\"%s}", (unsigned long long)entry->bytes,
               entry->digest, entry->found ? ", \"found\": true" : "");
}

void manifest_text_write(const char *run, const struct manifest_head *head, struct text list,
                         struct buf *out)
{
    buf_printf(out,
               "{\"manifest\": 1, \"software\": \"warccap/%s\", \"run\": \"%s\",\n \"previous\": ",
               PACKAGE_VERSION, run);
    if (head->previous[0]) {
        write_name(head->previous, out);
        buf_printf(out, ", \"sha256\": \"%s\"},\n", head->digest);
    } else
        buf_add(out, NO_PREVIOUS ",\n");
    buf_add(out, " \"files\": [");
    buf_add_text(out, list);
    buf_add(out, "]}\n");
}

/* ---- reading ---- */

/* False, and an empty copy, when the value has a NUL or is too long. */
static bool copy(struct text value, char *out, size_t size)
{
    out[0] = '\0';
    if (value.length >= size || text_find_char(value, '\0') >= 0)
        return false;
    snprintf(out, size, "%.*s", TEXT_ARGS(value));
    return true;
}

static bool is_digest(const char *digest)
{
    size_t length = 0;
    for (; digest[length]; length++)
        if (!ascii_is_digit(digest[length]) && (digest[length] < 'a' || digest[length] > 'f'))
            return false;
    return length == MANIFEST_DIGEST_SIZE - 1;
}

/* The same for bytes in hexadecimal. */
static bool copy_hex(struct text value, char *out, size_t size)
{
    size_t length = value.length / 2;
    if (value.length % 2 || length >= size)
        return false;
    for (size_t i = 0; i < length; i++) {
        int high = hex_value(value.at[2 * i]), low = hex_value(value.at[2 * i + 1]);
        if (high < 0 || low < 0 || (!high && !low))
            return false;
        out[i] = (char)(high << 4 | low);
    }
    out[length] = '\0';
    return true;
}

/* A flat object, which is all of `object`; what has other names is passed over. */
static bool read_object(struct text object, struct manifest_entry *entry, struct buf *scratch)
{
    struct text name, value;
    bool fine = true;
    int more;
    *entry = (struct manifest_entry){.bytes = 0};
    while (fine && (more = json_next_member(&object, &name, &value, scratch)) == 1)
        if (text_equal(name, TEXT("file")))
            /* what JSON has of bytes that are not UTF-8 may be too long: then "file-hex" counts */
            copy(value, entry->file, sizeof entry->file);
        else if (text_equal(name, TEXT("file-hex")))
            fine = copy_hex(value, entry->file, sizeof entry->file);
        else if (text_equal(name, TEXT("sha256")))
            fine = copy(value, entry->digest, sizeof entry->digest);
        else if (text_equal(name, TEXT("bytes")))
            fine = text_to_number(value, &entry->bytes);
        else if (text_equal(name, TEXT("found")))
            entry->found = text_equal(value, TEXT("true"));
    return fine && more == 0 && !text_trim(object).length && entry->file[0] &&
           is_digest(entry->digest);
}

/* Takes `ending` off. */
static bool cut_ending(struct text *line, struct text ending)
{
    if (!text_ends(*line, ending))
        return false;
    line->length -= ending.length;
    return true;
}

bool manifest_head_read(struct text *rest, struct manifest_head *head, struct buf *scratch)
{
    struct text first, previous, mark = TEXT(" \"previous\": "), files = TEXT(" \"files\": [");
    struct manifest_entry entry;
    *head = (struct manifest_head){.previous = ""};
    if (!text_split(rest, '\n', &first) || !text_starts(first, TEXT("{\"manifest\": 1,")) ||
        !text_split(rest, '\n', &previous) || !text_starts(previous, mark) ||
        !cut_ending(&previous, TEXT(",")) || !rest->at || !text_starts(*rest, files))
        return false;
    *rest = text_skip(*rest, files.length);
    previous = text_skip(previous, mark.length);
    if (text_equal(previous, TEXT(NO_PREVIOUS)))
        return true;
    if (!read_object(previous, &entry, scratch) ||
        !copy(text_of(entry.file), head->previous, sizeof head->previous))
        return false;
    snprintf(head->digest, sizeof head->digest, "%s", entry.digest);
    return true;
}

int manifest_entry_read(struct text *rest, struct manifest_entry *entry, struct buf *scratch)
{
    struct text line;
    if (text_equal(*rest, TEXT("]}\n")) || !rest->at)
        return 0;
    if (text_starts(*rest, TEXT("\n")))
        *rest = text_skip(*rest, 1);
    if (!text_split(rest, '\n', &line))
        return 0;
    /* the last one ends the list, and the text */
    if (!rest->at || !cut_ending(&line, TEXT(","))) {
        if (!cut_ending(&line, TEXT("]}")) || !rest->at || rest->length)
            return -1;
        *rest = (struct text){NULL, 0};
    }
    return text_starts(line, TEXT("  {")) && read_object(text_skip(line, 2), entry, scratch) ? 1
                                                                                             : -1;
}
