/* Makes of a foreign response what our own metadata record would say of it. */
#include <config.h>

#include "crawl/recover_foreign.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/disk.h"
#include "capture/writer_set.h"
#include "collection/capture_reader.h"
#include "links/links.h"
#include "links/page_captures.h"
#include "web/location.h"
#include "web/media_type.h"
#include "web/robots.h"
#include "web/url.h"

struct foreign_reader {
    struct capture_reader *captures;
    struct page_captures decoded; /* its reader is NULL if bodies are read here */
    struct anchor_cache *anchors;
    struct url url, target;
    struct buf lines, redirect, robots;
};

bool foreign_is_ours(struct text warcinfo)
{
    return text_find(warcinfo, TEXT("software: warccap/")) >= 0;
}

struct text foreign_uri(const struct warc_record *record, const char *name)
{
    const char *value = warc_record_field(record, name);
    struct text uri = value ? text_of(value) : TEXT("");
    bool brackets = uri.length >= 2 && uri.at[0] == '<' && uri.at[uri.length - 1] == '>';
    return brackets ? text_first(text_skip(uri, 1), uri.length - 2) : uri;
}

static bool is_plain(struct text text)
{
    for (size_t i = 0; i < text.length; i++)
        if ((unsigned char)text.at[i] <= ' ' || text.at[i] == 0x7f || strchr("<>\"", text.at[i]))
            return false;
    return text.length > 0;
}

bool foreign_may_be_referred_to(const struct warc_record *record)
{
    const char *date = warc_record_field(record, "WARC-Date"),
               *id = warc_record_field(record, "WARC-Record-ID");
    struct text inner = foreign_uri(record, "WARC-Record-ID"),
                url = foreign_uri(record, "WARC-Target-URI");
    int64_t ms;
    return date && date_read_warc(text_of(date), &ms) &&
           (!id || (id[0] == '<' && is_plain(inner) && text_find_char(inner, ':') > 0)) &&
           is_plain(url) &&
           (text_starts_nocase(url, TEXT("http://")) || text_starts_nocase(url, TEXT("https://")));
}

enum result foreign_reader_new(struct foreign_reader **out, const struct collection *collection,
                               struct page_reader *bodies, struct trouble *trouble)
{
    struct foreign_reader *reader = calloc(1, sizeof *reader);
    *out = reader;
    if (!reader)
        return trouble_say(trouble, RESULT_BROKEN, "no memory to read the archive");
    url_init(&reader->url);
    url_init(&reader->target);
    buf_init(&reader->lines, CAPTURE_OUTLINKS_MOST);
    buf_init(&reader->redirect, URL_LONGEST);
    buf_init(&reader->robots, ROBOTS_READ_BYTES);
    if (!(reader->anchors = anchor_cache_new()))
        return trouble_say(trouble, RESULT_BROKEN, "no memory to read the archive");
    /* The index may not exist yet; what is read here is found without it. */
    enum result result = disk_exists(collection->index)
                             ? RESULT_OK
                             : disk_replace(collection->index, TEXT(""), trouble);
    if (result == RESULT_OK)
        result =
            capture_reader_open(&reader->captures, collection->index, collection->archive, trouble);
    if (result == RESULT_OK)
        page_captures_use(&reader->decoded, bodies, reader->captures);
    return result;
}

void foreign_reader_free(struct foreign_reader *reader)
{
    if (!reader)
        return;
    capture_reader_close(reader->captures);
    anchor_cache_free(reader->anchors);
    url_release(&reader->url);
    url_release(&reader->target);
    buf_release(&reader->lines);
    buf_release(&reader->redirect);
    buf_release(&reader->robots);
    free(reader);
}

static bool is_redirect(int status)
{
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

/* Whether the response settles for now what is to be had of the URL. */
static bool is_lasting(int status)
{
    return (status >= 200 && status < 300 && status != 206) || is_redirect(status) ||
           status == 404 || status == 410;
}

static bool write_links(struct foreign_reader *reader, const struct stored_response *response,
                        enum media_kind kind)
{
    struct text type = http_field(response->head, "Content-Type");
    const struct links_source source = {.url = &reader->url,
                                        .kind = kind,
                                        .charset = media_type_charset(type),
                                        .bytes = response->body,
                                        .head = response->head,
                                        .anchors = reader->anchors,
                                        .year = date_year(clock_wall_ms()),
                                        .reader = reader->decoded.reader,
                                        .without_text = true};
    struct links *links = links_open(&source);
    struct link link;
    while (links && links_next(links, &link))
        provenance_write_outlink(&reader->lines, &link, 'L');
    return links_close(links) && !buf_is_out_of_memory(&reader->lines);
}

/* Where the response leads, if it is a redirect with a target.  False: without memory. */
static bool write_redirect(struct foreign_reader *reader, const struct http_head *head)
{
    struct text location = http_field(head, "Location");
    enum url_result parsed =
        location.length ? location_parse(&reader->target, location, &reader->url) : URL_OK;
    if (location.length && parsed == URL_OK)
        buf_add_text(&reader->redirect, url_resource(&reader->target));
    return parsed != URL_NO_MEMORY && !buf_is_out_of_memory(&reader->redirect);
}

static bool read_response(struct foreign_reader *reader, const struct stored_response *response,
                          struct recovered *recovered)
{
    struct provenance_record *provenance = &recovered->provenance;
    bool robots = text_equal(url_target(&reader->url), TEXT("/robots.txt"));
    enum media_kind media = media_kind_of(http_field(response->head, "Content-Type"),
                                          url_path(&reader->url), response->body);
    bool fine = true;
    provenance->kind = robots ? VISIT_ROBOTS : visit_kind_of_media(media);
    if (robots)
        buf_add_text(&reader->robots, text_first(response->body, ROBOTS_READ_BYTES));
    else if (is_redirect(recovered->status))
        fine = write_redirect(reader, response->head);
    else if (recovered->status < 300)
        fine = write_links(reader, response, media);
    provenance->lines = buf_text(&reader->lines);
    provenance->redirect = buf_text(&reader->redirect);
    recovered->robots = buf_text(&reader->robots);
    return fine && !buf_is_out_of_memory(&reader->robots);
}

enum result foreign_read(struct foreign_reader *reader, const struct warc_place *place,
                         bool revisit, struct recovered *recovered, struct trouble *trouble)
{
    struct stored_response response;
    const struct cdxj_entry entry = {.url = recovered->url,
                                     .filename = text_of(place->file),
                                     .offset = place->offset};
    enum url_result parsed = url_parse(&reader->url, recovered->url, NULL, TEXT(""));
    recovered->provenance = (struct provenance_record){.kind = VISIT_PAGE};
    recovered->is_foreign = true;
    buf_clear(&reader->lines);
    buf_clear(&reader->redirect);
    buf_clear(&reader->robots);
    if (parsed == URL_NO_MEMORY)
        return trouble_say(trouble, RESULT_BROKEN, "no memory to read the archive");
    if (parsed != URL_OK || !is_lasting(recovered->status))
        return RESULT_END;
    if (revisit) {
        recovered->provenance.kind =
            visit_kind_of_media(media_kind_of(TEXT(""), url_path(&reader->url), TEXT("")));
        return RESULT_OK;
    }
    bool read = capture_reader_read_entry(reader->captures, &entry, &response);
    /* it is known from now on, and is not read again: what is not learned now would be lost */
    if (capture_reader_is_broken(reader->captures) ||
        (read && response.error == BODY_UNREADABLE)) /* the record was whole the first time */
        return trouble_say(trouble, RESULT_BROKEN,
                           "cannot read the response at offset %lld of %s a second time: there is "
                           "no memory, or the disk does not answer. Start the run again",
                           (long long)place->offset, place->file);
    if (!read || response.truncated)
        return RESULT_END;
    return read_response(reader, &response, recovered)
               ? RESULT_OK
               : trouble_say(trouble, RESULT_BROKEN, "no memory for the links of the archive");
}
