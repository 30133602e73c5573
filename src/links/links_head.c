/* HTTP heads: Link, Location, Content-Location and Refresh. */
#include <config.h>

#include "links/extract.h"

/* Takes one "<URL>; rel=..." of a Link field (RFC 8288, 3) off *rest. */
static bool next_link(struct text *rest, struct text *address, struct text *parameters)
{
    ptrdiff_t open = text_find_char(*rest, '<');
    if (open < 0)
        return false;
    *rest = text_skip(*rest, (size_t)open + 1);
    ptrdiff_t close = text_find_char(*rest, '>');
    if (close < 0)
        return false;
    *address = text_first(*rest, (size_t)close);
    *rest = text_skip(*rest, (size_t)close + 1);
    size_t length = 0;
    bool quoted = false;
    while (length < rest->length && (quoted || rest->at[length] != ',')) {
        quoted = quoted != (rest->at[length] == '"');
        length++;
    }
    *parameters = text_first(*rest, length);
    *rest = text_skip(*rest, length);
    return true;
}

/* The value of the first parameter of that name. at == NULL: there is none. */
static struct text parameter(struct text parameters, struct text name)
{
    while (parameters.length) {
        size_t length = 0;
        bool quoted = false;
        while (length < parameters.length && (quoted || parameters.at[length] != ';')) {
            quoted = quoted != (parameters.at[length] == '"');
            length++;
        }
        struct text part = text_trim(text_first(parameters, length));
        parameters = text_skip(parameters, length + 1);
        ptrdiff_t equals = text_find_char(part, '=');
        if (equals < 0 || !text_equal_nocase(text_trim(text_first(part, (size_t)equals)), name))
            continue;
        struct text value = text_trim(text_skip(part, (size_t)equals + 1));
        if (value.length > 1 && value.at[0] == '"' && value.at[value.length - 1] == '"')
            value = (struct text){value.at + 1, value.length - 2};
        return value;
    }
    return (struct text){NULL, 0};
}

static void link_field(struct extract *extract, struct text value)
{
    struct text address, parameters;
    while (next_link(&value, &address, &parameters)) {
        struct relation relation = {.address = address,
                                    .rel = parameter(parameters, TEXT("rel")),
                                    .type = parameter(parameters, TEXT("type")),
                                    .as = parameter(parameters, TEXT("as")),
                                    .element = "Link"};
        /* With an anchor parameter it is a link of another page. */
        if (!parameter(parameters, TEXT("anchor")).at)
            extract_relation(extract, &relation);
    }
}

struct text extract_refresh_target(struct text content)
{
    struct text rest = text_trim(content);
    size_t digits = 0;
    while (digits < rest.length && (ascii_is_digit(rest.at[digits]) || rest.at[digits] == '.'))
        digits++;
    rest = text_skip(rest, digits);
    bool apart =
        rest.length && (rest.at[0] == ';' || rest.at[0] == ',' || ascii_is_space(rest.at[0]));
    if (!digits || !apart)
        return TEXT("");
    rest = text_trim(rest);
    if (text_starts(rest, TEXT(";")) || text_starts(rest, TEXT(",")))
        rest = text_trim(text_skip(rest, 1));
    struct text after =
        text_starts_nocase(rest, TEXT("url")) ? text_trim(text_skip(rest, 3)) : TEXT("");
    if (text_starts(after, TEXT("=")))
        rest = text_trim(text_skip(after, 1));
    char quote = rest.length ? rest.at[0] : ' ';
    if (quote == '"' || quote == '\'') {
        rest = text_skip(rest, 1);
        ptrdiff_t end = text_find_char(rest, quote);
        rest = end < 0 ? rest : text_first(rest, (size_t)end);
    }
    return rest;
}

void extract_head(struct extract *extract, const struct http_head *head)
{
    for (size_t i = 0; i < head->field_count; i++) {
        struct text name = head->fields[i].name, value = head->fields[i].value;
        if (text_equal_nocase(name, TEXT("Link")))
            link_field(extract, value);
        else if (text_equal_nocase(name, TEXT("Location")))
            extract_address(extract, value, LINK_PAGE, LINK_CERTAIN, "Location", NULL);
        else if (text_equal_nocase(name, TEXT("Content-Location")))
            extract_address(extract, value, LINK_PAGE, LINK_POSSIBLE, "Content-Location", NULL);
        else if (text_equal_nocase(name, TEXT("Refresh")))
            extract_address(extract, extract_refresh_target(value), LINK_PAGE, LINK_CERTAIN,
                            "Refresh", NULL);
    }
}
