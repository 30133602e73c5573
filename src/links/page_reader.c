/* Our end of the line to the jail, and the same work without one. */
#include <config.h>

#include "links/page_reader.h"

#include <stdlib.h>
#include <string.h>

#include "base/entropy.h"
#include "base/hash.h"
#include "links/links.h"
#include "links/page_body.h"
#include "links/page_wire.h"

enum {
    PIECE_BYTES = 64 * 1024,
    START_BYTES = 16 * 1024, /* tell mostly what a body is */
    LOOK_EVERY = 16,         /* pieces: whether the worker has enough */
    ROOM_KEPT = 1024 * 1024,
    KNOWN_SLOTS = 1 << 13,
    VISIBLE_MOST = 3 * BODY_READ_MOST, /* in UTF-8, with a byte between the pieces */
};

enum {
    PARTS_FROM = offsetof(struct url, https),
    PARTS_BYTES = sizeof(struct url) - PARTS_FROM,
};

/* A URL that was parsed before: most links of a page stand on other pages too. */
struct known_url {
    uint64_t hash;           /* of the text, with a key that no worker knows; 0: free */
    uint64_t note;           /* for the caller (web/link.h) */
    char parts[PARTS_BYTES]; /* of the URL, without its buffers */
};

/* Where the links of the body stand. */
enum links_turn { LINKS_NONE, LINKS_COME, LINKS_ENDED };

struct page_links {
    enum links_turn turn;
    const struct links_source *source;
    struct text batch; /* the records that came last, still to be read */
    bool given;        /* one was returned */
    bool again;        /* a second worker was asked */
    bool no_memory;
    struct url view; /* parts of the current link, over the bytes in the message */
    /* What the page says and shows: */
    struct buf metas, visible;
    struct page_pieces pieces; /* of `visible` */
    struct facts_answer facts;
};

struct page_reader {
    struct jail *jail; /* NULL: in this process */
    struct page_body own;
    struct url url;                   /* for parsing */
    const struct page_source *source; /* NULL: there is no body */
    struct body_facts facts;
    bool is_ahead;   /* the links of the body were asked for, and nobody has taken them yet */
    struct buf text; /* that was asked for */
    bool has_text;
    char words[JAIL_WORDS];
    struct page_links links;
    struct hash_key key;
    struct known_url *known;
};

struct page_reader *page_reader_new(struct jail *jail)
{
    struct page_reader *reader = calloc(1, sizeof *reader);
    if (!reader)
        return NULL;
    reader->jail = jail;
    url_init(&reader->url);
    buf_init(&reader->text, BODY_READ_MOST);
    buf_init(&reader->links.metas, 2 * WIRE_META_MOST);
    buf_init(&reader->links.visible, VISIBLE_MOST);
    page_pieces_init(&reader->links.pieces);
    entropy_fill(&reader->key, sizeof reader->key);
    if (page_body_init(&reader->own) &&
        (!jail || (reader->known = calloc(KNOWN_SLOTS, sizeof *reader->known))))
        return reader;
    page_reader_free(reader);
    return NULL;
}

void page_reader_free(struct page_reader *reader)
{
    if (!reader)
        return;
    page_body_release(&reader->own);
    url_release(&reader->url);
    buf_release(&reader->text);
    buf_release(&reader->links.metas);
    buf_release(&reader->links.visible);
    buf_release(&reader->links.pieces.list);
    free(reader->known);
    free(reader);
}

bool page_reader_is_jailed(const struct page_reader *reader)
{
    return reader && reader->jail;
}

const char *page_reader_words(const struct page_reader *reader)
{
    return reader->words;
}

void page_reader_leave(struct page_reader *reader)
{
    reader->source = NULL;
    reader->has_text = false;
    page_body_leave(&reader->own);
    if (reader->text.capacity > ROOM_KEPT)
        buf_release(&reader->text);
}

/* ---- in this process ---- */

static struct page_body_head head_of(struct page_reader *reader, const struct page_source *source)
{
    bool parsed = url_parse(&reader->url, source->url, NULL, TEXT("")) == URL_OK;
    return (struct page_body_head){.head = source->head,
                                   .path = parsed ? url_path(&reader->url) : TEXT("/"),
                                   .name = source->name,
                                   .use = source->use,
                                   .response_bytes = source->response_bytes,
                                   .dechunked = source->dechunked};
}

static void read_here(struct page_reader *reader, const struct page_source *source)
{
    const struct page_body_head head = head_of(reader, source);
    page_body_read(&reader->own, &head, source->open(source->context));
    reader->facts = reader->own.facts;
}

struct text page_reader_own_text(const struct page_reader *reader)
{
    return reader->own.text;
}

/* ---- asking ---- */

static struct text bytes_of(const void *at, size_t length)
{
    return (struct text){at, length};
}

/* The worker is gone, or not to be believed. */
static void dismiss(struct page_reader *reader)
{
    jail_dismiss(reader->jail, reader->words);
}

static bool put_head(struct messages *line, const struct page_source *source)
{
    const struct body_question question = {.response_bytes = source->response_bytes,
                                           .use = (int32_t)source->use,
                                           .dechunked = source->dechunked,
                                           .has_head = source->head != NULL};
    bool fine = messages_put(line, TELL_URL, TEXT(""), text_first(source->url, URL_LONGEST)) &&
                messages_put(line, TELL_NAME, TEXT(""), text_first(source->name, PIECE_BYTES));
    for (struct text rest = source->head_bytes; fine && source->head && rest.length;
         rest = text_skip(rest, PIECE_BYTES))
        fine = messages_put(line, TELL_HEAD, TEXT(""), text_first(rest, PIECE_BYTES));
    return fine && messages_put(line, ASK_BODY, bytes_of(&question, sizeof question), TEXT(""));
}

/* Asks after the first piece of a long body.  Whether the answer can be used: SAY_MORE, or
 * SAY_BODY, which is all then. */
static bool ask_whether_more(struct messages *line, struct message *answer)
{
    return messages_put(line, ASK_WHETHER_MORE, TEXT(""), TEXT("")) && messages_flush(line) &&
           messages_take(line, answer) == RESULT_OK &&
           (answer->kind == SAY_MORE || answer->kind == SAY_BODY);
}

static bool put_ahead(struct page_reader *reader, struct messages *line,
                      const struct page_source *source);

/* Sends the body as far as the worker wants it, and takes its answer.  `first`: so many bytes may
 * be enough. */
static bool put_body(struct page_reader *reader, struct messages *line, size_t first,
                     struct message *answer)
{
    const struct page_source *source = reader->source;
    struct body_source from = source->open(source->context);
    struct text piece = TEXT("");
    int32_t result = RESULT_OK;
    int count = 0;
    answer->kind = SAY_MORE;
    while (answer->kind == SAY_MORE) {
        if (!piece.length && (result = from.next(from.context, &piece)) != RESULT_OK)
            break;
        if (count == 1 && !ask_whether_more(line, answer))
            return false;
        if (answer->kind != SAY_MORE || (count % LOOK_EVERY == 1 && messages_is_heard(line)))
            break;
        size_t length = count ? PIECE_BYTES : first;
        if (!messages_put(line, TELL_PIECE, TEXT(""), text_first(piece, length)))
            return false;
        piece = text_skip(piece, length);
        count++;
    }
    if (answer->kind == SAY_BODY)
        return true;
    return messages_put(line, TELL_END, bytes_of(&result, sizeof result), TEXT("")) &&
           (!source->ahead.year || put_ahead(reader, line, source)) &&
           messages_take(line, answer) == RESULT_OK;
}

static bool read_answer(const struct message *message, struct body_facts *facts)
{
    struct body_answer answer;
    if (message->kind != SAY_BODY || message->bytes.length != sizeof answer)
        return false;
    memcpy(&answer, message->bytes.at, sizeof answer);
    *facts = (struct body_facts){.error = (enum body_error)answer.error,
                                 .kind = (enum media_kind)answer.kind,
                                 .wanted = answer.wanted != 0,
                                 .length = answer.length};
    return answer.error >= 0 && answer.error < BODY_UNDECODABLE && answer.kind >= 0 &&
           answer.kind <= MEDIA_XSL && answer.length <= BODY_READ_MOST &&
           (answer.wanted == 1 || (answer.wanted == 0 && !answer.length));
}

/* The text comes in pieces.  `is_asked`: it was asked for. */
static bool take_text(struct page_reader *reader, bool is_asked)
{
    struct trouble trouble;
    struct message message = {.kind = 0};
    struct messages *line = jail_worker(reader->jail, &trouble);
    buf_clear(&reader->text);
    if (!line || (!is_asked && !messages_put(line, ASK_TEXT, TEXT(""), TEXT(""))))
        return false;
    while (messages_take(line, &message) == RESULT_OK && message.kind == SAY_TEXT &&
           message.bytes.length <= reader->facts.length - reader->text.length)
        buf_add_text(&reader->text, message.bytes);
    return message.kind == SAY_DONE && reader->text.length == reader->facts.length;
}

/* Asks for what will be wanted next, so that the worker goes on without waiting. */
static bool put_ahead(struct page_reader *reader, struct messages *line,
                      const struct page_source *source)
{
    struct text type = source->head ? http_field(source->head, "Content-Type") : TEXT("");
    const struct links_question question = {.kind = WIRE_KIND_OF_BODY,
                                            .year = source->ahead.year,
                                            .without_head = !source->head,
                                            .without_text = source->ahead.without_text};
    bool fine = source->plain.at || messages_put(line, ASK_TEXT, TEXT(""), TEXT(""));
    fine = fine &&
           messages_put(line, TELL_CHARSET, TEXT(""),
                        text_first(media_type_charset(type), PIECE_BYTES)) &&
           messages_put(line, ASK_LINKS, bytes_of(&question, sizeof question), TEXT(""));
    reader->is_ahead = fine;
    return fine;
}

/* Nobody wants what was asked for ahead. */
static void skip_ahead(struct page_reader *reader)
{
    struct trouble trouble;
    struct message message = {.kind = 0};
    struct messages *line = reader->is_ahead ? jail_worker(reader->jail, &trouble) : NULL;
    if (reader->is_ahead)
        while (line && messages_take(line, &message) == RESULT_OK && message.kind != SAY_DONE)
            ;
    if (reader->is_ahead && message.kind != SAY_DONE)
        dismiss(reader);
    reader->is_ahead = false;
}

/* One attempt.  LOST: the worker is gone. */
static enum result read_there(struct page_reader *reader, const struct page_source *source,
                              struct trouble *trouble)
{
    struct message answer;
    const struct page_body_head head = head_of(reader, source);
    struct messages *line = jail_worker(reader->jail, trouble);
    if (!line)
        return RESULT_BROKEN;
    messages_begin(line);
    size_t first = page_body_is_wanted(&head) ? PIECE_BYTES : START_BYTES;
    if (put_head(line, source) && put_body(reader, line, first, &answer) &&
        read_answer(&answer, &reader->facts) &&
        (!reader->is_ahead || source->plain.at || take_text(reader, true))) {
        reader->has_text = reader->is_ahead && !source->plain.at;
        return RESULT_OK;
    }
    reader->is_ahead = false;
    dismiss(reader);
    return RESULT_LOST;
}

enum result page_reader_read(struct page_reader *reader, const struct page_source *source,
                             struct body_facts *facts, struct trouble *trouble)
{
    enum result result = RESULT_OK;
    skip_ahead(reader);
    reader->source = source;
    reader->has_text = false;
    reader->words[0] = '\0';
    if (!reader->jail)
        read_here(reader, source);
    else if ((result = read_there(reader, source, trouble)) == RESULT_LOST && source->reopens)
        result = read_there(reader, source, trouble); /* it may have ended for another reason */
    if (result == RESULT_LOST) {
        reader->facts = (struct body_facts){.error = BODY_UNDECODABLE};
        result = RESULT_OK;
    }
    *facts = reader->facts;
    return result;
}

/* ---- the text ---- */

struct text page_reader_text(struct page_reader *reader, enum body_error *error)
{
    const struct page_source *source = reader->source;
    if (source->plain.at && reader->facts.error != BODY_UNDECODABLE)
        return text_first(source->plain, reader->facts.wanted
                                             ? (size_t)reader->facts.length
                                             : body_read_most(source->response_bytes));
    if (!reader->jail)
        return reader->own.text;
    if (!reader->facts.length || reader->has_text)
        return reader->facts.length ? buf_text(&reader->text) : TEXT("");
    reader->has_text = take_text(reader, false);
    if (reader->has_text)
        return buf_text(&reader->text);
    *error = buf_ok(&reader->text) ? BODY_UNDECODABLE : BODY_UNREADABLE;
    reader->facts = (struct body_facts){.error = *error};
    dismiss(reader);
    return TEXT("");
}

uint64_t page_reader_fingerprint(struct page_reader *reader, enum body_error *error)
{
    struct trouble trouble;
    struct message message;
    uint64_t fingerprint;
    if (!reader->jail)
        return page_text_fingerprint(page_reader_text(reader, error));
    if (reader->facts.error == BODY_UNDECODABLE)
        return 0;
    struct messages *line = jail_worker(reader->jail, &trouble);
    if (line && messages_put(line, ASK_FINGERPRINT, TEXT(""), TEXT("")) && messages_flush(line) &&
        messages_take(line, &message) == RESULT_OK && message.kind == SAY_FINGERPRINT &&
        message.bytes.length == sizeof fingerprint) {
        memcpy(&fingerprint, message.bytes.at, sizeof fingerprint);
        return fingerprint;
    }
    *error = BODY_UNDECODABLE;
    reader->facts = (struct body_facts){.error = *error};
    dismiss(reader);
    return 0;
}

/* ---- links ---- */

/* Whether what was asked for ahead is what is wanted. */
static bool is_as_wanted(const struct page_reader *reader)
{
    const struct links_source *source = reader->links.source;
    const struct page_ahead *ahead = &reader->source->ahead;
    return reader->is_ahead && source->kind == reader->facts.kind && source->year == ahead->year &&
           !source->page && !source->without_body && source->head == reader->source->head &&
           source->without_text == ahead->without_text;
}

static bool ask_links(struct page_reader *reader)
{
    const struct links_source *source = reader->links.source;
    if (is_as_wanted(reader)) {
        reader->is_ahead = false;
        return true;
    }
    skip_ahead(reader);
    const struct links_question question = {.kind = (int32_t)source->kind,
                                            .year = source->year,
                                            .has_page = source->page != NULL,
                                            .without_body = source->without_body,
                                            .without_head = !source->head,
                                            .without_text = source->without_text};
    struct trouble trouble;
    struct messages *line = jail_worker(reader->jail, &trouble);
    if (!line)
        return false;
    bool fine =
        messages_put(line, TELL_URL, TEXT(""), url_href(source->url)) &&
        messages_put(line, TELL_CHARSET, TEXT(""), text_first(source->charset, PIECE_BYTES));
    if (fine && source->page)
        fine = messages_put(line, TELL_PAGE, TEXT(""), url_href(source->page));
    return fine && messages_put(line, ASK_LINKS, bytes_of(&question, sizeof question), TEXT("")) &&
           messages_flush(line);
}

/* The worker has failed: the links that were given are good, and there are no more. */
static void lose_links(struct page_reader *reader)
{
    reader->links.turn = LINKS_ENDED;
    reader->links.batch = TEXT("");
    reader->links.facts = (struct facts_answer){.robots_length = 0};
    buf_clear(&reader->links.metas);
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
    dismiss(reader);
    if (reader->links.given || reader->links.again || !reader->source || !reader->source->reopens)
        return false;
    reader->links.again = true;
    return read_there(reader, reader->source, &trouble) == RESULT_OK && ask_links(reader) &&
           take_page(reader);
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
        facts->visible_bytes > VISIBLE_MOST)
        return false;
    buf_add_text(&links->metas, texts);
    /* The pieces refer to its place. */
    links->no_memory = !buf_room(&links->visible, (size_t)facts->visible_bytes + 1);
    links->pieces.html = (struct text){links->visible.data, 0};
    return !links->no_memory;
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
    while (links->facts.has_pieces == 1 && messages_take(line, &message) == RESULT_OK &&
           message.kind == SAY_PIECES) {
        if (!message.bytes.length) /* the last */
            return true;
        if (!take_pieces(links, message.bytes))
            return false;
    }
    return !links->facts.has_pieces;
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
        memcpy(known->parts, (char *)&reader->url + PARTS_FROM, PARTS_BYTES);
    }
    memcpy((char *)view + PARTS_FROM, known->parts, PARTS_BYTES);
    view->href = (struct buf){.data = (char *)(uintptr_t)link->url.at, .length = link->url.length};
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
        dismiss(reader);
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
