/* Finds pages that are nothing but a jump. */
#include <config.h>

#include "traps/jump.h"

#include <string.h>

enum {
    BODY_MOST = 8192,   /* a longer page is more than a jump */
    LETTERS_MOST = 120, /* "You are being redirected. Click here if nothing happens." */
};

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static struct text skip_spaces(struct text text)
{
    while (text.length && is_space(text.at[0]))
        text = text_skip(text, 1);
    return text;
}

/* The end of an element whose content is no text: behind its end tag. */
static size_t end_of_element(struct text rest, const char *end_tag)
{
    ptrdiff_t at = text_find_nocase(rest, text_of(end_tag));
    return at < 0 ? rest.length : (size_t)at + strlen(end_tag);
}

/* How many letters a visitor sees; more than most when there is a form, a picture or a frame. */
static int count_letters(struct text body)
{
    static const struct {
        const char *begin, *end;
    } unseen[] = {{"<!--", "-->"},
                  {"<script", "</script>"},
                  {"<style", "</style>"},
                  {"<title", "</title>"},
                  {"<noscript", "</noscript>"}};
    static const char *const shown[] = {"<form", "<img", "<iframe", "<frame", "<svg", "<video"};
    int letters = 0;
    while (body.length && letters <= LETTERS_MOST) {
        size_t skip = 1;
        if (body.at[0] != '<') {
            letters += !is_space(body.at[0]);
            body = text_skip(body, 1);
            continue;
        }
        for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
            if (text_starts_nocase(body, text_of(shown[i])))
                return LETTERS_MOST + 1;
        bool found = false;
        for (size_t i = 0; i < sizeof unseen / sizeof *unseen && !found; i++)
            if (text_starts_nocase(body, text_of(unseen[i].begin))) {
                skip = end_of_element(body, unseen[i].end);
                found = true;
            }
        body = text_skip(body, found ? skip : end_of_element(body, ">"));
    }
    return letters;
}

/* Reads `url` of "3; url=/login" behind the number; without one the page is loaded again. */
static struct text refresh_target(struct text content)
{
    ptrdiff_t at = text_find_nocase(content, TEXT("url"));
    if (at < 0)
        return TEXT("");
    content = skip_spaces(text_skip(content, (size_t)at + 3));
    if (content.length && content.at[0] == '=')
        content = skip_spaces(text_skip(content, 1));
    if (content.length && strchr("'\"", content.at[0]))
        content = text_skip(content, 1);
    size_t length = 0;
    while (length < content.length && !strchr("'\" \t\r\n>", content.at[length]))
        length++;
    return text_first(content, length);
}

static bool find_refresh(struct text body, struct text *target)
{
    for (ptrdiff_t at; (at = text_find_nocase(body, TEXT("<meta"))) >= 0;) {
        body = text_skip(body, (size_t)at + 5);
        ptrdiff_t end = text_find(body, TEXT(">"));
        struct text tag = end < 0 ? body : text_first(body, (size_t)end);
        ptrdiff_t content = text_find_nocase(tag, TEXT("content"));
        if (text_find_nocase(tag, TEXT("http-equiv")) < 0 ||
            text_find_nocase(tag, TEXT("refresh")) < 0 || content < 0)
            continue;
        struct text value = text_skip(tag, (size_t)content + 7);
        while (value.length && strchr("= '\"", value.at[0]))
            value = text_skip(value, 1);
        int seconds = 0, digits = 0;
        for (; value.length && value.at[0] >= '0' && value.at[0] <= '9' && digits < 6; digits++) {
            seconds = 10 * seconds + value.at[0] - '0';
            value = text_skip(value, 1);
        }
        *target = refresh_target(value);
        return digits && seconds <= JUMP_SECONDS;
    }
    return false;
}

/* Reads what is assigned: location = "/x", location.href = "/x", location.replace("/x"). */
static bool read_assignment(struct text rest, struct text *target)
{
    static const char *const ways[] = {".href", ".replace", ".assign", ".reload"};
    bool call = false;
    *target = TEXT("");
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        if (text_starts(rest, text_of(ways[i]))) {
            rest = text_skip(rest, strlen(ways[i]));
            call = i > 0;
            if (i == 3)
                return text_starts(skip_spaces(rest), TEXT("("));
            break;
        }
    rest = skip_spaces(rest);
    if (!rest.length || rest.at[0] != (call ? '(' : '='))
        return false;
    rest = skip_spaces(text_skip(rest, 1));
    if (!rest.length || !strchr("'\"", rest.at[0]))
        return false;
    char quote = rest.at[0];
    rest = text_skip(rest, 1);
    size_t length = 0;
    while (length < rest.length && rest.at[length] != quote)
        length++;
    *target = text_first(rest, length);
    rest = skip_spaces(text_skip(rest, length < rest.length ? length + 1 : length));
    /* what is put together is not known here */
    return length && (!rest.length || strchr(");}<\n", rest.at[0]));
}

static bool find_script(struct text body, struct text *target)
{
    ptrdiff_t begin = text_find_nocase(body, TEXT("<script"));
    if (begin < 0)
        return false;
    struct text script = text_skip(body, (size_t)begin);
    script = text_first(script, end_of_element(script, "</script>"));
    ptrdiff_t at = text_find(script, TEXT("location"));
    if (at < 0 || text_find(script, TEXT("function")) >= 0 || text_find(script, TEXT("=>")) >= 0 ||
        text_find(script, TEXT("if ")) >= 0 || text_find(script, TEXT("if(")) >= 0)
        return false;
    return read_assignment(text_skip(script, (size_t)at + 8), target);
}

bool jump_find(struct text body, struct text *target)
{
    *target = TEXT("");
    if (!body.length || body.length > BODY_MOST)
        return false;
    int letters = count_letters(body);
    if (letters <= LETTERS_MOST && find_refresh(body, target))
        return true;
    return !letters && find_script(body, target);
}
