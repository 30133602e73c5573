/*
 * DASH manifests (ISO/IEC 23009-1): the files of each representation. Most are named by a template
 * with a number or a time. Their URLs are made from it as a player does.
 */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "html/xml_text.h"
#include "links/extract.h"

enum {
    SPANS_MOST = 2048, /* lines of a timeline */
    TEXT_MOST = 2048,  /* of a template or a name */
    WIDTH_MOST = 12,
};

/* Elements that hold others; each inherits from the one around it. */
enum level { IN_MANIFEST, IN_PERIOD, IN_SET, IN_REPRESENTATION, LEVELS };

/* <S t="0" d="100" r="3"/>: four segments of 100 units. */
struct span {
    uint64_t time, length;
    int64_t repeats;
    bool has_time;
};

struct segments {
    struct text media, initialization; /* templates, references not decoded */
    uint64_t first, length, scale;
    size_t span, span_count; /* in the list of spans */
};

struct dash {
    struct extract *extract;
    struct tokenizer t;
    struct buf value;
    int depth; /* of the levels that are open */
    struct segments segments[LEVELS];
    struct url bases[LEVELS];
    bool based[LEVELS]; /* a BaseURL was read at this level */
    bool listed;        /* the representation has a list of its segments */
    struct span spans[SPANS_MOST];
    size_t span_count;
    uint64_t duration_ms, period_ms; /* 0: not given */
    bool live;
    int parts;
    struct text id, bandwidth;
};

static struct text attribute(struct dash *d, const char *name)
{
    return tokenizer_attribute(&d->t, name);
}

static uint64_t number(struct dash *d, const char *name, uint64_t otherwise)
{
    uint64_t value;
    struct text text = text_trim(attribute(d, name));
    return text.length && text_to_number(text, &value) ? value : otherwise;
}

/* "PT1H2M3.5S" in milliseconds; 0 if it is not a duration. */
static uint64_t duration_of(struct text text)
{
    static const char units[] = "DHMS";
    static const uint64_t lengths[] = {86400, 3600, 60, 1};
    uint64_t total = 0, whole = 0, thousandths = 0, unit = 0;
    if (!text_starts(text, TEXT("P")))
        return 0;
    for (size_t i = 1; i < text.length; i++) {
        char c = text.at[i];
        const char *found = strchr(units, c);
        if (ascii_is_digit(c) && unit) {
            thousandths += (uint64_t)(c - '0') * unit;
            unit /= 10;
        } else if (ascii_is_digit(c) && whole < 1000000000)
            whole = whole * 10 + (uint64_t)(c - '0');
        else if (c == '.' || c == ',')
            unit = 100;
        else if (c && found) {
            total += whole * lengths[found - units] * 1000 + thousandths;
            whole = thousandths = unit = 0;
        }
    }
    return total;
}

/* ---- URLs ---- */

/* Gives a URL that is relative to the current level's base. */
static void give(struct dash *d, struct text raw)
{
    struct url outer = d->extract->base;
    struct found found = {
        .raw = raw, .class = LINK_REQUISITE, .certainty = LINK_CERTAIN, .element = "dash"};
    if (!raw.length || d->depth < 0)
        return;
    if (d->parts++ >= PLAYLIST_PARTS_MOST) {
        extract_too_long(d->extract);
        return;
    }
    d->extract->base = d->bases[d->depth];
    extract_give(d->extract, &found);
    d->extract->base = outer;
}

/* Replaces "$Number%05d$" and the like. False: the template has something unknown. */
static bool expand(struct dash *d, struct text template, uint64_t count, uint64_t time)
{
    struct buf *out = &d->value;
    struct text part;
    bool inside = false;
    buf_clear(out);
    for (; template.at && text_split(&template, '$', &part); inside = !inside) {
        char digits[32];
        ptrdiff_t percent = text_find_char(part, '%');
        struct text name = percent < 0 ? part : text_first(part, (size_t)percent);
        uint64_t width = 0;
        if (!inside) {
            buf_add_text(out, part);
            continue;
        }
        if (percent >= 0 && part.length - (size_t)percent > 2 &&
            !text_to_number((struct text){part.at + percent + 1, part.length - (size_t)percent - 2},
                            &width))
            return false;
        width = width > WIDTH_MOST ? WIDTH_MOST : width;
        if (!part.length)
            buf_add_char(out, '$');
        else if (text_equal(name, TEXT("RepresentationID")))
            buf_add_text(out, d->id);
        else if (text_equal(name, TEXT("Bandwidth")))
            buf_add_text(out, d->bandwidth);
        else if (text_equal(name, TEXT("Number")) || text_equal(name, TEXT("Time"))) {
            snprintf(digits, sizeof digits, "%0*llu", width ? (int)width : 1,
                     (unsigned long long)(text_equal(name, TEXT("Time")) ? time : count));
            buf_add(out, digits);
        } else
            return false;
    }
    return buf_ok(out);
}

static bool give_segment(struct dash *d, struct text template, uint64_t count, uint64_t time)
{
    if (!template.length || !expand(d, template, count, time))
        return false;
    give(d, buf_text(&d->value));
    return d->parts <= PLAYLIST_PARTS_MOST;
}

/* ---- the segments of a representation ---- */

/* Units in the whole period; 0: its length is not known. */
static uint64_t period_units(const struct dash *d, uint64_t scale)
{
    uint64_t ms = d->period_ms ? d->period_ms : d->duration_ms;
    return ms > UINT64_MAX / (scale ? scale : 1) ? 0 : ms * scale / 1000;
}

static void give_timeline(struct dash *d, const struct segments *segments)
{
    uint64_t count = segments->first, time = 0, end = period_units(d, segments->scale);
    for (size_t i = 0; i < segments->span_count; i++) {
        const struct span *span = &d->spans[segments->span + i];
        time = span->has_time ? span->time : time;
        int64_t repeats = span->repeats;
        if (repeats < 0) /* up to the end of the period */
            repeats = span->length && end > time && !d->live
                          ? (int64_t)((end - time - 1) / span->length)
                          : 0;
        for (int64_t done = 0; done <= repeats; done++, count++, time += span->length)
            if (!give_segment(d, segments->media, count, time))
                return;
    }
}

static void give_numbered(struct dash *d, const struct segments *segments)
{
    uint64_t units = d->live ? 0 : period_units(d, segments->scale),
             last = segments->length ? (units + segments->length - 1) / segments->length : 0;
    for (uint64_t i = 0; i < last; i++)
        if (!give_segment(d, segments->media, segments->first + i, i * segments->length))
            return;
}

static void end_representation(struct dash *d)
{
    const struct segments *segments = &d->segments[IN_REPRESENTATION];
    if (!segments->media.length) {
        bool based = d->based[IN_REPRESENTATION];
        if (based && !d->listed) /* the base is the file itself */
            give(d, url_resource(&d->bases[IN_REPRESENTATION]));
        return;
    }
    give_segment(d, segments->initialization, 0, 0);
    if (segments->span_count)
        give_timeline(d, segments);
    else if (segments->length)
        give_numbered(d, segments);
    else
        give_segment(d, segments->media, segments->first, 0);
}

/* ---- elements ---- */

/* Opens a level, which inherits from the one around it. False: out of memory. */
static bool open_level(struct dash *d, enum level level)
{
    if ((int)level <= d->depth)
        return true; /* not closed: broken, and of no further interest */
    const struct url *outer = d->depth < 0 ? &d->extract->base : &d->bases[d->depth];
    const struct segments none = {.first = 1, .scale = 1};
    struct segments inherited = d->depth < 0 ? none : d->segments[d->depth];
    for (int i = d->depth + 1; i <= (int)level; i++) {
        if (!url_copy(&d->bases[i], outer)) {
            d->extract->failed = true;
            return false;
        }
        d->segments[i] = inherited;
        d->based[i] = false;
    }
    d->depth = (int)level;
    return true;
}

static void close_level(struct dash *d, enum level level)
{
    if ((int)level > d->depth)
        return;
    if (level == IN_REPRESENTATION)
        end_representation(d);
    d->depth = (int)level - 1;
    size_t kept = 0;
    for (int i = 0; i <= d->depth; i++)
        if (d->segments[i].span + d->segments[i].span_count > kept)
            kept = d->segments[i].span + d->segments[i].span_count;
    d->span_count = kept;
}

static void read_base(struct dash *d)
{
    struct text raw = xml_element_text(&d->t, &d->value);
    struct url outer = d->extract->base;
    if (d->depth < 0 || d->based[d->depth] || !raw.length)
        return;
    d->extract->base = d->bases[d->depth];
    bool resolved = extract_resolve(d->extract, raw);
    d->extract->base = outer;
    if (resolved)
        d->based[d->depth] = extract_copy(d->extract, &d->bases[d->depth]);
}

static void read_template(struct dash *d)
{
    if (d->depth < 0)
        return;
    struct segments *segments = &d->segments[d->depth];
    struct text media = attribute(d, "media"), initialization = attribute(d, "initialization");
    segments->media = media.length && media.length < TEXT_MOST ? media : segments->media;
    if (initialization.length && initialization.length < TEXT_MOST)
        segments->initialization = initialization;
    segments->first = number(d, "startNumber", segments->first);
    segments->length = number(d, "duration", segments->length);
    segments->scale = number(d, "timescale", segments->scale);
}

static void read_span(struct dash *d)
{
    struct segments *segments = d->depth < 0 ? NULL : &d->segments[d->depth];
    if (!segments || d->span_count == SPANS_MOST ||
        segments->span != d->span_count - segments->span_count)
        return;
    struct text repeats = text_trim(attribute(d, "r"));
    uint64_t more = 0;
    bool endless = text_starts(repeats, TEXT("-"));
    if (!endless && repeats.length && !text_to_number(repeats, &more))
        more = 0;
    struct span span = {.time = number(d, "t", 0),
                        .length = number(d, "d", 0),
                        .repeats = endless                      ? -1
                                   : more > PLAYLIST_PARTS_MOST ? PLAYLIST_PARTS_MOST
                                                                : (int64_t)more,
                        .has_time = attribute(d, "t").at != NULL};
    d->spans[d->span_count++] = span;
    segments->span_count++;
}

static void start_tag(struct dash *d)
{
    struct text name = xml_local(d->t.text);
    if (text_equal(name, TEXT("MPD"))) {
        d->duration_ms = duration_of(attribute(d, "mediaPresentationDuration"));
        d->live = text_equal(attribute(d, "type"), TEXT("dynamic"));
        open_level(d, IN_MANIFEST);
    } else if (text_equal(name, TEXT("Period"))) {
        d->period_ms = duration_of(attribute(d, "duration"));
        open_level(d, IN_PERIOD);
    } else if (text_equal(name, TEXT("AdaptationSet")))
        open_level(d, IN_SET);
    else if (text_equal(name, TEXT("Representation"))) {
        d->id = text_first(attribute(d, "id"), TEXT_MOST);
        d->bandwidth = text_first(attribute(d, "bandwidth"), TEXT_MOST);
        d->listed = false;
        if (open_level(d, IN_REPRESENTATION) && d->t.self_closing)
            close_level(d, IN_REPRESENTATION);
    } else if (text_equal(name, TEXT("BaseURL")))
        read_base(d);
    else if (text_equal(name, TEXT("SegmentTemplate")))
        read_template(d);
    else if (text_equal(name, TEXT("SegmentTimeline")) && d->depth >= 0) {
        d->segments[d->depth].span = d->span_count;
        d->segments[d->depth].span_count = 0;
    } else if (text_equal(name, TEXT("S")))
        read_span(d);
    else if (text_equal(name, TEXT("SegmentURL")) || text_equal(name, TEXT("Initialization"))) {
        const char *from = name.at[0] == 'S' ? "media" : "sourceURL";
        struct text raw = xml_attribute(&d->t, from, &d->value);
        d->listed = d->listed || raw.length;
        give(d, text_trim(raw));
    }
}

static void end_tag(struct dash *d)
{
    static const struct text names[LEVELS] = {WORD("MPD"), WORD("Period"), WORD("AdaptationSet"),
                                              WORD("Representation")};
    struct text name = xml_local(d->t.text);
    for (int level = 0; level < LEVELS; level++)
        if (text_equal(name, names[level]))
            close_level(d, (enum level)level);
}

void extract_dash(struct extract *extract, struct text manifest)
{
    struct dash *d = calloc(1, sizeof *d);
    if (!d) {
        extract->failed = true;
        return;
    }
    d->extract = extract;
    d->depth = -1;
    for (int i = 0; i < LEVELS; i++)
        url_init(&d->bases[i]);
    buf_init(&d->value, 4 * URL_LONGEST);
    tokenizer_init(&d->t, manifest);
    for (enum token_kind kind;
         d->parts <= PLAYLIST_PARTS_MOST && (kind = tokenizer_next(&d->t)) != TOKEN_END;) {
        d->t.raw = TEXT("");
        if (kind == TOKEN_START)
            start_tag(d);
        else if (kind == TOKEN_CLOSE)
            end_tag(d);
    }
    for (int i = 0; i < LEVELS; i++)
        url_release(&d->bases[i]);
    extract_release(extract, &d->value);
    free(d);
}
