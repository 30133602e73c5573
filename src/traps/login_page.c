/* Looks for a field for a password on a page that has little else. */
#include <config.h>

#include "traps/login_page.h"

enum {
    BODY_MOST = 1 << 16,
    LETTERS_MOST = 1000, /* of labels, hints and notices */
};

/* What belongs to an account, by a word of its path or query, and what the law wants on every page.
 */
static bool is_aside(struct text path)
{
    static const struct text words[] = {
        WORD("password"), WORD("passwort"),    WORD("passwd"),  WORD("forgot"),    WORD("recover"),
        WORD("reset"),    WORD("register"),    WORD("signup"),  WORD("sign-up"),   WORD("join"),
        WORD("account"),  WORD("login"),       WORD("log-in"),  WORD("signin"),    WORD("sign-in"),
        WORD("privacy"),  WORD("datenschutz"), WORD("imprint"), WORD("impressum"), WORD("terms"),
        WORD("legal"),    WORD("help"),        WORD("contact"), WORD("cookie")};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (text_find_nocase(path, words[i]) >= 0)
            return true;
    return false;
}

/* The value of an attribute in a tag; empty: it has none. */
static struct text value_of(struct text tag, struct text name)
{
    while (tag.length) {
        ptrdiff_t at = text_find_nocase(tag, name);
        if (at < 0)
            break;
        bool begins = at > 0 && (ascii_is_space(tag.at[at - 1]));
        tag = text_skip(tag, (size_t)at + name.length);
        struct text rest = text_trim(tag);
        if (!begins || !rest.length || rest.at[0] != '=')
            continue;
        rest = text_trim(text_skip(rest, 1));
        char quote = rest.length ? rest.at[0] : '\0';
        bool quoted = quote == '"' || quote == '\'';
        rest = quoted ? text_skip(rest, 1) : rest;
        size_t length = 0;
        while (length < rest.length &&
               (quoted ? rest.at[length] != quote
                       : !ascii_is_space(rest.at[length]) && rest.at[length] != '>'))
            length++;
        return text_first(rest, length);
    }
    return TEXT("");
}

static bool leads_on(struct text href, const struct url *page)
{
    struct url target;
    url_init(&target);
    bool leads = href.length && href.at[0] != '#' &&
                 url_parse(&target, text_trim(href), page, TEXT("")) == URL_OK &&
                 text_equal(url_host(&target), url_host(page)) &&
                 !text_equal(url_resource(&target), url_resource(page)) &&
                 !is_aside(url_path(&target)) && !is_aside(url_query(&target));
    url_release(&target);
    return leads;
}

/* The end of an element whose content is no text; else of the tag. */
static size_t end_of(struct text rest)
{
    static const struct {
        struct text begin, end;
    } unseen[] = {{WORD("<!--"), WORD("-->")},
                  {WORD("<script"), WORD("</script>")},
                  {WORD("<style"), WORD("</style>")},
                  {WORD("<title"), WORD("</title>")}};
    struct text end = TEXT(">");
    for (size_t i = 0; i < sizeof unseen / sizeof *unseen; i++)
        if (text_starts_nocase(rest, unseen[i].begin))
            end = unseen[i].end;
    ptrdiff_t at = text_find_nocase(rest, end);
    return at < 0 ? rest.length : (size_t)at + end.length;
}

static bool is_tag(struct text tag, struct text name)
{
    return text_starts_nocase(tag, name) && tag.length > name.length &&
           ascii_is_space(tag.at[name.length]);
}

bool login_page_find(struct text body, const struct url *url)
{
    bool password = false;
    int letters = 0;
    if (body.length > BODY_MOST)
        return false;
    while (body.length && letters <= LETTERS_MOST) {
        if (body.at[0] != '<') {
            letters += (unsigned char)body.at[0] > ' ';
            body = text_skip(body, 1);
            continue;
        }
        struct text tag = text_first(body, end_of(body));
        if (is_tag(tag, TEXT("<input")))
            password = password || text_equal_nocase(value_of(tag, TEXT("type")), TEXT("password"));
        else if (is_tag(tag, TEXT("<frame")) || is_tag(tag, TEXT("<iframe")) ||
                 ((is_tag(tag, TEXT("<a")) || is_tag(tag, TEXT("<area"))) &&
                  leads_on(value_of(tag, TEXT("href")), url)))
            return false;
        body = text_skip(body, tag.length);
    }
    return password && letters <= LETTERS_MOST;
}
