/* What the user may choose of politeness and of the order of visits. */
#ifndef FRONTIER_FRONTIER_OPTIONS_H
#define FRONTIER_FRONTIER_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

enum crawl_robots { ROBOTS_OBEY, ROBOTS_REQUISITES, ROBOTS_OFF };

struct frontier_options {
    enum crawl_robots robots;
    int64_t wait_ms;      /* between requests to one host, at least; 0: none */
    int wait_factor;      /* or so many times as long as it takes to answer ... */
    int64_t wait_most_ms; /* ... up to this */
    int connections;      /* at once to one host when wait_ms is 0, else one */
    bool depth_counts;   /* a shorter way to a waiting URL matters, for there is a limit of depth */
    int64_t run_time_ms; /* how long the whole run may take; 0: no limit */
};

#endif
