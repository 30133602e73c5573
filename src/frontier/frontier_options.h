/* The user's choices for politeness and for the order of visits. */
#ifndef FRONTIER_FRONTIER_OPTIONS_H
#define FRONTIER_FRONTIER_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

enum crawl_robots { ROBOTS_OBEY, ROBOTS_REQUISITES, ROBOTS_OFF };

struct frontier_options {
    enum crawl_robots robots;
    int64_t wait_ms;      /* between requests to one host, at least; 0: none */
    int wait_factor;      /* or this many times the host's response time ... */
    int64_t wait_most_ms; /* ... up to this */
    int connections;      /* at once to one host when wait_ms is 0, otherwise 1 */
    bool depth_counts;    /* --level is given: a shorter path to a waiting URL matters */
    int64_t hosts_most;   /* that no seed named; 0: no limit */
    int64_t run_time_ms;  /* how long the whole run may take; 0: no limit */
};

#endif
