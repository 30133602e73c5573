/* `warccap links`: prints the links that the crawler sees in a file. */
#include <config.h>

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/disk.h"
#include "base/json.h"
#include "base/plain_text.h"
#include "base/text.h"
#include "cmd/command_words.h"
#include "cmd/options.h"
#include "cmd/reading_box.h"
#include "links/links.h"
#include "links/page_reader.h"
#include "report/exit_code.h"
#include "web/charset.h"
#include "web/media_type.h"

enum { PAGE_BYTES = 256 * 1024 * 1024 };

struct links_words {
    struct option_memory memory;
    const char *base, *type, *charset;
    bool json, sandbox;
};

static const struct option_row rows[] = {
    {"base", NULL, OPTION_TEXT, "URL", offsetof(struct links_words, base),
     "the URL that the file came from (default http://localhost/)", NULL},
    {"type", NULL, OPTION_TEXT, "KIND", offsetof(struct links_words, type),
     "html, css, feed, sitemap, robots, javascript, json, manifest or svg, instead of what the "
     "content looks like",
     NULL},
    {"charset", NULL, OPTION_TEXT, "NAME", offsetof(struct links_words, charset),
     "the character encoding that the server named", NULL},
    {"json", NULL, OPTION_FLAG, NULL, offsetof(struct links_words, json),
     "print one JSON object per line", NULL},
    {"no-sandbox", NULL, OPTION_UNFLAG, NULL, offsetof(struct links_words, sandbox),
     NO_SANDBOX_HELP, NULL},
};

static void print_line(const struct link *link, struct buf *line)
{
    buf_clear(line);
    buf_printf(line, "%s\t%s\t", link_class_name(link->class),
               link_certainty_name(link->certainty));
    plain_text_add(line, link->url);
    buf_add_char(line, '\t');
    plain_text_add(line, link->where);
    buf_add_char(line, '\n');
    fwrite(line->data, 1, line->length, stdout);
}

static void print_json(const struct link *link, struct buf *line)
{
    buf_clear(line);
    buf_printf(line,
               "{\"class\": \"%s\", \"certainty\": \"%s\", \"url\": ", link_class_name(link->class),
               link_certainty_name(link->certainty));
    json_write_string(line, link->url);
    buf_add(line, ", \"where\": ");
    json_write_string(line, link->where);
    if (link->rule) {
        buf_add(line, ", \"rule\": ");
        json_write_string(line, text_of(url_rule_name(link->rule)));
    }
    buf_add(line, "}\n");
    fwrite(line->data, 1, line->length, stdout);
}

/* A body in one piece. */
struct whole {
    struct text all, rest;
};

static enum result next_piece(void *context, struct text *bytes)
{
    struct whole *whole = context;
    *bytes = whole->rest;
    whole->rest = TEXT("");
    return bytes->length ? RESULT_OK : RESULT_END;
}

static struct body_source open_whole(void *context)
{
    struct whole *whole = context;
    whole->rest = whole->all;
    return (struct body_source){next_piece, context};
}

static int complain(const char *path, const char *words)
{
    fprintf(stderr, "warccap links: %s: %s\n", path, words);
    return EXIT_ERROR;
}

/* Prints the links of what the reader has read. */
static int print_links(const struct links_words *words, const char *path,
                       const struct links_source *source)
{
    struct buf line;
    struct link link;
    buf_init(&line, 1 << 20);
    struct links *links = links_open(source);
    while (links && links_next(links, &link))
        if (words->json)
            print_json(&link, &line);
        else
            print_line(&link, &line);
    buf_release(&line);
    if (!links_close(links))
        return complain(path, "out of memory");
    if (*source->error == BODY_SOUND)
        return EXIT_DONE;
    fprintf(stderr, "warccap links: %s %s%s%s\n", path, body_error_words(*source->error),
            page_reader_words(source->reader)[0] ? ": it " : "", page_reader_words(source->reader));
    return *source->error == BODY_UNDECODABLE ? EXIT_ERROR : EXIT_DONE;
}

static int read_and_print(const struct links_words *words, const char *path, const struct url *base,
                          struct text bytes, struct page_reader *reader)
{
    struct whole whole = {.all = bytes};
    struct body_facts facts;
    struct trouble trouble;
    const struct page_source page = {.url = url_href(base),
                                     .name = text_of(path),
                                     .use = PAGE_FOR_RULES,
                                     .response_bytes = bytes.length,
                                     .plain = bytes,
                                     .open = open_whole,
                                     .context = &whole,
                                     .reopens = true};
    if (page_reader_read(reader, &page, &facts, &trouble) != RESULT_OK)
        return complain(path, trouble.words);
    int named = words->type ? media_kind_from_name(text_of(words->type)) : -1;
    const struct links_source source = {.url = base,
                                        .kind = named >= 0 ? (enum media_kind)named : facts.kind,
                                        .charset = text_of(words->charset),
                                        .bytes = page_reader_text(reader, &facts.error),
                                        .error = &facts.error,
                                        .year = date_year(clock_wall_ms()),
                                        .reader = reader};
    return print_links(words, path, &source);
}

static int extract(const struct links_words *words, const char *path, const struct url *base,
                   struct jail *jail)
{
    struct buf bytes;
    struct trouble trouble;
    int result = EXIT_DONE;
    struct page_reader *reader = page_reader_new(jail);
    buf_init(&bytes, PAGE_BYTES);
    if (!reader)
        result = complain(path, "out of memory");
    else if (disk_read(path, &bytes, &trouble) != RESULT_OK) {
        fprintf(stderr, "warccap links: %s\n", trouble.words);
        result = EXIT_FILES;
    } else
        result = read_and_print(words, path, base, buf_text(&bytes), reader);
    page_reader_free(reader);
    buf_release(&bytes);
    return result;
}

static int extract_in_box(const struct links_words *words, char *path, const struct url *base)
{
    struct jail *jail = NULL;
    int code = reading_jail_new(&jail, "links", words->sandbox);
    if (code == EXIT_DONE)
        code = reading_box_enter(reading_box_new(&path, 1), "links", words->sandbox, false);
    if (code == EXIT_DONE)
        code = extract(words, path, base, jail);
    jail_free(jail);
    return code;
}

static int check_and_extract(const struct links_words *words, int count, char *path)
{
    struct url base;
    int result = EXIT_USAGE;
    url_init(&base);
    if (count != 1)
        fprintf(stderr, "warccap links: give one file, or - for standard input\n");
    else if (words->type && media_kind_from_name(text_of(words->type)) < 0)
        fprintf(stderr,
                "warccap links: --type takes html, css, feed, sitemap, robots, javascript, json, "
                "manifest or svg, not \"%s\"\n",
                words->type);
    else if (words->charset && !charset_is_known(text_of(words->charset)))
        fprintf(stderr,
                "warccap links: --charset takes the name of an encoding, such as iso-8859-1 or "
                "shift_jis, not \"%s\"\n",
                words->charset);
    else if (url_parse(&base, text_of(words->base), NULL, TEXT("")) != URL_OK)
        fprintf(stderr,
                "warccap links: --base takes an http or https URL, such as "
                "https://a-blog.example/, not \"%s\"\n",
                words->base);
    else
        result = extract_in_box(words, path, &base);
    url_release(&base);
    return result;
}

static int run(int argc, char **argv)
{
    struct links_words words = {.base = "http://localhost/", .sandbox = true};
    int count;
    int result = options_read(&command_links, argc, argv, &words, &count);
    if (result == EXIT_DONE && command_words_have_url("links", argv + 1, count))
        result = EXIT_USAGE;
    if (result == EXIT_DONE)
        result = check_and_extract(&words, count, argv[1]);
    options_release(&command_links, &words);
    return options_exit_code(result);
}

const struct command command_links = {
    .name = "links",
    .arguments = "[--base URL] FILE",
    .summary = "what the crawler sees in a page, style sheet, feed, sitemap or robots.txt",
    .details = "Prints one line per link, in document order; each URL comes once per class. A line "
               "has four columns with tabs between them. CLASS is pager, archive, feed, sitemap, "
               "page, requisite, media or trap. CERTAINTY is certain or possible. URL is absolute, "
               "as it would be requested. WHERE is the element and attribute. The crawler finds "
               "its links with the same code.",
    .rows = rows,
    .row_count = sizeof rows / sizeof *rows,
    .run = run,
};
