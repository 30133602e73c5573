/* Style sheets: the links are good ones (see links.h). */
#include <config.h>

#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/links.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_links(MEDIA_CSS, NULL, fuzz_text(data, size));
    return 0;
}
