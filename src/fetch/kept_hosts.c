/* Gives each host one of the places for kept connections, while there is one. */
#include <config.h>

#include "fetch/kept_hosts.h"

bool kept_hosts_use(struct kept_hosts *kept, struct text host, int64_t now_ms)
{
    uint64_t hash = hash_text(&kept->key, host) | 1;
    int place = -1;
    for (int i = 0; i < KEPT_HOSTS; i++) {
        if (kept->hosts[i] == hash) {
            kept->used_ms[i] = now_ms;
            return true;
        }
        if (place < 0 && (!kept->hosts[i] || now_ms - kept->used_ms[i] >= KEPT_IDLE_MS))
            place = i;
    }
    if (place < 0)
        return false;
    kept->hosts[place] = hash;
    kept->used_ms[place] = now_ms;
    return true;
}
