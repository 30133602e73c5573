/* Gathers the seeds that lead to another site. */
#include <config.h>

#include "crawl/new_homes.h"

#include "base/json.h"

enum { HOMES_BYTES = 1 << 20 };

void new_homes_init(struct new_homes *homes)
{
    homes->count = 0;
    buf_init(&homes->json, HOMES_BYTES);
    buf_init(&homes->first, HOMES_BYTES);
    buf_init(&homes->to, HOMES_BYTES);
}

void new_homes_release(struct new_homes *homes)
{
    buf_release(&homes->json);
    buf_release(&homes->first);
    buf_release(&homes->to);
}

void new_homes_note(struct new_homes *homes, struct text seed, struct text to)
{
    if (!homes->count++) {
        buf_add_text(&homes->first, seed);
        buf_add_text(&homes->to, to);
    }
    if (homes->json.length + 8 * (seed.length + to.length) > HOMES_BYTES)
        return; /* the count says that there are more */
    buf_add(&homes->json, homes->json.length ? ", {\"from\": " : "{\"from\": ");
    json_write_string(&homes->json, seed);
    buf_add(&homes->json, ", \"to\": ");
    json_write_string(&homes->json, to);
    buf_add(&homes->json, "}");
}

void new_homes_json(const struct new_homes *homes, struct buf *out)
{
    buf_add(out, ", \"moved_seeds\": [");
    buf_add_text(out, buf_text(&homes->json));
    buf_add(out, "]");
}
