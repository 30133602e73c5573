/*
 * libidn2 maps, normalises and encodes each label on its own, and only those outside ASCII, because
 * it rejects some ASCII labels that are in use ("r3---sn-x").
 *
 * Its rules of 2008 also reject symbols that browsers and some registries allow ("i❤.ws").  The
 * transitional rules allow them.  Both give the same name unless it has one of the few characters
 * that they treat differently.
 */
#include <config.h>

#include "web/idna.h"

#include <idn2.h>
#include <string.h>

#include "base/utf8.h"

enum {
    LABEL_LONGEST = 1024, /* bytes in UTF-8; DNS allows 63 of the ASCII form */
    ASCII_LABEL_LONGEST = 63,
};

/* The dots that separate labels: the ASCII dot, the ideographic full stop, and the fullwidth and
 * halfwidth forms (RFC 3490, section 3.1). */
static size_t dot_length(struct text text)
{
    static const struct text dots[] = {
        {".", 1}, {"\xe3\x80\x82", 3}, {"\xef\xbc\x8e", 3}, {"\xef\xbd\xa1", 3}};
    for (size_t i = 0; i < sizeof dots / sizeof *dots; i++)
        if (text_starts(text, dots[i]))
            return dots[i].length;
    return 0;
}

/* Takes the first label from *rest, and the dot after it; *dot is whether there was one. */
static struct text take_label(struct text *rest, bool *dot)
{
    size_t end = 0, length = 0;
    while (end < rest->length && !(length = dot_length(text_skip(*rest, end))))
        end++;
    struct text label = text_first(*rest, end);
    *rest = text_skip(*rest, end + length);
    *dot = length > 0;
    return label;
}

static bool is_ascii(struct text label)
{
    for (size_t i = 0; i < label.length; i++)
        if ((unsigned char)label.at[i] >= 0x80)
            return false;
    return true;
}

/* Whether the label has a character that the transitional rules replace: sharp s, final sigma or a
 * joiner. */
static bool has_deviation(struct text label)
{
    static const uint32_t deviations[] = {0xdf, 0x1e9e, 0x3c2, 0x200c, 0x200d};
    while (label.length) {
        uint32_t character = 0;
        size_t length = utf8_read(label, &character);
        for (size_t i = 0; i < sizeof deviations / sizeof *deviations; i++)
            if (character == deviations[i])
                return true;
        label = text_skip(label, length ? length : 1);
    }
    return false;
}

/* Whether converting the ASCII form gives the same form again.  Otherwise the URL that contains it
 * could not be parsed again. */
static bool reads_again(const char *ascii, int flags)
{
    char *again = NULL;
    int failure = idn2_to_ascii_8z(ascii, &again, flags);
    bool same = !failure && strcmp(ascii, again) == 0;
    idn2_free(again);
    return same;
}

static bool write_foreign(struct buf *out, struct text label, enum idna_rules rules)
{
    enum { FLAGS = IDN2_NFC_INPUT | IDN2_ALLOW_UNASSIGNED | IDN2_NO_ALABEL_ROUNDTRIP };
    char copy[LABEL_LONGEST + 1], *ascii = NULL;
    if (label.length > LABEL_LONGEST || memchr(label.at, 0, label.length))
        return false;
    memcpy(copy, label.at, label.length);
    copy[label.length] = '\0';
    int failure = rules == IDNA_OF_BROWSERS
                      ? idn2_to_ascii_8z(copy, &ascii, FLAGS | IDN2_NONTRANSITIONAL)
                      : IDN2_DISALLOWED;
    if (failure == IDN2_DISALLOWED && (rules == IDNA_OF_2003 || !has_deviation(label)))
        failure = idn2_to_ascii_8z(copy, &ascii, FLAGS | IDN2_TRANSITIONAL);
    if (failure)
        return false;
    /* A label of ignored characters only becomes empty. */
    bool allowed = *ascii || rules == IDNA_OF_BROWSERS;
    if (rules == IDNA_OF_BROWSERS && text_starts(text_of(ascii), TEXT("xn--")))
        allowed = reads_again(ascii, FLAGS | IDN2_NONTRANSITIONAL) ||
                  reads_again(ascii, FLAGS | IDN2_TRANSITIONAL);
    buf_add(out, ascii);
    idn2_free(ascii);
    return allowed;
}

static bool write_label(struct buf *out, struct text label, enum idna_rules rules)
{
    if (!is_ascii(label) || (rules == IDNA_OF_BROWSERS && text_starts_nocase(label, TEXT("xn--"))))
        return write_foreign(out, label, rules);
    buf_add_text(out, label);
    return rules == IDNA_OF_BROWSERS || (label.length > 0 && label.length <= ASCII_LABEL_LONGEST);
}

bool idna_write(struct buf *out, struct text name, enum idna_rules rules)
{
    for (bool dot = true; dot;) {
        struct text label = take_label(&name, &dot);
        if (!dot && !label.length) /* nothing after the last dot */
            return true;
        if (!write_label(out, label, rules))
            return false;
        if (dot)
            buf_add_char(out, '.');
    }
    return true;
}
