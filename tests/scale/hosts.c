/*
 * Does with N hosts what a crawl does: offers a picture of each, takes them in turn, and finishes
 * them.  The clock is its own and goes on with each turn, so that every run does the same.
 *
 *     hosts N
 */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fetch/host_set.h"
#include "frontier/frontier.h"
#include "store/sqlite_store.h"

enum { RUNNING_MOST = 32 };

static int64_t now_ms = INT64_C(1600000000000);

int64_t __wrap_clock_wall_ms(void);
int64_t __wrap_clock_steady_ms(void);

int64_t __wrap_clock_wall_ms(void)
{
    return now_ms;
}

int64_t __wrap_clock_steady_ms(void)
{
    return now_ms;
}

static struct trouble trouble;

static void demand(bool fine)
{
    if (fine)
        return;
    fprintf(stderr, "%s\n", trouble.words);
    exit(1);
}

static void offer(struct frontier *frontier, int number)
{
    char address[64];
    struct url url;
    url_init(&url);
    snprintf(address, sizeof address, "http://host-%d.test/picture.png", number);
    demand(url_parse(&url, text_of(address), NULL, TEXT("")) == URL_OK);
    const struct offer picture = {.url = &url, .kind = VISIT_REQUISITE};
    demand(frontier_offer(frontier, &picture, NULL, &trouble) == RESULT_OK);
    url_release(&url);
}

/* A request in three does not reach its host. */
static void finish(struct frontier *frontier, int64_t host, int64_t key)
{
    bool reached = key % 3 != 0;
    const struct host_feedback feedback = {.took_ms = 10,
                                           .answered = reached,
                                           .words = "nobody is there",
                                           .unreached = reached ? UNREACHED_NOT : UNREACHED_NAME};
    const struct finished_visit done = {
        .host = host, .outcome = {.key = key, .state = reached ? STATE_KEPT : STATE_BROKEN}};
    demand(frontier_rest(frontier, host, &feedback, &trouble) == RESULT_OK);
    demand(frontier_finish(frontier, &done, 1, &trouble) == RESULT_OK);
}

static int crawl(struct frontier *frontier)
{
    int64_t hosts[RUNNING_MOST], keys[RUNNING_MOST];
    int running = 0, count = 0, wait_ms;
    struct visit visit;
    for (;;) {
        enum result result = frontier_next(frontier, &visit, &wait_ms, &trouble);
        demand(result == RESULT_OK || result == RESULT_AGAIN || result == RESULT_END);
        if (result == RESULT_OK) {
            hosts[running] = visit.host;
            keys[running++] = visit.key;
            count++;
        }
        if (result == RESULT_END && !running)
            return count;
        now_ms += count % 8 == 0 || result != RESULT_OK;
        if (running == RUNNING_MOST || (result != RESULT_OK && running)) {
            running--;
            finish(frontier, hosts[running], keys[running]);
        }
    }
}

/* The fetcher's sets, with as many hosts. */
static void fill_set(int count)
{
    struct host_set set = {.key = {1, 2}};
    char name[32];
    for (int i = 0; i < count; i++) {
        snprintf(name, sizeof name, "host-%d.test", i);
        host_set_add(&set, text_of(name));
    }
    demand(set.count == (size_t)count);
    host_set_release(&set);
}

int main(int argc, char **argv)
{
    char directory[] = "/tmp/warccap-hosts-XXXXXX", path[64];
    struct store *store;
    struct frontier *frontier;
    int count = argc > 1 ? atoi(argv[1]) : 1000;
    const struct frontier_options options = {
        .wait_ms = 1000, .wait_factor = 5, .wait_most_ms = 30000, .robots = ROBOTS_OFF};
    trouble = trouble_none();
    demand(mkdtemp(directory) != NULL);
    snprintf(path, sizeof path, "%s/store.db", directory);
    demand(sqlite_store_open(&store, path, store_new_owner(), &trouble) == RESULT_OK);
    demand(frontier_new(&frontier, store, &options, &trouble) == RESULT_OK);
    for (int i = 0; i < count; i++)
        offer(frontier, i);
    int taken = crawl(frontier);
    fill_set(count);
    frontier_free(frontier);
    store_roll_back(store);
    store_close(store);
    unlink(path);
    char command[96];
    snprintf(command, sizeof command, "rm -rf %s", directory);
    printf("%d\n", taken);
    return system(command) != 0 || taken != count;
}
