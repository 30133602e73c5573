/*
 * Adds N seeds to a scope, half of them on one host and half on hosts of their own, and judges N
 * links by them.
 *
 *     seeds N
 */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>

#include "frontier/scope.h"

static struct trouble trouble;

static void demand(bool fine)
{
    if (fine)
        return;
    fprintf(stderr, "%s\n", trouble.words);
    exit(1);
}

static void read_url(struct url *url, int number, const char *page)
{
    char address[100];
    if (number % 2)
        snprintf(address, sizeof address, "http://one.test/%s-%d", page, number);
    else
        snprintf(address, sizeof address, "http://host-%d.test/%s", number, page);
    demand(url_parse(url, text_of(address), NULL, TEXT("")) == URL_OK);
}

int main(int argc, char **argv)
{
    const struct scope_options options = {.kind = SCOPE_SITE, .level = -1};
    int count = argc > 1 ? atoi(argv[1]) : 1000, held = 0;
    struct scope *scope;
    struct url url;
    url_init(&url);
    demand(scope_new(&scope, &options, &trouble) == RESULT_OK);
    for (int i = 0; i < count; i++) {
        read_url(&url, i, "seed");
        demand(scope_add_seed(scope, &url, true, &trouble) == RESULT_OK);
    }
    for (int i = 0; i < count; i++) {
        read_url(&url, i, "page");
        held += scope_holds(scope, &url);
    }
    demand(held == count);
    url_release(&url);
    scope_free(scope);
    return 0;
}
