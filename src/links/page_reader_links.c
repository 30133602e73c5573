/* The links of the body that was read, and what its page says and shows. */
#include <config.h>

#include "links/page_reader_internal.h"

#include <string.h>

/* Whether what was asked for ahead is what is wanted. */
static bool is_as_wanted(const struct page_reader *reader)
{
    const struct links_source *source = reader->links.source;
    const struct page_ahead *ahead = &reader->source->ahead;
    struct text page = source->kind == MEDIA_JAVASCRIPT ? ahead->page : TEXT("");
    return reader->is_ahead && source->kind == reader->facts.kind && source->year == ahead->year &&
           source->without_body == ahead->without_body && source->head == reader->source->head &&
           source->without_text == ahead->without_text &&
           text_equal(source->page ? url_href(source->page) : TEXT(""), page);
}

static bool ask_links(struct page_reader *reader)
{
    const struct links_source *source = reader->links.source;
    if (is_as_wanted(reader)) {
        reader->is_ahead = false;
        return true;
    }
    struct messages *line = page_reader_be_alone(reader);
    if (!line)
        return false;
    const struct links_question question = {.kind = (int32_t)source->kind,
                                            .year = source->year,
                                            .has_page = source->page != NULL,
                                            .without_body = source->without_body,
                                            .without_head = !source->head,
                                            .without_text = source->without_text,
                                            .has_text =
                                                reader->source->plain.at || reader->has_text};
    bool fine =
        messages_put(line, TELL_URL, TEXT(""), url_href(source->url)) &&
        messages_put(line, TELL_CHARSET, TEXT(""), text_first(source->charset, PIECE_BYTES));
    if (fine && source->page)
        fine = messages_put(line, TELL_PAGE, TEXT(""), url_href(source->page));
    return fine && messages_put(line, ASK_LINKS, bytes_of(&question, sizeof question), TEXT("")) &&
           messages_flush(line);
}

/* The pieces are in the text of a page, which is freed when that page is left. */
static void forget_pieces(struct page_links *links)
{
    buf_clear(&links->pieces.list);
    links->pieces.html = TEXT("");
}

/* The worker has failed: the links that were given are good, and there are no more. */
static void lose_links(struct page_reader *reader)
{
    reader->links.turn = LINKS_ENDED;
    reader->links.batch = TEXT("");
    reader->links.facts = (struct facts_answer){.robots_length = 0};
    buf_clear(&reader->links.metas);
    forget_pieces(&reader->links);
    reader->facts = (struct body_facts){.error = BODY_UNDECODABLE};
    if (reader->links.source->error)
        *reader->links.source->error = BODY_UNDECODABLE;
}

/* Asks a second worker if nothing was given yet.  The first may have ended for a reason that has
 * nothing to do with the page. */
static bool take_page(struct page_reader *reader);

static bool ask_again(struct page_reader *reader)
{
    struct trouble trouble;
    page_reader_dismiss(reader);
    if (reader->links.given || reader->links.again || !reader->source || !reader->source->reopens)
        return false;
    reader->links.again = true;
    return page_reader_read_alone(reader, reader->source, true, &trouble) == RESULT_OK &&
           ask_links(reader) && take_page(reader);
}

/* ---- what the page says and shows ---- */

/* Whether the worker's numbers can be true; makes room for what they announce. */
static bool take_facts(struct page_links *links, struct text bytes)
{
    struct facts_answer *facts = &links->facts;
    if (bytes.length < sizeof *facts)
        return false;
    memcpy(facts, bytes.at, sizeof *facts);
    struct text texts = text_skip(bytes, sizeof *facts);
    if (facts->robots_length > WIRE_META_MOST || facts->referrer_length > WIRE_META_MOST ||
        texts.length != (size_t)facts->robots_length + facts->referrer_length ||
        facts->visible_bytes > PAGE_VISIBLE_MOST)
        return false;
    buf_add_text(&links->metas, texts);
    /* The pieces refer to its place. */
    links->no_memory = !buf_room(&links->visible, (size_t)facts->visible_bytes + 1);
    links->pieces.html = (struct text){links->visible.data, 0};
    return !links->no_memory;
}

/* Takes the places of pieces of visible text in the decoded text. */
static bool take_places(struct page_links *links, struct text text, struct text rest)
{
    struct piece_place place;
    links->pieces.html = text;
    for (; rest.length >= sizeof place; rest = text_skip(rest, sizeof place)) {
        memcpy(&place, rest.at, sizeof place);
        if (place.from > place.to || place.to > text.length)
            return false;
        page_pieces_add(&links->pieces, (struct text){text.at + place.from, place.to - place.from});
    }
    return !rest.length;
}

/* Takes pieces of visible text, and keeps them one after the other with a byte between them. */
static bool take_pieces(struct page_links *links, struct text rest)
{
    uint32_t number;
    while (rest.length) {
        if (rest.length < sizeof number)
            return false;
        memcpy(&number, rest.at, sizeof number);
        rest = text_skip(rest, sizeof number);
        bool goes_on = number & WIRE_PIECE_GOES_ON;
        size_t length = number & ~(uint32_t)WIRE_PIECE_GOES_ON;
        if (length > rest.length || length + 1 > links->facts.visible_bytes - links->visible.length)
            return false;
        const char *to = links->visible.data + links->visible.length;
        buf_add_text(&links->visible, text_first(rest, length));
        page_pieces_add(&links->pieces, (struct text){to, length});
        if (!goes_on)
            buf_add_char(&links->visible, ' ');
        rest = text_skip(rest, length);
    }
    return true;
}

struct page_facts page_reader_page_facts(const struct page_reader *reader)
{
    const struct page_links *links = &reader->links;
    struct text metas = buf_text(&links->metas);
    return (struct page_facts){.robots = text_first(metas, links->facts.robots_length),
                               .referrer = text_skip(metas, links->facts.robots_length),
                               .pieces = &links->pieces};
}

/* The decoded text, if it is here already. */
static struct text text_there(const struct page_reader *reader)
{
    if (reader->source->plain.at)
        return text_first(reader->source->plain, (size_t)reader->facts.length);
    return reader->has_text ? buf_text(&reader->text) : TEXT("");
}

/* Takes all that comes before the links.  False: it makes no sense, or the worker is gone. */
static bool take_page(struct page_reader *reader)
{
    struct trouble trouble;
    struct message message;
    struct page_links *links = &reader->links;
    struct messages *line = jail_worker(reader->jail, &trouble);
    buf_clear(&links->metas);
    buf_clear(&links->visible);
    buf_clear(&links->pieces.list);
    if (!line || messages_take(line, &message) != RESULT_OK || message.kind != SAY_FACTS ||
        !take_facts(links, message.bytes))
        return false;
    const int32_t how = links->facts.pieces;
    const uint32_t kind = how == WIRE_PLACES ? SAY_PLACES : SAY_PIECES;
    struct text text = how == WIRE_PLACES ? text_there(reader) : TEXT("");
    while ((how == WIRE_PIECES || how == WIRE_PLACES) &&
           messages_take(line, &message) == RESULT_OK && message.kind == kind) {
        if (!message.bytes.length) /* the last */
            return true;
        if (how == WIRE_PLACES ? !take_places(links, text, message.bytes)
                               : !take_pieces(links, message.bytes))
            return false;
    }
    return how == WIRE_NO_PIECES;
}

/* Whether the worker has to be asked: most pictures come with no link at all. */
static bool may_have_links(const struct page_reader *reader, const struct links_source *source)
{
    static const char *const fields[] = {"Link", "Refresh", "Location", "Content-Location"};
    bool may = reader->facts.wanted && !source->without_body && source->kind != MEDIA_OTHER &&
               source->kind != MEDIA_IMAGE;
    for (size_t i = 0; !may && source->head && i < sizeof fields / sizeof *fields; i++)
        may = http_field(source->head, fields[i]).at != NULL;
    return may;
}

bool page_reader_open_links(struct page_reader *reader, const struct links_source *source)
{
    struct page_links *links = &reader->links;
    links->turn = LINKS_COME;
    links->source = source;
    links->batch = TEXT("");
    links->given = links->again = links->no_memory = false;
    links->facts = (struct facts_answer){.robots_length = 0};
    buf_clear(&links->metas);
    forget_pieces(links);                          /* of the page before */
    if (reader->facts.error == BODY_UNDECODABLE || /* the worker has another body, or none */
        !may_have_links(reader, source))
        links->turn = LINKS_ENDED;
    else if (!(ask_links(reader) && take_page(reader)) && !ask_again(reader))
        lose_links(reader);
    return links->turn == LINKS_COME;
}

/* Takes the next records, or the end.  False: it makes no sense, or the worker is gone. */
static bool take_batch(struct page_reader *reader)
{
    struct trouble trouble;
    struct message message;
    struct done_answer done;
    struct messages *line = jail_worker(reader->jail, &trouble);
    if (!line || messages_take(line, &message) != RESULT_OK)
        return false;
    if (message.kind == SAY_LINKS) {
        reader->links.batch = message.bytes;
        return message.bytes.length > 0;
    }
    if (message.kind != SAY_DONE || message.bytes.length != sizeof done)
        return false;
    memcpy(&done, message.bytes.at, sizeof done);
    if (done.error < 0 || done.error >= BODY_UNDECODABLE)
        return false;
    reader->links.turn = LINKS_ENDED;
    reader->links.no_memory = done.no_memory;
    if (done.error != BODY_SOUND && reader->links.source->error)
        *reader->links.source->error = (enum body_error)done.error;
    return true;
}

/* Parses the URL, unless it was parsed before.  False: it is none. */
static bool settle_url(struct page_reader *reader, struct link *link)
{
    struct url *view = &reader->links.view;
    uint64_t hash = hash_text(&reader->key, link->url) | 1;
    struct known_url *known = &reader->known[(hash >> 1) % KNOWN_SLOTS];
    link->parsed = view;
    if (known->hash != hash) {
        if (url_parse(&reader->url, link->url, NULL, TEXT("")) != URL_OK)
            return false;
        if (!text_equal(url_href(&reader->url), link->url)) {
            link->url = url_resource(&reader->url); /* it is not as we write it */
            link->parsed = &reader->url;
            return true;
        }
        known->hash = hash;
        known->note = 0;
        url_parts_keep(&known->parts, &reader->url);
    }
    url_parts_view(view, &known->parts, link->url);
    link->note = &known->note;
    return true;
}

bool page_reader_next_link(struct page_reader *reader, struct link *link)
{
    struct page_links *links = &reader->links;
    while (links->turn == LINKS_COME || links->batch.length) {
        bool sound = true;
        if (link_wire_read(&links->batch, link, &sound)) {
            links->given = true;
            if (settle_url(reader, link))
                return true;
            continue;
        }
        if (sound && take_batch(reader))
            continue;
        links->batch = TEXT("");
        if (!ask_again(reader)) {
            lose_links(reader);
            return false;
        }
    }
    return false;
}

bool page_reader_close_links(struct page_reader *reader)
{
    struct page_links *links = &reader->links;
    while (links->turn == LINKS_COME && take_batch(reader))
        ;
    if (links->turn == LINKS_COME) {
        page_reader_dismiss(reader);
        lose_links(reader);
    }
    links->turn = LINKS_NONE;
    if (links->visible.capacity > ROOM_KEPT)
        buf_release(&links->visible);
    if (links->pieces.list.capacity > ROOM_KEPT)
        buf_release(&links->pieces.list);
    return page_reader_has_links(reader);
}

bool page_reader_has_links(const struct page_reader *reader)
{
    return !reader->links.no_memory;
}
