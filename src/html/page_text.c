/* Visible text, read from the tokens of a page without building a tree. */
#include <config.h>

#include "html/page_text.h"

#include <string.h>

/* All bytes of characters beyond ASCII are letters. */
const unsigned char page_word_bytes[256] = {['0' ... '9'] = PAGE_DIGIT,
                                            ['A' ... 'Z'] = PAGE_LETTER,
                                            ['a' ... 'z'] = PAGE_LETTER,
                                            [0x80 ... 0xff] = PAGE_LETTER};

static bool is_word_byte(char c)
{
    return page_word_bytes[(unsigned char)c];
}

/* A piece from its first word on. */
struct piece {
    uint32_t from, to; /* offsets in the page */
};

void page_pieces_init(struct page_pieces *pieces)
{
    pieces->html = TEXT("");
    buf_init(&pieces->list, PAGE_PIECES_MOST * sizeof(struct piece));
}

void page_pieces_add(struct page_pieces *pieces, struct text text)
{
    const char *at = text.at, *end = at + text.length;
    struct piece piece = {(uint32_t)(at - pieces->html.at), (uint32_t)(end - pieces->html.at)};
    struct piece *last = pieces->list.length
                             ? (struct piece *)(void *)(pieces->list.data + pieces->list.length) - 1
                             : NULL;
    while (at < end && !is_word_byte(*at))
        at++;
    if (at == end)
        return;
    if (last && last->to == piece.from) {
        last->to = piece.to;
        return;
    }
    piece.from = (uint32_t)(at - pieces->html.at);
    buf_append(&pieces->list, &piece, sizeof piece);
}

bool page_pieces_next(const struct page_pieces *pieces, size_t *at, struct text *text)
{
    struct piece piece;
    if (*at >= pieces->list.length)
        return false;
    memcpy(&piece, pieces->list.data + *at, sizeof piece);
    *at += sizeof piece;
    *text = (struct text){pieces->html.at + piece.from, piece.to - piece.from};
    return true;
}

void page_words_begin(struct page_words *words, struct text html, const struct page_pieces *pieces)
{
    tokenizer_init(&words->tokenizer, html);
    words->pieces = pieces;
    words->at = 0;
    words->rest = TEXT("");
    words->silent = words->is_first = false;
}

bool page_words_next_piece(struct page_words *words)
{
    struct tokenizer *tokenizer = &words->tokenizer;
    if (words->pieces)
        return words->is_first = page_pieces_next(words->pieces, &words->at, &words->rest);
    for (enum token_kind kind; (kind = tokenizer_next(tokenizer)) != TOKEN_END;) {
        bool visible = kind == TOKEN_TEXT && !words->silent;
        words->silent = tokenizer_hides_raw(tokenizer);
        if (visible) {
            words->rest = tokenizer->text;
            return words->is_first = true;
        }
    }
    return false;
}

/* ---- "Page 3 of 41" ---- */

/* How much of the phrase has been seen; `number` is the current page. */
struct phrase {
    enum { NOTHING, PAGE, NUMBER, OF } seen;
    uint64_t number;
    int count;
};

static bool is_any(struct text word, const char *const *words)
{
    for (; *words; words++)
        if (text_equal_nocase(word, text_of(*words)))
            return true;
    return false;
}

static void take_phrase_word(struct phrase *phrase, struct text word)
{
    static const char *const page[] = {"page",     "seite", "página", "pagina", "strona",
                                       "страница", "sida",  "side",   NULL};
    static const char *const of[] = {"of", "von", "de", "di", "sur", "van",
                                     "z",  "из",  "av", "af", NULL};
    uint64_t number;
    if (is_any(word, page))
        phrase->seen = PAGE;
    else if (phrase->seen == PAGE && text_to_number(word, &phrase->number))
        phrase->seen = NUMBER;
    else if (phrase->seen == NUMBER && is_any(word, of))
        phrase->seen = OF;
    else {
        if (phrase->seen == OF && text_to_number(word, &number) && number >= phrase->number &&
            number <= 100000 && !phrase->count)
            phrase->count = (int)number;
        phrase->seen = NOTHING;
    }
}

int page_words_page_count(struct page_words *words)
{
    struct phrase phrase = {.seen = NOTHING};
    for (struct page_word word; page_words_next(words, &word);)
        take_phrase_word(&phrase, word.text);
    return phrase.count;
}

int page_text_page_count(struct text html)
{
    struct page_words words;
    page_words_begin(&words, html, NULL);
    return page_words_page_count(&words);
}

/* ---- the fingerprint of a page ---- */

enum { SENTENCE_WORDS = 5 };

struct print {
    uint64_t sum;   /* of the blocks so far; their order does not matter */
    uint64_t block; /* hash of the words in the current block */
    int words;      /* in the current block */
    int links;      /* 1 inside an anchor */
    bool heading;   /* in a title, whose words count even if they are few or a link */
};

static void end_block(struct print *print)
{
    if (print->words >= (print->heading ? 1 : SENTENCE_WORDS))
        print->sum += print->block * (print->block >> 29 | 1);
    /* FNV-1a is enough here: nobody gains by making a page look unchanged. */
    print->block = UINT64_C(0xcbf29ce484222325);
    print->words = 0;
}

static void print_text(struct print *print, struct text text)
{
    for (size_t at = 0; at < text.length;) {
        size_t from = at;
        for (; at < text.length && is_word_byte(text.at[at]); at++)
            if (!print->links || print->heading)
                print->block =
                    (print->block ^ (unsigned char)text.at[at]) * UINT64_C(0x100000001b3);
        if (at > from && (!print->links || print->heading)) {
            print->block = (print->block ^ ' ') * UINT64_C(0x100000001b3);
            print->words++;
        }
        at += at == from;
    }
}

static bool is_inline(struct text name)
{
    static const char *const names[] = {"a",     "abbr", "b",      "big",    "cite", "code", "em",
                                        "font",  "i",    "img",    "kbd",    "mark", "q",    "s",
                                        "small", "span", "strike", "strong", "sub",  "sup",  "tt",
                                        "u",     "var",  "wbr",    NULL};
    return is_any(name, names);
}

static void print_tag(struct print *print, struct text name, bool start)
{
    static const char *const headings[] = {"title", "h1", "h2", "h3", NULL};
    if (text_equal_nocase(name, TEXT("a"))) {
        print->links = start; /* anchors do not nest */
        return;
    }
    if (is_inline(name))
        return;
    end_block(print);
    if (is_any(name, headings))
        print->heading = start;
}

uint64_t page_text_fingerprint(struct text html)
{
    struct print print = {.sum = 0};
    struct tokenizer tokenizer;
    bool silent = false;
    tokenizer_init(&tokenizer, html);
    end_block(&print);
    for (enum token_kind kind; (kind = tokenizer_next(&tokenizer)) != TOKEN_END;) {
        if (kind == TOKEN_TEXT && !silent)
            print_text(&print, tokenizer.text);
        else if (kind == TOKEN_START || kind == TOKEN_CLOSE)
            print_tag(&print, tokenizer.text, kind == TOKEN_START);
        silent = tokenizer_hides_raw(&tokenizer);
    }
    end_block(&print);
    return print.sum;
}
