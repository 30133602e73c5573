/* What the user may choose of what belongs to a crawl.  All texts are borrowed. */
#ifndef FRONTIER_SCOPE_OPTIONS_H
#define FRONTIER_SCOPE_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

enum crawl_scope { SCOPE_PAGE, SCOPE_PREFIX, SCOPE_HOST, SCOPE_DOMAIN, SCOPE_ANY, SCOPE_SITE };

/* Each list is directly followed by its count: that is how the table of options fills it in. */
struct scope_options {
    enum crawl_scope kind;
    char **domains; /* lists, with commas between, of domains that belong to the site, too */
    int domain_count;
    char **include; /* POSIX extended regular expressions over the whole address */
    int include_count;
    char **exclude;
    int exclude_count;
    bool no_parent; /* nothing above a seed's directory, with wider scopes either */
    int level;      /* most hops that are no pager or archive links; -1: no limit */
};

#endif
