/* Each thread that responds borrows a set of archives, of which there are as many as threads. */
#include <config.h>

#include "serve/serve.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/system.h"
#include "serve/front_page.h"
#include "serve/http_server.h"
#include "serve/player.h"
#include "serve/replay.h"

struct serving {
    struct http_server *server;
    struct serve_options options;
    char own[32]; /* our own Host field */
    struct archive_set *sets[SERVER_THREADS];
    pthread_mutex_t mutex; /* of the following */
    pthread_cond_t freed;
    struct archive_set *free[SERVER_THREADS];
    size_t free_count;
};

/* ---- listening ---- */

bool serve_is_loopback(const char *host)
{
    struct in_addr address;
    if (strcmp(host, "localhost") == 0 || strcmp(host, "::1") == 0)
        return true;
    return inet_pton(AF_INET, host, &address) == 1 && ntohl(address.s_addr) >> 24 == 127;
}

/* Listens on a port.  -1 with errno. */
static int listen_on(const struct addrinfo *where, uint16_t port, uint16_t *got)
{
    struct sockaddr_storage address = {0};
    socklen_t length = where->ai_addrlen;
    const int on = 1;
    int fd = system_socket(where->ai_family, SOCK_STREAM, 0);
    if (fd < 0)
        return -1;
    memcpy(&address, where->ai_addr, length);
    if (where->ai_family == AF_INET6)
        ((struct sockaddr_in6 *)&address)->sin6_port = htons(port);
    else
        ((struct sockaddr_in *)&address)->sin_port = htons(port);
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(fd, (struct sockaddr *)&address, length) != 0 || listen(fd, SOMAXCONN) != 0 ||
        getsockname(fd, (struct sockaddr *)&address, &length) != 0) {
        int error = errno;
        close(fd);
        errno = error;
        return -1;
    }
    *got = ntohs(where->ai_family == AF_INET6 ? ((struct sockaddr_in6 *)&address)->sin6_port
                                              : ((struct sockaddr_in *)&address)->sin_port);
    return fd;
}

/* A port that is free now, above the wanted one if there is one near; 0: none. */
static uint16_t free_port(const struct addrinfo *where, uint16_t wanted)
{
    uint16_t got = 0;
    for (int i = 1; i <= 20; i++) {
        int fd = wanted + i <= 65535 ? listen_on(where, (uint16_t)(wanted + i), &got) : -1;
        if (fd < 0)
            continue;
        close(fd);
        return got;
    }
    return 0;
}

enum result serve_listen(struct serve_address *address, int *listening, struct trouble *trouble)
{
    const struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICHOST};
    const char *host = strcmp(address->host, "localhost") == 0 ? "127.0.0.1" : address->host;
    struct addrinfo *where = NULL;
    uint16_t wanted = address->port;
    if (getaddrinfo(host, NULL, &hints, &where) != 0)
        return trouble_say(
            trouble, RESULT_BROKEN,
            "--host: \"%s\" is not the address of a machine. Write one such as 127.0.0.1", host);
    enum result result = RESULT_OK;
    *listening = listen_on(where, wanted, &address->port);
    if (*listening < 0 && errno == EADDRINUSE) {
        uint16_t other = free_port(where, wanted);
        result = trouble_say(
            trouble, RESULT_AGAIN, "port %u of %s is taken. %s --port %u", (unsigned)wanted, host,
            other ? "This one is free:" : "Let the system choose one:", (unsigned)other);
    } else if (*listening < 0)
        result = trouble_say_os(trouble, RESULT_BROKEN, "cannot listen on port %u of %s",
                                (unsigned)wanted, host);
    freeaddrinfo(where);
    return result;
}

/* ---- responding ---- */

static struct archive_set *borrow_set(struct serving *serving)
{
    pthread_mutex_lock(&serving->mutex);
    while (!serving->free_count)
        pthread_cond_wait(&serving->freed, &serving->mutex);
    struct archive_set *set = serving->free[--serving->free_count];
    pthread_mutex_unlock(&serving->mutex);
    return set;
}

static void give_back_set(struct serving *serving, struct archive_set *set)
{
    pthread_mutex_lock(&serving->mutex);
    serving->free[serving->free_count++] = set;
    pthread_cond_signal(&serving->freed);
    pthread_mutex_unlock(&serving->mutex);
}

static void respond_to(const struct serving *serving, struct archive_set *set,
                       const struct served_request *request, struct served_response *response)
{
    const char *player = serving->options.player;
    struct archived_host host;
    struct text field = served_request_field(request, "Host");
    switch (archived_host_read(&host, field)) {
    case HOST_OWN:
        front_page_respond(set, host.local, player, request, response);
        break;
    case HOST_PLAYER:
        if (player)
            player_respond(set, player, request, response);
        else
            served_page_say(response, 404, TEXT("No player"),
                            "This server has no player. Start it with --player DIRECTORY");
        break;
    case HOST_ARCHIVED:
        replay_respond(set, &host, request, response);
        break;
    default:
        served_page_say(response, 421, TEXT("Not here"),
                        "This server answers to localhost and to names below it only, not to "
                        "\"%.*s\". From another machine, use ssh -L 8080:localhost:8080 and open "
                        "http://localhost:8080/",
                        TEXT_ARGS(field));
    }
}

static void refuse_method(const struct served_request *request, struct served_response *response)
{
    bool connect = text_equal(request->method, TEXT("CONNECT"));
    served_response_add(response, "Allow", TEXT("GET, HEAD"));
    served_page_say(response, 405, TEXT("Only for reading"), "%s",
                    connect ? "Captures from https are shown over http here: write http:// in "
                              "the address"
                            : "Archived pages are read only: use GET or HEAD");
}

static void respond(void *context, const struct served_request *request,
                    struct served_response *response)
{
    struct serving *serving = context;
    if (!text_equal(request->method, TEXT("GET")) && !text_equal(request->method, TEXT("HEAD"))) {
        refuse_method(request, response);
        return;
    }
    struct archive_set *set = borrow_set(serving);
    if (serving->options.proxy && text_starts_nocase(request->target, TEXT("http://")))
        replay_respond_proxied(set, text_of(serving->own), request, response);
    else
        respond_to(serving, set, request, response);
    give_back_set(serving, set);
}

enum result serve_start(struct serving **out, const struct archive_place *places, size_t count,
                        int listening, struct serve_options options, struct trouble *trouble)
{
    struct serving *serving = calloc(1, sizeof *serving);
    enum result result = RESULT_OK;
    *out = NULL;
    if (!serving) {
        close(listening);
        return trouble_say(trouble, RESULT_BROKEN, "there is no memory for the server");
    }
    serving->options = options;
    snprintf(serving->own, sizeof serving->own, "localhost:%u", (unsigned)options.port);
    pthread_mutex_init(&serving->mutex, NULL);
    pthread_cond_init(&serving->freed, NULL);
    for (size_t i = 0; result == RESULT_OK && i < SERVER_THREADS; i++) {
        result = archive_set_open(&serving->sets[i], places, count, trouble);
        serving->free[serving->free_count++] = serving->sets[i];
    }
    const struct server_responder responder = {respond, serving};
    if (result == RESULT_OK)
        result = http_server_start(&serving->server, listening, responder, trouble);
    else
        close(listening);
    if (result == RESULT_OK)
        *out = serving;
    else
        serve_stop(serving);
    return result;
}

void serve_stop(struct serving *serving)
{
    if (!serving)
        return;
    http_server_stop(serving->server);
    for (size_t i = 0; i < SERVER_THREADS; i++)
        archive_set_close(serving->sets[i]);
    pthread_cond_destroy(&serving->freed);
    pthread_mutex_destroy(&serving->mutex);
    free(serving);
}
