/*
 * The newest summary under runs/, as a stranger's collection may have it.  Reading ends; each
 * change and each failure is one that a summary can tell; what is read twice is the same; a reader
 * that the caller stops, stops.
 */
#include <config.h>

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "collection/run_changes.h"
#include "collection/run_failures.h"
#include "tests/fuzz/fuzz.h"

#define RUN "20260304050607"

static char directory[256], path[320];

/* What was read: how much, and a sum of all its bytes. */
struct told {
    uint64_t items, sum;
    uint64_t most; /* items to take */
};

static void add_text(struct told *told, struct text text)
{
    FUZZ_CHECK(text.at || !text.length);
    for (size_t i = 0; i < text.length; i++)
        told->sum = told->sum * 31 + (unsigned char)text.at[i];
}

static enum result count_item(struct told *told)
{
    FUZZ_CHECK(told->items < told->most);
    told->items++;
    return told->items < told->most ? RESULT_OK : RESULT_AGAIN;
}

static enum result take_change(void *context, enum change change, struct text url,
                               struct trouble *trouble)
{
    struct told *told = context;
    (void)trouble;
    FUZZ_CHECK(change >= CHANGE_NEW && change < CHANGE_COUNT);
    add_text(told, url);
    return count_item(told);
}

static enum result take_failure(void *context, const struct run_failure *failure,
                                struct trouble *trouble)
{
    struct told *told = context;
    (void)trouble;
    FUZZ_CHECK(failure->url.length);
    FUZZ_CHECK(failure->status >= 0 && failure->rounds >= 0 && failure->same_rounds >= 0);
    add_text(told, failure->url);
    add_text(told, failure->kind);
    add_text(told, failure->way);
    add_text(told, failure->reason);
    return count_item(told);
}

static enum result read_changes(struct told *told, uint64_t most)
{
    struct told_run run;
    struct trouble trouble;
    *told = (struct told){.most = most};
    enum result result = run_changes_read(directory, take_change, told, &run, &trouble);
    FUZZ_CHECK(result == RESULT_END || strcmp(run.name, RUN) == 0);
    return result;
}

static enum result read_failures(struct told *told, uint64_t most)
{
    char run[DATE_14_SIZE];
    struct trouble trouble;
    *told = (struct told){.most = most};
    return run_failures_read(directory, take_failure, told, run, &trouble);
}

static enum result read_waiting(struct told *told, uint64_t most)
{
    uint64_t waiting = 0;
    struct trouble trouble;
    *told = (struct told){.most = most};
    return run_waiting_read(directory, &waiting, take_failure, told, &trouble);
}

/* No item needs fewer than two bytes, so there are fewer than bytes. */
static void check(enum result (*read)(struct told *told, uint64_t most), size_t size)
{
    struct told whole, again, first;
    uint64_t most = 2 * (uint64_t)size + 10;
    enum result result = read(&whole, most);
    FUZZ_CHECK(result != RESULT_AGAIN);
    FUZZ_CHECK(read(&again, most) == result && again.items == whole.items &&
               again.sum == whole.sum);
    if (whole.items)
        FUZZ_CHECK(read(&first, 1) == RESULT_AGAIN && first.items == 1);
}

static void remove_directory(void)
{
    unlink(path);
    rmdir(directory);
}

static void make_directory(void)
{
    const char *parent = getenv("TMPDIR");
    snprintf(directory, sizeof directory, "%s/fuzz-runs-XXXXXX", parent ? parent : "/tmp");
    FUZZ_CHECK(mkdtemp(directory));
    snprintf(path, sizeof path, "%s/" RUN ".json", directory);
    atexit(remove_directory);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!directory[0])
        make_directory();
    FILE *file = fopen(path, "w");
    FUZZ_CHECK(file && fwrite(data, 1, size, file) == size && fclose(file) == 0);
    check(read_changes, size);
    check(read_failures, size);
    check(read_waiting, size);
    return 0;
}
