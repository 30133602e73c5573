/* Recognizes session ids by the names that common server software gives them. */
#include <config.h>

#include "web/session.h"

#include <string.h>

#include "base/text.h"

enum { HEX_DIGITS = 32 };

static bool is_hex_id(struct text value)
{
    for (size_t i = 0; i < value.length; i++)
        if (hex_value(value.at[i]) < 0)
            return false;
    return value.length == HEX_DIGITS;
}

static bool is_session(struct text parameter)
{
    static const char *const names[] = {"phpsessid", "jsessionid", "cfid",
                                        "cftoken",   "oscsid",     "zenid"};
    ptrdiff_t equals = text_find_char(parameter, '=');
    if (equals < 0)
        return false;
    struct text name = text_first(parameter, (size_t)equals),
                value = text_skip(parameter, (size_t)equals + 1);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (text_equal_nocase(name, text_of(names[i])))
            return true;
    if (text_starts_nocase(name, TEXT("aspsessionid")))
        return true;
    return (text_equal_nocase(name, TEXT("sid")) || text_equal_nocase(name, TEXT("s"))) &&
           is_hex_id(value);
}

static void cut(struct buf *key, size_t from, size_t to)
{
    memmove(key->data + from, key->data + to, key->length - to);
    key->length -= to - from;
    key->data[key->length] = '\0';
}

static void strip_path(struct buf *key)
{
    struct text path = text_first(buf_text(key), strcspn(key->data, "?"));
    ptrdiff_t from = text_find_nocase(path, TEXT(";jsessionid="));
    if (from >= 0)
        cut(key, (size_t)from, (size_t)from + strcspn(key->data + from, "/?"));
    path = text_first(buf_text(key), strcspn(key->data, "?"));
    from = text_find_nocase(path, TEXT("/(s("));
    ptrdiff_t to = from < 0 ? -1 : text_find(text_skip(path, (size_t)from), TEXT("))/"));
    if (to >= 0)
        cut(key, (size_t)from, (size_t)(from + to) + 2);
}

void session_strip(struct buf *key)
{
    if (!key->length || !buf_ok(key))
        return;
    if (memchr(key->data, ';', key->length) || memchr(key->data, '(', key->length))
        strip_path(key);
    char *mark = memchr(key->data, '?', key->length);
    for (size_t at = mark ? (size_t)(mark - key->data) + 1 : key->length; at < key->length;) {
        size_t length = strcspn(key->data + at, "&");
        size_t next = at + length + (at + length < key->length);
        if (!is_session((struct text){key->data + at, length})) {
            at = next;
            continue;
        }
        cut(key, at, next);
        if (at == key->length) /* it was the last, so remove the '&' or '?' before it too */
            cut(key, at - 1, at);
    }
}
