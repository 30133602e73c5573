/* warccap: the first word chooses a command, the command does the rest. */
#include <config.h>

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cmd/options.h"

static const struct command *const commands[] = {&command_crawl, &command_verify, &command_index,
                                                 &command_why, &command_links};
enum { COMMANDS = sizeof commands / sizeof *commands };

static void help(FILE *out)
{
    fprintf(
        out,
        "warccap keeps web sites. It crawls a site along its pagination and date archives, stores\n"
        "exactly what the servers sent in WARC files, and checks that nothing is missing.\n\n");
    for (int i = 0; i < COMMANDS; i++)
        fprintf(out, "  warccap %-7s %-22s %s\n", commands[i]->name, commands[i]->arguments,
                commands[i]->summary);
    fprintf(out, "\nTo begin: warccap crawl --contact YOU@EXAMPLE.ORG https://a-blog.example/\n"
                 "More: warccap COMMAND --help, and man warccap\n");
}

static void man_page(FILE *out)
{
    fprintf(out,
            ".TH WARCCAP 1 \"\" \"warccap %s\" \"User Commands\"\n.SH NAME\nwarccap \\- keep web "
            "sites in WARC "
            "files\n.SH SYNOPSIS\n",
            PACKAGE_VERSION);
    for (int i = 0; i < COMMANDS; i++)
        fprintf(out, ".B warccap %s\n.I %s\n.br\n", commands[i]->name, commands[i]->arguments);
    fprintf(out,
            ".SH DESCRIPTION\nCrawls a site along its pagination and date archives, stores exactly "
            "what the "
            "servers sent in WARC/1.1 files, and checks that nothing is missing.\n.SH COMMANDS\n");
    for (int i = 0; i < COMMANDS; i++)
        options_man(commands[i], out);
    fprintf(
        out,
        ".SH FILES\nA collection is a directory that pywb serves as it stands:\n.TP\n.I "
        "archive/*.warc.gz\nthe captures; never written again once finished\n.TP\n.I "
        "indexes/index.cdxj\nthe "
        "sorted index\n.TP\n.I state/\nwhat the next run needs; rebuilt from archive/ when "
        "deleted\n.TP\n.I "
        "logs/crawl.log\none line per attempt\n.TP\n.I runs/*.json\none summary per run\n.TP\n.I "
        "archive/SHA256SUMS, runs/*.manifest\ndigests of the finished files, run by run\n");
    fprintf(out, ".SH EXIT STATUS\n");
    static const char *const codes[][2] = {
        {"0", "the run did what it was asked"},
        {"1", "other error"},
        {"2", "wrong use: options, configuration"},
        {"3", "file input or output, disk full; what was captured stands"},
        {"4", "some URLs in scope could not be captured; they are listed, and the next run "
              "retries them"},
        {"9", "verify found faults"},
        {"10", "verify \\-\\-strict found warnings only"},
        {"11", "stopped by a signal, cleanly; the next run goes on"},
        {"14, 15, 16", "size or page, time, or disk limit reached, cleanly; the next run goes on"},
        {"18", "the site asked us to come back later"},
        {"75", "another run holds the collection"},
    };
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        fprintf(out, ".TP\n.B %s\n%s\n", codes[i][0], codes[i][1]);
}

/* Whoever starts us may have closed them: then a file of the archive would get such a number, and
 * our words. */
static void keep_standard_files(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        while (fcntl(fd, F_GETFD) < 0)
            if (open("/dev/null", O_RDWR) < 0)
                _exit(1);
}

int main(int argc, char **argv)
{
    keep_standard_files();
    if (argc < 2 || strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ||
        strcmp(argv[1], "help") == 0) {
        help(argc < 2 ? stderr : stdout);
        return argc < 2 ? 2 : 0;
    }
    if (strcmp(argv[1], "--version") == 0) {
        printf("warccap %s\n", PACKAGE_VERSION);
        return 0;
    }
    if (strcmp(argv[1], "--man-page") == 0) {
        man_page(stdout);
        return 0;
    }
    for (int i = 0; i < COMMANDS; i++)
        if (strcmp(argv[1], commands[i]->name) == 0)
            return commands[i]->run(argc - 1, argv + 1);
    fprintf(stderr, "warccap: there is no command \"%s\"\nSee: warccap --help\n", argv[1]);
    return 2;
}
