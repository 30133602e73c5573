/*
 * Next's app router, exported as files (output: "export").  A visitor who comes from another page
 * loads, in place of PATH, the text PATH.txt or PATH/index.txt.  From version 16 on, the browser
 * first loads PATH/__next._tree.txt, which names the segments of the page, and then a file for each
 * segment: __next.post.$d$id.__PAGE__.txt.
 *
 * The browser adds a query to these names, ?_rsc=HASH, where the hash says from which page the
 * visitor comes.  Servers of files ignore it, and players find what was captured with another one.
 * So the hash is that of a visitor who comes from the home page.
 *
 * A server answers all this under the URL of the page itself, and says so in its head.
 */
#include <config.h>

#include <string.h>

#include "http/http_message.h"
#include "links/bundles.h"

enum {
    ADDRESS_MOST = 4096,
    KEY_MOST = 1000,
    WORD_MOST = 200,
    DEPTH_MOST = 24,
    ROWS_MOST = 256,
    NODES_MOST = 256,
    HASH_LETTERS = 5,
    /* hints of a segment, as Next numbers them */
    IN_CHILD = 64,
    HEAD_APART = 256,
};

/* ---- of a page ---- */

/* Next's server names the headers by which it tells a text from a page. */
static bool is_served(const struct http_head *head)
{
    for (size_t i = 0; head && i < head->field_count; i++) {
        struct text name = head->fields[i].name, value = head->fields[i].value;
        if (text_equal_nocase(name, TEXT("vary")) && text_find_nocase(value, TEXT("rsc")) >= 0)
            return true;
        if (text_equal_nocase(name, TEXT("x-powered-by")) && text_equal(value, TEXT("Next.js")))
            return true;
    }
    return false;
}

/* Adds "?_rsc=1r34m", as Next computes it for a segment of the tree: a hash by Bernstein, in base
 * 36, of "1,SEGMENT,0,/".  The dots of a file's name are slashes in the segment's. */
static void add_hash(struct buf *address, struct text segment)
{
    uint32_t hash = 5381;
    char digits[8];
    size_t length = sizeof digits;
    const struct text parts[] = {TEXT("1,"), segment, TEXT(",0,/")};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        for (size_t k = 0; k < parts[i].length; k++) {
            char c = parts[i].at[k];
            hash = hash * 33 + (unsigned char)(i == 1 && c == '.' ? '/' : c);
        }
    for (; length && (hash || length == sizeof digits); hash /= 36)
        digits[--length] = "0123456789abcdefghijklmnopqrstuvwxyz"[hash % 36];
    buf_add(address, "?_rsc=");
    buf_add_text(address,
                 text_first((struct text){digits + length, sizeof digits - length}, HASH_LETTERS));
}

static void give(struct bundle *bundle, struct text directory, const char *name,
                 struct text segment)
{
    struct buf address;
    buf_init(&address, ADDRESS_MOST);
    buf_add_text(&address, directory);
    buf_add(&address, name);
    add_hash(&address, segment);
    if (buf_ok(&address))
        bundle_give(bundle, buf_text(&address), "next");
    extract_release(bundle->extract, &address);
}

static void read_page(struct bundle *bundle)
{
    const struct links_source *source = bundle->extract->source;
    struct text path = url_path(source->url);
    struct buf directory;
    if (is_served(source->head))
        return;
    if (text_ends(path, TEXT(".html")))
        path = text_first(path, path.length - 5);
    bool slash = text_ends(path, TEXT("/"));
    give(bundle, path, slash ? "index.txt" : ".txt", TEXT("0"));
    if (text_find(source->bytes, TEXT("\\\"q\\\":")) < 0) /* before 16 */
        return;
    buf_init(&directory, ADDRESS_MOST);
    buf_add_text(&directory, path);
    if (!slash)
        buf_add_char(&directory, '/');
    if (buf_ok(&directory))
        give(bundle, buf_text(&directory), "__next._tree.txt", TEXT("/_tree"));
    extract_release(bundle->extract, &directory);
}

/* ---- the tree of segments ---- */

struct row {
    struct text id, value;
};

struct tree {
    struct bundle *bundle;
    struct row rows[ROWS_MOST];
    size_t row_count;
    int nodes;
    char key[KEY_MOST]; /* of the segment: ".post.$d$id" */
    size_t key_length;
    struct text rest; /* of the JSON */
};

/* Of "s":"x" or "s":{"n":"id","t":"d"} or "name":"id","paramType":"d". */
struct node {
    struct text name, type, children_row;
    int hints;
    bool has_type;
};

static void read_nodes(struct tree *tree, int depth);

static bool take(struct tree *tree, char c)
{
    while (tree->rest.length && ascii_is_space(tree->rest.at[0]))
        tree->rest = text_skip(tree->rest, 1);
    if (!tree->rest.length || tree->rest.at[0] != c)
        return false;
    tree->rest = text_skip(tree->rest, 1);
    return true;
}

static bool take_string(struct tree *tree, struct text *value)
{
    if (!take(tree, '"'))
        return false;
    for (size_t i = 0; i < tree->rest.length; i++) {
        if (tree->rest.at[i] == '"') {
            *value = text_first(tree->rest, i);
            tree->rest = text_skip(tree->rest, i + 1);
            return true;
        }
        i += tree->rest.at[i] == '\\';
    }
    tree->rest = TEXT("");
    return false;
}

/* A number or a word, or an object or list with all that is in it. */
static struct text take_value(struct tree *tree)
{
    struct text from = tree->rest, skipped;
    int depth = 0;
    while (tree->rest.length) {
        char c = tree->rest.at[0];
        if (!depth && (c == ',' || c == '}' || c == ']'))
            break;
        if (c == '"') {
            if (!take_string(tree, &skipped))
                break;
            continue;
        }
        depth += (c == '{' || c == '[') - (c == '}' || c == ']');
        tree->rest = text_skip(tree->rest, 1);
    }
    return text_first(from, from.length - tree->rest.length);
}

static bool is_simple(struct text word)
{
    for (size_t i = 0; i < word.length; i++)
        if (!ascii_is_alnum(word.at[i]) && !memchr("-_@", word.at[i], 3))
            return false;
    return word.length > 0;
}

static void add(struct tree *tree, const char *bytes, size_t length)
{
    if (length > KEY_MOST - tree->key_length)
        length = KEY_MOST - tree->key_length;
    if (!length)
        return;
    memcpy(tree->key + tree->key_length, bytes, length);
    tree->key_length += length;
}

/* A word as it stands, or "!" and its base64 with the letters of URLs (RFC 4648, section 5). */
static void add_word(struct tree *tree, struct text word)
{
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    if (text_equal(word, TEXT("/_not-found")))
        word = text_skip(word, 1);
    if (is_simple(word)) {
        add(tree, word.at, word.length);
        return;
    }
    word = text_first(word, WORD_MOST);
    add(tree, "!", 1);
    for (size_t i = 0; i < word.length; i += 3) {
        size_t count = word.length - i < 3 ? word.length - i : 3;
        unsigned bits = (unsigned)(unsigned char)word.at[i] << 16;
        bits |= count > 1 ? (unsigned)(unsigned char)word.at[i + 1] << 8 : 0;
        bits |= count > 2 ? (unsigned)(unsigned char)word.at[i + 2] : 0;
        for (size_t k = 0; k <= count; k++)
            add(tree, &letters[bits >> (18 - 6 * k) & 63], 1);
    }
}

static void add_segment(struct tree *tree, struct text slot, const struct node *node)
{
    if (!text_equal(slot, TEXT("children"))) {
        add(tree, ".@", 2);
        add_word(tree, slot);
    }
    add(tree, ".", 1);
    if (node->has_type) {
        add(tree, "$", 1);
        add(tree, node->type.at, node->type.length);
        add(tree, "$", 1);
    }
    bool page = text_starts(node->name, TEXT("__PAGE__"));
    add_word(tree, page ? TEXT("__PAGE__") : node->name);
}

static void give_segment(struct tree *tree, struct text key)
{
    struct buf name;
    buf_init(&name, KEY_MOST + 40);
    buf_add(&name, "__next");
    buf_add_text(&name, key);
    buf_add(&name, ".txt");
    add_hash(&name, key);
    if (tree->key_length < KEY_MOST && buf_ok(&name))
        bundle_give_beside(tree->bundle, buf_text(&name), "next");
    extract_release(tree->bundle->extract, &name);
}

static void give_node(struct tree *tree, const struct node *node)
{
    struct text key = {tree->key, tree->key_length};
    if (!(node->hints & IN_CHILD))
        give_segment(tree, key.length ? key : TEXT("._index"));
    if (node->hints & HEAD_APART)
        give_segment(tree, TEXT("._head"));
}

/* {"n":"id","t":"d"} */
static void read_parameter(struct tree *tree, struct node *node)
{
    struct text name;
    node->has_type = true;
    while (take_string(tree, &name) && take(tree, ':')) {
        if (text_equal(name, TEXT("n")) || text_equal(name, TEXT("t"))) {
            if (!take_string(tree, *name.at == 'n' ? &node->name : &node->type))
                return;
        } else
            (void)take_value(tree);
        if (!take(tree, ','))
            break;
    }
    (void)take(tree, '}');
}

static int number_of(struct text digits)
{
    int number = 0;
    for (size_t i = 0; i < digits.length && i < 7; i++)
        if (digits.at[i] >= '0' && digits.at[i] <= '9')
            number = 10 * number + digits.at[i] - '0';
    return number;
}

/* The children of a node, which are in a row of their own: $Q2. */
static void read_row(struct tree *tree, struct text id, int depth)
{
    struct text outer = tree->rest;
    id = text_starts(id, TEXT("$Q")) ? text_skip(id, 2) : TEXT("?");
    for (size_t i = 0; i < tree->row_count; i++)
        if (text_equal(tree->rows[i].id, id)) {
            tree->rest = tree->rows[i].value;
            if (take(tree, '['))
                read_nodes(tree, depth);
            break;
        }
    tree->rest = outer;
}

/* The inside of a node, after its brace, in the slot of that name; up to the other brace, with it.
 * The node's name comes before its children in both forms. */
static void read_node(struct tree *tree, struct text slot, int depth)
{
    struct node node = {.hints = 0};
    struct text name;
    size_t outer = tree->key_length;
    bool root = !depth, added = false;
    if (depth >= DEPTH_MOST || tree->nodes++ >= NODES_MOST) {
        tree->rest = TEXT("");
        return;
    }
    while (take_string(tree, &name) && take(tree, ':')) {
        bool named = text_equal(name, TEXT("s")) || text_equal(name, TEXT("name"));
        bool slots = text_equal(name, TEXT("slots"));
        if (slots && !root && !added)
            add_segment(tree, slot, &node);
        added = added || slots;
        if (named && take(tree, '{'))
            read_parameter(tree, &node);
        else if (named && take_string(tree, &node.name))
            ;
        else if (text_equal(name, TEXT("paramType")) && take_string(tree, &node.type))
            node.has_type = true;
        else if (text_equal(name, TEXT("c")) && take_string(tree, &node.children_row))
            ;
        else if (slots && take(tree, '{'))
            read_nodes(tree, depth + 1);
        else if (text_equal(name, TEXT("h")))
            node.hints = number_of(take_value(tree));
        else
            (void)take_value(tree);
        if (!take(tree, ','))
            break;
    }
    (void)take(tree, '}');
    if (!root && !added)
        add_segment(tree, slot, &node);
    give_node(tree, &node);
    if (node.children_row.length)
        read_row(tree, node.children_row, depth + 1);
    tree->key_length = outer;
}

/* ["children",{...}],["modal",{...}]] or "children":{...},"modal":{...}} */
static void read_nodes(struct tree *tree, int depth)
{
    struct text slot;
    bool in_list = tree->rest.length && tree->rest.at[0] == '[';
    while ((!in_list || take(tree, '[')) && take_string(tree, &slot) &&
           take(tree, in_list ? ',' : ':') && take(tree, '{')) {
        read_node(tree, slot, depth);
        if ((in_list && !take(tree, ']')) || !take(tree, ','))
            break;
    }
    (void)take(tree, in_list ? ']' : '}');
}

/* Lines "ID:JSON". */
static void read_rows(struct tree *tree, struct text lines)
{
    struct text line;
    while (tree->row_count < ROWS_MOST && text_split(&lines, '\n', &line)) {
        ptrdiff_t colon = text_find_char(text_first(line, 8), ':');
        if (colon > 0)
            tree->rows[tree->row_count++] =
                (struct row){text_first(line, (size_t)colon), text_skip(line, (size_t)colon + 1)};
    }
}

/* {"t":{"t":{...}}} in version 16.4, {"tree":{...}} before. */
static void read_tree(struct bundle *bundle)
{
    static const struct text roots[] = {WORD("\"t\":{\"t\":{"), WORD("\"tree\":{")};
    struct tree tree = {.bundle = bundle};
    read_rows(&tree, bundle->script);
    for (size_t i = 0; i < tree.row_count; i++)
        for (size_t r = 0; r < 2 && text_equal(tree.rows[i].id, TEXT("0")); r++) {
            ptrdiff_t root = text_find(tree.rows[i].value, roots[r]);
            if (root < 0)
                continue;
            tree.rest = text_skip(tree.rows[i].value, (size_t)root + roots[r].length);
            read_node(&tree, TEXT("children"), 0);
            if (r == 1)
                give_segment(&tree, TEXT("._head"));
            return;
        }
}

void bundle_read_next_page(struct bundle *bundle)
{
    if (bundle_in_page(bundle))
        read_page(bundle);
}

void bundle_read_next_tree(struct bundle *bundle)
{
    if (text_ends(url_path(bundle->extract->source->url), TEXT("/__next._tree.txt")))
        read_tree(bundle);
}
