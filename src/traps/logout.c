/* Compares the words of a URL with those that log out.  Both are written in small letters, without
 * blanks, hyphens and the like. */
#include <config.h>

#include "traps/logout.h"

#include <string.h>

#include "base/text.h"

enum { WORD_MOST = 64 };

#define WORDS(list) (list), sizeof(list) / sizeof *(list)

/* They mean nothing else. */
static const struct text words[] = {
    WORD("logout"), WORD("logoff"), WORD("signout"), WORD("signoff"), WORD("loggedout"),
    WORD("logmeout"), WORD("endsession"), WORD("destroysession"), WORD("sessiondestroy"),
    WORD("sessionsdestroy"), WORD("sessionlogout"), WORD("sessionend"), WORD("killsession"),
    WORD("closesession"), WORD("invalidatesession"), WORD("logoutall"), WORD("singlelogout"),
    WORD("samllogout"),
    /* German, Dutch, Swedish, Danish, Norwegian, Finnish */
    WORD("abmelden"), WORD("abmeldung"), WORD("ausloggen"), WORD("uitloggen"), WORD("loggaut"),
    WORD("logud"), WORD("loggut"), WORD("kirjauduulos"), WORD("uloskirjaudu"),
    WORD("uloskirjautuminen"),
    /* French, Spanish, Portuguese, Italian, Catalan, Romanian */
    WORD("deconnexion"), WORD("déconnexion"), WORD("deconnecter"), WORD("déconnecter"),
    WORD("sedeconnecter"), WORD("sedéconnecter"), WORD("deconnecte"), WORD("cerrarsesion"),
    WORD("cerrarsesión"), WORD("cerrarlasesion"), WORD("finalizarsesion"), WORD("terminarsesion"),
    WORD("desconectar"), WORD("desconectarse"), WORD("terminarsessao"), WORD("terminarsessão"),
    WORD("encerrarsessao"), WORD("encerrarsessão"), WORD("fazerlogout"), WORD("disconnetti"),
    WORD("disconnettiti"), WORD("disconnessione"), WORD("tancarsessio"), WORD("tancasessio"),
    WORD("tancarsessió"), WORD("deconectare"), WORD("deconectează"), WORD("salir"), WORD("sair"),
    WORD("esci"), WORD("iesire"), WORD("ieșire"),
    /* Polish, Czech, Slovak, Croatian, Slovenian, Hungarian, Turkish */
    WORD("wyloguj"), WORD("wylogowanie"), WORD("wylogujsie"), WORD("odhlasit"), WORD("odhlásit"),
    WORD("odhlasitse"), WORD("odhlaseni"), WORD("odhlášení"), WORD("odhlasenie"),
    WORD("odhlásenie"), WORD("odjava"), WORD("odjavi"), WORD("odjavise"), WORD("kijelentkezes"),
    WORD("kijelentkezés"), WORD("cikisyap"), WORD("çıkışyap"), WORD("oturumukapat"),
    WORD("oturumkapat"), WORD("cikis"), WORD("çıkış"), WORD("kilepes"), WORD("kilépés"),
    /* Russian, Ukrainian, Bulgarian, Greek */
    WORD("выйти"), WORD("выход"), WORD("vyhod"), WORD("vyxod"), WORD("vyjti"), WORD("vyiti"),
    WORD("вийти"), WORD("вихід"), WORD("изход"), WORD("αποσύνδεση"), WORD("aposindesi"),
    WORD("aposyndesi"),
    /* Estonian, Latvian, Lithuanian, Vietnamese, Indonesian */
    WORD("logivalja"), WORD("logivälja"), WORD("iziet"), WORD("atsijungti"), WORD("dangxuat"),
    WORD("đăngxuất"), WORD("keluarakun"), WORD("keluar"),
    /* Japanese, Chinese, Korean, Hebrew, Arabic, Persian */
    WORD("ログアウト"), WORD("登出"), WORD("退出"), WORD("退出登录"), WORD("退出登錄"),
    WORD("注销"), WORD("註銷"), WORD("로그아웃"), WORD("התנתקות"), WORD("تسجيلالخروج"),
    WORD("خروج")};

/* What may stand before or after a word. */
static const struct text companions[] = {
    WORD("user"),    WORD("users"),   WORD("do"),     WORD("member"),   WORD("members"),
    WORD("account"), WORD("auth"),    WORD("action"), WORD("customer"), WORD("site"),
    WORD("perform"), WORD("process"), WORD("page"),   WORD("handler"),  WORD("confirm"),
    WORD("my"),      WORD("admin"),   WORD("forum"),  WORD("session"),  WORD("client"),
    WORD("profile"), WORD("now"),     WORD("oauth"),  WORD("oidc"),     WORD("sso")};

/* A word in the form in which words are compared. */
struct word {
    char bytes[WORD_MOST + 1];
    size_t length;
    bool fits;
};

static void add(struct word *word, char c)
{
    word->fits = word->fits && word->length < WORD_MOST;
    if (word->fits)
        word->bytes[word->length++] = ascii_lower(c);
}

/* Decodes percent escapes, and leaves out what separates the words of a name. */
static struct word word_of(struct text text)
{
    struct word word = {.fits = true};
    for (size_t i = 0; i < text.length && word.fits; i++) {
        char c = text.at[i];
        int high = c == '%' && i + 2 < text.length ? hex_value(text.at[i + 1]) : -1;
        int low = high >= 0 ? hex_value(text.at[i + 2]) : -1;
        if (low >= 0) {
            c = (char)(high << 4 | low);
            i += 2;
        }
        if (!strchr("-_+ ~!\n\t", c))
            add(&word, c);
    }
    return word;
}

static bool is_one_of(struct text word, const struct text *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (text_equal(word, list[i]))
            return true;
    return false;
}

/* Whether it is a word, alone or with one companion. */
static bool is_word(struct text word)
{
    if (is_one_of(word, WORDS(words)))
        return true;
    for (size_t i = 0; i < sizeof companions / sizeof *companions; i++) {
        struct text companion = companions[i];
        if ((text_starts(word, companion) &&
             is_one_of(text_skip(word, companion.length), WORDS(words))) ||
            (text_ends(word, companion) &&
             is_one_of(text_first(word, word.length - companion.length), WORDS(words))))
            return true;
    }
    return false;
}

/* "Special:UserLogout", "account/logout", "user.logout": the last part counts. */
static struct text last_part(struct text word)
{
    for (size_t i = word.length; i-- > 0;)
        if (strchr(":/.!|", word.at[i]))
            return text_skip(word, i + 1);
    return word;
}

static bool logs_out(struct text text)
{
    struct word word = word_of(text);
    struct text whole = {word.bytes, word.length};
    return word.fits && (is_word(whole) || is_word(last_part(whole)));
}

/* "logout.php" is a program; "logout.html" is a page. */
static struct text stem(struct text segment)
{
    ptrdiff_t point = text_find_char(segment, '.');
    ptrdiff_t parameters = text_find_char(segment, ';');
    if (parameters >= 0)
        segment = text_first(segment, (size_t)parameters);
    return point > 0 && point < (ptrdiff_t)segment.length &&
                   !text_starts_nocase(text_skip(segment, (size_t)point), TEXT(".htm"))
               ? text_first(segment, (size_t)point)
               : segment;
}

bool logout_is(const struct url *url)
{
    struct text path = url_path(url), query = url_query(url), part;
    while (text_split(&path, '/', &part))
        if (part.length && (logs_out(stem(part)) || logs_out(part)))
            return true;
    while (url_query_part(&query, &part)) {
        struct text name;
        text_split(&part, '=', &name);
        bool off = text_equal(part, TEXT("0")) || text_equal_nocase(part, TEXT("false"));
        if ((part.at && logs_out(part)) || (!off && logs_out(name)))
            return true;
    }
    return false;
}

bool logout_is_label(struct text label)
{
    struct word word = word_of(label);
    return word.length && word.fits && is_word((struct text){word.bytes, word.length});
}
