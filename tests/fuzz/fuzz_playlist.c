/* Playlists and manifests of videos, and XSL sheets: the links are good ones (see links.h). */
#include <config.h>

#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/links.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct text bytes = fuzz_text(data, size);
    fuzz_links(MEDIA_PLAYLIST, NULL, bytes);
    fuzz_links(MEDIA_DASH, NULL, bytes);
    fuzz_links(MEDIA_XSL, NULL, bytes);
    return 0;
}
