/* The user's choices for what belongs to a crawl.  All texts are borrowed. */
#ifndef FRONTIER_SCOPE_OPTIONS_H
#define FRONTIER_SCOPE_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

enum crawl_scope { SCOPE_PAGE, SCOPE_PREFIX, SCOPE_HOST, SCOPE_DOMAIN, SCOPE_ANY, SCOPE_SITE };

/* Each list is directly followed by its count, because the option table fills them in that way. */
struct scope_options {
    enum crawl_scope kind;
    char **domains; /* comma-separated lists of domains that also belong to the site */
    int domain_count;
    char **include; /* POSIX extended regular expressions over the whole URL */
    int include_count;
    char **exclude;
    int exclude_count;
    bool no_parent; /* nothing above a seed's directory, in wider scopes too */
    int level;      /* most hops, not counting pagination and date archive links; -1: no limit */
};

#endif
