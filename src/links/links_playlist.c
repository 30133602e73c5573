/* Playlists: HLS (RFC 8216), whose parts are those of a video in the page, and plain M3U, whose
 * entries are media like any other. */
#include <config.h>

#include "links/extract.h"

static void give(struct extract *extract, struct text raw, bool hls)
{
    struct found found = {.class = hls ? LINK_REQUISITE : LINK_MEDIA,
                          .certainty = LINK_CERTAIN,
                          .element = "playlist",
                          .raw = raw};
    if (raw.length && text_find(raw, TEXT("{$")) < 0) /* a variable of the playlist */
        extract_give(extract, &found);
}

/* #EXT-X-KEY:METHOD=AES-128,URI="key.bin": a file that the tag names. */
static void read_tag(struct extract *extract, struct text tag)
{
    /* These are for players of a live broadcast only. */
    static const struct text live[] = {WORD("#EXT-X-PRELOAD-HINT"),
                                       WORD("#EXT-X-RENDITION-REPORT")};
    for (size_t i = 0; i < sizeof live / sizeof *live; i++)
        if (text_starts(tag, live[i]))
            return;
    ptrdiff_t at = text_find(tag, TEXT("URI=\""));
    struct text rest = at < 0 ? TEXT("") : text_skip(tag, (size_t)at + 5);
    ptrdiff_t end = text_find_char(rest, '"');
    if (end > 0)
        give(extract, text_first(rest, (size_t)end), true);
}

void extract_playlist(struct extract *extract, struct text playlist)
{
    bool hls = text_find(playlist, TEXT("#EXT-X-")) >= 0;
    struct text line;
    if (text_starts(playlist, TEXT("\xef\xbb\xbf")))
        playlist = text_skip(playlist, 3);
    for (int parts = 0; playlist.length && text_split(&playlist, '\n', &line);) {
        line = text_trim(line);
        if (parts == PLAYLIST_PARTS_MOST) {
            extract_too_long(extract);
            break;
        }
        if (text_starts(line, TEXT("#EXT-X-")))
            read_tag(extract, line);
        else if (line.length && line.at[0] != '#')
            give(extract, line, hls);
        parts += line.length > 0 && line.at[0] != '#';
    }
}
