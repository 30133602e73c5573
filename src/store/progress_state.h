/*
 * How far the crawl has come: how much of each WARC file is known, which changes were not reported
 * yet, and small numbers by name. A contract like queue.h. All functions return OK or BROKEN.
 */
#ifndef STORE_PROGRESS_STATE_H
#define STORE_PROGRESS_STATE_H

#include <stdint.h>

#include "base/result.h"
#include "base/text.h"
#include "web/visit_kind.h"

/* How many bytes of a WARC file are known. */
struct file_progress {
    int64_t known_bytes;   /* to the store */
    int64_t indexed_bytes; /* to the index */
};
enum { FILE_AS_IT_WAS = -1 }; /* for progress_keep_file(): that number does not change */

/* A change that a run found and no summary has reported yet. A run that is killed reports
 * nothing. */
struct untold_change {
    int change; /* a number chosen by the caller */
    enum visit_kind kind;
    struct text url, target;
};

struct progress_state;

struct progress_state_ops {
    enum result (*file)(struct progress_state *state, const char *name, struct file_progress *file,
                        struct trouble *trouble);
    enum result (*keep_file)(struct progress_state *state, const char *name,
                             struct file_progress file, struct trouble *trouble);
    enum result (*each_file)(struct progress_state *state,
                             void (*each)(void *context, struct text name), void *context,
                             struct trouble *trouble);
    enum result (*note_change)(struct progress_state *state, const struct untold_change *change,
                               struct trouble *trouble);
    enum result (*each_change)(struct progress_state *state,
                               void (*each)(void *context, const struct untold_change *change),
                               void *context, struct trouble *trouble);
    enum result (*forget_changes)(struct progress_state *state, struct trouble *trouble);
    enum result (*number)(struct progress_state *state, const char *name, int64_t *number,
                          struct trouble *trouble);
    enum result (*set_number)(struct progress_state *state, const char *name, int64_t number,
                              struct trouble *trouble);
    enum result (*add_number)(struct progress_state *state, const char *name, int64_t more,
                              struct trouble *trouble);
    enum result (*raise_number)(struct progress_state *state, const char *name, int64_t least,
                                struct trouble *trouble);
};

struct progress_state {
    const struct progress_state_ops *ops;
};

/* 0 and 0 for an unknown file. */
MUST_CHECK static inline enum result progress_file(struct progress_state *state, const char *name,
                                                   struct file_progress *file,
                                                   struct trouble *trouble)
{
    return state->ops->file(state, name, file, trouble);
}
MUST_CHECK static inline enum result progress_keep_file(struct progress_state *state,
                                                        const char *name, struct file_progress file,
                                                        struct trouble *trouble)
{
    return state->ops->keep_file(state, name, file, trouble);
}
/* Calls `each` for every file with known bytes, by name. `each` must not use the store. The name
 * lives until it returns. */
MUST_CHECK static inline enum result
progress_each_file(struct progress_state *state, void (*each)(void *context, struct text name),
                   void *context, struct trouble *trouble)
{
    return state->ops->each_file(state, each, context, trouble);
}

MUST_CHECK static inline enum result progress_note_change(struct progress_state *state,
                                                          const struct untold_change *change,
                                                          struct trouble *trouble)
{
    return state->ops->note_change(state, change, trouble);
}
/* Calls `each` in the order in which changes were noted. `each` must not use the store. The texts
 * live until it returns. */
MUST_CHECK static inline enum result
progress_each_change(struct progress_state *state,
                     void (*each)(void *context, const struct untold_change *change), void *context,
                     struct trouble *trouble)
{
    return state->ops->each_change(state, each, context, trouble);
}
MUST_CHECK static inline enum result progress_forget_changes(struct progress_state *state,
                                                             struct trouble *trouble)
{
    return state->ops->forget_changes(state, trouble);
}

/* Small numbers by name ("round_open", "last_walk"). A missing one is 0. */
MUST_CHECK static inline enum result progress_number(struct progress_state *state, const char *name,
                                                     int64_t *number, struct trouble *trouble)
{
    return state->ops->number(state, name, number, trouble);
}
MUST_CHECK static inline enum result progress_set_number(struct progress_state *state,
                                                         const char *name, int64_t number,
                                                         struct trouble *trouble)
{
    return state->ops->set_number(state, name, number, trouble);
}
/* Adds to a number, even if others do so at the same time. */
MUST_CHECK static inline enum result progress_add_number(struct progress_state *state,
                                                         const char *name, int64_t more,
                                                         struct trouble *trouble)
{
    return state->ops->add_number(state, name, more, trouble);
}
/* Sets a number that is smaller than `least` to `least`. */
MUST_CHECK static inline enum result progress_raise_number(struct progress_state *state,
                                                           const char *name, int64_t least,
                                                           struct trouble *trouble)
{
    return state->ops->raise_number(state, name, least, trouble);
}

#endif
