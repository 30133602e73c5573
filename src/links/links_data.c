/*
 * Scripts, style sheets and frames in data: URLs.  Plugins that put scripts off write inline
 * scripts so.  They belong to the page, and what they name is relative to it.
 */
#include <config.h>

#include "links/page.h"
#include "web/data_url.h"

enum { DATA_MOST = 1024 * 1024 };

static void read_data(struct page *page, struct text type, struct text bytes)
{
    if (page->element == E_SCRIPT)
        extract_script(page->extract, bytes, "script[data:]");
    else if (page->element == E_LINK && text_equal_nocase(type, TEXT("text/css")))
        extract_css(page->extract, bytes, "link[data:]");
    else if (page->element == E_IFRAME && text_equal_nocase(type, TEXT("text/html")))
        page_nested(page, bytes, TEXT("iframe[data:] "));
}

void data_element(struct page *page)
{
    struct text raw = text_trim(page_raw(page, page->element == E_LINK ? A_HREF : A_SRC)), type;
    struct buf copy, bytes;
    if (!text_starts_nocase(raw, TEXT("data:")))
        return;
    buf_init(&copy, DATA_MOST); /* there is one decoded value at a time, and markup has others */
    buf_init(&bytes, DATA_MOST);
    buf_add_text(&copy, text_trim(page_value(page, page->element == E_LINK ? A_HREF : A_SRC)));
    if (buf_ok(&copy) && data_url_read(buf_text(&copy), &type, &bytes) && bytes.length &&
        buf_ok(&bytes))
        read_data(page, type, buf_text(&bytes));
    extract_release(page->extract, &bytes);
    extract_release(page->extract, &copy);
}
