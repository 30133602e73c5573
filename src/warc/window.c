/*
 * Reads members into the window, and looks in it for the beginnings of records.
 */
#include <config.h>

#include "warc/window.h"

#include <stdlib.h>
#include <string.h>

#include "warc/arc.h"
#include "warc/rules.h"

enum {
    WINDOW_BYTES = 1 << 16,
    WINDOW_MOST = WARC_HEADER_MOST + WINDOW_BYTES,
    /* What may be read in vain: so many bytes, and so many times the size of the file. */
    VAIN_BYTES = 64 << 20,
    VAIN_SIZES = 4,
};

bool window_init(struct window *window, struct source *source, struct flaws *flaws,
                 struct trouble *trouble)
{
    *window = (struct window){.room = WINDOW_BYTES, .flaws = flaws, .trouble = trouble};
    window->bytes = malloc(window->room);
    window->file = member_open(source, flaws_listener(flaws));
    return window->bytes && window->file;
}

void window_release(struct window *window)
{
    member_close(window->file);
    free(window->bytes);
}

struct text window_text(const struct window *window)
{
    return (struct text){window->bytes + window->start, window->end - window->start};
}

int64_t window_here(const struct window *window)
{
    if (member_is_gzip(window->file))
        return member_offset(window->file);
    return member_position(window->file) - (int64_t)(window->end - window->start);
}

void window_begin(struct window *window)
{
    window->pulled_when = window->pulled;
}

static int64_t vain_most(const struct window *window)
{
    int64_t size = member_file_size(window->file);
    return VAIN_BYTES + (size > 0 ? size : 0) * VAIN_SIZES;
}

bool window_is_wasteful(const struct window *window)
{
    return window->in_vain > vain_most(window) / 2;
}

void window_clear(struct window *window)
{
    window->no_end = 0;
    window->start = window->end = 0;
}

/* Reads once into the window.  False when the member has ended or the reader is broken. */
static bool pull(struct window *window)
{
    size_t got;
    if (!window->in_member || window->member_end != RESULT_OK || window->broken)
        return false;
    enum result result = member_read(window->file, window->bytes + window->end,
                                     window->room - window->end, &got, window->trouble);
    window->end += got;
    window->pulled += (int64_t)got;
    if (result == RESULT_OK)
        return true;
    if (result == RESULT_BROKEN)
        window->broken = true;
    else
        window->member_end = result;
    if (result == RESULT_FLAWED || result == RESULT_LOST) {
        window->bad_member = member_offset(window->file);
        window->foreign_trailer = member_has_foreign_trailer(window->file);
    }
    return false;
}

struct text window_need(struct window *window, size_t want)
{
    if (window->start == window->end)
        window_clear(window);
    while (window->end - window->start < want) {
        if (window->start) {
            memmove(window->bytes, window->bytes + window->start, window->end - window->start);
            window->end -= window->start;
            window->start = 0;
        }
        if (window->end == window->room) {
            char *more = window->room < WINDOW_MOST ? realloc(window->bytes, WINDOW_MOST) : NULL;
            if (!more) {
                trouble_say(window->trouble, RESULT_BROKEN, "no memory to read a header");
                window->broken = true;
                break;
            }
            window->bytes = more;
            window->room = WINDOW_MOST;
        }
        window->flaws->offset = member_offset(window->file);
        if (!pull(window))
            break;
    }
    return window_text(window);
}

bool window_begins_record(struct window *window)
{
    return member_begins_record(window->file, window_need(window, window->arc ? ARC_LINE_MOST
                                                                              : VERSION_LINE_MOST));
}

bool window_is_over(struct window *window)
{
    return window_need(window, 1).length == 0;
}

bool window_goes_on(struct window *window)
{
    if (!member_is_gzip(window->file) || window->member_end == RESULT_LOST || window->broken)
        return false;
    size_t left = window->end - window->start;
    int64_t position = member_position(window->file), offset = member_offset(window->file),
            bad_member = window->bad_member;
    bool foreign_trailer = window->foreign_trailer;
    window->flaws->muted = true;
    bool goes_on = member_begin(window->file, window->trouble) == RESULT_OK;
    if (goes_on) {
        enum result ended = window->member_end;
        window->member_end = RESULT_OK;
        size_t most = window->arc ? ARC_LINE_MOST : VERSION_LINE_MOST;
        struct text text = text_skip(window_need(window, left + most), left);
        goes_on = text.length > 0 && !member_begins_record(window->file, text);
        if (!goes_on) {
            window->member_end = ended;
            window->bad_member = bad_member;
            window->foreign_trailer = foreign_trailer;
            window->pulled -= (int64_t)(window->end - window->start - left);
            window->end = window->start + left;
        }
    }
    window->flaws->muted = false;
    if (!goes_on && !window->broken)
        member_seek(window->file, position);
    if (goes_on) {
        window->behind_other = true;
        window->flaws->offset = position;
        struct rule_listener listener = flaws_listener(window->flaws);
        rule_tell(&listener, RULE_RECORD_OVER_MEMBERS, "it begins at %lld and goes on at %lld",
                  (long long)offset, (long long)position);
    }
    return goes_on;
}

size_t window_take_line_ends(struct window *window, bool *exact)
{
    size_t count = 0;
    *exact = true;
    for (;;) {
        struct text text = window_need(window, 1);
        if (!text.length || (text.at[0] != '\r' && text.at[0] != '\n'))
            break;
        if (count >= 4 || text.at[0] != "\r\n\r\n"[count])
            *exact = false;
        window->start++;
        count++;
    }
    *exact = *exact && count == 4;
    return count;
}

int64_t window_skip_to_version(struct window *window)
{
    int64_t skipped = 0;
    for (;;) {
        if (window_begins_record(window) || window->start == window->end)
            return skipped;
        struct text text = window_text(window);
        ptrdiff_t end = text_find_char(text, '\n');
        size_t step = end < 0 ? text.length : (size_t)end + 1;
        window->start += step;
        skipped += (int64_t)step;
    }
}

void window_resync(struct window *window, int64_t from)
{
    int64_t here =
        member_is_gzip(window->file) ? member_position(window->file) : window_here(window);
    if (from < here) {
        window->in_vain += window->pulled - window->pulled_when;
        if (window->in_vain > vain_most(window))
            from = here;
    }
    window_begin(window);
    window_clear(window);
    window->in_member = false;
    if (member_resync(window->file, from, window->trouble) == RESULT_BROKEN)
        window->broken = true;
}

bool window_is_version_cut(struct window *window)
{
    struct text text = window_need(window, VERSION_LINE_MOST);
    return text.length && text.length < VERSION_LINE_MOST && text_find_char(text, '\n') < 0 &&
           text_starts_nocase(text, text_first(TEXT("WARC/"), text.length));
}
