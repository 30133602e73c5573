/* Looks for words in the names of attributes. */
#include <config.h>

#include "links/attribute_name.h"

/* Standard attributes whose values are not URLs of parts or pages, or are read elsewhere. */
static const struct text no_urls[] = {
    WORD("alt"),         WORD("itemtype"),       WORD("itemid"),    WORD("datetime"),
    WORD("placeholder"), WORD("viewbox"),        WORD("points"),    WORD("transform"),
    WORD("d"),           WORD("accept"),         WORD("pattern"),   WORD("target"),
    WORD("media"),       WORD("sizes"),          WORD("integrity"), WORD("download"),
    WORD("about"),       WORD("resource"),       WORD("vocab"),     WORD("typeof"),
    WORD("prefix"),      WORD("formaction"),     WORD("label"),     WORD("abbr"),
    WORD("ping"),        WORD("profile"),        WORD("lang"),      WORD("summary"),
    WORD("standby"),     WORD("usemap"),         WORD("for"),       WORD("data-alt"),
    WORD("image-alt"),   WORD("data-image-alt"),
};

/* Words for texts, and for requests that do something. */
static const struct text text_words[] = {
    WORD("title"),    WORD("description"), WORD("caption"),     WORD("label"),    WORD("name"),
    WORD("desc"),     WORD("text"),        WORD("tooltip"),     WORD("filename"), WORD("template"),
    WORD("pattern"),  WORD("format"),      WORD("version"),     WORD("selector"), WORD("type"),
    WORD("delete"),   WORD("remove"),      WORD("vote"),        WORD("like"),     WORD("login"),
    WORD("logout"),   WORD("upload"),      WORD("save"),        WORD("edit"),     WORD("report"),
    WORD("share"),    WORD("track"),       WORD("submit"),      WORD("cart"),     WORD("subscribe"),
    WORD("favorite"), WORD("follow"),      WORD("placeholder"),
};

static const struct text frame_words[] = {WORD("iframe"), WORD("embed")};

static const struct text shown_words[] = {
    WORD("src"),    WORD("img"),   WORD("image"), WORD("bg"),     WORD("background"),
    WORD("poster"), WORD("thumb"), WORD("photo"), WORD("pic"),    WORD("lazy"),
    WORD("zoom"),   WORD("orig"),  WORD("hires"), WORD("hi-res"), WORD("retina"),
    WORD("avatar"), WORD("cover"), WORD("logo"),  WORD("sprite"), WORD("full"),
    WORD("large"),  WORD("hover"), WORD("video"), WORD("audio"),  WORD("icon"),
    WORD("file"),
};

static const struct text link_names[] = {
    WORD("data-url"), WORD("data-link"), WORD("data-permalink"), WORD("data-uri"),
    WORD("url"),      WORD("link"),      WORD("permalink"),      WORD("data-page-url"),
};

static const struct text loaded_names[] = {
    WORD("hx-get"),          WORD("data-hx-get"),  WORD("ic-get-from"),  WORD("up-href"),
    WORD("w3-include-html"), WORD("data-include"), WORD("include-html"), WORD("ic-src"),
};

static const struct text more_words[] = {WORD("next"), WORD("more"), WORD("older"), WORD("prev"),
                                         WORD("newer")};

/* Whether one of the words of a name, between hyphens and the like, is `word`, or begins with it. A
 * capital begins a word too. */
static bool has_word(struct text name, struct text word, bool whole)
{
    for (size_t at = 0; at + word.length <= name.length; at++) {
        struct text rest = text_skip(name, at + word.length);
        bool first =
            !at || !ascii_is_alnum(name.at[at - 1]) || (name.at[at] >= 'A' && name.at[at] <= 'Z');
        bool last = !rest.length || !(rest.at[0] >= 'a' && rest.at[0] <= 'z');
        if (first && (last || !whole) && text_starts_nocase(text_skip(name, at), word) &&
            !text_starts_nocase(rest, TEXT("iew"))) /* "preview" */
            return true;
    }
    return false;
}

static bool has_words(struct text name, const struct text *words, size_t count, bool whole)
{
    for (size_t i = 0; i < count; i++)
        if (has_word(name, words[i], whole))
            return true;
    return false;
}

#define HAS_WORDS(name, words, whole) has_words(name, words, sizeof(words) / sizeof *(words), whole)

/* data-placeholder-image="/a.jpg" */
static bool is_of_placeholder(struct text name)
{
    static const struct text seen[] = {WORD("image"), WORD("img"), WORD("src")};
    return text_find_nocase(name, TEXT("placeholder")) >= 0 && TEXT_HAS_ANY(name, seen);
}

enum attribute_says attribute_says(struct text name)
{
    if (is_of_placeholder(name))
        return SAYS_SHOWN;
    if (TEXT_IS_ANY(name, no_urls) || text_starts_nocase(name, TEXT("xml")) ||
        text_starts_nocase(name, TEXT("aria-")) || HAS_WORDS(name, text_words, true))
        return SAYS_NO_URL;
    if (TEXT_IS_ANY(name, loaded_names))
        return SAYS_LOADED;
    if (text_equal_nocase(name, TEXT("href")) || text_equal_nocase(name, TEXT("data-href")))
        return SAYS_HREF;
    if (TEXT_IS_ANY(name, link_names))
        return SAYS_LINK;
    if (TEXT_HAS_ANY(name, frame_words))
        return SAYS_FRAME;
    if (TEXT_HAS_ANY(name, shown_words))
        return SAYS_SHOWN;
    return HAS_WORDS(name, more_words, false) ? SAYS_MORE : SAYS_NOTHING;
}
