/* Maps labels to the names that iconv uses. */
#include <config.h>

#include "web/charset.h"

#include <string.h>

enum { LABEL_LONGEST = 40 };

/* Only labels that iconv does not know, or reads as a narrower encoding than browsers do. */
static const struct {
    const char *label, *name;
} names[] = {
    {"ansi_x3.4-1968", "CP1252"},
    {"ascii", "CP1252"},
    {"big5", "BIG5"},
    {"big5-hkscs", "BIG5"},
    {"chinese", "GBK"},
    {"cn-big5", "BIG5"},
    {"csbig5", "BIG5"},
    {"cp819", "CP1252"},
    {"cseuckr", "CP949"},
    {"csgb2312", "GBK"},
    {"csiso58gb231280", "GBK"},
    {"csiso88596e", "ISO-8859-6"},
    {"csiso88596i", "ISO-8859-6"},
    {"csiso88598e", "ISO-8859-8"},
    {"csiso88598i", "ISO-8859-8"},
    {"csisolatin1", "CP1252"},
    {"csisolatin5", "CP1254"},
    {"csisolatin9", "ISO-8859-15"},
    {"csksc56011987", "CP949"},
    {"csshiftjis", "CP932"},
    {"dos-874", "CP874"},
    {"euc-jp", "EUC-JP-MS"},
    {"euc-kr", "CP949"},
    {"gb2312", "GBK"},
    {"gb_2312", "GBK"},
    {"gb_2312-80", "GBK"},
    {"ibm819", "CP1252"},
    {"iso-8859-1", "CP1252"},
    {"iso-8859-11", "CP874"},
    {"iso-8859-6-e", "ISO-8859-6"},
    {"iso-8859-6-i", "ISO-8859-6"},
    {"iso-8859-8-e", "ISO-8859-8"},
    {"iso-8859-8-i", "ISO-8859-8"},
    {"iso-8859-9", "CP1254"},
    {"iso-ir-100", "CP1252"},
    {"iso-ir-148", "CP1254"},
    {"iso-ir-149", "CP949"},
    {"iso-ir-58", "GBK"},
    {"iso8859-1", "CP1252"},
    {"iso8859-11", "CP874"},
    {"iso8859-9", "CP1254"},
    {"iso88591", "CP1252"},
    {"iso885911", "CP874"},
    {"iso88599", "CP1254"},
    {"iso_8859-1", "CP1252"},
    {"iso_8859-1:1987", "CP1252"},
    {"iso_8859-9", "CP1254"},
    {"iso_8859-9:1989", "CP1254"},
    {"koi", "KOI8-R"},
    {"koi8", "KOI8-R"},
    {"koi8_r", "KOI8-R"},
    {"korean", "CP949"},
    {"ks_c_5601-1987", "CP949"},
    {"ks_c_5601-1989", "CP949"},
    {"ksc5601", "CP949"},
    {"ksc_5601", "CP949"},
    {"l1", "CP1252"},
    {"l5", "CP1254"},
    {"l9", "ISO-8859-15"},
    {"latin1", "CP1252"},
    {"latin5", "CP1254"},
    {"logical", "ISO-8859-8"},
    {"ms_kanji", "CP932"},
    {"shift-jis", "CP932"},
    {"shift_jis", "CP932"},
    {"sjis", "CP932"},
    {"sun_eu_greek", "ISO-8859-7"},
    {"tis-620", "CP874"},
    {"us-ascii", "CP1252"},
    {"visual", "ISO-8859-8"},
    {"windows-31j", "CP932"},
    {"windows-949", "CP949"},
    {"x-cp1250", "CP1250"},
    {"x-cp1251", "CP1251"},
    {"x-cp1252", "CP1252"},
    {"x-cp1253", "CP1253"},
    {"x-cp1254", "CP1254"},
    {"x-cp1255", "CP1255"},
    {"x-cp1256", "CP1256"},
    {"x-cp1257", "CP1257"},
    {"x-cp1258", "CP1258"},
    {"x-euc-jp", "EUC-JP-MS"},
    {"x-gbk", "GBK"},
    {"x-mac-cyrillic", "MAC-CYRILLIC"},
    {"x-mac-roman", "MACINTOSH"},
    {"x-mac-ukrainian", "MAC-CYRILLIC"},
    {"x-sjis", "CP932"},
    {"x-x-big5", "BIG5"},
};

/* Browsers decode more characters than they encode here: Hong Kong's in Big5, and all of Unicode,
 * in four bytes, in GBK (WHATWG Encoding Standard, sections 11.1 and 10.1). */
static const struct {
    const char *name, *decodes;
} wider[] = {{"BIG5", "BIG5-HKSCS"}, {"GBK", "GB18030"}};

/* The name that iconv uses.  False when the label has bytes that no label has: iconv would read
 * what follows a "/" as options. */
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
    return !text_starts_nocase(text_trim(label), TEXT("utf")) && find_name(label, name)
               ? iconv_open(name, "UTF-8")
               : NO_CONVERTER;
}

iconv_t charset_decoder(struct text label)
{
    char name[LABEL_LONGEST];
    if (!find_name(label, name))
        return NO_CONVERTER;
    for (size_t i = 0; i < sizeof wider / sizeof *wider; i++) {
        iconv_t converter =
            strcmp(name, wider[i].name) ? NO_CONVERTER : iconv_open("UTF-8", wider[i].decodes);
        if (converter != NO_CONVERTER)
            return converter;
    }
    return iconv_open("UTF-8", name);
}

void charset_load_all(void)
{
    /* Those that the tables above do not name (Encoding Standard, section 4.2). */
    static const char *const others[] = {"ISO-8859-1",  "ISO-8859-2",  "ISO-8859-3",  "ISO-8859-4",
                                         "ISO-8859-5",  "ISO-8859-7",  "ISO-8859-8",  "ISO-8859-10",
                                         "ISO-8859-13", "ISO-8859-14", "ISO-8859-16", "KOI8-U",
                                         "IBM866",      "EUC-JP",      "EUC-KR",      "ISO-2022-JP",
                                         "SHIFT_JIS",   "UTF-16",      "UTF-16BE",    "UTF-16LE"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        (void)iconv_open("UTF-8", others[i]);
    for (size_t i = 0; i < sizeof wider / sizeof *wider; i++)
        (void)iconv_open("UTF-8", wider[i].decodes);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        bool again = false;
        for (size_t before = 0; !again && before < i; before++)
            again = strcmp(names[before].name, names[i].name) == 0;
        if (!again)
            (void)iconv_open("UTF-8", names[i].name);
    }
}

bool charset_has_controls(struct text label)
{
    static const struct text windows[] = {
        {"CP125", 5}, {"CP874", 5}, {"windows-125", 11}, {"windows-874", 11}};
    char name[LABEL_LONGEST];
    for (size_t i = 0; find_name(label, name) && i < sizeof windows / sizeof *windows; i++)
        if (text_starts_nocase(text_of(name), windows[i]))
            return true;
    return false;
}

bool charset_is_known(struct text label)
{
    label = text_trim(label);
    if (text_equal_nocase(label, TEXT("utf-8")) || text_equal_nocase(label, TEXT("utf8")))
        return true;
    iconv_t converter = charset_decoder(label);
    if (converter == NO_CONVERTER)
        return false;
    iconv_close(converter);
    return true;
}
