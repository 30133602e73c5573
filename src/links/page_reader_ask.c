/*
 * Questions to the worker, and the first part of its answers: what a body is, its text and its
 * fingerprint.  Those of several bodies may be under way.
 */
#include <config.h>

#include "links/page_reader_internal.h"

#include <string.h>

enum {
    START_BYTES = 16 * 1024, /* tell mostly what a body is */
    LOOK_EVERY = 16,         /* pieces: whether the worker has enough */
    QUESTION_BYTES = 1024,   /* of a body: all besides its texts, at most */
};

void page_reader_dismiss(struct page_reader *reader)
{
    jail_dismiss(reader->jail, reader->words);
    reader->is_ahead = reader->worker_has_it = false;
    reader->expected.asked = reader->asked_of_worker = reader->weighed_at = 0;
}

/* ---- questions ---- */

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

static bool put_ahead(struct messages *line, const struct page_source *source);

/* Sends the body as far as the worker wants it, and takes its answer.  `first`: so many bytes may
 * be enough.  `ahead`: asks for what is wanted besides. */
static bool put_body(struct messages *line, const struct page_source *source, size_t first,
                     bool ahead, struct message *answer)
{
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
        return !ahead || put_ahead(line, source);
    return messages_put(line, TELL_END, bytes_of(&result, sizeof result), TEXT("")) &&
           (!ahead || put_ahead(line, source)) && messages_take(line, answer) == RESULT_OK;
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

/* Asks for what is wanted besides, so that the worker goes on without waiting. */
static bool put_ahead(struct messages *line, const struct page_source *source)
{
    const struct page_ahead *ahead = &source->ahead;
    struct text type = source->head ? http_field(source->head, "Content-Type") : TEXT("");
    const struct links_question question = {.kind = WIRE_KIND_OF_BODY,
                                            .year = ahead->year,
                                            .has_page = ahead->page.length > 0,
                                            .without_body = ahead->without_body,
                                            .without_head = !source->head,
                                            .without_text = ahead->without_text,
                                            .has_text = true};
    return (source->plain.at || messages_put(line, ASK_TEXT, TEXT(""), TEXT(""))) &&
           (!ahead->fingerprint || messages_put(line, ASK_FINGERPRINT, TEXT(""), TEXT(""))) &&
           messages_put(line, TELL_CHARSET, TEXT(""),
                        text_first(media_type_charset(type), PIECE_BYTES)) &&
           (!ahead->page.length ||
            messages_put(line, TELL_PAGE, TEXT(""), text_first(ahead->page, URL_LONGEST))) &&
           messages_put(line, ASK_LINKS, bytes_of(&question, sizeof question), TEXT(""));
}

/* Whether the whole question can be put without waiting. */
static bool fits(const struct messages *line, const struct page_source *source)
{
    const struct text texts[] = {source->url, source->name, source->head_bytes, source->ahead.bytes,
                                 source->ahead.page};
    size_t room = messages_room(line), needed = QUESTION_BYTES;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (texts[i].length > room)
            return false;
        needed += texts[i].length + (texts[i].length / PIECE_BYTES + 1) * MESSAGE_HEAD;
    }
    if (source->head) /* the name of its character encoding */
        needed += http_field(source->head, "Content-Type").length;
    return source->ahead.bytes.at && needed <= room;
}

/* Of a picture, the beginning is mostly enough. */
static bool put_expected(struct page_reader *reader, struct messages *line,
                         const struct page_source *source)
{
    const struct page_body_head head = page_reader_head(reader, source);
    const int32_t result = RESULT_END;
    struct text rest = source->ahead.bytes;
    bool cut = source->plain.at && rest.length > START_BYTES && !page_body_is_wanted(&head),
         fine = put_head(line, source);
    for (rest = cut ? text_first(rest, START_BYTES) : rest; fine && rest.length;
         rest = text_skip(rest, PIECE_BYTES))
        fine = messages_put(line, TELL_PIECE, TEXT(""), text_first(rest, PIECE_BYTES));
    return fine &&
           messages_put(line, cut ? TELL_CUT : TELL_END, bytes_of(&result, sizeof result),
                        TEXT("")) &&
           put_ahead(line, source);
}

/* ---- answers ---- */

bool page_reader_take_text(struct page_reader *reader, struct messages *line)
{
    struct message message = {.kind = 0};
    buf_clear(&reader->text);
    while (messages_take(line, &message) == RESULT_OK && message.kind == SAY_TEXT &&
           message.bytes.length <= reader->facts.length - reader->text.length)
        buf_add_text(&reader->text, message.bytes);
    return message.kind == SAY_DONE && reader->text.length == reader->facts.length;
}

/* Takes what was asked for with the body, up to its links. */
static bool take_ahead(struct page_reader *reader, struct messages *line,
                       const struct page_source *source)
{
    struct message message;
    if (!source->plain.at && !(reader->has_text = page_reader_take_text(reader, line)))
        return false;
    if (source->ahead.fingerprint) {
        if (messages_take(line, &message) != RESULT_OK || message.kind != SAY_FINGERPRINT ||
            message.bytes.length != sizeof reader->fingerprint)
            return false;
        memcpy(&reader->fingerprint, message.bytes.at, sizeof reader->fingerprint);
        reader->has_fingerprint = true;
    }
    reader->is_ahead = true;
    return true;
}

/* Takes messages up to the `ends`-th end of an answer. */
static void skip(struct page_reader *reader, int ends)
{
    struct trouble trouble;
    struct message message;
    struct messages *line = jail_worker(reader->jail, &trouble);
    while (line && ends && messages_take(line, &message) == RESULT_OK)
        ends -= message.kind == SAY_DONE;
    if (ends)
        page_reader_dismiss(reader);
}

/* How many ends the answer to all that is asked of an expected body has. */
static int ends_of(const struct page_source *source)
{
    return source->plain.at ? 1 : 2;
}

void page_reader_skip_ahead(struct page_reader *reader)
{
    if (reader->is_ahead)
        skip(reader, 1);
    reader->is_ahead = false;
}

/* ---- one body alone ---- */

/* Nothing but questions to come is under way then. */
static void skip_asked(struct page_reader *reader)
{
    struct page_queue *expected = &reader->expected;
    struct trouble trouble;
    page_reader_skip_ahead(reader);
    for (int i = 0; i < expected->asked; i++) {
        messages_begin(jail_worker(reader->jail, &trouble));
        skip(reader, ends_of(expected->list[i]));
    }
    expected->asked = 0;
}

enum result page_reader_read_alone(struct page_reader *reader, const struct page_source *source,
                                   bool ahead, struct trouble *trouble)
{
    struct message answer;
    const struct page_body_head head = page_reader_head(reader, source);
    skip_asked(reader);
    struct messages *line = jail_worker(reader->jail, trouble);
    if (!line)
        return RESULT_BROKEN;
    messages_begin(line);
    reader->is_alone = reader->worker_has_it = true;
    reader->has_text = reader->has_fingerprint = false;
    reader->asked_of_worker++;
    ahead = ahead && source->ahead.year;
    size_t first = page_body_is_wanted(&head) ? PIECE_BYTES : START_BYTES;
    if (put_head(line, source) && put_body(line, source, first, ahead, &answer) &&
        read_answer(&answer, &reader->facts) && (!ahead || take_ahead(reader, line, source)))
        return RESULT_OK;
    page_reader_dismiss(reader);
    return RESULT_LOST;
}

struct messages *page_reader_be_alone(struct page_reader *reader)
{
    struct trouble trouble;
    page_reader_skip_ahead(reader);
    reader->is_alone = true;
    if (!reader->worker_has_it || reader->expected.asked) {
        if (!reader->source->reopens ||
            page_reader_read_alone(reader, reader->source, false, &trouble) != RESULT_OK)
            return NULL;
    }
    return jail_worker(reader->jail, &trouble);
}

/* ---- several ---- */

static void forget_first(struct page_queue *expected)
{
    expected->count--;
    expected->asked -= expected->asked > 0;
    memmove(expected->list, expected->list + 1, (size_t)expected->count * sizeof *expected->list);
}

static void drop_first(struct page_reader *reader, int count)
{
    struct page_queue *expected = &reader->expected;
    struct trouble trouble;
    for (; count; count--) {
        if (expected->asked) {
            messages_begin(jail_worker(reader->jail, &trouble));
            skip(reader, ends_of(expected->list[0]));
        }
        forget_first(expected);
    }
}

bool page_reader_drop_before(struct page_reader *reader, const struct page_source *source)
{
    const struct page_queue *expected = &reader->expected;
    int first = 0;
    while (first < expected->count && expected->list[first] != source)
        first++;
    if (first == expected->count)
        return false;
    drop_first(reader, first);
    return true;
}

void page_reader_replace_old(struct page_reader *reader)
{
    if (reader->asked_of_worker >= reader->weighed_at + WEIGH_EVERY) {
        reader->weighed_at = reader->asked_of_worker;
        if (jail_worker_bytes(reader->jail) > reader->worker_most)
            reader->asked_of_worker = BODIES_A_WORKER;
    }
    if (reader->asked_of_worker < BODIES_A_WORKER || reader->expected.asked)
        return;
    jail_replace(reader->jail);
    reader->worker_has_it = false;
    reader->asked_of_worker = reader->weighed_at = 0;
}

void page_reader_ask_more(struct page_reader *reader)
{
    struct trouble trouble;
    struct page_queue *expected = &reader->expected;
    if (!reader->jail || reader->is_alone || expected->asked == expected->count)
        return;
    struct messages *line = jail_worker(reader->jail, &trouble);
    while (line && expected->asked < expected->count && reader->asked_of_worker < BODIES_A_WORKER &&
           fits(line, expected->list[expected->asked]) &&
           put_expected(reader, line, expected->list[expected->asked])) {
        expected->asked++;
        reader->asked_of_worker++;
    }
    if (line)
        messages_push(line);
}

void page_reader_expect(struct page_reader *reader, const struct page_source *source)
{
    struct page_queue *expected = &reader->expected;
    if (!reader->jail || expected->count == PAGES_AHEAD_MOST)
        return;
    expected->list[expected->count++] = source;
    page_reader_ask_more(reader);
}

void page_reader_expect_none(struct page_reader *reader)
{
    page_reader_skip_ahead(reader);
    drop_first(reader, reader->expected.count);
}

enum result page_reader_read_first(struct page_reader *reader)
{
    const struct page_source *source = reader->expected.list[0];
    bool was_asked = reader->expected.asked;
    struct trouble trouble;
    struct message answer;
    struct messages *line = jail_worker(reader->jail, &trouble);
    forget_first(&reader->expected);
    if (!was_asked || !line)
        return RESULT_AGAIN;
    messages_begin(line);
    enum result result = messages_take(line, &answer);
    if (result == RESULT_OK && answer.kind == SAY_MORE) {
        skip(reader, ends_of(source));
        return RESULT_AGAIN;
    }
    reader->worker_has_it = true;
    if (result == RESULT_OK && read_answer(&answer, &reader->facts) &&
        take_ahead(reader, line, source))
        return RESULT_OK;
    page_reader_dismiss(reader);
    return RESULT_LOST;
}
