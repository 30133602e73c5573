/*
 * The box (base/box.h) of the commands that read archives and pages: verify, index, links, why.
 * They get no network, and of the disk only what they were given.
 */
#ifndef CMD_READING_BOX_H
#define CMD_READING_BOX_H

#include <stdbool.h>

#include "base/box.h"
#include "base/jail.h"

/* What --help says about --no-sandbox. */
#define NO_SANDBOX_HELP \
    "run without the sandbox, if something cannot work in it. See SANDBOX in man warccap"

/* A box without network in which the files and directories `paths` can be read.  NULL: out of
 * memory. */
struct box *reading_box_new(char **paths, int count);
/* The same, but clients can connect to a socket that listens already. */
struct box *serving_box_new(char **paths, int count);

/* The jail in which bodies are read (base/jail.h), to be made before the box is entered; NULL if it
 * is not `wanted`.  EXIT_DONE, or the exit code after a message. */
int reading_jail_new(struct jail **jail, const char *command, bool wanted);

/* A jail, and the reader that asks it. */
struct reading_jail {
    struct jail *jail;
    struct page_reader *reader;
};

/* Makes both, as above, before the box is entered.  An unwanted jail is NULL; the reader reads
 * here then. */
int reading_jail_begin(struct reading_jail *reading, const char *command, bool wanted);
void reading_jail_end(struct reading_jail *reading);

/* Enters the box and frees it; NULL is out of memory.  `wanted` false: warns instead, unless
 * `quiet`.  What the system lacks is told on a terminal only, so that it fills no mailbox every
 * night.  EXIT_DONE, or the exit code after a message.  `command` is its name. */
int reading_box_enter(struct box *box, const char *command, bool wanted, bool quiet);

#endif
