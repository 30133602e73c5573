/* A web site of a few pages on the loopback interface, served by a thread of the test. */
#ifndef TESTS_CRAWL_SMALL_SITE_H
#define TESTS_CRAWL_SMALL_SITE_H

#include <pthread.h>

/* The response for one path of the site. */
struct small_page {
    const char *path;
    int status;
    const char *type;
    const char *body;
};

struct small_site {
    const struct small_page *pages; /* ends with a page without a path; other paths get 404 */
    int socket;
    int port;
    pthread_t thread;
};

/* Serves `pages`, which must outlive the site.  Fails the test if this is not possible. */
void small_site_begin(struct small_site *site, const struct small_page *pages);
void small_site_end(struct small_site *site);

#endif
