/* The rules of verify by number and name, and the levels that a user gives them. */
#include <config.h>

#include "verify/check_rules.h"

#include <string.h>

#include "base/disk.h"
#include "base/spelling.h"

enum { LEVEL_FILE_MOST = 1 << 20 }; /* bytes */

struct check_rule_row check_rule_row(int rule)
{
    static const struct check_rule_row rows[] = {
#define ROW(id, name, level, alone, clause, words, advice) \
    [CHECK_##id - RULE_COUNT] = {name, WARC_##level, WARC_##alone, clause, words, advice},
        CHECK_RULES(ROW)
#undef ROW
    };
    if (rule >= RULE_COUNT)
        return rows[rule - RULE_COUNT];
    const struct warc_rule *row = warc_rule((size_t)rule);
    return (struct check_rule_row){row->name,   row->level, row->level,
                                   row->clause, row->words, row->advice};
}

int check_rule_by_name(struct text name)
{
    for (int rule = 0; rule < CHECK_RULE_COUNT; rule++)
        if (text_equal(name, text_of(check_rule_row(rule).name)))
            return rule;
    return -1;
}

int check_rule_like(struct text name)
{
    const char *names[CHECK_RULE_COUNT];
    for (int rule = 0; rule < CHECK_RULE_COUNT; rule++)
        names[rule] = check_rule_row(rule).name;
    const char *closest = spelling_closest(name, names, CHECK_RULE_COUNT);
    return closest ? check_rule_by_name(text_of(closest)) : -1;
}

const char *check_rule_document(const char *clause)
{
    bool annex = clause[0] >= 'A' && clause[0] <= 'H' && clause[1] == '.';
    return (clause[0] >= '0' && clause[0] <= '9') || annex ? "ISO 28500:2017, " : "";
}

/* ---- levels ---- */

static bool read_level(struct text name, unsigned char *level)
{
    static const char *const names[] = {[LEVEL_OFF] = "off",
                                        [LEVEL_NOTE] = "note",
                                        [LEVEL_WARNING] = "warning",
                                        [LEVEL_ERROR] = "error"};
    for (unsigned char i = LEVEL_OFF; i <= LEVEL_ERROR; i++)
        if (text_equal(name, text_of(names[i]))) {
            *level = i;
            return true;
        }
    return false;
}

enum result check_levels_set(struct check_levels *levels, struct text line, struct trouble *trouble)
{
    enum { SHOWN = 100 }; /* bytes of what was misspelled */
    ptrdiff_t equals = text_find_char(line, '=');
    struct text name = text_trim(text_first(line, equals < 0 ? line.length : (size_t)equals));
    struct text level = equals < 0 ? TEXT("") : text_trim(text_skip(line, (size_t)equals + 1));
    struct text shown = text_first(name, name.length < SHOWN ? name.length : SHOWN);
    int rule = check_rule_by_name(name), like = rule < 0 ? check_rule_like(name) : rule;
    if (rule < 0 && like < 0)
        return trouble_say(trouble, RESULT_BROKEN,
                           "there is no rule \"%.*s\". verify --rules lists them",
                           TEXT_ARGS(shown));
    if (rule < 0)
        return trouble_say(trouble, RESULT_BROKEN, "there is no rule \"%.*s\"; did you mean %s?",
                           TEXT_ARGS(shown), check_rule_row(like).name);
    if (!read_level(level, &levels->of[rule]))
        return trouble_say(trouble, RESULT_BROKEN,
                           "%s needs a level: write %s=error, =warning, =note or =off",
                           check_rule_row(rule).name, check_rule_row(rule).name);
    return RESULT_OK;
}

enum result check_levels_read(struct check_levels *levels, const char *path,
                              struct trouble *trouble)
{
    struct buf bytes;
    struct text line;
    int number = 0;
    buf_init(&bytes, LEVEL_FILE_MOST);
    enum result result = disk_read(path, &bytes, trouble);
    struct text rest = buf_text(&bytes);
    while (result == RESULT_OK && text_split(&rest, '\n', &line)) {
        struct trouble why;
        number++;
        line = text_trim(line);
        if (line.length && line.at[0] != '#' && check_levels_set(levels, line, &why) != RESULT_OK)
            result = trouble_say(trouble, RESULT_BROKEN, "%s:%d: %s", path, number, why.words);
    }
    buf_release(&bytes);
    return result;
}

bool check_levels_tell(const struct check_levels *levels, int rule, bool alone,
                       enum warc_level *level)
{
    struct check_rule_row row = check_rule_row(rule);
    int given = levels ? levels->of[rule] : LEVEL_OF_TABLE;
    *level = given > LEVEL_OFF ? (enum warc_level)(given - LEVEL_NOTE)
             : alone           ? row.alone
                               : row.level;
    return given != LEVEL_OFF;
}
