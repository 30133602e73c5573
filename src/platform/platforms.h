/*
 * The known platforms, in the order in which their marks are looked for. A new one is a file with a
 * `const struct platform`, and a row here.
 */
#ifndef PLATFORM_PLATFORMS_H
#define PLATFORM_PLATFORMS_H

#include "platform/platform.h"

#define PLATFORMS_TABLE(ROW)  \
    ROW(platform_blogger)     \
    ROW(platform_wordpress)   \
    ROW(platform_ghost)       \
    ROW(platform_static_site) \
    ROW(platform_substack)

#define ROW(value) extern const struct platform value;
PLATFORMS_TABLE(ROW)
#undef ROW

#endif
