/*
 * libcurl is used for connections, TLS and reading; transfer decoding is off, so that HEADERFUNCTION and WRITEFUNCTION
 * together give the octets of the response, and DEBUGFUNCTION's HEADER_OUT those of the request.  A fixed set of easy
 * handles is made once and used again; waiting addresses are kept outside libcurl.
 */
#include <config.h>

#include "crawl/fetch.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/entropy.h"
#include "base/text.h"
#include "crawl/bare.h"
#include "crawl/facts.h"
#include "crawl/names.h"
#include "crawl/patience.h"
#include "crawl/private_address.h"
#include "crawl/tls.h"
#include "http/http_framing.h"
#include "http/http_message.h"
#include "web/secrets.h"

enum {
    SLOTS = 64,
    CONNECT_CACHE = 128,
    RECEIVE_BYTES = 64 * 1024,
};

struct slot {
    struct fetch *fetch;
    CURL *easy;
    struct exchange *exchange;
    void *context;
    struct patience patience;
    struct curl_slist *headers; /* the request's own; NULL: those of all */
    struct bare *bare;   /* the second way, when it is gone */
    enum exchange_cut cut; /* by us, */
    const char *cut_words; /* and why; NULL: it was not */
    struct tls_watch watch, bare_watch;
    const void *made;    /* the TLS connection of the second way */
    const void *ssl;     /* that of the present response; NULL: none */
    bool told;           /* and the server has said that nothing more will come over it */
    bool in_head;        /* the head of the present response is still coming */
    bool forbidden;      /* the address is private and none of the seeds is */
    bool out_of_disk;
    bool afresh;         /* kept connections were dead: this time it gets one of its own */
    char curl_words[CURL_ERROR_SIZE];
    struct slot *next;   /* in the list of free or of ended ones */
    CURLcode result;
};

struct fetch {
    CURLM *multi;
    CURLSH *cookies; /* of all slots; NULL: none are kept */
    struct slot slots[SLOTS];
    struct slot *free, *ended;
    struct curl_slist *headers, *resolve;
    const struct crawl_options *options;
    struct text users; /* borrowed */
    struct host_set certified;
    struct names *names;
    bool private_allowed;
    bool proxied; /* the environment names a proxy: whose address is whose is not known */
    int running, bare; /* how many; how many of these go the second way */
};

/* ---- what libcurl calls ------------------------------------------------------------------------------------ */

/* The one place where every connection passes, whatever a page, a redirect or a name server said. */
static curl_socket_t on_open_socket(void *context, curlsocktype purpose, struct curl_sockaddr *address)
{
    struct slot *slot = context;
    (void)purpose;
    if (!slot->fetch->private_allowed && is_private_address(&address->addr)) {
        slot->forbidden = true;
        return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

static size_t keep(struct slot *slot, const char *bytes, size_t length)
{
    struct trouble trouble;
    if (spool_append(&slot->exchange->response, bytes, length, &trouble) == ANSWER_OK)
        return length;
    slot->out_of_disk = true;
    snprintf(slot->exchange->error, sizeof slot->exchange->error, "%.250s", trouble.words);
    return 0;
}

static void on_made(void *context, const void *ssl)
{
    struct slot *slot = context;
    slot->made = ssl;
}

/* Whoever made the connection, others may use it. */
static void on_told(void *context, const void *ssl)
{
    struct fetch *fetch = ((struct slot *)context)->fetch;
    for (int i = 0; i < SLOTS; i++)
        fetch->slots[i].told = fetch->slots[i].told || fetch->slots[i].ssl == ssl;
}

static size_t on_header(char *bytes, size_t one, size_t length, void *context)
{
    struct slot *slot = context;
    struct exchange *exchange = slot->exchange;
    struct text line = {bytes, length};
    (void)one;
    if (!slot->in_head && exchange->response.length && !text_starts_nocase(line, TEXT("HTTP/"))) {
        if (length <= exchange->trailers.limit - exchange->trailers.length)
            buf_add_text(&exchange->trailers, line);
        return length;
    }
    if (!slot->in_head) {
        /* A status line: what came before was an interim answer. */
        if (exchange->response.length)
            exchange_keep_interim(exchange);
        slot->in_head = true;
        slot->ssl = tls_connection(slot->easy);
        if (!exchange->facts.tls)
            tls_note(&slot->fetch->certified, slot->ssl, exchange);
        if (facts_is_http2(exchange)) {
            line = facts_behind_version(line);
            keep(slot, "HTTP/1.1", 8);
        }
    }
    if (exchange->response.length + (int64_t)length > HTTP_HEAD_MOST)
        return 0;
    if (length == 2 ? memcmp(bytes, "\r\n", 2) == 0 : length == 1 && bytes[0] == '\n')
        slot->in_head = false;
    bool kept = keep(slot, line.at, line.length) == line.length;
    exchange->head_length = (size_t)exchange->response.length;
    return kept ? length : 0;
}

static size_t on_body(char *bytes, size_t one, size_t length, void *context)
{
    struct slot *slot = context;
    struct exchange *exchange = slot->exchange;
    int64_t limit = slot->fetch->options->url_size_limit;
    int64_t have = exchange->response.length - (int64_t)exchange->head_length;
    (void)one;
    if (limit && have + (int64_t)length > limit) {
        slot->cut = CUT_LENGTH;
        slot->cut_words = "the answer is longer than the size limit for one address";
        keep(slot, bytes, (size_t)(limit - have));
        return 0;
    }
    patience_heard(&slot->patience);
    slot->cut_words = patience_over(&slot->patience, have + (int64_t)length);
    slot->cut = slot->cut_words ? CUT_TIME : CUT_NONE;
    return slot->cut_words ? 0 : keep(slot, bytes, length);
}

/* Now and then, whatever comes: also a head can drip. */
static int on_progress(void *context, curl_off_t unused, curl_off_t came, curl_off_t unused2, curl_off_t unused3)
{
    struct slot *slot = context;
    (void)unused, (void)came, (void)unused2, (void)unused3;
    if (!slot->cut_words && slot->exchange && (slot->cut_words = patience_slow(&slot->patience, slot->exchange->response.length)))
        slot->cut = CUT_TIME;
    return slot->cut_words != NULL;
}

static int on_debug(CURL *easy, curl_infotype type, char *bytes, size_t length, void *context)
{
    struct slot *slot = context;
    (void)easy;
    if (type == CURLINFO_HEADER_OUT && slot->exchange) {
        /* libcurl sends again by itself when a kept connection turns out dead: the last sending counts. */
        if (text_starts((struct text){bytes, length}, TEXT("GET ")))
            buf_clear(&slot->exchange->request);
        buf_append(&slot->exchange->request, bytes, length);
    }
    return 0;
}

/* ---- making ------------------------------------------------------------------------------------------------ */

/* What both ways need for a connection. */
static void set_up_connection(CURL *easy, struct slot *slot)
{
    const struct crawl_options *options = slot->fetch->options;
    curl_easy_setopt(easy, CURLOPT_PRIVATE, slot);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    curl_easy_setopt(easy, CURLOPT_PATH_AS_IS, 1L);
    curl_easy_setopt(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L); /* what a proxy says is no answer of the server's */
    curl_easy_setopt(easy, CURLOPT_RESOLVE, slot->fetch->resolve);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, on_open_socket);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, slot);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, (long)options->timeout_ms);
    slot->watch = (struct tls_watch){NULL, on_told, slot};
    tls_watch(easy, &slot->watch);
    if (options->ca_certificate)
        curl_easy_setopt(easy, CURLOPT_CAINFO, options->ca_certificate);
    if (options->no_check_certificate) {
        curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 0L);
        curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 0L);
    }
}

static bool set_up_slot(struct fetch *fetch, struct slot *slot, const char *user_agent)
{
    const struct crawl_options *options = fetch->options;
    CURL *easy = slot->easy = curl_easy_init();
    slot->fetch = fetch;
    if (!easy)
        return false;
    set_up_connection(easy, slot);
    if (fetch->cookies) {
        curl_easy_setopt(easy, CURLOPT_SHARE, fetch->cookies);
        curl_easy_setopt(easy, CURLOPT_COOKIEFILE, ""); /* no file: else shared cookies are not heeded */
    }
    if (options->http2)
        curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, slot->curl_words);
    curl_easy_setopt(easy, CURLOPT_HTTP_TRANSFER_DECODING, 0L);
    curl_easy_setopt(easy, CURLOPT_USERAGENT, user_agent);
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, fetch->headers);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, slot);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, slot);
    curl_easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, on_progress);
    curl_easy_setopt(easy, CURLOPT_XFERINFODATA, slot);
    curl_easy_setopt(easy, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(easy, CURLOPT_DEBUGFUNCTION, on_debug);
    curl_easy_setopt(easy, CURLOPT_DEBUGDATA, slot);
    curl_easy_setopt(easy, CURLOPT_VERBOSE, 1L);
    curl_easy_setopt(easy, CURLOPT_BUFFERSIZE, (long)RECEIVE_BYTES);
    curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, 1L);
    curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, (long)((options->timeout_ms + 999) / 1000));
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, (long)options->url_time_limit_ms);
    if (options->limit_rate)
        curl_easy_setopt(easy, CURLOPT_MAX_RECV_SPEED_LARGE, (curl_off_t)options->limit_rate);
    slot->next = fetch->free;
    fetch->free = slot;
    return true;
}

static bool add_header(struct fetch *fetch, const char *line)
{
    struct curl_slist *longer = curl_slist_append(fetch->headers, line);
    if (longer)
        fetch->headers = longer;
    return longer != NULL;
}

/* Reads the file of cookies, which libcurl would leave unread in silence when it is none. */
static enum answer load_cookies(struct fetch *fetch, struct trouble *trouble)
{
    CURL *easy = curl_easy_init();
    struct curl_slist *found = NULL;
    const char *path = fetch->options->cookie_file;
    enum answer answer = ANSWER_OK;
    fetch->cookies = curl_share_init();
    if (!easy || !fetch->cookies || curl_share_setopt(fetch->cookies, CURLSHOPT_SHARE, CURL_LOCK_DATA_COOKIE) != CURLSHE_OK ||
        curl_easy_setopt(easy, CURLOPT_SHARE, fetch->cookies) != CURLE_OK ||
        curl_easy_setopt(easy, CURLOPT_COOKIEFILE, path) != CURLE_OK ||
        curl_easy_setopt(easy, CURLOPT_COOKIELIST, "RELOAD") != CURLE_OK)
        answer = trouble_say(trouble, ANSWER_BROKEN, "no memory for cookies");
    else if (access(path, R_OK) != 0)
        answer = trouble_say_os(trouble, ANSWER_BROKEN, "cannot read the cookies in %s", path);
    else if (curl_easy_getinfo(easy, CURLINFO_COOKIELIST, &found) != CURLE_OK || !found)
        answer = trouble_say(trouble, ANSWER_LOST, "%s holds no cookies that are still good in Netscape's format (seven fields with "
                             "tabs between)", path);
    curl_slist_free_all(found);
    curl_easy_cleanup(easy);
    return answer;
}

static bool environment_has_proxy(void)
{
    static const char *const names[] = {"http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (getenv(names[i]) && getenv(names[i])[0])
            return true;
    return false;
}

enum answer fetch_new(struct fetch **out, const struct crawl_options *options, const char *user_agent, struct text users,
                      struct trouble *trouble)
{
    struct fetch *fetch = calloc(1, sizeof *fetch);
    bool ok = fetch && (fetch->multi = curl_multi_init()) && (fetch->names = names_new());
    enum answer answer;
    *out = NULL;
    if (ok) {
        fetch->options = options;
        fetch->users = users;
        fetch->proxied = environment_has_proxy();
        fetch->private_allowed = options->allow_private;
        /* Named by hand: CURLOPT_ACCEPT_ENCODING would decode, and only gzip replays everywhere (docs: warcinfo). */
        ok = add_header(fetch, "Accept: */*") && add_header(fetch, "Accept-Encoding: gzip");
        for (int i = 0; ok && i < options->header_count; i++)
            ok = add_header(fetch, options->headers[i]);
        for (int i = 0; ok && i < options->resolve_count; i++) {
            struct curl_slist *longer = curl_slist_append(fetch->resolve, options->resolve[i]);
            ok = longer != NULL;
            fetch->resolve = ok ? longer : fetch->resolve;
        }
        entropy_fill(&fetch->certified.key, sizeof fetch->certified.key);
        curl_multi_setopt(fetch->multi, CURLMOPT_MAXCONNECTS, (long)CONNECT_CACHE);
        if (options->cookie_file && (answer = load_cookies(fetch, trouble)) != ANSWER_OK) {
            fetch_free(fetch);
            return answer;
        }
        for (int i = SLOTS; ok && i-- > 0;)
            ok = set_up_slot(fetch, &fetch->slots[i], user_agent);
    }
    if (!ok) {
        fetch_free(fetch);
        fetch = NULL;
    }
    *out = fetch;
    return ok ? ANSWER_OK : trouble_say(trouble, ANSWER_BROKEN, "no memory for libcurl");
}

void fetch_free(struct fetch *fetch)
{
    if (!fetch)
        return;
    for (int i = 0; i < SLOTS; i++) {
        struct slot *slot = &fetch->slots[i];
        if (slot->easy && slot->exchange && fetch->multi)
            curl_multi_remove_handle(fetch->multi, slot->easy);
        slot->exchange = NULL;
        bare_free(slot->bare);
        curl_easy_cleanup(slot->easy);
        curl_slist_free_all(slot->headers);
    }
    curl_multi_cleanup(fetch->multi);
    curl_share_cleanup(fetch->cookies);
    host_set_release(&fetch->certified);
    names_free(fetch->names);
    curl_slist_free_all(fetch->headers);
    curl_slist_free_all(fetch->resolve);
    free(fetch);
}

void fetch_allow_private(struct fetch *fetch)
{
    fetch->private_allowed = true;
}

/* ---- running ----------------------------------------------------------------------------------------------- */

bool fetch_has_room(const struct fetch *fetch)
{
    return fetch->free != NULL;
}

int fetch_running(const struct fetch *fetch)
{
    return fetch->running;
}

/* ---- requests ---------------------------------------------------------------------------------------------- */

/* The headers of all requests and those that make this one conditional. */
static bool set_headers(struct slot *slot)
{
    struct text lines = buf_text(&slot->exchange->conditions), line;
    struct curl_slist *longer = NULL;
    bool ok = true;
    curl_slist_free_all(slot->headers);
    slot->headers = NULL;
    for (const struct curl_slist *all = slot->fetch->headers; ok && lines.length && all; all = all->next) {
        longer = curl_slist_append(slot->headers, all->data);
        ok = longer != NULL;
        slot->headers = ok ? longer : slot->headers;
    }
    while (ok && lines.length && text_split(&lines, '\n', &line)) {
        char *copy = text_copy(line);
        longer = copy ? curl_slist_append(slot->headers, copy) : NULL;
        ok = longer != NULL;
        slot->headers = ok ? longer : slot->headers;
        free(copy);
    }
    return ok && curl_easy_setopt(slot->easy, CURLOPT_HTTPHEADER,
                                  slot->headers ? slot->headers : slot->fetch->headers) == CURLE_OK;
}

/* Gives a part of "USER:PASSWORD" to libcurl, decoded; NULL: there is none. */
static bool set_secret(CURL *easy, CURLoption option, struct text part)
{
    int length;
    char *decoded = part.at ? curl_easy_unescape(easy, part.at, (int)part.length, &length) : NULL;
    bool ok = (decoded || !part.at) && curl_easy_setopt(easy, option, decoded) == CURLE_OK;
    curl_free(decoded);
    return ok;
}

/* With whose name the seeds want an address to be asked for. */
static bool set_user(struct slot *slot)
{
    struct text users = slot->fetch->users, url = buf_text(&slot->exchange->url), line, origin;
    struct text name = {NULL, 0}, password = {NULL, 0};
    if (!users.length)
        return true;
    while (!name.at && text_split(&users, '\n', &line))
        if (text_split(&line, ' ', &origin) && text_starts(url, origin) && text_starts(text_skip(url, origin.length), TEXT("/"))) {
            text_split(&line, ':', &name);
            password = line.at ? line : TEXT("");
        }
    return set_secret(slot->easy, CURLOPT_USERNAME, name) && set_secret(slot->easy, CURLOPT_PASSWORD, password);
}

enum answer fetch_start(struct fetch *fetch, struct exchange *exchange, const char *referer, void *context,
                        struct trouble *trouble)
{
    struct slot *slot = fetch->free;
    slot->exchange = exchange;
    slot->context = context;
    slot->in_head = slot->forbidden = slot->out_of_disk = slot->afresh = false;
    slot->cut = CUT_NONE;
    slot->cut_words = NULL;
    slot->ssl = NULL;
    slot->told = false;
    slot->curl_words[0] = '\0';
    exchange->began_ms = clock_wall_ms();
    exchange->certificate_unchecked =
        fetch->options->no_check_certificate && text_starts(buf_text(&exchange->url), TEXT("https:"));
    patience_begin(&slot->patience, fetch->options);
    struct text name = fetch->proxied ? TEXT("") : names_host_of(exchange, fetch->options);
    if (name.length)
        names_ask(fetch->names, name);
    if (curl_easy_setopt(slot->easy, CURLOPT_URL, exchange->url.data) != CURLE_OK || !set_headers(slot) || !set_user(slot))
        return trouble_say(trouble, ANSWER_BROKEN, "no memory for a request");
    curl_easy_setopt(slot->easy, CURLOPT_REFERER, referer);
    curl_easy_setopt(slot->easy, CURLOPT_FRESH_CONNECT, 0L);
    if (curl_multi_add_handle(fetch->multi, slot->easy) != CURLM_OK)
        return trouble_say(trouble, ANSWER_BROKEN, "libcurl takes no more requests");
    fetch->free = slot->next;
    fetch->running++;
    return ANSWER_OK;
}

static void put_ended(struct slot *slot)
{
    slot->next = slot->fetch->ended;
    slot->fetch->ended = slot;
}

/* Chunks that are none, or all of them though libcurl goes on about them: it ends with the code of a lost connection then, and
 * maybe with the words of one, of an earlier connection that was dead. */
static bool is_no_lost_connection(struct exchange *exchange)
{
    struct http_framing framing;
    struct text octets = spool_bytes(&exchange->response), piece;
    http_framing_init(&framing);
    while (octets.length && framing.state != FRAMING_WHOLE && framing.state != FRAMING_TOO_LONG)
        http_framing_take(&framing, &octets, &piece);
    bool refused = framing.broken || framing.state == FRAMING_WHOLE;
    http_framing_release(&framing);
    return refused;
}

/* Whether a server answered something that libcurl is too strict for. */
static bool is_refused_by_libcurl(const struct slot *slot)
{
    if (!slot->exchange->request.length || slot->forbidden || slot->out_of_disk || slot->cut_words)
        return false;
    switch (slot->result) {
    case CURLE_UNSUPPORTED_PROTOCOL: /* no status line, or one of another version */
    case CURLE_WEIRD_SERVER_REPLY:   /* a line in the head that is no field, a length that is none */
    case CURLE_BAD_CONTENT_ENCODING: /* a Transfer-Encoding that it does not know */
    case CURLE_OUT_OF_MEMORY:        /* a line of more than 100 KB */
        return true;
    case CURLE_OK:                   /* a head that ends with the connection: the line that is not whole is kept back */
        return slot->in_head;
    case CURLE_RECV_ERROR:           /* a head of more than 300 KB, chunks that are broken or written oddly, or really an error */
        return (slot->in_head && slot->exchange->response.length) || strstr(slot->curl_words, "chunked-encoding") ||
               is_no_lost_connection(slot->exchange);
    default:
        return false;
    }
}

/* Whether nothing was heard, and only connections were tried that were kept from earlier requests: a server may close those at any
 * time, and libcurl gives up after five dead ones (RFC 9112, 9.3.1: a request that nothing came back for may be sent again). */
static bool is_only_stale(struct slot *slot)
{
    long connects = 1;
    if (slot->afresh || slot->exchange->response.length || slot->exchange->interim.length)
        return false;
    if (slot->result != CURLE_SEND_ERROR && slot->result != CURLE_RECV_ERROR && slot->result != CURLE_GOT_NOTHING)
        return false;
    return curl_easy_getinfo(slot->easy, CURLINFO_NUM_CONNECTS, &connects) == CURLE_OK && connects == 0;
}

/* Once more, over a connection of its own. */
static bool go_afresh(struct slot *slot)
{
    slot->afresh = true;
    slot->curl_words[0] = '\0';
    buf_clear(&slot->exchange->request);
    return curl_easy_setopt(slot->easy, CURLOPT_FRESH_CONNECT, 1L) == CURLE_OK &&
           curl_multi_add_handle(slot->fetch->multi, slot->easy) == CURLM_OK;
}

/* Once more, with the same request. */
static bool go_second_way(struct slot *slot)
{
    struct exchange *exchange = slot->exchange;
    CURL *easy = curl_easy_init();
    if (!easy)
        return false;
    tls_forget(&slot->fetch->certified, exchange);
    if (facts_is_http2(exchange))
        facts_mend_request(&exchange->request); /* this time it really is HTTP/1.1 */
    set_up_connection(easy, slot);
    snprintf(exchange->refused, sizeof exchange->refused, "%s",
             slot->curl_words[0] ? slot->curl_words : slot->result == CURLE_OK ? "a head without an end"
                                                                               : curl_easy_strerror(slot->result));
    slot->made = NULL;
    slot->bare_watch = (struct tls_watch){on_made, on_told, slot};
    tls_watch(easy, &slot->bare_watch);
    slot->bare = bare_start(slot->fetch->multi, easy, exchange, &slot->fetch->certified, slot->fetch->options);
    patience_begin(&slot->patience, slot->fetch->options);
    slot->fetch->bare += slot->bare != NULL;
    return slot->bare != NULL;
}

static void collect(struct fetch *fetch)
{
    int left;
    for (CURLMsg *message; (message = curl_multi_info_read(fetch->multi, &left));) {
        struct slot *slot;
        if (message->msg != CURLMSG_DONE)
            continue;
        CURLcode result = message->data.result;
        CURL *easy = message->easy_handle;
        curl_easy_getinfo(easy, CURLINFO_PRIVATE, (char **)&slot);
        if (bare_takes(slot->bare, easy, result, slot->made)) {
            slot->ssl = slot->made;
            slot->told = false;
            continue;
        }
        slot->result = result;
        bool stale = is_only_stale(slot), refused = is_refused_by_libcurl(slot);
        curl_multi_remove_handle(fetch->multi, easy);
        if (stale && go_afresh(slot))
            continue;
        if (!refused || !go_second_way(slot))
            put_ended(slot);
    }
    for (int i = 0; fetch->bare && i < SLOTS; i++) {
        struct slot *slot = &fetch->slots[i];
        if (slot->bare && slot->exchange && bare_go_on(slot->bare)) {
            fetch->bare--;
            put_ended(slot);
        }
    }
}

/* Waits for libcurl, and for the sockets of the second way. */
static CURLMcode wait_for_something(struct fetch *fetch, int wait_ms)
{
    struct curl_waitfd sockets[SLOTS];
    unsigned count = 0;
    for (int i = 0; fetch->bare && i < SLOTS; i++) {
        bool at_once;
        if (!fetch->slots[i].bare)
            continue;
        sockets[count] = bare_waits_for(fetch->slots[i].bare, &at_once);
        count += sockets[count].fd != CURL_SOCKET_BAD;
        wait_ms = at_once ? 0 : wait_ms;
    }
    return curl_multi_poll(fetch->multi, sockets, count, wait_ms, NULL);
}

enum answer fetch_turn(struct fetch *fetch, int wait_ms, struct trouble *trouble)
{
    int still;
    CURLMcode answer = curl_multi_perform(fetch->multi, &still);
    collect(fetch);
    if (answer == CURLM_OK && !fetch->ended && wait_ms > 0) {
        answer = wait_for_something(fetch, wait_ms);
        if (answer == CURLM_OK)
            answer = curl_multi_perform(fetch->multi, &still);
        collect(fetch);
    }
    return answer == CURLM_OK ? ANSWER_OK
                              : trouble_say(trouble, ANSWER_BROKEN, "libcurl: %s", curl_multi_strerror(answer));
}

/* What the end of a transfer means for an archive: of a response all is kept that came, cut or not. */
static enum fetch_end judge(struct slot *slot)
{
    struct exchange *exchange = slot->exchange;
    bool in_answer = exchange->response.length && exchange->status > 0;
    if (in_answer && exchange->status < 200 && slot->result != CURLE_OK) {
        exchange_keep_interim(exchange);
        in_answer = false;
    }
    const char *words = slot->curl_words[0] ? slot->curl_words : curl_easy_strerror(slot->result);
    if (slot->result == CURLE_OK && in_answer && !slot->in_head)
        return FETCH_ANSWERED;
    if (slot->out_of_disk)
        return FETCH_FAILED;
    if (slot->result == CURLE_OK)
        words = "the connection ended before the answer did";
    if (slot->cut_words)
        words = slot->cut_words;
    if (slot->forbidden)
        words = "the address is a private one, and no seed is: use --allow-private if this is meant";
    snprintf(exchange->error, sizeof exchange->error, "%s", words);
    if (in_answer) {
        exchange->cut = slot->cut_words                              ? slot->cut
                        : slot->result == CURLE_OPERATION_TIMEDOUT ? CUT_TIME
                                                                   : CUT_DISCONNECT;
        return FETCH_ANSWERED;
    }
    bool hopeless = slot->forbidden || slot->result == CURLE_PEER_FAILED_VERIFICATION ||
                    slot->result == CURLE_SSL_CACERT_BADFILE || slot->result == CURLE_URL_MALFORMAT ||
                    slot->result == CURLE_UNSUPPORTED_PROTOCOL;
    return hopeless ? FETCH_REFUSED : FETCH_FAILED;
}

static bool is_unheard(const struct slot *slot)
{
    return !slot->forbidden && !slot->exchange->request.length &&
           (slot->result == CURLE_COULDNT_CONNECT || slot->result == CURLE_SSL_CONNECT_ERROR ||
            slot->result == CURLE_PEER_FAILED_VERIFICATION || slot->result == CURLE_OPERATION_TIMEDOUT);
}

/* Whether nothing but the end of the connection tells that of the answer (RFC 9112, 6.3). */
static bool ends_with_connection(struct exchange *exchange)
{
    struct http_head head;
    bool read = http_response_read(&head, text_first(spool_bytes(&exchange->response), exchange->head_length));
    bool ends = !read || (http_status_has_body(head.status) && !http_field(&head, "Content-Length").at &&
                          !http_field(&head, "Transfer-Encoding").at);
    http_head_release(&head);
    return ends;
}

static enum fetch_end end_first_way(struct slot *slot)
{
    struct exchange *exchange = slot->exchange;
    char *ip = NULL;
    long status = 0;
    curl_easy_getinfo(slot->easy, CURLINFO_PRIMARY_IP, &ip);
    curl_easy_getinfo(slot->easy, CURLINFO_RESPONSE_CODE, &status);
    snprintf(exchange->ip, sizeof exchange->ip, "%s", ip ? ip : "");
    exchange->status = exchange->response.length ? (int)status : 0;
    facts_note(slot->easy, exchange);
    exchange->facts.unheard = is_unheard(slot);
    if (facts_is_http2(exchange))
        facts_mend_request(&exchange->request);
    return judge(slot);
}

static enum fetch_end end_second_way(struct slot *slot)
{
    enum fetch_end end = bare_end(slot->bare);
    if (end == FETCH_FAILED && !slot->exchange->error[0])
        snprintf(slot->exchange->error, sizeof slot->exchange->error, "%s", slot->exchange->refused);
    bare_free(slot->bare);
    slot->bare = NULL;
    return end;
}

bool fetch_next(struct fetch *fetch, struct exchange **exchange, enum fetch_end *end, void **context)
{
    struct slot *slot = fetch->ended;
    if (!slot)
        return false;
    fetch->ended = slot->next;
    slot->exchange->took_ms = clock_steady_ms() - slot->patience.began_ms;
    *end = slot->bare ? end_second_way(slot) : end_first_way(slot);
    names_take(fetch->names, slot->exchange);
    if (fetch->proxied)
        slot->exchange->ip[0] = '\0';
    slot->exchange->just_ended = slot->ssl && !slot->told && slot->exchange->cut == CUT_NONE && slot->exchange->response.length &&
                                 !facts_is_http2(slot->exchange) && ends_with_connection(slot->exchange);
    if (fetch->options->redact_secrets)
        secrets_leave_out(&slot->exchange->request, &slot->exchange->left_out);
    *exchange = slot->exchange;
    *context = slot->context;
    slot->exchange = NULL;
    slot->next = fetch->free;
    fetch->free = slot;
    fetch->running--;
    return true;
}

void fetch_forget(struct fetch *fetch, const struct exchange *exchange)
{
    tls_forget(&fetch->certified, exchange);
    names_forget(fetch->names, exchange);
}

void fetch_wake(struct fetch *fetch)
{
    curl_multi_wakeup(fetch->multi);
}

static bool is_running(const struct slot *slot)
{
    for (const struct slot *other = slot->fetch->ended; other; other = other->next)
        if (other == slot)
            return false;
    return slot->exchange != NULL;
}

int fetch_cut(struct fetch *fetch, int64_t more_than, enum exchange_cut cut, const char *words)
{
    int count = 0;
    collect(fetch);
    for (int i = 0; i < SLOTS; i++) {
        struct slot *slot = &fetch->slots[i];
        struct exchange *exchange = slot->exchange;
        if (!is_running(slot) || exchange->response.length - (int64_t)exchange->head_length <= more_than)
            continue;
        if (slot->bare ? !bare_cut(slot->bare, cut, words) : slot->in_head || !exchange->response.length)
            continue; /* there is no body yet */
        if (slot->bare)
            fetch->bare--;
        else
            curl_multi_remove_handle(fetch->multi, slot->easy);
        slot->result = CURLE_ABORTED_BY_CALLBACK;
        slot->cut = cut;
        slot->cut_words = words;
        put_ended(slot);
        count++;
    }
    return count;
}

void fetch_abandon(struct fetch *fetch)
{
    collect(fetch);
    for (int i = 0; i < SLOTS; i++) {
        struct slot *slot = &fetch->slots[i];
        if (!is_running(slot))
            continue;
        fetch->bare -= slot->bare != NULL;
        bare_free(slot->bare);
        slot->bare = NULL;
#if LIBCURL_VERSION_NUM >= 0x075700
        /* A name server that does not answer would be waited for, deaf to a second signal. */
        curl_easy_setopt(slot->easy, CURLOPT_QUICK_EXIT, 1L);
#endif
        curl_multi_remove_handle(fetch->multi, slot->easy);
        tls_forget(&fetch->certified, slot->exchange);
        /* No response at all, rather than half of one that the site did send whole. */
        exchange_clear(slot->exchange);
        slot->result = CURLE_ABORTED_BY_CALLBACK;
        put_ended(slot);
    }
}
