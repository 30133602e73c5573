/*
 * Chunks of webpack (4 and 5), rspack and what is like them.  A function joins the name of a
 * chunk's file from constants and from objects in which the chunk's number is looked up:
 *
 *     n.u=e=>"assets/js/"+({53:"935f2afb"}[e]||e)+"."+{53:"1b6f8ad4",85:"28c1"}[e]+".js"
 *
 * or the same as a template.  Every such expression is worked out for all numbers in its objects.
 */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "links/bundles.h"
#include "links/part_name.h"

enum {
    TERMS_MOST = 10,
    BACK_MOST = 300, /* bytes of an expression before its first object */
    WORD_MOST = 64,  /* of a variable, or of a key */
    VALUE_MOST = 200,
    MAP_BYTES_MOST = 512 * 1024,
    ENTRIES_MOST = 4 * BUNDLE_NAMES_MOST,
};

struct entry {
    struct text key, value;
};

enum term_kind { TERM_TEXT, TERM_VARIABLE, TERM_MAP };

struct term {
    enum term_kind kind;
    struct text text;   /* the constant, or the variable (of a map: in its brackets) */
    size_t from, count; /* of the map's entries */
    bool or_key;        /* what the map does not have stands for itself */
};

struct chunks {
    struct bundle *bundle;
    struct text script;
    struct entry *entries;
    size_t entry_count;
    struct term terms[TERMS_MOST];
    size_t term_count;
};

/* ---- reading ---- */

static bool is_word(char c)
{
    return ascii_is_alnum(c) || c == '_' || c == '$';
}

static char at(const struct chunks *c, size_t place)
{
    return place < c->script.length ? c->script.at[place] : '\0';
}

static void skip(const struct chunks *c, size_t *place, char also)
{
    while (ascii_is_space(at(c, *place)) || (also && at(c, *place) == also))
        ++*place;
}

static struct text read_word(const struct chunks *c, size_t *place)
{
    size_t from = *place;
    while (is_word(at(c, *place)) && *place - from < WORD_MOST)
        ++*place;
    return (struct text){c->script.at + from, *place - from};
}

/* {1:"a",b:"c","d-e":"f"}: from the brace at *place to the end of the other.  False: it is
 * something else. */
static bool read_map(struct chunks *c, size_t *place, struct term *term)
{
    term->from = c->entry_count;
    for (++*place;; ++*place) {
        struct entry entry;
        skip(c, place, '\0');
        if (at(c, *place) == '}')
            break;
        if (!bundle_string(c->script, place, VALUE_MOST, &entry.key) &&
            !(entry.key = read_word(c, place)).length)
            return false;
        skip(c, place, '\0');
        if (at(c, (*place)++) != ':' || c->entry_count == ENTRIES_MOST)
            return false;
        skip(c, place, '\0');
        if (!bundle_string(c->script, place, VALUE_MOST, &entry.value))
            return false;
        c->entries[c->entry_count++] = entry;
        skip(c, place, '\0');
        if (at(c, *place) != ',')
            break;
    }
    term->count = c->entry_count - term->from;
    return at(c, (*place)++) == '}';
}

/* "[e]", "[e]||e" */
static bool read_lookup(const struct chunks *c, size_t *place, struct term *term)
{
    skip(c, place, ')');
    if (at(c, (*place)++) != '[')
        return false;
    skip(c, place, '\0');
    term->text = read_word(c, place);
    skip(c, place, '\0');
    if (!term->text.length || at(c, (*place)++) != ']')
        return false;
    size_t after = *place;
    skip(c, &after, '\0');
    struct text or = text_skip(c->script, after);
    if (!text_starts(or, TEXT("||")) && !text_starts(or, TEXT("??")))
        return true;
    after += 2;
    skip(c, &after, '\0');
    term->or_key = text_equal(read_word(c, &after), term->text);
    *place = after;
    return term->or_key;
}

/* One side of a comparison: a variable, or a number or name. */
static struct text read_side(const struct chunks *c, size_t *place, bool *is_key)
{
    struct text side;
    skip(c, place, '\0');
    *is_key = bundle_string(c->script, place, VALUE_MOST, &side);
    if (!*is_key) {
        side = read_word(c, place);
        *is_key = side.length && side.at[0] >= '0' && side.at[0] <= '9';
    }
    skip(c, place, '\0');
    return side;
}

/* 890===e?"named":e: what webpack makes of an object with one or two members. */
static bool read_choice(struct chunks *c, size_t *place, struct term *term)
{
    struct entry entry;
    bool left_is_key, right_is_key;
    struct text left = read_side(c, place, &left_is_key), right;
    if (!text_starts(text_skip(c->script, *place), TEXT("==")))
        return false;
    while (at(c, *place) == '=')
        ++*place;
    right = read_side(c, place, &right_is_key);
    if (left_is_key == right_is_key || !left.length || !right.length || at(c, (*place)++) != '?' ||
        c->entry_count == ENTRIES_MOST)
        return false;
    struct text variable = left_is_key ? right : left;
    if (term->text.length && !text_equal(term->text, variable))
        return false;
    term->text = variable;
    entry.key = left_is_key ? left : right;
    skip(c, place, '\0');
    if (!bundle_string(c->script, place, VALUE_MOST, &entry.value))
        return false;
    c->entries[c->entry_count++] = entry;
    term->count++;
    skip(c, place, '\0');
    return at(c, (*place)++) == ':';
}

/* One or more choices, and what else there is: the variable itself, or the name of the last one. */
static bool read_choices(struct chunks *c, size_t *place, struct term *term)
{
    size_t from = *place;
    *term = (struct term){.kind = TERM_MAP, .from = c->entry_count};
    while (read_choice(c, place, term))
        from = *place;
    *place = from;
    c->entry_count = term->from + term->count;
    if (!term->count)
        return false;
    skip(c, place, '\0');
    term->or_key = text_equal(read_word(c, place), term->text);
    return term->or_key;
}

static bool read_term(struct chunks *c, size_t *place, struct term *term)
{
    skip(c, place, '(');
    if (read_choices(c, place, term)) {
        skip(c, place, ')');
        return true;
    }
    *term = (struct term){.kind = TERM_TEXT};
    if (at(c, *place) == '{') {
        term->kind = TERM_MAP;
        if (!read_map(c, place, term) || !read_lookup(c, place, term))
            return false;
    } else if (!bundle_string(c->script, place, VALUE_MOST, &term->text)) {
        term->kind = TERM_VARIABLE;
        term->text = read_word(c, place);
        while (term->text.length && at(c, *place) == '.') { /* n.p: the public path */
            ++*place;
            term->text = TEXT(".");
            if (!read_word(c, place).length)
                return false;
        }
        if (!term->text.length)
            return false;
    }
    skip(c, place, ')');
    return true;
}

static bool add_term(struct chunks *c, const struct term *term)
{
    if (c->term_count == TERMS_MOST)
        return false;
    c->terms[c->term_count++] = *term;
    return true;
}

/* a+"b"+{...}[a] */
static bool read_sum(struct chunks *c, size_t *place)
{
    for (struct term term; read_term(c, place, &term) && add_term(c, &term);) {
        if (at(c, *place) != '+')
            return true;
        ++*place;
    }
    return false;
}

/* `b${{...}[a]}`, from its first quote */
static bool read_template(struct chunks *c, size_t *place)
{
    for (++*place;;) {
        size_t from = *place;
        while (*place < c->script.length && !memchr("`$\\\n", at(c, *place), 4) &&
               *place - from <= VALUE_MOST)
            ++*place;
        struct term term = {.kind = TERM_TEXT, .text = {c->script.at + from, *place - from}};
        if (term.text.length && !add_term(c, &term))
            return false;
        if (at(c, *place) == '`')
            return ++*place, true;
        if (at(c, *place) != '$' || at(c, *place + 1) != '{')
            return false;
        *place += 2;
        if (!read_term(c, place, &term) || !add_term(c, &term) || at(c, (*place)++) != '}')
            return false;
    }
}

/* ---- finding ---- */

static size_t skip_back(const struct chunks *c, size_t place, size_t least, char also)
{
    while (place > least &&
           (ascii_is_space(at(c, place - 1)) || (also && at(c, place - 1) == also)))
        place--;
    return place;
}

/* Where the string literal or variable that ends at `place` begins; `place`: there is none. */
static size_t term_before(const struct chunks *c, size_t place, size_t least)
{
    size_t from = place;
    int depth = 0;
    char quote = place > least ? at(c, place - 1) : '\0';
    if (quote == '"' || quote == '\'') {
        for (from = place - 1; from > least && at(c, from - 1) != quote; from--)
            ;
        return from > least ? from - 1 : place;
    }
    if (quote == ')') {
        while (from > least && (at(c, from - 1) != '(' || depth > 1)) {
            depth += at(c, from - 1) == ')';
            depth -= at(c, from - 1) == '(';
            from--;
        }
        bool call = from > least + 1 && is_word(at(c, from - 2));
        return from > least && !call ? from - 1 : place;
    }
    while (from > least && (is_word(at(c, from - 1)) || at(c, from - 1) == '.'))
        from--;
    return from;
}

/* Where the expression begins that has the object at `brace`. */
static size_t begin_of(const struct chunks *c, size_t brace, bool *is_template)
{
    size_t least = brace > BACK_MOST ? brace - BACK_MOST : 0, place = brace;
    *is_template = false;
    for (int i = 0; i < TERMS_MOST; i++) {
        size_t before = skip_back(c, place, least, '(');
        if (before > least + 1 && at(c, before - 1) == '{' && at(c, before - 2) == '$') {
            for (size_t from = before - 2; from > least; from--)
                if (at(c, from - 1) == '`') {
                    *is_template = true;
                    return from - 1;
                }
            return place;
        }
        if (before == least || at(c, before - 1) != '+')
            return place;
        before = skip_back(c, before - 1, least, '\0');
        size_t from = term_before(c, before, least);
        if (from == before)
            return place;
        place = from;
    }
    return place;
}

/* ---- working out ---- */

static int by_key(const void *left, const void *right)
{
    const struct entry *a = left, *b = right;
    size_t least = a->key.length < b->key.length ? a->key.length : b->key.length;
    int order = memcmp(a->key.at, b->key.at, least);
    return order ? order : (a->key.length > b->key.length) - (a->key.length < b->key.length);
}

static bool write_term(const struct chunks *c, const struct term *term, struct text key,
                       struct buf *out)
{
    const struct entry wanted = {.key = key}, *found;
    switch (term->kind) {
    case TERM_TEXT:
        buf_add_text(out, term->text);
        return true;
    case TERM_VARIABLE:
        buf_add_text(out, key);
        return true;
    case TERM_MAP:
        found = term->count ? bsearch(&wanted, c->entries + term->from, term->count,
                                      sizeof *c->entries, by_key)
                            : NULL;
        /* webpack 4 gives every chunk a style sheet; this is the hash of an empty one */
        if (found && text_starts(found->value, TEXT("31d6cfe0d16ae931")))
            return false;
        buf_add_text(out, found ? found->value : key);
        return found || term->or_key;
    }
    return false;
}

/* The map whose keys are all chunks: one without another way for what it does not have. */
static const struct term *map_of_all(const struct chunks *c)
{
    const struct term *all = NULL;
    for (size_t i = 0; i < c->term_count; i++) {
        const struct term *term = &c->terms[i];
        if (term->kind == TERM_MAP && (!all || (all->or_key && !term->or_key)))
            all = term;
    }
    return all;
}

/* Whether each variable is the one that is looked up.  Only the public path may stand in front. */
static bool settle_variables(struct chunks *c, const struct term *all)
{
    for (size_t i = 0; i < c->term_count; i++) {
        struct term *term = &c->terms[i];
        if (term->kind == TERM_TEXT || text_equal(term->text, all->text))
            continue;
        if (i || term->kind == TERM_MAP || !text_equal(term->text, TEXT(".")))
            return false;
        *term = (struct term){.kind = TERM_TEXT, .text = TEXT("")};
    }
    return true;
}

/* 1000, which minifiers write as 1e3. */
static struct text whole_key(struct text key, char room[WORD_MOST])
{
    ptrdiff_t e = text_find_char(key, 'e');
    if (e <= 0 || e + 2 != (ptrdiff_t)key.length || key.length > 10)
        return key;
    for (size_t i = 0; i < key.length; i++)
        if (i != (size_t)e && (key.at[i] < '0' || key.at[i] > '9'))
            return key;
    size_t length = (size_t)e, zeros = (size_t)(key.at[e + 1] - '0');
    memcpy(room, key.at, length);
    memset(room + length, '0', zeros);
    return (struct text){room, length + zeros};
}

static void give_all(struct chunks *c, const struct term *all)
{
    struct buf name;
    char room[WORD_MOST];
    buf_init(&name, TERMS_MOST * VALUE_MOST);
    for (size_t i = 0; i < all->count; i++) {
        struct text key = c->entries[all->from + i].key;
        bool good = true;
        buf_clear(&name);
        for (size_t t = 0; good && t < c->term_count; t++) {
            const struct term *term = &c->terms[t];
            good = write_term(c, term,
                              term->kind == TERM_MAP && !term->or_key ? key : whole_key(key, room),
                              &name);
        }
        if (good && buf_ok(&name) && part_of_address(buf_text(&name)))
            bundle_give(c->bundle, buf_text(&name), "webpack");
    }
    extract_release(c->bundle->extract, &name);
}

static void work_out(struct chunks *c)
{
    const struct term *all = map_of_all(c);
    if (!all || !settle_variables(c, all))
        return;
    for (size_t i = 0; i < c->term_count; i++)
        if (c->terms[i].kind == TERM_MAP && c->terms[i].count)
            qsort(c->entries + c->terms[i].from, c->terms[i].count, sizeof *c->entries, by_key);
    give_all(c, all);
}

/* The brace that opens what ends at `end`; `end`: there is none. */
static size_t brace_before(const struct chunks *c, size_t end, size_t least)
{
    if (end > least + MAP_BYTES_MOST)
        least = end - MAP_BYTES_MOST;
    for (size_t place = end; place-- > least && at(c, place) != '}';)
        if (at(c, place) == '{')
            return place;
    return end;
}

/* The places where an object is looked into: "}[" and "})[". */
struct lookups {
    ptrdiff_t next[2]; /* of each; past the script: there are no more */
};

static size_t next_lookup(const struct chunks *c, struct lookups *lookups, size_t from)
{
    static const struct text marks[] = {{"}[", 2}, {"})[", 3}};
    for (int i = 0; i < 2; i++) {
        if (lookups->next[i] >= (ptrdiff_t)from)
            continue;
        ptrdiff_t found = text_find(text_skip(c->script, from), marks[i]);
        lookups->next[i] = found < 0 ? (ptrdiff_t)c->script.length : (ptrdiff_t)from + found;
    }
    return (size_t)(lookups->next[0] < lookups->next[1] ? lookups->next[0] : lookups->next[1]);
}

static void read_maps(struct chunks *c)
{
    struct lookups lookups = {{-1, -1}};
    for (size_t done = 0, end; (end = next_lookup(c, &lookups, done)) < c->script.length;) {
        size_t brace = brace_before(c, end, done);
        bool is_template;
        size_t from = begin_of(c, brace, &is_template);
        c->entry_count = c->term_count = 0;
        bool read = brace < end && (is_template ? read_template(c, &from) : read_sum(c, &from));
        if (read)
            work_out(c);
        done = read && from > end + 1 ? from : end + 1;
    }
}

/* n.p+"static/media/a.svg" */
static void read_assets(struct chunks *c)
{
    struct text rest = c->script, name;
    for (ptrdiff_t found; (found = text_find(rest, TEXT(".p+"))) >= 0;) {
        size_t place = (size_t)found + 3;
        rest = text_skip(rest, place);
        place = 0;
        if (bundle_string(rest, &place, VALUE_MOST, &name) && part_of_address(name) &&
            (place >= rest.length || rest.at[place] != '+'))
            bundle_give(c->bundle, name, "webpack");
    }
}

void bundle_read_chunks(struct bundle *bundle)
{
    struct chunks c = {.bundle = bundle, .script = bundle->script};
    c.entries = malloc(ENTRIES_MOST * sizeof *c.entries);
    if (!c.entries) {
        bundle->extract->failed = true;
        return;
    }
    read_maps(&c);
    read_assets(&c);
    free(c.entries);
}
