/* Sitemaps, as XML and as lists of URLs, and the sitemaps that robots.txt names. */
#include <config.h>

#include "html/xml_text.h"
#include "links/extract.h"
#include "series/date_archive.h"

/* The pages in a sitemap are judged by their URL alone, because it lists date archives and the like
 * too. */
static void sitemap_page(struct extract *extract, struct text address)
{
    struct found found = {.class = LINK_PAGE, .certainty = LINK_CERTAIN, .element = "loc"};
    struct anchor bare = {.in_pager = false};
    if (!extract_resolve(extract, address))
        return;
    if (series_judge(&extract->anchors->tables->pagers, extract->source->url, &extract->url,
                     &extract->segments, &bare, extract->source->year)
            .class
        == LINK_ARCHIVE)
        found.class = LINK_ARCHIVE;
    extract_give_resolved(extract, &found);
}

/* Some write <sitemap>URL</sitemap> or <url>URL</url>, without a <loc>. */
static void bare_entry(struct extract *extract, const struct tokenizer *t, bool index)
{
    struct text ahead = text_first(text_skip(t->input, t->at), URL_LONGEST);
    ptrdiff_t end = text_find_char(ahead, '<');
    struct text address = text_trim(text_first(ahead, end < 0 ? 0 : (size_t)end));
    if (!text_starts_nocase(address, TEXT("http")))
        return;
    if (index)
        extract_address(extract, address, LINK_SITEMAP, LINK_CERTAIN, "sitemap", NULL);
    else
        sitemap_page(extract, address);
}

static void sitemap_element(struct extract *extract, struct tokenizer *t, bool index,
                            struct buf *out)
{
    struct text name = t->text, plain = xml_local(name);
    if (text_equal_nocase(plain, TEXT("url")) || text_equal_nocase(plain, TEXT("sitemap"))) {
        extract->here.dated_ms = xml_date_ahead(t, TEXT("lastmod"), plain);
        bare_entry(extract, t, index);
    } else if (text_equal_nocase(name, TEXT("image:loc")) ||
               text_equal_nocase(plain, TEXT("thumbnail_loc")))
        extract_address(extract, xml_element_text(t, out), LINK_REQUISITE, LINK_POSSIBLE,
                        "image:loc", NULL);
    else if (text_equal_nocase(plain, TEXT("content_loc")))
        extract_address(extract, xml_element_text(t, out), LINK_MEDIA, LINK_CERTAIN,
                        "video:content_loc", NULL);
    else if (text_equal_nocase(plain, TEXT("player_loc")))
        extract_address(extract, xml_element_text(t, out), LINK_PAGE, LINK_POSSIBLE,
                        "video:player_loc", NULL);
    else if (text_equal_nocase(plain, TEXT("loc")) && index)
        extract_address(extract, xml_element_text(t, out), LINK_SITEMAP, LINK_CERTAIN, "loc", NULL);
    else if (text_equal_nocase(plain, TEXT("loc")))
        sitemap_page(extract, xml_element_text(t, out));
    else if (text_equal_nocase(plain, TEXT("link")))
        extract_address(extract, xml_attribute(t, "href", out), LINK_PAGE, LINK_POSSIBLE, "link",
                        "href");
}

void sitemap_reader_init(struct sitemap_reader *reader, struct text sitemap)
{
    reader->lines = sitemap;
    reader->is_list = text_find_char(text_first(sitemap, 512), '<') < 0;
    reader->is_index = false;
    buf_init(&reader->value, URL_LONGEST * 4);
    tokenizer_init(&reader->tokenizer, sitemap);
}

void sitemap_reader_release(struct sitemap_reader *reader, struct extract *extract)
{
    extract_release(extract, &reader->value);
}

/* Reads one line of a list, or one token of XML. False: the end. */
static bool read_piece(struct extract *extract, struct sitemap_reader *reader)
{
    struct tokenizer *t = &reader->tokenizer;
    struct text line;
    if (reader->is_list) {
        if (!text_split_line(&reader->lines, &line))
            return false;
        if (text_starts_nocase(text_trim(line), TEXT("http")))
            extract_address(extract, line, LINK_PAGE, LINK_CERTAIN, "line", NULL);
        return true;
    }
    enum token_kind kind = tokenizer_next(t);
    t->raw = TEXT(""); /* <title> and the like are not special in XML */
    if (kind == TOKEN_START) {
        reader->is_index =
            reader->is_index || text_equal_nocase(xml_local(t->text), TEXT("sitemapindex"));
        sitemap_element(extract, t, reader->is_index, &reader->value);
    } else if (kind == TOKEN_COMMENT)
        extract_xml_sheet(extract, t->text);
    return kind != TOKEN_END;
}

bool extract_sitemap(struct extract *extract, struct sitemap_reader *reader, size_t most)
{
    while (extract->found.length <= most)
        if (!read_piece(extract, reader))
            return false;
    return true;
}

/* The URL of a line "Sitemap: URL". Empty: it is another line. */
static struct text named_sitemap(struct text line)
{
    ptrdiff_t colon = text_find_char(line, ':');
    struct text key = text_trim(text_first(line, colon < 0 ? 0 : (size_t)colon));
    if (!text_equal_nocase(key, TEXT("sitemap")) && !text_equal_nocase(key, TEXT("site-map")))
        return TEXT("");
    /* A comment begins after white space. In a URL, '#' would begin a fragment, which is not
     * requested. */
    ptrdiff_t comment = text_find_char(line, '#');
    line = comment < 0 ? line : text_first(line, (size_t)comment);
    return text_trim(text_skip(line, (size_t)colon + 1));
}

void extract_robots(struct extract *extract, struct text robots)
{
    struct text line;
    while (text_split_line(&robots, &line)) {
        struct text address = named_sitemap(text_trim(line));
        if (address.length)
            extract_address(extract, address, LINK_SITEMAP, LINK_CERTAIN, "Sitemap", NULL);
    }
}
