#include <config.h>

#include "small_site.h"

#include <arpa/inet.h>
#include <check.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { REQUEST_BYTES = 8192, RESPONSE_BYTES = 16384 };

static const struct small_page missing = {"", 404, "text/plain", "It is not here.\n"};

static const struct small_page *page_at(const struct small_site *site, const char *path,
                                        size_t length)
{
    for (const struct small_page *page = site->pages; page->path; page++)
        if (strlen(page->path) == length && memcmp(page->path, path, length) == 0)
            return page;
    return &missing;
}

/* One request, one response, and the connection is closed. */
static void answer(const struct small_site *site, int fd)
{
    char request[REQUEST_BYTES + 1], response[RESPONSE_BYTES];
    size_t length = 0;
    ssize_t got;
    request[0] = '\0';
    while (!strstr(request, "\r\n\r\n") && length < REQUEST_BYTES &&
           (got = read(fd, request + length, REQUEST_BYTES - length)) > 0) {
        length += (size_t)got;
        request[length] = '\0';
    }
    const char *path = strchr(request, ' ');
    if (!path)
        return;
    const struct small_page *page = page_at(site, path + 1, strcspn(path + 1, " ?"));
    int size = snprintf(response, sizeof response,
                        "HTTP/1.1 %d Here\r\nContent-Type: %s\r\nContent-Length: %zu\r\n"
                        "Connection: close\r\n\r\n%s",
                        page->status, page->type, strlen(page->body), page->body);
    for (ssize_t sent = 0, once = 1; sent < size && once > 0; sent += once)
        once = send(fd, response + sent, (size_t)(size - sent), MSG_NOSIGNAL);
}

static void *serve(void *context)
{
    const struct small_site *site = context;
    for (int fd; (fd = accept(site->socket, NULL, NULL)) >= 0; close(fd))
        answer(site, fd);
    return NULL;
}

void small_site_begin(struct small_site *site, const struct small_page *pages)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    *site = (struct small_site){.pages = pages, .socket = socket(AF_INET, SOCK_STREAM, 0)};
    ck_assert_int_ge(site->socket, 0);
    ck_assert_int_eq(bind(site->socket, (struct sockaddr *)&address, size), 0);
    ck_assert_int_eq(listen(site->socket, 16), 0);
    ck_assert_int_eq(getsockname(site->socket, (struct sockaddr *)&address, &size), 0);
    site->port = ntohs(address.sin_port);
    ck_assert_int_eq(pthread_create(&site->thread, NULL, serve, site), 0);
}

void small_site_end(struct small_site *site)
{
    shutdown(site->socket, SHUT_RDWR); /* wakes accept() */
    pthread_join(site->thread, NULL);
    close(site->socket);
}
