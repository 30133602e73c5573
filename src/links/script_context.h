/* What a script does with a string, judged by the code around it: loads it, goes there, or
 * writes it into the page. */
#ifndef LINKS_SCRIPT_CONTEXT_H
#define LINKS_SCRIPT_CONTEXT_H

#include <stdbool.h>

#include "base/text.h"

enum string_use {
    USE_UNKNOWN,
    USE_NOTHING, /* it is sent, or is the name of something */
    USE_MEMBER,  /* file: "...", src: "...": of a player or a gallery */
    USE_FILES,   /* scripts: ["..."], css: ["..."]: in a list of the page's files */
    USE_LOADED,  /* fetch("..."), image.src = "...": relative to the page */
    USE_GOT,     /* Search.loadIndex("..."): the same if it is the name of a part, else unknown */
    USE_MODULE,  /* importScripts("..."): relative to the script itself */
    USE_IMPORT,  /* import("..."): the same, or a name that an import map explains */
    USE_GOES,    /* location = "...", window.open("...") */
    USE_WRITTEN, /* document.write("..."), innerHTML = "..." */
};

/* The string's quotes are at `open` and `close`, of which `close` may be the end of the script.
 * Looks at a bounded number of bytes around it. */
enum string_use script_context(struct text script, size_t open, size_t close);

/* Whether the last character before `at`, white space aside, may stand before a string. So a quote
 * that ends one is not taken for one that begins one. */
bool script_may_open(struct text script, size_t at);

#endif
