/*
 * Compares the key of an index line with that of its URL.  Programs differ in what they fold: the
 * order of a query, "www.", the port, a slash at the end, case.  A key that differs in nothing else
 * is that of the URL.
 */
#include <config.h>

#include "verify/index_key.h"

#include "base/buf.h"
#include "web/player_key.h"
#include "web/surt.h"

enum { KEY_BYTES = 1 << 22 };

/* What is compared of a key, if it is one. */
struct key_parts {
    struct text host, path, query;
};

static struct key_parts take_apart(struct text key)
{
    ptrdiff_t scheme = text_find(key, TEXT("://("));
    if (scheme >= 0 && scheme < 16) /* the long form: "http://(com,example,)/" */
        key = text_skip(key, (size_t)scheme + 4);
    ptrdiff_t end = text_find_char(key, ')');
    struct key_parts parts = {.host = text_first(key, end < 0 ? 0 : (size_t)end),
                              .path = text_skip(key, end < 0 ? 0 : (size_t)end + 1),
                              .query = TEXT("")};
    ptrdiff_t question = text_find_char(parts.path, '?');
    if (question >= 0) {
        parts.query = text_skip(parts.path, (size_t)question + 1);
        parts.path = text_first(parts.path, (size_t)question);
    }
    ptrdiff_t port = text_find_char(parts.host, ':');
    parts.host = text_first(parts.host, port < 0 ? parts.host.length : (size_t)port);
    while (text_ends(parts.host, TEXT(",")))
        parts.host = text_first(parts.host, parts.host.length - 1);
    if (text_ends(parts.host, TEXT(",www")))
        parts.host = text_first(parts.host, parts.host.length - 4);
    while (text_ends(parts.path, TEXT("/")))
        parts.path = text_first(parts.path, parts.path.length - 1);
    return parts;
}

/* How often the query has that argument. */
static size_t count_argument(struct text query, struct text argument)
{
    struct text one;
    size_t count = 0;
    while (text_split(&query, '&', &one))
        count += text_equal_nocase(one, argument);
    return count;
}

/* The same arguments in any order. */
static bool same_query(struct text one, struct text other)
{
    enum { ARGUMENTS_MOST = 200 }; /* longer queries are compared as they are */
    struct text rest = one, argument;
    size_t count = 0;
    if (text_equal_nocase(one, other))
        return true;
    if (one.length != other.length)
        return false;
    while (text_split(&rest, '&', &argument))
        if (++count > ARGUMENTS_MOST ||
            count_argument(one, argument) != count_argument(other, argument))
            return false;
    return true;
}

static bool has_method(struct text query)
{
    struct text argument;
    while (text_split(&query, '&', &argument))
        if (text_starts(argument, TEXT("__wb_method=")))
            return true;
    return false;
}

static enum index_key compare(struct text key, struct text real)
{
    if (text_equal(key, real))
        return KEY_OF_URL;
    struct key_parts one = take_apart(key), other = take_apart(real);
    if (!text_equal_nocase(one.host, other.host) || !text_equal_nocase(one.path, other.path))
        return KEY_WRONG;
    if (has_method(one.query) && !has_method(other.query))
        return KEY_OF_METHOD;
    return same_query(one.query, other.query) ? KEY_OF_OTHERS : KEY_WRONG;
}

/* Whether it is the key by which wabac.js looks the URL up. */
static bool is_of_player(struct text key, struct text url)
{
    struct url scratch;
    struct buf other;
    url_init(&scratch);
    buf_init(&other, KEY_BYTES);
    player_key_write(url, &scratch, &other);
    bool is = buf_ok(&other) && text_equal(key, buf_text(&other));
    buf_release(&other);
    url_release(&scratch);
    return is;
}

enum index_key index_key_judge(struct text key, struct text url)
{
    struct buf real;
    buf_init(&real, KEY_BYTES);
    surt_write(url, &real);
    enum index_key judged = buf_ok(&real)                 ? compare(key, buf_text(&real))
                            : buf_is_out_of_memory(&real) ? KEY_UNKNOWN
                                                          : KEY_OF_OTHERS;
    buf_release(&real);
    return judged == KEY_WRONG && is_of_player(key, url) ? KEY_OF_OTHERS : judged;
}
