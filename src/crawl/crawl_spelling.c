/*
 * Requests for other spellings of known URLs (frontier/frontier_spelling.h).  Their URL is in the
 * archive already, and players may look both up under one key. So a spelling is kept only if the
 * site serves it, and it must never hide the page that readers want.
 */
#include <config.h>

#include "crawl/crawl_internal.h"

#include "frontier/frontier_spelling.h"

/* Whether the archive has the URL: then what is known of it must be kept. */
static enum result is_held(struct crawl *crawl, const struct visit *visit, bool *held)
{
    struct url_history history;
    enum result result =
        recrawl_state_history(crawl->store->recrawl, visit->key, &history, NULL, &crawl->trouble);
    *held = result == RESULT_OK && history.status;
    return result == RESULT_END ? RESULT_OK : result;
}

enum result crawl_judge_turn(struct crawl *crawl, const struct visit *visit, struct trap_turn *turn)
{
    bool held;
    enum spelling_turn spelling = SPELLING_GO;
    enum result result = is_held(crawl, visit, &held);
    if (result != RESULT_OK)
        return result;
    *turn = (struct trap_turn){.rule = follow_judge_session(crawl->follow, visit)};
    if (held || turn->rule)
        return RESULT_OK;
    *turn = follow_judge_turn(crawl->follow, visit);
    if (!turn->rule && !turn->waits)
        result = frontier_judge_spelling(crawl->frontier, visit, &spelling, &crawl->trouble);
    turn->waits = turn->waits || spelling == SPELLING_WAITS;
    if (spelling == SPELLING_SPENT)
        turn->rule = URL_RULE_URL_SPELLING;
    return result;
}

bool crawl_spelling_drops(struct crawl *crawl, const struct capture *capture,
                          const struct http_head *head, enum fetch_end end)
{
    if (!frontier_is_spelling(crawl->frontier, capture->kind, capture->key,
                              buf_text(&capture->exchange->url)))
        return false;
    bool kept = end == FETCH_RESPONSE && capture->exchange->cut == CUT_NONE &&
                (head->status == 200 || (head->status == 304 && capture->conditional));
    return !kept;
}

enum result crawl_spelling_drop(struct crawl *crawl, struct capture *capture)
{
    const struct finished_visit visit = {.host = capture->host,
                                         .outcome = {.key = capture->key,
                                                     .state = STATE_GONE,
                                                     .status = capture->exchange->status,
                                                     .attempts = capture->attempts,
                                                     .reason =
                                                         url_rule_name(URL_RULE_URL_SPELLING)}};
    crawl_note_attempt(crawl, capture, "dropped");
    fetch_forget(crawl->fetch, capture->exchange);
    enum result result = frontier_note_spelling(crawl->frontier, capture->host,
                                                SPELLING_IS_NOT_THERE, &crawl->trouble);
    if (result == RESULT_OK)
        result = frontier_finish(crawl->frontier, &visit, 1, &crawl->trouble);
    capture_pool_put(crawl->writer_set, capture);
    return result;
}

enum result crawl_spelling_note(struct crawl *crawl, const struct capture *capture)
{
    struct url url;
    struct held_capture held;
    struct buf original_url;
    enum result result = RESULT_END;
    if (!frontier_is_spelling(crawl->frontier, capture->kind, capture->key,
                              buf_text(&capture->exchange->url)))
        return RESULT_OK;
    url_init(&url);
    buf_init(&original_url, 2 * URL_LONGEST);
    if (url_parse(&url, buf_text(&capture->exchange->url), NULL, TEXT("")) == URL_OK)
        result = recrawl_state_held(crawl->store->recrawl, frontier_key(crawl->frontier, &url),
                                    &held, &original_url, &crawl->trouble);
    url_release(&url);
    buf_release(&original_url);
    bool same =
        result == RESULT_OK && text_ends(text_of(held.digest), text_of(capture->written.digest));
    if (result != RESULT_OK && result != RESULT_END)
        return result;
    return frontier_note_spelling(crawl->frontier, capture->host,
                                  same ? SPELLING_IS_SAME : SPELLING_IS_OTHER, &crawl->trouble);
}
