/* `warccap serve`: shows archives in an ordinary browser. */
#include <config.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "cmd/command_words.h"
#include "cmd/ending_signals.h"
#include "cmd/options.h"
#include "cmd/reading_box.h"
#include "cmd/served_places.h"
#include "cmd/temporary.h"
#include "report/exit_code.h"
#include "serve/http_server.h"
#include "serve/player.h"
#include "serve/serve.h"

struct serve_words {
    struct option_memory memory;
    const char *host, *player;
    int port;
    bool open_to_network, proxy, quiet, sandbox;
};

static const struct option_row rows[] = {
    {"port", "p", OPTION_NUMBER, "PORT", offsetof(struct serve_words, port),
     "listen on this port (default: 8080; 0: one that is free)", NULL},
    {"host", NULL, OPTION_TEXT, "ADDRESS", offsetof(struct serve_words, host),
     "listen on this address (default: 127.0.0.1). One that other machines can reach needs "
     "--open-to-network, too",
     NULL},
    {"open-to-network", NULL, OPTION_FLAG, NULL, offsetof(struct serve_words, open_to_network),
     "let everyone who can reach --host read the archives: there is no password", NULL},
    {"proxy", NULL, OPTION_FLAG, NULL, offsetof(struct serve_words, proxy),
     "also be an HTTP proxy: a browser that uses it sees unchanged pages under their own "
     "addresses. https is shown as http",
     NULL},
    {"player", NULL, OPTION_TEXT, "DIRECTORY", offsetof(struct serve_words, player),
     "show archives in wabac, too, the player of ReplayWeb.page, which npm has installed in "
     "DIRECTORY: npm install @webrecorder/wabac",
     NULL},
    {"quiet", "q", OPTION_FLAG, NULL, offsetof(struct serve_words, quiet),
     "print nothing unless something is wrong", NULL},
    {"no-sandbox", NULL, OPTION_UNFLAG, NULL, offsetof(struct serve_words, sandbox),
     NO_SANDBOX_HELP, NULL},
};

static int check_words(const struct serve_words *words, int count)
{
    if (!count) {
        fprintf(stderr, "warccap serve: give a collection, or WARC or WACZ files\n");
        return EXIT_USAGE;
    }
    if (words->port > 65535) {
        fprintf(stderr, "warccap serve: --port %d: ports go up to 65535\n", words->port);
        return EXIT_USAGE;
    }
    if (!serve_is_loopback(words->host) && !words->open_to_network) {
        fprintf(stderr,
                "warccap serve: --host %s: other machines may reach this address, and could read "
                "all of the archives. If that is meant, add --open-to-network. To browse from "
                "another machine: ssh -L 8080:localhost:8080 to this one\n",
                words->host);
        return EXIT_USAGE;
    }
    if (http_server_lacks()) {
        fprintf(stderr, "warccap serve: %s\n", http_server_lacks());
        return EXIT_ERROR;
    }
    return EXIT_DONE;
}

/* Serves until a signal comes, which is the way to end it. */
static int serve_until_signal(const struct serve_words *words, const struct served_places *places,
                              const struct serve_address *address, const char *player,
                              int listening)
{
    struct serving *serving;
    struct trouble trouble;
    const struct serve_options options = {words->proxy, address->port,
                                          words->player ? player : NULL};
    if (serve_start(&serving, places->places, places->count, listening, options, &trouble) !=
        RESULT_OK) {
        fprintf(stderr, "warccap serve: %s\n", trouble.words);
        return EXIT_ERROR;
    }
    if (!words->quiet) {
        printf("Serving at http://localhost:%u/\n", (unsigned)address->port);
        if (words->proxy)
            printf("The proxy: %s, port %u. For example: chromium --user-data-dir=/tmp/archive "
                   "--proxy-server=localhost:%u http://HOST/\n",
                   words->host, (unsigned)address->port, (unsigned)address->port);
        if (words->player)
            printf("The player: http://warccap-player.localhost:%u/\n", (unsigned)address->port);
        printf("To end: Ctrl-C\n");
        fflush(stdout);
    }
    ending_signals_wait();
    serve_stop(serving);
    return EXIT_DONE;
}

static int serve(const struct serve_words *words, char **paths, int count)
{
    struct serve_address address = {words->host, (uint16_t)words->port};
    struct served_places places = {.temporary = ""};
    struct trouble trouble;
    int listening, code = EXIT_DONE;
    bool ready = true;
    char player[PATH_MAX] = "";
    if (words->player && !player_find(words->player, player)) {
        fprintf(stderr,
                "warccap serve: --player %s: there is no wabac in it. In that directory, type "
                "npm install @webrecorder/wabac\n",
                words->player);
        return EXIT_USAGE;
    }
    enum result result = serve_listen(&address, &listening, &trouble);
    if (result != RESULT_OK) {
        fprintf(stderr, "warccap serve: %s\n", trouble.words);
        return EXIT_ERROR;
    }
    struct box *box = serving_box_new(paths, count);
    if (box && words->player)
        box_allow(box, player, BOX_READ);
    for (int i = 0; i < count; i++)
        ready = ready && served_place_is_ready(paths[i]);
    if (!ready && !temporary_make(box, "serve", places.temporary, sizeof places.temporary))
        places.temporary[0] = '\0'; /* told when it is needed */
    code = reading_box_enter(box, "serve", words->sandbox, words->quiet);
    if (code == EXIT_DONE)
        code = served_places_prepare(&places, paths, count, words->quiet);
    if (code == EXIT_DONE)
        code = serve_until_signal(words, &places, &address, player, listening);
    else
        close(listening);
    served_places_release(&places);
    return code;
}

static int run(int argc, char **argv)
{
    struct serve_words words = {.host = "127.0.0.1", .port = 8080, .sandbox = true};
    int count;
    int result = options_read(&command_serve, argc, argv, &words, &count);
    if (result == EXIT_DONE)
        result = check_words(&words, count);
    if (result == EXIT_DONE && command_words_have_url("serve", argv + 1, count))
        result = EXIT_USAGE;
    if (result == EXIT_DONE && !ending_signals_block())
        result = EXIT_ERROR;
    signal(SIGPIPE, SIG_IGN);
    if (result == EXIT_DONE)
        result = serve(&words, argv + 1, count);
    options_release(&command_serve, &words);
    return result == OPTIONS_HELPED ? options_exit_code(result) : result;
}

const struct command command_serve = {
    .name = "serve",
    .arguments = "[options] PATH...",
    .summary = "show archives in a browser, at http://localhost:8080/",
    .details =
        "Serves collections, or WARC and WACZ files, to a browser on this machine. The first page "
        "lists the archived hosts, their pages and all captures; and, of a collection, what each "
        "run "
        "found new and what is missing. Each archived host is an origin "
        "of its own below localhost: http://HOST.localhost:8080/ shows its newest captures, and "
        "http://HOST.20190101000000.localhost:8080/ those nearest to that date, with the images "
        "and style sheets of that time.\n\n"
        "Pages get one line: a script that sends links with absolute URLs to their archived hosts. "
        "A service worker does so for what a page loads. Some letters are changed where a tag "
        "would make the browser connect to the live web past both. What is missing is not taken "
        "from the live web; only a sandboxed frame that a script makes could still load from "
        "there. Chromium finds names below localhost by itself.\n\n"
        "For programs: /cdx?url=URL answers as pywb does (matchType, from, to, filter, sort, "
        "closest, "
        "limit, offset, fields, output=json). Memento (RFC 7089): /timegate/URL obeys "
        "Accept-Datetime, as archived hosts do; /timemap/link/URL lists captures; /DATEid_/URL "
        "sends "
        "what is stored.\n\n"
        "With --proxy, a browser that has this server as its proxy for http and https sees pages "
        "under their own addresses, without any change. What pages load by https is refused then, "
        "so this is for sites of http.\n\n"
        "With --player DIRECTORY, http://warccap-player.localhost:8080/ shows archives in a player "
        "of "
        "your own, which reads the WACZ file, or the index and the WARC files, through this "
        "server.\n\n"
        "A collection is shown as it is, also while it is crawled. WACZ and WARC files are read "
        "where "
        "they are, and get an index in $TMPDIR; a WACZ file in which the WARC files are compressed "
        "is "
        "unpacked there. All of it goes when the command ends.",
    .rows = rows,
    .row_count = sizeof rows / sizeof *rows,
    .run = run,
};
