/* warccap: the first word chooses a command, which does the rest. */
#include <config.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/jail.h"
#include "base/spelling.h"
#include "base/system.h"
#include "base/text.h"
#include "cmd/man_repair.h"
#include "cmd/man_rules.h"
#include "cmd/man_states.h"
#include "cmd/option_advice.h"
#include "cmd/options.h"
#include "cmd/verify_rules.h"
#include "links/page_reader.h"
#include "report/exit_code.h"
#include "report/terminal.h"

static const struct command *const commands[] = {&command_crawl, &command_verify, &command_repair,
                                                 &command_index, &command_pack,   &command_serve,
                                                 &command_why,   &command_links};
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

static void man_sandbox(FILE *out)
{
    fprintf(
        out,
        ".SH SANDBOX\nBefore a command reads what strangers sent, it gives up all rights that it "
        "does not need (Landlock and seccomp).\n.B crawl\ncan then change its collection "
        "and connect to other machines. It can read the files that its options name, and what "
        "name lookups and TLS need. It cannot run programs: another process, started before, runs "
        "the command of\n.BR --notify .\nThe other commands can read what they were given, and "
        "have no network;\n.B pack\ncan also change the directory of its output, and\n.B serve\n"
        "accepts connections to its port, but makes none.\n.PP\nA process "
        "of its own decodes bodies and finds their links. It has "
        "no "
        "files and no network, and starts no program. What it says is checked. A page may end it, "
        "by accident or on purpose. Then the response is stored, but its links are not known, and "
        "the next page gets another process.\n.PP\nIf the system lacks something for the sandbox, "
        "the first run of a "
        "collection and each run on a terminal say so. Each\n.I runs/*.json\nsays "
        "whether the sandbox was\n.IR whole ,\n.IR partial\nor\n.IR off .\n.PP\nName services of "
        "the machine itself cannot be reached: mDNS (for names in .local) and nscd. If\n.I "
        "/etc/resolv.conf\nis replaced during a run, the run stops, because it cannot read the "
        "new file; the same command goes on. If something cannot work in the sandbox, use\n.BR "
        "--no-sandbox .\n");
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
    fprintf(
        out,
        ".SH DESCRIPTION\nCrawls a site along its pagination and date archives. Stores exactly "
        "what the servers sent in WARC/1.1 files. Checks that nothing is missing.\n.SH COMMANDS\n");
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
    man_states(out);
    man_repair(out);
    man_sandbox(out);
    fprintf(out, ".SH EXIT STATUS\n");
    size_t count;
    const struct exit_code_row *rows = exit_code_table(&count);
    for (size_t i = 0; i < count; i++) {
        fprintf(out, ".TP\n.B %d\n", rows[i].code);
        options_man_text(rows[i].meaning, out);
        fputc('\n', out);
    }
    fprintf(out, ".SH SEE ALSO\n.BR warccap-rules (7),\n.BR warccap-verify-rules (7),\n.BR "
                 "warccap-cron (7),\n"
                 ".BR warccap-records (7)\n");
}

/* The caller may have closed the standard files.  Then a file of the archive would get such a
 * number, and our messages would be written into it. */
static void keep_standard_files(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        while (fcntl(fd, F_GETFD) < 0)
            if (open("/dev/null", O_RDWR) < 0)
                _exit(EXIT_ERROR);
}

static bool is_one_of(const char *word, const char *one, const char *two, const char *three)
{
    return strcmp(word, one) == 0 || strcmp(word, two) == 0 || strcmp(word, three) == 0;
}

static const struct command *command_named(const char *name)
{
    for (int i = 0; i < COMMANDS; i++)
        if (strcmp(name, commands[i]->name) == 0)
            return commands[i];
    return NULL;
}

static int complain_command(const char *word)
{
    const char *names[COMMANDS];
    for (int i = 0; i < COMMANDS; i++)
        names[i] = commands[i]->name;
    const char *close = spelling_closest(text_of(word), names, COMMANDS);
    bool url = strstr(word, "://") || strchr(word, '.');
    fprintf(stderr, "warccap: there is no command \"%s\".", word);
    if (word[0] == '-')
        fputs(" Options follow the command.", stderr);
    else if (close)
        fprintf(stderr, " Did you mean %s?", close);
    else if (url)
        fprintf(stderr, " To capture a site: warccap crawl %s", word);
    fputs("\nSee: warccap --help\n", stderr);
    return EXIT_USAGE;
}

/* Whether somebody reads what is written to standard output.  Who stops reading has enough. */
static bool output_is_wanted(void)
{
    struct pollfd output = {.fd = STDOUT_FILENO, .events = POLLOUT};
    return poll(&output, 1, 0) < 0 || !(output.revents & POLLERR);
}

/* The exit code, once all of the output is written.  What a full disk has swallowed was not
 * said. */
static int end_output(int code)
{
    errno = 0;
    bool written = fflush(stdout) == 0 && !ferror(stdout);
    int why = errno;
    if (written || !output_is_wanted())
        return code;
    fprintf(stderr,
            "warccap: the output could not be written to standard output%s%s. What it says is not "
            "complete. Next: make room where it is written to, then run the same command again\n",
            why ? ": " : "", why ? strerror(why) : "");
    return code == EXIT_DONE ? EXIT_FILES : code;
}

static int run(int argc, char **argv)
{
    if (argc < 2) {
        help(stderr);
        return EXIT_USAGE;
    }
    if (is_one_of(argv[1], "--help", "-h", "help")) {
        const struct command *command = argc > 2 ? command_named(argv[2]) : NULL;
        if (command)
            options_help(command, stdout);
        else
            help(stdout);
        return EXIT_DONE;
    }
    if (is_one_of(argv[1], "--version", "-V", "version")) {
        printf("warccap %s\n", PACKAGE_VERSION);
        return EXIT_DONE;
    }
    if (strcmp(argv[1], "--man-page") == 0) {
        man_page(stdout);
        return EXIT_DONE;
    }
    if (strcmp(argv[1], "--man-page-rules") == 0) {
        man_rules(stdout);
        return EXIT_DONE;
    }
    if (strcmp(argv[1], "--man-page-verify-rules") == 0) {
        verify_rules_man_page(stdout);
        return EXIT_DONE;
    }
    const struct command *command = command_named(argv[1]);
    return command ? command->run(argc - 1, argv + 1) : complain_command(argv[1]);
}

int main(int argc, char **argv)
{
    if (jail_is_worker(argc, argv))
        jail_serve(&page_reader_task);
    system_return_memory();
    keep_standard_files();
    terminal_guard();
    return end_output(run(argc, argv));
}
