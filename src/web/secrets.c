/* Copies a request without its secrets, line by line. */
#include <config.h>

#include "web/secrets.h"

static bool is_secret(struct text name, struct text own)
{
    static const char *const secrets[] = {"Cookie", "Authorization", "Proxy-Authorization"};
    for (struct text one; text_split(&own, '\n', &one);)
        if (one.length && text_equal_nocase(text_trim(name), one))
            return true;
    for (size_t i = 0; i < sizeof secrets / sizeof *secrets; i++)
        if (text_equal_nocase(text_trim(name), text_of(secrets[i])))
            return true;
    return false;
}

static struct text line_end_of(struct text line)
{
    size_t length = line.length && line.at[line.length - 1] == '\n' ? 1 : 0;
    length += length && line.length > 1 && line.at[line.length - 2] == '\r';
    return text_skip(line, line.length - length);
}

bool secrets_leave_out(struct buf *request, struct text own, struct buf *names)
{
    struct text rest = buf_text(request);
    struct buf out;
    bool in_head = true, in_secret = false;
    buf_init(&out, request->limit);
    while (rest.length) {
        ptrdiff_t end = in_head ? text_find_char(rest, '\n') : -1;
        struct text line = text_first(rest, end < 0 ? rest.length : (size_t)end + 1);
        bool folded = in_head && (line.at[0] == ' ' || line.at[0] == '\t');
        ptrdiff_t colon = in_head && !folded ? text_find_char(line, ':') : -1;
        rest = text_skip(rest, line.length);
        if (!folded)
            in_secret = colon > 0 && is_secret(text_first(line, (size_t)colon), own);
        in_head = in_head && text_trim(line).length;
        if (!in_secret)
            buf_add_text(&out, line);
        else if (!folded) {
            buf_add_text(&out, text_first(line, (size_t)colon + 1));
            buf_add_text(&out, line_end_of(line));
            buf_add(names, names->length ? ", " : "");
            buf_add_text(names, text_trim(text_first(line, (size_t)colon)));
        }
    }
    bool ok = buf_ok(&out);
    if (!ok)
        buf_clear(&out);
    buf_take(request, &out);
    return ok;
}
