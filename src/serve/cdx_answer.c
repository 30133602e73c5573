/* Lines in another order than that of the index are picked first, each as its place in the index,
 * and written at the end. */
#include <config.h>

#include "serve/cdx_answer.h"

#include <stdlib.h>

#include "base/json.h"
#include "serve/cdx_query.h"
#include "serve/merged_lines.h"

struct pick {
    size_t archive;
    int64_t place, distance; /* from the wanted date, in milliseconds */
    uint64_t number;         /* in the order of the index */
};

struct cdx_answer {
    struct archive_set *set;
    const struct cdx_query *query;
    struct buf *body;
    struct cdx_line line;
    struct pick *picks; /* twice as many as are wanted, so that they are rarely sorted */
    size_t count, wanted;
    uint64_t written;
    bool more; /* there are lines beyond the last that was written */
};

static int compare_picks(const void *a, const void *b)
{
    const struct pick *left = a, *right = b;
    if (left->distance != right->distance)
        return left->distance < right->distance ? -1 : 1;
    return left->number < right->number ? -1 : 1;
}

/* The newest numbers come first in reverse order. */
static int compare_reversed(const void *a, const void *b)
{
    const struct pick *left = a, *right = b;
    return left->number > right->number ? -1 : 1;
}

/* Keeps those that are wanted. */
static void settle(struct cdx_answer *answer)
{
    bool reverse = answer->query->order == CDX_REVERSE;
    qsort(answer->picks, answer->count, sizeof *answer->picks,
          reverse ? compare_reversed : compare_picks);
    if (answer->count > answer->wanted) {
        answer->count = answer->wanted;
        answer->more = true;
    }
}

static void pick(struct cdx_answer *answer, const struct merged_line *line, uint64_t number)
{
    int64_t ms = 0;
    if (!cdxj_entry_time(&line->entry, &ms))
        return;
    int64_t distance = ms - answer->query->closest_ms;
    answer->picks[answer->count++] =
        (struct pick){line->archive, line->place, distance < 0 ? -distance : distance, number};
    if (answer->count == 2 * answer->wanted)
        settle(answer);
}

/* False: no more are wanted. */
static bool write_next(struct cdx_answer *answer, uint64_t number)
{
    if (number < answer->query->offset)
        return true;
    if (answer->written == answer->query->limit || answer->body->length > SERVED_BODY_MOST / 2) {
        answer->more = true;
        return false;
    }
    cdx_query_write(answer->query, &answer->line, answer->body);
    answer->written++;
    return true;
}

static void write_picks(struct cdx_answer *answer)
{
    settle(answer);
    for (size_t i = 0; i < answer->count; i++) {
        struct cdxj_lookup *lookup = archive_set_index(answer->set, answer->picks[i].archive);
        if (cdx_line_read(&answer->line, cdxj_lookup_line(lookup, answer->picks[i].place)) &&
            !write_next(answer, i))
            return;
    }
}

static bool make_picks(struct cdx_answer *answer)
{
    const struct cdx_query *query = answer->query;
    uint64_t wanted = query->offset < UINT32_MAX ? query->offset + query->limit : UINT32_MAX;
    if (query->order == CDX_FORWARD)
        return true;
    if (wanted > 50 * CDX_LINES_MOST)
        return false;
    answer->wanted = wanted ? (size_t)wanted : 1;
    answer->picks = malloc(2 * answer->wanted * sizeof *answer->picks);
    return answer->picks;
}

static bool write_lines(struct cdx_answer *answer)
{
    const struct cdx_query *query = answer->query;
    struct merged_lines lines;
    struct merged_line line;
    uint64_t number = 0;
    if (!make_picks(answer) || merged_lines_begin(&lines, answer->set, buf_text(&query->start),
                                                  buf_text(&query->end)) != RESULT_OK)
        return false;
    while (merged_lines_next(&lines, &line)) {
        if (!cdx_line_read(&answer->line, line.line) || !cdx_query_wants(query, &answer->line))
            continue;
        if (query->order == CDX_FORWARD ? !write_next(answer, number) : false)
            break;
        if (query->order != CDX_FORWARD)
            pick(answer, &line, number);
        number++;
    }
    merged_lines_end(&lines);
    if (query->order != CDX_FORWARD)
        write_picks(answer);
    return true;
}

/* The same query from where this answer ends. */
static void add_next(const struct cdx_answer *answer, struct text target,
                     struct served_response *response)
{
    struct text rest = target, parameter;
    struct buf link;
    buf_init(&link, SERVED_FIELDS_MOST);
    buf_add(&link, "<");
    if (text_split(&rest, '?', &parameter))
        buf_add_text(&link, parameter);
    buf_add(&link, "?");
    while (text_split(&rest, '&', &parameter))
        if (!text_starts(parameter, TEXT("offset="))) {
            buf_add_text(&link, parameter);
            buf_add_char(&link, '&');
        }
    buf_printf(&link, "offset=%llu>; rel=\"next\"",
               (unsigned long long)(answer->query->offset + answer->written));
    if (buf_ok(&link) && text_find_char(target, '>') < 0)
        served_response_add(response, "Link", buf_text(&link));
    buf_release(&link);
}

static void refuse(struct served_response *response, int status, const char *words)
{
    buf_clear(&response->body);
    response->status = status;
    served_response_add(response, "Content-Type", TEXT("application/json; charset=utf-8"));
    buf_add(&response->body, "{\"message\": ");
    json_write_string(&response->body, text_of(words));
    buf_add(&response->body, "}\n");
}

static void answer_query(struct cdx_answer *answer, struct text target,
                         struct served_response *response)
{
    cdx_line_init(&answer->line);
    if (write_lines(answer)) {
        response->status = 200;
        served_response_add(response, "Content-Type",
                            answer->query->json ? TEXT("text/x-ndjson") : TEXT("text/x-cdxj"));
        if (answer->more && (answer->query->cut || answer->written < answer->query->limit))
            add_next(answer, target, response);
    } else
        refuse(response, 503, "there is no memory for this list; ask for fewer lines");
    free(answer->picks);
    cdx_line_release(&answer->line);
}

bool cdx_answer_respond(struct archive_set *set, const struct served_request *request,
                        struct served_response *response)
{
    struct cdx_query query;
    struct trouble trouble;
    struct cdx_answer answer = {.set = set, .query = &query, .body = &response->body};
    if (!text_equal(request->target, TEXT("/cdx")) && !text_starts(request->target, TEXT("/cdx?")))
        return false;
    if (cdx_query_read(&query, request->target, &trouble) == RESULT_OK)
        answer_query(&answer, request->target, response);
    else
        refuse(response, 400, trouble.words);
    cdx_query_release(&query);
    served_response_add(response, "X-Content-Type-Options", TEXT("nosniff"));
    response->length = (int64_t)response->body.length;
    return true;
}
