#include <config.h>

#include "platform/platform.h"

#include "html/word_set.h"

enum { LOOKED_AT_BYTES = 64 * 1024 };

static const struct mark {
    enum platform platform;
    const char *text;
} marks[] = {
    {PLATFORM_BLOGGER, "content='blogger'"},
    {PLATFORM_BLOGGER, "content=\"blogger\""},
    {PLATFORM_BLOGGER, "blogger.com/static/v1/widgets/"},
    {PLATFORM_WORDPRESS, "content=\"WordPress "},
    {PLATFORM_WORDPRESS, "https://api.w.org/"},
    {PLATFORM_WORDPRESS, "/wp-content/"},
    {PLATFORM_GHOST, "content=\"Ghost "},
    {PLATFORM_STATIC, "content=\"Hugo "},
    {PLATFORM_STATIC, "content=\"Hexo "},
    {PLATFORM_STATIC, "content=\"Jekyll "},
    {PLATFORM_STATIC, "content=\"Octopress"},
};

static const struct request {
    enum platform platform;
    const char *named; /* made only when the page holds this; NULL: always */
    struct platform_request request;
} requests[] = {
    {PLATFORM_BLOGGER, NULL, {WORD("/sitemap.xml"), LINK_SITEMAP}},
    {PLATFORM_BLOGGER, NULL, {WORD("/feeds/posts/default"), LINK_FEED}},
    {PLATFORM_WORDPRESS, NULL, {WORD("/wp-sitemap.xml"), LINK_SITEMAP}},
    {PLATFORM_WORDPRESS, "yoast", {WORD("/sitemap_index.xml"), LINK_SITEMAP}},
    {PLATFORM_WORDPRESS, "https://api.w.org/", {WORD("/wp-json/"), LINK_PAGE}},
    /* The same where addresses are plain: ?p=7. */
    {PLATFORM_WORDPRESS, "?rest_route=/", {WORD("/?sitemap=index"), LINK_SITEMAP}},
    {PLATFORM_WORDPRESS, "?rest_route=/", {WORD("/index.php?rest_route=/"), LINK_PAGE}},
    {PLATFORM_GHOST, NULL, {WORD("/sitemap.xml"), LINK_SITEMAP}},
    {PLATFORM_GHOST, NULL, {WORD("/rss/"), LINK_FEED}},
    {PLATFORM_STATIC, NULL, {WORD("/sitemap.xml"), LINK_SITEMAP}},
};

const char *platform_name(enum platform platform)
{
    static const char *const names[PLATFORMS] = {"unknown", "Blogger", "WordPress", "Ghost",
                                                 "a static generator"};
    return names[platform];
}

static bool holds(struct text html, const char *words)
{
    return text_find(text_first(html, LOOKED_AT_BYTES), text_of(words)) >= 0;
}

enum platform platform_of(struct text html)
{
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (holds(html, marks[i].text))
            return marks[i].platform;
    return PLATFORM_UNKNOWN;
}

size_t platform_requests(enum platform platform, struct text html, struct platform_request *out,
                         size_t most)
{
    size_t count = 0;
    for (size_t i = 0; i < sizeof requests / sizeof *requests && count < most; i++)
        if (requests[i].platform == platform &&
            (!requests[i].named || holds(html, requests[i].named)))
            out[count++] = requests[i].request;
    return count;
}

bool platform_titles(struct text html, struct text archive, struct buf *out)
{
    static const char digits[] = "0123456789ABCDEF";
    if (text_find(html, TEXT("BlogArchive1")) < 0)
        return false;
    buf_add(
        out,
        "/?action=getTitles&widgetId=BlogArchive1&widgetType=BlogArchive&responseType=js&path=");
    for (size_t i = 0; i < archive.length; i++) {
        unsigned char c = (unsigned char)archive.at[i];
        if (ascii_is_alnum((char)c) || c == '-' || c == '_' || c == '.' || c == '~') {
            buf_add_char(out, (char)c);
            continue;
        }
        buf_add_char(out, '%');
        buf_add_char(out, digits[c >> 4]);
        buf_add_char(out, digits[c & 15]);
    }
    return buf_ok(out);
}
