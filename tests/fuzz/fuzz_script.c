/* Scripts, JSON and manifests, which are searched for whole addresses: the links are good ones (see
 * links.h). */
#include <config.h>

#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/links.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct text bytes = fuzz_text(data, size);
    fuzz_links(MEDIA_JAVASCRIPT, NULL, bytes);
    fuzz_links(MEDIA_MANIFEST, NULL, bytes);
    return 0;
}
