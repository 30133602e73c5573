/* The line goes into the head if that begins with a tag, else before the first other tag. */
#include <config.h>

#include "serve/page_line.h"

#include <string.h>

#include "html/tokenizer.h"
#include "serve/replay_scripts.h"

/* Where the tag that begins at `at` ends: after its '>'.  Quoted values may have one, too. */
static size_t tag_end(struct text page, size_t at)
{
    char quote = '\0';
    for (; at < page.length; at++) {
        char c = page.at[at];
        if (quote)
            quote = c == quote ? '\0' : quote;
        else if (c == '"' || c == '\'')
            quote = c;
        else if (c == '>')
            return at + 1;
    }
    return page.length;
}

/* Where the line goes. */
static size_t find_place(struct text page)
{
    struct tokenizer tokenizer;
    enum token_kind kind;
    size_t after = 0;
    tokenizer_init(&tokenizer, page);
    while ((kind = tokenizer_next(&tokenizer)) != TOKEN_END) {
        if (kind == TOKEN_COMMENT)
            after = tokenizer.at;
        if (kind == TOKEN_TEXT && text_trim(tokenizer.text).length)
            return after;
        if (kind != TOKEN_START)
            continue;
        if (text_equal_nocase(tokenizer.text, TEXT("head")))
            return tag_end(page, tokenizer.tag_at);
        if (!text_equal_nocase(tokenizer.text, TEXT("html")))
            return after;
        after = tag_end(page, tokenizer.tag_at);
    }
    return after;
}

static bool is_absolute(struct text url)
{
    url = text_trim(url);
    return text_starts(url, TEXT("//")) || text_find_char(url, ':') >= 0;
}

/* Makes a word of a link's rel attribute one that means nothing, of the same length.  Icons on the
 * own host are loaded from the archive as they are. */
static void blunt_link(char *page, const struct tokenizer *tokenizer, struct text copy)
{
    static const struct text words[] = {WORD("preconnect"), WORD("dns-prefetch"), WORD("icon")};
    struct text rel = tokenizer_attribute(tokenizer, "rel");
    if (!rel.at || !is_absolute(tokenizer_attribute(tokenizer, "href")))
        return;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        ptrdiff_t at = text_find_nocase(rel, words[i]);
        if (at >= 0)
            memset(page + (rel.at - copy.at) + at, 'x', 3);
    }
}

/* The site's own policy would judge the URLs of the archive. */
static void blunt_policy(char *page, const struct tokenizer *tokenizer, struct text copy)
{
    struct text kind = tokenizer_attribute(tokenizer, "http-equiv");
    if (text_equal_nocase(text_trim(kind), TEXT("content-security-policy")))
        page[kind.at - copy.at] = 'x';
}

/* Makes the name of the attribute that has a frame's URL another one: "xrc" or "xata".  A frame
 * with its own origin is not seen by the worker, so what is written in it gets "xrcdoc". */
static void blunt_frame(char *page, const struct tokenizer *tokenizer, struct text copy)
{
    for (size_t i = 0; i < tokenizer->attribute_count; i++) {
        const struct attribute *attribute = &tokenizer->attributes[i];
        if ((text_equal_nocase(attribute->name, TEXT("src")) ||
             text_equal_nocase(attribute->name, TEXT("data"))) &&
            is_absolute(attribute->value))
            page[attribute->name.at - copy.at] = 'x';
        if (text_equal_nocase(attribute->name, TEXT("srcdoc")) &&
            tokenizer_attribute(tokenizer, "sandbox").at)
            page[attribute->name.at - copy.at] = 'x';
    }
}

/* Of the copy of the page, which begins at `start` of `out`. */
static void blunt(struct buf *out, size_t start)
{
    static const struct text frames[] = {WORD("iframe"), WORD("frame"), WORD("embed"),
                                         WORD("object")};
    struct tokenizer tokenizer;
    enum token_kind kind;
    const struct text copy = text_skip(buf_text(out), start);
    tokenizer_init(&tokenizer, copy);
    while ((kind = tokenizer_next(&tokenizer)) != TOKEN_END) {
        if (kind == TOKEN_START && text_equal_nocase(tokenizer.text, TEXT("link")))
            blunt_link(out->data + start, &tokenizer, copy);
        else if (kind == TOKEN_START && text_equal_nocase(tokenizer.text, TEXT("meta")))
            blunt_policy(out->data + start, &tokenizer, copy);
        else if (kind == TOKEN_START && TEXT_IS_ANY(tokenizer.text, frames))
            blunt_frame(out->data + start, &tokenizer, copy);
    }
}

static bool is_utf16(struct text page)
{
    return page.length > 1 && (!page.at[0] || !page.at[1] || text_starts(page, TEXT("\xFF\xFE")) ||
                               text_starts(page, TEXT("\xFE\xFF")));
}

void page_line_add(struct text page, struct buf *out)
{
    if (is_utf16(page)) {
        buf_add_text(out, page);
        return;
    }
    size_t mark = text_starts(page, TEXT("\xEF\xBB\xBF")) ? 3 : 0;
    size_t place = mark + find_place(text_skip(page, mark)), start = out->length;
    buf_add_text(out, text_first(page, place));
    buf_add(out, REPLAY_LINE);
    buf_add_text(out, text_skip(page, place));
    if (buf_ok(out))
        blunt(out, start);
}
