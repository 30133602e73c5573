/* A web site of a few pages on the loopback interface, served by a thread of the test's own. */
#ifndef TESTS_CRAWL_SMALL_SITE_H
#define TESTS_CRAWL_SMALL_SITE_H

#include <pthread.h>

/* What one path of the site answers with. */
struct small_page {
    const char *path;
    int status;
    const char *type;
    const char *body;
};

struct small_site {
    const struct small_page *pages; /* up to one without a path; others answer 404 */
    int socket;
    int port;
    pthread_t thread;
};

/* Serves `pages`, which must last; ends the test when that cannot be had. */
void small_site_begin(struct small_site *site, const struct small_page *pages);
void small_site_end(struct small_site *site);

#endif
