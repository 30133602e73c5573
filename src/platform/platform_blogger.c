/*
 * Blogger. The archive widget fetches the titles of a period's posts by script (?action=getTitles).
 * Requested year by year, these lists name every post. The response is a script too:
 *
 *   _WidgetManager._HandleControllerResult('BlogArchive1', 'getTitles',{'path': 'http://...',
 *     'posts': [{'title': 'One', 'url': 'http://...'}, ...], ...});
 */
#include <config.h>

#include "platform/platforms.h"

static const char *const marks[] = {"content='blogger'", "content=\"blogger\"",
                                    "blogger.com/static/v1/widgets/", NULL};

static const struct platform_request requests[] = {
    {WORD("/sitemap.xml"), LINK_SITEMAP, NULL},
    {WORD("/feeds/posts/default"), LINK_FEED, NULL},
    {.path = WORD("")},
};

static bool write_archive_list(struct text html, struct text archive, struct buf *out)
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

static bool is_list(const struct url *url)
{
    struct text query = url_query(url), part;
    while (query.length && text_split(&query, '&', &part))
        if (text_equal_nocase(part, TEXT("action=getTitles")))
            return true;
    return false;
}

/* Takes everything up to and with the next string off *rest. False: there is none. */
static bool next_string(struct text *rest, struct text *string)
{
    while (rest->length && rest->at[0] != '"' && rest->at[0] != '\'')
        *rest = text_skip(*rest, 1);
    if (!rest->length)
        return false;
    size_t end = 1;
    while (end < rest->length && rest->at[end] != rest->at[0])
        end += rest->at[end] == '\\' ? 2 : 1;
    if (end >= rest->length)
        return false;
    *string = (struct text){rest->at + 1, end - 1};
    *rest = text_skip(*rest, end + 1);
    return true;
}

static bool next_in_list(struct platform_list *list, struct platform_link *link)
{
    struct text string;
    while (next_string(&list->rest, &string)) {
        if (!text_starts(text_trim(text_first(list->rest, 16)), TEXT(":")))
            continue;
        list->is_list = list->is_list || text_equal(string, TEXT("posts"));
        /* The next string is its value. The value of a title is skipped, because it can say
         * anything. */
        bool url = text_equal(string, TEXT("url"));
        if ((!url && !text_equal(string, TEXT("title"))) || !next_string(&list->rest, &string) ||
            !url || !list->is_list)
            continue;
        list->posts++;
        *link = (struct platform_link){.address = json_unescape(string, &list->value),
                                       .class = LINK_PAGE,
                                       .where = "getTitles"};
        return true;
    }
    return false;
}

const struct platform platform_blogger = {
    .name = "Blogger",
    .marks = marks,
    .requests = requests,
    .write_archive_list = write_archive_list,
    .is_list = is_list,
    .next_in_list = next_in_list,
};
