/* The library's part, and what stands in its place where it is lacking. */
#include <config.h>

#include "serve/http_server.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifdef HAVE_MICROHTTPD

#include <microhttpd.h>

enum { CONNECTION_BYTES = 64 * 1024, SILENCE_SECONDS = 60, PIECE_BYTES = 32 * 1024 };

struct http_server {
    struct MHD_Daemon *daemon;
    struct server_responder responder;
};

/* What is known of a request from its first line to its end. */
struct incoming {
    char *target; /* as it came: the library would decode it */
    bool begun;   /* its head was there */
};

/* What the library asks for while it sends a response. */
struct sending {
    struct served_response response;
    size_t sent;       /* of response.body */
    struct text piece; /* what is left of the last piece of response.rest */
};

static struct text field_of(const void *context, const char *name)
{
    return text_of(MHD_lookup_connection_value((struct MHD_Connection *)(uintptr_t)context,
                                               MHD_HEADER_KIND, name));
}

/* Fills `out` as far as it goes. */
static ssize_t send_some(void *context, uint64_t position, char *out, size_t room)
{
    struct sending *sending = context;
    struct buf *body = &sending->response.body;
    (void)position;
    if (sending->sent < body->length) {
        size_t length = body->length - sending->sent < room ? body->length - sending->sent : room;
        memcpy(out, body->data + sending->sent, length);
        sending->sent += length;
        return (ssize_t)length;
    }
    if (!sending->piece.length) {
        enum result got = sending->response.rest
                              ? served_body_next(sending->response.rest, &sending->piece)
                              : RESULT_END;
        if (got != RESULT_OK)
            return got == RESULT_END ? MHD_CONTENT_READER_END_OF_STREAM
                                     : MHD_CONTENT_READER_END_WITH_ERROR;
    }
    size_t length = sending->piece.length < room ? sending->piece.length : room;
    memcpy(out, sending->piece.at, length);
    sending->piece = text_skip(sending->piece, length);
    return (ssize_t)length;
}

static void free_sending(void *context)
{
    struct sending *sending = context;
    served_response_release(&sending->response);
    free(sending);
}

static void add_fields(struct MHD_Response *out, struct served_response *response)
{
    struct text rest = buf_text(&response->fields), line, name;
    while (text_split(&rest, '\n', &line)) {
        struct text value = line;
        if (!text_split(&value, ':', &name) || !value.at)
            continue;
        char *name_copy = text_copy(name), *value_copy = text_copy(text_trim(value));
        if (name_copy && value_copy) /* one that the library does not take is left out */
            result_ignore(MHD_add_response_header(out, name_copy, value_copy) == MHD_YES);
        free(name_copy);
        free(value_copy);
    }
}

/* Takes *sending over.  The library closes the file. */
static enum MHD_Result queue_file(struct MHD_Connection *connection, struct sending *sending)
{
    struct served_response *response = &sending->response;
    enum MHD_Result result = MHD_NO;
    struct MHD_Response *out =
        MHD_create_response_from_fd_at_offset64((uint64_t)response->length, response->file,
                                                (uint64_t)response->file_first);
    if (out) {
        response->file = -1;
        add_fields(out, response);
        result = MHD_queue_response(connection, (unsigned)response->status, out);
        MHD_destroy_response(out);
    }
    free_sending(sending);
    return result;
}

/* Takes *sending over. */
static enum MHD_Result queue(struct MHD_Connection *connection, struct sending *sending)
{
    struct served_response *response = &sending->response;
    unsigned status = (unsigned)response->status;
    uint64_t length = response->length < 0 ? MHD_SIZE_UNKNOWN : (uint64_t)response->length;
    if (!buf_ok(&response->body) || !buf_ok(&response->fields) || !status) {
        free_sending(sending);
        return MHD_NO;
    }
    if (response->file >= 0)
        return queue_file(connection, sending);
    struct MHD_Response *out =
        MHD_create_response_from_callback(length, PIECE_BYTES, send_some, sending, free_sending);
    if (!out) {
        free_sending(sending);
        return MHD_NO;
    }
    add_fields(out, response);
    enum MHD_Result result = MHD_queue_response(connection, status, out);
    MHD_destroy_response(out);
    return result;
}

static void *keep_target(void *context, const char *target, struct MHD_Connection *connection)
{
    struct incoming *incoming = calloc(1, sizeof *incoming);
    (void)context;
    (void)connection;
    if (incoming)
        incoming->target = strdup(target);
    return incoming;
}

static void forget_target(void *context, struct MHD_Connection *connection, void **incoming,
                          enum MHD_RequestTerminationCode code)
{
    struct incoming *known = *incoming;
    (void)context;
    (void)connection;
    (void)code;
    if (known)
        free(known->target);
    free(known);
    *incoming = NULL;
}

/* Called when the head is there, then for each piece of the request's body, which is forgotten, and
 * at its end.  A response before that would end the connection. */
static enum MHD_Result respond(void *context, struct MHD_Connection *connection, const char *path,
                               const char *method, const char *version, const char *data,
                               size_t *length, void **known)
{
    struct http_server *server = context;
    struct incoming *incoming = *known;
    (void)path;
    (void)version;
    (void)data;
    if (!incoming || !incoming->target)
        return MHD_NO;
    if (!incoming->begun || *length) {
        incoming->begun = true;
        *length = 0;
        return MHD_YES;
    }
    struct served_request request = {.method = text_of(method),
                                     .target = text_of(incoming->target),
                                     .field = field_of,
                                     .context = connection};
    struct sending *sending = calloc(1, sizeof *sending);
    if (!sending)
        return MHD_NO;
    served_response_init(&sending->response);
    if (request.target.length > SERVER_TARGET_MOST)
        served_page_say(&sending->response, 414, TEXT("Too long"),
                        "The address is longer than %d bytes", SERVER_TARGET_MOST);
    else
        server->responder.respond(server->responder.context, &request, &sending->response);
    return queue(connection, sending);
}

/* Nothing is decoded in place. */
static size_t leave_escapes(void *context, struct MHD_Connection *connection, char *text)
{
    (void)context;
    (void)connection;
    return strlen(text);
}

const char *http_server_lacks(void)
{
    return NULL;
}

enum result http_server_start(struct http_server **out, int listening,
                              struct server_responder responder, struct trouble *trouble)
{
    struct http_server *server = calloc(1, sizeof *server);
    *out = NULL;
    if (server) {
        server->responder = responder;
        server->daemon =
            MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD, 0, NULL, NULL, respond, server,
                             MHD_OPTION_LISTEN_SOCKET, listening, MHD_OPTION_THREAD_POOL_SIZE,
                             (unsigned)SERVER_THREADS, MHD_OPTION_CONNECTION_LIMIT,
                             (unsigned)SERVER_CONNECTIONS_MOST, MHD_OPTION_CONNECTION_TIMEOUT,
                             (unsigned)SILENCE_SECONDS, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
                             (size_t)CONNECTION_BYTES, MHD_OPTION_URI_LOG_CALLBACK, keep_target,
                             NULL, MHD_OPTION_NOTIFY_COMPLETED, forget_target, NULL,
                             MHD_OPTION_UNESCAPE_CALLBACK, leave_escapes, NULL, MHD_OPTION_END);
    }
    if (!server || !server->daemon) {
        trouble_say_os(trouble, RESULT_BROKEN, "the HTTP server cannot be started");
        close(listening);
        free(server);
        return RESULT_BROKEN;
    }
    *out = server;
    return RESULT_OK;
}

void http_server_stop(struct http_server *server)
{
    if (!server)
        return;
    MHD_stop_daemon(server->daemon);
    free(server);
}

#else

const char *http_server_lacks(void)
{
    return "this warccap was built without libmicrohttpd, which serve needs. On Debian and Ubuntu: "
           "apt-get install libmicrohttpd-dev; then configure and build again";
}

enum result http_server_start(struct http_server **server, int listening,
                              struct server_responder responder, struct trouble *trouble)
{
    (void)responder;
    close(listening);
    *server = NULL;
    return trouble_say(trouble, RESULT_BROKEN, "%s", http_server_lacks());
}

void http_server_stop(struct http_server *server)
{
    (void)server;
}

#endif
