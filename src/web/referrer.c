/* Reads policies, and writes the Referer field. */
#include <config.h>

#include "web/referrer.h"

struct policy_name {
    const char *name;
    enum referrer_policy policy;
};

static const struct policy_name names[] = {
    {"no-referrer", REFERRER_NO},
    {"no-referrer-when-downgrade", REFERRER_NO_WHEN_DOWNGRADE},
    {"same-origin", REFERRER_SAME_ORIGIN},
    {"origin", REFERRER_ORIGIN},
    {"strict-origin", REFERRER_STRICT_ORIGIN},
    {"origin-when-cross-origin", REFERRER_ORIGIN_WHEN_CROSS_ORIGIN},
    {"strict-origin-when-cross-origin", REFERRER_STRICT_ORIGIN_WHEN_CROSS_ORIGIN},
    {"unsafe-url", REFERRER_UNSAFE_URL},
};

static const struct policy_name old_names[] = {
    {"never", REFERRER_NO},
    {"default", REFERRER_STRICT_ORIGIN_WHEN_CROSS_ORIGIN},
    {"always", REFERRER_UNSAFE_URL},
    {"origin-when-crossorigin", REFERRER_ORIGIN_WHEN_CROSS_ORIGIN},
};

static enum referrer_policy find(const struct policy_name *list, size_t count, struct text name)
{
    for (size_t i = 0; i < count; i++)
        if (text_equal_nocase(name, text_of(list[i].name)))
            return list[i].policy;
    return REFERRER_UNSAID;
}

enum referrer_policy referrer_policy_of(struct text name)
{
    return find(names, sizeof names / sizeof *names, text_trim(name));
}

enum referrer_policy referrer_policy_of_meta(struct text content)
{
    enum referrer_policy policy =
        find(old_names, sizeof old_names / sizeof *old_names, text_trim(content));
    return policy ? policy : referrer_policy_of(content);
}

enum referrer_policy referrer_policy_of_field(struct text value)
{
    enum referrer_policy policy = REFERRER_UNSAID;
    for (struct text name; text_split(&value, ',', &name);) {
        enum referrer_policy known = referrer_policy_of(name);
        policy = known ? known : policy;
    }
    return policy;
}

static bool is_same_origin(const struct url *a, const struct url *b)
{
    return a->https == b->https && a->port == b->port && text_equal(url_host(a), url_host(b));
}

static void write_origin(const struct url *page, struct buf *out)
{
    buf_add(out, page->https ? "https://" : "http://");
    buf_add_text(out, url_authority(page));
    buf_add_char(out, '/');
}

static void write_whole(const struct url *page, struct buf *out)
{
    size_t origin = (page->https ? 8 : 7) + url_authority(page).length;
    write_origin(page, out);
    if (origin + url_target(page).length <= REFERRER_LONGEST)
        buf_add_text(out, text_skip(url_target(page), 1));
}

bool referrer_write(enum referrer_policy policy, const struct url *page, const struct url *target,
                    struct buf *out)
{
    bool same = is_same_origin(page, target), downgrade = page->https && !target->https;
    switch (policy) {
    case REFERRER_NO:
        break;
    case REFERRER_NO_WHEN_DOWNGRADE:
        if (!downgrade)
            write_whole(page, out);
        break;
    case REFERRER_SAME_ORIGIN:
        if (same)
            write_whole(page, out);
        break;
    case REFERRER_ORIGIN:
        write_origin(page, out);
        break;
    case REFERRER_STRICT_ORIGIN:
        if (!downgrade)
            write_origin(page, out);
        break;
    case REFERRER_ORIGIN_WHEN_CROSS_ORIGIN:
        (same ? write_whole : write_origin)(page, out);
        break;
    case REFERRER_UNSAFE_URL:
        write_whole(page, out);
        break;
    case REFERRER_UNSAID:
    case REFERRER_STRICT_ORIGIN_WHEN_CROSS_ORIGIN:
    default:
        if (same)
            write_whole(page, out);
        else if (!downgrade)
            write_origin(page, out);
        break;
    }
    return buf_ok(out);
}
