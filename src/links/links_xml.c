/* XML documents in general: the style sheets that a processing instruction names (Associating Style
 * Sheets with XML documents 1.0), and the parts of XSL sheets. */
#include <config.h>

#include "html/entities.h"
#include "links/extract.h"

/* The value of the pseudo-attribute. at == NULL: there is none. */
static struct text pseudo_attribute(struct text rest, struct text wanted)
{
    while (rest.length) {
        rest = text_trim(rest);
        ptrdiff_t equals = text_find_char(rest, '=');
        if (equals < 0)
            break;
        struct text name = text_trim(text_first(rest, (size_t)equals));
        rest = text_trim(text_skip(rest, (size_t)equals + 1));
        char quote = rest.length ? rest.at[0] : ' ';
        ptrdiff_t end =
            quote == '"' || quote == '\'' ? text_find_char(text_skip(rest, 1), quote) : -1;
        if (end < 0)
            break;
        if (text_equal(name, wanted))
            return text_first(text_skip(rest, 1), (size_t)end);
        rest = text_skip(rest, (size_t)end + 2);
    }
    return (struct text){NULL, 0};
}

void extract_xml_sheet(struct extract *extract, struct text instruction)
{
    struct text mark = TEXT("?xml-stylesheet"), raw;
    struct buf decoded;
    if (!text_starts(instruction, mark))
        return;
    raw = pseudo_attribute(text_skip(instruction, mark.length), TEXT("href"));
    buf_init(&decoded, URL_LONGEST);
    if (raw.length && raw.at[0] != '#') {
        entities_decode(raw, true, &decoded);
        extract_address(extract, buf_text(&decoded), LINK_REQUISITE, LINK_CERTAIN, "xml-stylesheet",
                        NULL);
    }
    extract_release(extract, &decoded);
}

void extract_xsl(struct extract *extract, struct text sheet)
{
    struct tokenizer t;
    struct buf value;
    buf_init(&value, URL_LONGEST);
    tokenizer_init(&t, sheet);
    for (enum token_kind kind; (kind = tokenizer_next(&t)) != TOKEN_END;) {
        t.raw = TEXT("");
        if (kind == TOKEN_START &&
            (text_equal(t.text, TEXT("xsl:import")) || text_equal(t.text, TEXT("xsl:include")))) {
            buf_clear(&value);
            entities_decode(tokenizer_attribute(&t, "href"), true, &value);
            extract_address(extract, buf_text(&value), LINK_REQUISITE, LINK_CERTAIN, "xsl", "href");
        }
    }
    extract_release(extract, &value);
    extract->container = TEXT("xsl ");
    extract_html(extract, sheet, 1);
    extract->container = TEXT("");
}
