/* A name below localhost is read from its end: localhost, date, port; the rest is the host. */
#include <config.h>

#include "serve/archived_host.h"

#include <stdio.h>
#include <string.h>

#include "web/url_host.h"

static const char port_mark[] = "port-", address_mark[] = "ip6-", player_name[] = "warccap-player";

bool archived_date_is(struct text text)
{
    for (size_t i = 0; i < text.length; i++)
        if (!ascii_is_digit(text.at[i]))
            return false;
    return text.length == ARCHIVED_DATE - 1;
}

/* Takes the last label off.  False: there is no dot. */
static bool take_label(struct text *name, struct text *label)
{
    for (size_t i = name->length; i > 0; i--)
        if (name->at[i - 1] == '.') {
            *label = text_skip(*name, i);
            name->length = i - 1;
            return true;
        }
    return false;
}

/* "ip6-xx1" as "[::1]". */
static void write_address(struct text digits, struct buf *out)
{
    buf_add_char(out, '[');
    for (size_t i = 0; i < digits.length; i++)
        buf_add_char(out, ascii_lower(digits.at[i]) == 'x' ? ':' : digits.at[i]);
    buf_add_char(out, ']');
}

/* Writes the host in the form that URLs have.  False: it has another one, or is none. */
static bool write_host(struct text name, struct buf *out)
{
    struct text mark = text_of(address_mark);
    struct buf given;
    buf_init(&given, ARCHIVED_NAME);
    if (text_starts_nocase(name, mark) && text_find_char(name, '.') < 0)
        write_address(text_skip(name, mark.length), &given);
    else
        buf_add_text(&given, name);
    bool good = buf_ok(&given) && url_write_host(out, buf_text(&given)) && buf_ok(out) &&
                text_equal_nocase(buf_text(&given), buf_text(out));
    buf_release(&given);
    return good;
}

/* `name` is what stands before ".localhost". */
static bool read_name(struct archived_host *host, struct text name)
{
    struct text rest = name, label, mark = text_of(port_mark);
    uint64_t port = 0;
    if (take_label(&rest, &label) && archived_date_is(label)) {
        memcpy(host->date, label.at, label.length);
        name = rest;
    }
    rest = name;
    if (take_label(&rest, &label) && text_starts_nocase(label, mark)) {
        if (!text_to_number(text_skip(label, mark.length), &port) || port == 0 || port > 65535)
            return false;
        name = rest;
    }
    struct buf authority;
    buf_init(&authority, ARCHIVED_NAME - 1);
    bool good = name.length && name.at[0] != '.' && write_host(name, &authority);
    if (good)
        snprintf(host->authority, sizeof host->authority, port ? "%s:%u" : "%s", authority.data,
                 (unsigned)port);
    buf_release(&authority);
    return good;
}

static bool is_loopback(struct text name)
{
    static const struct text names[] = {WORD("localhost"), WORD("127.0.0.1"), WORD("[::1]")};
    return TEXT_IS_ANY(name, names);
}

enum host_kind archived_host_read(struct archived_host *host, struct text field)
{
    struct text end = TEXT(".localhost"), name = field, port = TEXT("");
    *host = (struct archived_host){.local = ""};
    for (size_t i = field.length;
         i > 0 && (ascii_is_digit(field.at[i - 1]) || field.at[i - 1] == ':'); i--)
        if (field.at[i - 1] == ':') {
            name = text_first(field, i - 1);
            port = text_skip(field, i);
            break;
        }
    uint64_t number = 0;
    if (port.length && (!text_to_number(port, &number) || number == 0 || number > 65535))
        return HOST_FOREIGN;
    snprintf(host->local, sizeof host->local, number ? "localhost:%u" : "localhost",
             (unsigned)number);
    if (is_loopback(name))
        return HOST_OWN;
    if (name.length <= end.length || name.length > ARCHIVED_NAME ||
        !text_equal_nocase(text_skip(name, name.length - end.length), end))
        return HOST_FOREIGN;
    name.length -= end.length;
    if (text_equal_nocase(name, text_of(player_name)))
        return HOST_PLAYER;
    return read_name(host, name) ? HOST_ARCHIVED : HOST_FOREIGN;
}

bool archived_host_write(const struct url *url, struct text date, struct text local,
                         struct buf *out)
{
    struct text name = url_host(url);
    buf_add(out, "http://");
    size_t start = out->length;
    if (name.length > 2 && name.at[0] == '[') {
        buf_add(out, address_mark);
        for (size_t i = 1; i + 1 < name.length; i++)
            buf_add_char(out, name.at[i] == ':' ? 'x' : name.at[i]);
    } else
        buf_add_text(out, name);
    if (!url_has_default_port(url))
        buf_printf(out, ".%s%u", port_mark, (unsigned)url->port);
    if (date.length) {
        buf_add_char(out, '.');
        buf_add_text(out, date);
    }
    buf_add_char(out, '.');
    buf_add_text(out, local);
    return buf_ok(out) && out->length - start < ARCHIVED_NAME;
}
