#include <config.h>

#include "web/charset.h"

enum { LABEL_LONGEST = 40 };

/* Only labels that iconv does not know, or takes for less than browsers do. */
static const struct {
    const char *label, *name;
} names[] = {
    {"ansi_x3.4-1968", "CP1252"},
    {"ascii", "CP1252"},
    {"chinese", "GBK"},
    {"cn-big5", "BIG5"},
    {"euc-jp", "EUC-JP-MS"},
    {"euc-kr", "CP949"},
    {"gb2312", "GBK"},
    {"gb_2312-80", "GBK"},
    {"iso-8859-1", "CP1252"},
    {"iso-8859-11", "CP874"},
    {"iso-8859-8-i", "ISO-8859-8"},
    {"iso-8859-9", "CP1254"},
    {"iso8859-1", "CP1252"},
    {"iso88591", "CP1252"},
    {"iso_8859-1", "CP1252"},
    {"koi", "KOI8-R"},
    {"koi8", "KOI8-R"},
    {"korean", "CP949"},
    {"ks_c_5601-1987", "CP949"},
    {"ksc5601", "CP949"},
    {"l1", "CP1252"},
    {"latin1", "CP1252"},
    {"latin5", "CP1254"},
    {"logical", "ISO-8859-8"},
    {"ms_kanji", "CP932"},
    {"shift-jis", "CP932"},
    {"shift_jis", "CP932"},
    {"sjis", "CP932"},
    {"tis-620", "CP874"},
    {"us-ascii", "CP1252"},
    {"visual", "ISO-8859-8"},
    {"windows-31j", "CP932"},
    {"windows-949", "CP949"},
    {"x-cp1250", "CP1250"},
    {"x-cp1251", "CP1251"},
    {"x-cp1252", "CP1252"},
    {"x-euc-jp", "EUC-JP-MS"},
    {"x-gbk", "GBK"},
    {"x-mac-cyrillic", "MAC-CYRILLIC"},
    {"x-mac-roman", "MACINTOSH"},
    {"x-sjis", "CP932"},
    {"x-x-big5", "BIG5"},
};

/* The name for iconv; false when the label can't be one: "/" would hand options to iconv. */
static bool find_name(struct text label, char name[LABEL_LONGEST])
{
    label = text_trim(label);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (text_equal_nocase(label, text_of(names[i].label)))
            label = text_of(names[i].name);
    if (!label.length || label.length >= LABEL_LONGEST)
        return false;
    for (size_t i = 0; i < label.length; i++) {
        if (!ascii_is_alnum(label.at[i]) && !memchr("-_:.", label.at[i], 4))
            return false;
        name[i] = label.at[i];
    }
    name[label.length] = '\0';
    return true;
}

iconv_t charset_encoder(struct text label)
{
    char name[LABEL_LONGEST];
    return !text_starts_nocase(text_trim(label), TEXT("utf")) && find_name(label, name) ? iconv_open(name, "UTF-8")
                                                                                       : NO_CONVERTER;
}

iconv_t charset_decoder(struct text label)
{
    char name[LABEL_LONGEST];
    return find_name(label, name) ? iconv_open("UTF-8", name) : NO_CONVERTER;
}
