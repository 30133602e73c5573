/* --start-within: a delay from the name and the day. */
#include <config.h>

#include "cmd/jitter.h"

#include "base/buf.h"
#include "base/clock.h"
#include "base/hash.h"

int64_t jitter_ms(struct text who, int64_t wall_ms, int64_t within_ms)
{
    /* Not secret: the delay must not be random, only different for each name and day. */
    static const struct hash_key key = {0x77617263, 0x63617020};
    char date[DATE_14_SIZE];
    struct buf words;
    if (within_ms <= 0)
        return 0;
    date_write_14(wall_ms, date);
    buf_init(&words, 1 << 16);
    buf_printf(&words, "%.8s ", date);
    buf_add_text(&words, who);
    uint64_t mixed = hash_text(&key, buf_text(&words));
    buf_release(&words);
    return (int64_t)(mixed % (uint64_t)within_ms);
}
