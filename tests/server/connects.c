/*
 * Preloaded into a program, it stands between the program and the internet, which tests must not
 * touch.
 *
 * $CONNECTS_NAMES  "NAME=ADDRESS[,ADDRESS...] ...": what name servers say; other names do not exist
 * $CONNECTS_MAP    "ADDRESS=ADDRESS ...": connections to the first really go to the second
 * $CONNECTS_LOG    each connect() of a TCP socket appends "ADDRESS PORT", as the program asked for
 * it; the file is opened at the start, because the program's sandbox would not let it be later
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { LIST_BYTES = 16384, VALUE_BYTES = 256 };

/* The value of "NAME=VALUE" in a list whose items are separated by blanks. */
static bool find_value(const char *variable, const char *name, char value[VALUE_BYTES])
{
    const char *all = getenv(variable);
    char list[LIST_BYTES], *rest = NULL;
    snprintf(list, sizeof list, "%s", all ? all : "");
    for (char *item = strtok_r(list, " ", &rest); item; item = strtok_r(NULL, " ", &rest)) {
        char *equals = strchr(item, '=');
        if (!equals || strlen(name) != (size_t)(equals - item) ||
            strncasecmp(item, name, (size_t)(equals - item)) != 0)
            continue;
        snprintf(value, VALUE_BYTES, "%s", equals + 1);
        return true;
    }
    return false;
}

static int log_file = -1;

__attribute__((constructor)) static void open_log(void)
{
    const char *path = getenv("CONNECTS_LOG");
    if (path)
        log_file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
}

static void write_log(const char *address, unsigned port)
{
    char line[128];
    int length = snprintf(line, sizeof line, "%s %u\n", address, port);
    if (log_file >= 0 && write(log_file, line, (size_t)length) != length)
        abort(); /* a log with a hole proves nothing */
}

static bool name_address(const struct sockaddr *address, char words[INET6_ADDRSTRLEN],
                         unsigned *port)
{
    if (address->sa_family == AF_INET) {
        const struct sockaddr_in *v4 = (const void *)address;
        *port = ntohs(v4->sin_port);
        return inet_ntop(AF_INET, &v4->sin_addr, words, INET6_ADDRSTRLEN) != NULL;
    }
    const struct sockaddr_in6 *v6 = (const void *)address;
    *port = ntohs(v6->sin6_port);
    return address->sa_family == AF_INET6 &&
           inet_ntop(AF_INET6, &v6->sin6_addr, words, INET6_ADDRSTRLEN) != NULL;
}

int connect(int fd, const struct sockaddr *address, socklen_t length)
{
    int (*real)(int, const struct sockaddr *, socklen_t) =
        (int (*)(int, const struct sockaddr *, socklen_t))dlsym(RTLD_NEXT, "connect");
    char words[INET6_ADDRSTRLEN], value[VALUE_BYTES];
    unsigned port;
    int type = 0;
    socklen_t size = sizeof type;
    getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &size);
    if (type != SOCK_STREAM || !name_address(address, words, &port))
        return real(fd, address, length);
    write_log(words, port);
    if (!find_value("CONNECTS_MAP", words, value))
        return real(fd, address, length);
    if (address->sa_family == AF_INET) {
        struct sockaddr_in other = *(const struct sockaddr_in *)(const void *)address;
        inet_pton(AF_INET, value, &other.sin_addr);
        return real(fd, (const struct sockaddr *)&other, sizeof other);
    }
    /* A mapped address lets an IPv6 socket reach the IPv4 server of a test. */
    struct sockaddr_in6 other = *(const struct sockaddr_in6 *)(const void *)address;
    inet_pton(AF_INET6, value, &other.sin6_addr);
    return real(fd, (const struct sockaddr *)&other, sizeof other);
}

int getaddrinfo(const char *name, const char *service, const struct addrinfo *hints,
                struct addrinfo **out)
{
    int (*real)(const char *, const char *, const struct addrinfo *, struct addrinfo **) =
        (int (*)(const char *, const char *, const struct addrinfo *,
                 struct addrinfo **))dlsym(RTLD_NEXT, "getaddrinfo");
    char value[VALUE_BYTES], *rest = NULL;
    unsigned char bytes[16];
    struct addrinfo **last = out;
    *out = NULL;
    if (!name || inet_pton(AF_INET, name, bytes) == 1 || inet_pton(AF_INET6, name, bytes) == 1)
        return real(name, service, hints, out);
    if (!find_value("CONNECTS_NAMES", name, value))
        return EAI_NONAME;
    for (char *one = strtok_r(value, ",", &rest); one; one = strtok_r(NULL, ",", &rest)) {
        int error = real(one, service, hints, last);
        if (error)
            return error;
        while (*last)
            last = &(*last)->ai_next;
    }
    return *out ? 0 : EAI_NONAME;
}
