/*
 * Asks a robots.txt of N rules with wildcards whether ten URLs may be requested.  Each rule matches
 * nearly all of each URL before it fails.
 *
 *     rules N
 */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "web/robots.h"

enum { URLS = 10, TARGET_BYTES = 500 };

int main(int count, char **words)
{
    int most = count > 1 ? atoi(words[1]) : 0;
    struct buf body;
    char target[TARGET_BYTES + 1];
    buf_init(&body, ROBOTS_READ_BYTES);
    buf_add(&body, "User-agent: *\n");
    for (int i = 0; i < most; i++)
        buf_printf(&body, "Disallow: /*a*a*%d\n", i);
    struct robots *robots = robots_read(buf_text(&body), TEXT("warccap"));
    if (!robots || !buf_ok(&body))
        return EXIT_FAILURE;
    memset(target, 'a', TARGET_BYTES);
    target[0] = '/';
    target[TARGET_BYTES] = '\0';
    for (int i = 0; i < URLS; i++) {
        target[1] = (char)('b' + i);
        if (!robots_allows(robots, text_of(target), NULL))
            return EXIT_FAILURE; /* no rule matches */
    }
    robots_free(robots);
    buf_release(&body);
    return EXIT_SUCCESS;
}
