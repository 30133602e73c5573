/*
 * Page numbers in link texts: the words and signs that may be beside them, in many languages.
 */
#include <config.h>

#include "series/pager_number.h"

#include <string.h>

#include "series/pager_words.h"

/* Words that may be beside a page number. */
static const struct text number_words[] = {
    WORD("of"),       WORD("von"),      WORD("de"),      WORD("sur"),      WORD("di"),
    WORD("van"),      WORD("av"),       WORD("af"),      WORD("z"),        WORD("od"),
    WORD("из"),       WORD("共"),       WORD("page"),    WORD("pages"),    WORD("p"),
    WORD("pg"),       WORD("pag"),      WORD("to"),      WORD("go"),       WORD("seite"),
    WORD("bis"),      WORD("página"),   WORD("pagina"),  WORD("strona"),   WORD("strana"),
    WORD("stránka"),  WORD("stran"),    WORD("sida"),    WORD("side"),     WORD("sivu"),
    WORD("sayfa"),    WORD("trang"),    WORD("halaman"), WORD("oldal"),    WORD("pàgina"),
    WORD("a"),        WORD("à"),        WORD("до"),      WORD("стр"),      WORD("страница"),
    WORD("страницу"), WORD("Страница"), WORD("Стр"),     WORD("сторінка"), WORD("σελίδα"),
    WORD("第"),       WORD("页"),       WORD("頁"),      WORD("ページ"),   WORD("目"),
    WORD("쪽"),       WORD("페이지"),   WORD("صفحة"),    WORD("صفحه"),     WORD("الصفحة"),
    WORD("עמוד"),     WORD("דף"),
};

/* Whether the text begins with a sign that may be beside a page number. */
static bool is_number_sign(struct text text, size_t *length)
{
    static const struct text signs[] = {TEXT("–"),  TEXT("—"),  TEXT("…"),  TEXT("\xc2\xa0"),
                                        TEXT("·"),  TEXT("•"),  TEXT("【"), TEXT("】"),
                                        TEXT("～"), TEXT("［"), TEXT("］"), TEXT("»"),
                                        TEXT("«"),  TEXT("›"),  TEXT("‹")};
    *length = 1;
    if ((unsigned char)text.at[0] < 0x80)
        return memchr(" []().,-|~#\t", text.at[0], 12) != NULL;
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (text_starts(text, signs[i])) {
            *length = signs[i].length;
            return true;
        }
    return false;
}

/* Removes a number word from the start of the text.  False when there is none. */
static bool take_number_word(struct text *text)
{
    size_t best = 0;
    for (size_t i = 0; i < sizeof number_words / sizeof *number_words; i++) {
        struct text word = number_words[i];
        struct text rest = text_skip(*text, word.length);
        bool ends = !rest.length || !ascii_is_alpha(rest.at[0]);
        if (ends && word.length > best && text_starts_nocase(*text, word))
            best = word.length;
    }
    *text = text_skip(*text, best);
    return best > 0;
}

long pager_number_of(struct text text)
{
    long first = -1, thousands = 0;
    int numbers = 0;
    bool parted = true, words = false; /* parted: something is between two numbers */
    if (!text_has_digit(text) || text.length > 4 * TEXT_CHARACTERS)
        return -1;
    while (text.length) {
        size_t digits = 0, sign;
        while (digits < text.length && ascii_is_digit(text.at[digits]))
            digits++;
        if (digits) {
            uint64_t number;
            if (digits > 5 || (numbers && !parted) ||
                !text_to_number(text_first(text, digits), &number))
                return -1;
            first = numbers ? first : thousands * 1000 + (long)number;
            text = text_skip(text, digits);
            /* A comma between digits separates thousands; a dot makes a fraction. */
            bool mark = text.length > 1 && (text.at[0] == ',' || text.at[0] == '.') &&
                        ascii_is_digit(text.at[1]);
            if (mark && text.at[0] == '.')
                return -1;
            thousands = mark ? first : 0;
            numbers += !mark;
            text = text_skip(text, mark);
            parted = mark;
        } else if (is_number_sign(text, &sign)) {
            parted = true;
            text = text_skip(text, sign);
        } else if (take_number_word(&text))
            parted = words = true;
        else
            return -1;
    }
    /* A year alone is not a page number. */
    return numbers < 1 || numbers > 2 || (numbers == 1 && !words && first >= 1900 && first <= 2100)
               ? -1
               : first;
}
