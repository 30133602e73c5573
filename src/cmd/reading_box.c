/* Makes the box of a command that only reads, and tells what is missing of it. */
#include <config.h>

#include "cmd/reading_box.h"

#include <stdio.h>
#include <unistd.h>

#include "links/page_reader.h"
#include "report/exit_code.h"

static struct box *new_box(enum box_network network, char **paths, int count)
{
    struct box *box = box_new(network);
    for (int i = 0; box && i < count; i++)
        box_allow_tree(box, paths[i], BOX_READ);
    return box;
}

struct box *reading_box_new(char **paths, int count)
{
    return new_box(BOX_NO_NETWORK, paths, count);
}

struct box *serving_box_new(char **paths, int count)
{
    return new_box(BOX_SERVER, paths, count);
}

int reading_jail_new(struct jail **jail, const char *command, bool wanted)
{
    struct trouble trouble;
    *jail = NULL;
    if (!wanted || jail_new(jail, &page_reader_task, &trouble) == RESULT_OK)
        return EXIT_DONE;
    fprintf(stderr, "warccap %s: %s\n", command, trouble.words);
    return EXIT_ERROR;
}

int reading_jail_begin(struct reading_jail *reading, const char *command, bool wanted)
{
    reading->reader = NULL;
    int code = reading_jail_new(&reading->jail, command, wanted);
    if (code != EXIT_DONE || (reading->reader = page_reader_new(reading->jail)))
        return code;
    fprintf(stderr, "warccap %s: no memory to read bodies\n", command);
    return EXIT_ERROR;
}

void reading_jail_end(struct reading_jail *reading)
{
    page_reader_free(reading->reader);
    jail_free(reading->jail);
}

int reading_box_enter(struct box *box, const char *command, bool wanted, bool quiet)
{
    struct trouble trouble;
    if (!box) {
        fprintf(stderr, "warccap %s: no memory for the sandbox\n", command);
        return EXIT_ERROR;
    }
    if (!wanted && !quiet)
        fprintf(
            stderr,
            "warccap %s: WARNING: --no-sandbox: a mistake in warccap could let a file reach all "
            "that you can reach on this machine\n",
            command);
    if (wanted && box_enter(box, &trouble) == RESULT_FLAWED && !quiet && isatty(STDERR_FILENO))
        fprintf(stderr,
                "warccap %s: this system cannot restrict the command to the given files as it "
                "should: %s\n",
                command, trouble.words);
    box_free(box);
    return EXIT_DONE;
}
