/*
 * A query for lines of the index, with the parameters of pywb's CDX server:
 *
 *   url         the URL; "*" at its end: all that begins so; "*." before it: the domain
 *   matchType   exact, prefix, host, domain
 *   from, to    dates of 4 to 14 digits, both inclusive
 *   filter      [!][=|~]FIELD:VALUE: contains, is, or matches from its start; may come again
 *   sort        reverse, or closest with closest=DATE
 *   limit, offset
 *   fields, fl  names, separated by commas
 *   output      json
 */
#ifndef SERVE_CDX_QUERY_H
#define SERVE_CDX_QUERY_H

#include <regex.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/result.h"
#include "base/text.h"

enum { CDX_FILTERS_MOST = 10, CDX_FIELDS_MOST = 40, CDX_LINES_MOST = 20000 };

enum cdx_order { CDX_FORWARD, CDX_REVERSE, CDX_CLOSEST };

struct cdx_filter {
    struct buf value;
    struct text field, wanted; /* of it; an empty field is the whole line */
    enum { FILTER_CONTAINS, FILTER_IS, FILTER_MATCHES } kind;
    bool inverted;
    regex_t pattern;
};

struct cdx_query {
    struct buf start, end; /* the keys between which the lines are */
    struct buf from, to, fields;
    enum cdx_order order;
    int64_t closest_ms;
    uint64_t limit, offset;
    bool json;
    bool cut; /* the limit is our own */
    struct cdx_filter filters[CDX_FILTERS_MOST];
    size_t filter_count;
};

/* The fields of one line, by name: "urlkey", "timestamp", and what its JSON has. */
struct cdx_line {
    struct {
        struct text name, value;
    } fields[CDX_FIELDS_MOST];
    size_t count;
    struct text line;
    struct buf memory; /* of names and values */
};

/* Reads the parameters of a target.  LOST, with words: they are wrong, or not known here.  Release
 * the query whatever the result is. */
MUST_CHECK enum result cdx_query_read(struct cdx_query *query, struct text target,
                                      struct trouble *trouble);
void cdx_query_release(struct cdx_query *query);

void cdx_line_init(struct cdx_line *line);
void cdx_line_release(struct cdx_line *line);
/* Reads a line of the index, which must outlive it.  False: it cannot be read. */
bool cdx_line_read(struct cdx_line *line, struct text text);

/* Whether the date and the fields are wanted. */
bool cdx_query_wants(const struct cdx_query *query, const struct cdx_line *line);
/* Appends the line with its LF, in the form that is asked for. */
void cdx_query_write(const struct cdx_query *query, const struct cdx_line *line, struct buf *out);

#endif
