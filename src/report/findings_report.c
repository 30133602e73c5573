/* Findings by level and rule, and files by their number of findings. */
#include <config.h>

#include "report/findings_report.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/plain_text.h"
#include "base/wording.h"

enum {
    LEVELS = WARC_ERROR + 1,
    SHOWN = 20,           /* findings of a kind, and sound files */
    GROUP_MOST = 1 << 28, /* bytes of the lines of a group */
};

struct group {
    uint64_t count, shown;
    struct buf lines;
};

struct findings_report {
    struct findings_wish wish;
    struct group groups[LEVELS][CHECK_RULE_COUNT];
    struct buf files; /* their lines */
    uint64_t sound_files;
    struct buf junit_files;
};

struct findings_report *findings_report_new(const struct findings_wish *wish)
{
    struct findings_report *report = calloc(1, sizeof *report);
    if (!report)
        return NULL;
    report->wish = *wish;
    buf_init(&report->files, GROUP_MOST);
    buf_init(&report->junit_files, GROUP_MOST);
    for (int level = 0; level < LEVELS; level++)
        for (int rule = 0; rule < CHECK_RULE_COUNT; rule++)
            buf_init(&report->groups[level][rule].lines, GROUP_MOST);
    return report;
}

void findings_report_free(struct findings_report *report)
{
    if (!report)
        return;
    buf_release(&report->files);
    buf_release(&report->junit_files);
    for (int level = 0; level < LEVELS; level++)
        for (int rule = 0; rule < CHECK_RULE_COUNT; rule++)
            buf_release(&report->groups[level][rule].lines);
    free(report);
}

/* ---- taking ---- */

static void add_part(struct buf *out, const char *before, const char *text)
{
    if (!text)
        return;
    buf_add(out, before);
    plain_text_add(out, text_of(text));
}

/* "archive/a.warc.gz:1234 <urn:uuid:...> http://example.com/: what is special" */
static void add_line(struct buf *out, const struct finding *finding)
{
    const struct finding_place *at = &finding->at;
    size_t begin = out->length;
    if (at->file)
        plain_text_add(out, text_of(at->file));
    if (at->offset >= 0)
        buf_printf(out, ":%lld", (long long)at->offset);
    add_part(out, out->length > begin ? " " : "", at->record_id);
    add_part(out, out->length > begin ? " " : "", at->url);
    add_part(out, " on ", at->page);
    if (finding->detail[0])
        add_part(out, ": ", finding->detail);
}

void findings_report_take(struct findings_report *report, const struct finding *finding)
{
    struct group *group = &report->groups[finding->level][finding->rule];
    group->count++;
    if (finding->level == WARC_NOTE && !report->wish.notes)
        return;
    if (group->shown == SHOWN && !report->wish.all)
        return;
    group->shown++;
    buf_add(&group->lines, "  ");
    add_line(&group->lines, finding);
    buf_add_char(&group->lines, '\n');
}

static void add_counts(struct buf *out, uint64_t errors, uint64_t warnings, uint64_t notes)
{
    wording_add_count(out, errors, "error", "errors");
    buf_add(out, ", ");
    wording_add_count(out, warnings, "warning", "warnings");
    buf_add(out, ", ");
    wording_add_count(out, notes, "note", "notes");
}

/* ---- XML (1.0, 5th edition) ---- */

/* What XML does not allow is left out: plain_text_add() has escaped it before, where it counts. */
static void add_xml(struct buf *out, struct text text)
{
    for (size_t i = 0; i < text.length; i++) {
        char c = text.at[i];
        if (c == '<')
            buf_add(out, "&lt;");
        else if (c == '&')
            buf_add(out, "&amp;");
        else if (c == '"')
            buf_add(out, "&quot;");
        else if (c == '>')
            buf_add(out, "&gt;");
        else if (c == '\n' || (unsigned char)c >= 0x20)
            buf_add_char(out, c);
    }
}

/* The same for text of strangers. */
static void add_plain_xml(struct buf *out, const char *text)
{
    struct buf plain;
    buf_init(&plain, GROUP_MOST);
    plain_text_add(&plain, text_of(text));
    add_xml(out, buf_text(&plain));
    buf_release(&plain);
}

static bool fails(const struct findings_report *report, uint64_t errors, uint64_t warnings)
{
    return errors || (warnings && report->wish.strict);
}

void findings_report_file(struct findings_report *report, const struct verified_file *file)
{
    struct buf counts;
    buf_init(&counts, 1000);
    add_counts(&counts, file->errors, file->warnings, file->notes);
    bool sound = !file->errors && !file->warnings;
    report->sound_files += sound;
    if (!sound || report->wish.all || report->sound_files <= SHOWN) {
        buf_add(&report->files, sound ? "  sound  " : file->errors ? "  ERRORS " : "  warned ");
        plain_text_add(&report->files, text_of(file->path));
        buf_add(&report->files, ": ");
        wording_add_count(&report->files, file->records, "record", "records");
        if (!sound)
            buf_printf(&report->files, ", %s", counts.data);
        buf_add_char(&report->files, '\n');
    }
    buf_add(&report->junit_files, "<testcase classname=\"file\" name=\"");
    add_plain_xml(&report->junit_files, file->path);
    buf_add(&report->junit_files, "\">");
    if (fails(report, file->errors, file->warnings))
        buf_printf(&report->junit_files, "<failure message=\"%s\"/>", counts.data);
    buf_add(&report->junit_files, "</testcase>\n");
    buf_release(&counts);
}

/* ---- writing ---- */

static void print_group(const struct findings_report *report, enum warc_level level, int rule,
                        FILE *out)
{
    const struct group *group = &report->groups[level][rule];
    struct check_rule_row row = check_rule_row(rule);
    if (!group->shown)
        return;
    fprintf(out, "\n%s %s: %s (%s%s)\n%s", warc_level_name(level), row.name, row.words,
            check_rule_document(row.clause), row.clause,
            group->lines.length ? group->lines.data : "");
    if (group->count > group->shown)
        fprintf(out, "  and %llu more: -v names each\n",
                (unsigned long long)(group->count - group->shown));
    if (!buf_ok(&group->lines))
        fprintf(out, "  and more than there is memory for\n");
    fprintf(out, "  What to do: %s.\n", row.advice);
}

static void print_files(const struct findings_report *report, FILE *out)
{
    if (report->files.length)
        fputs(report->files.data, out);
    if (report->sound_files > SHOWN && !report->wish.all)
        fprintf(out, "  and %llu more that are sound: -v names each\n",
                (unsigned long long)(report->sound_files - SHOWN));
}

void findings_report_print(const struct findings_report *report,
                           const struct verify_summary *summary, FILE *out)
{
    struct buf verdict;
    if (report->wish.quiet && !summary->errors && !summary->warnings)
        return;
    buf_init(&verdict, 1000);
    buf_add(&verdict, summary->errors ? "Not sound: " : "Sound: ");
    add_counts(&verdict, summary->errors, summary->warnings, summary->notes);
    buf_add(&verdict, " in ");
    wording_add_count(&verdict, summary->files, "file", "files");
    buf_add(&verdict, ", ");
    wording_add_count(&verdict, summary->records, "record", "records");
    fprintf(out, "%s\n", verdict.data);
    buf_release(&verdict);
    if (!report->wish.quiet)
        print_files(report, out);
    for (int level = WARC_ERROR; level >= WARC_NOTE; level--)
        for (int rule = 0; rule < CHECK_RULE_COUNT; rule++)
            print_group(report, (enum warc_level)level, rule, out);
}

static void add_junit_rule(const struct findings_report *report, int rule, uint64_t *failed,
                           struct buf *out)
{
    struct check_rule_row row = check_rule_row(rule);
    const struct group *errors = &report->groups[WARC_ERROR][rule],
                       *warnings = &report->groups[WARC_WARNING][rule];
    bool bad = fails(report, errors->count, warnings->count);
    *failed += bad;
    buf_printf(out, "<testcase classname=\"rule\" name=\"%s\">", row.name);
    if (errors->count || warnings->count) {
        buf_add(out, bad ? "<failure message=\"" : "<system-out>");
        add_xml(out, text_of(row.words));
        buf_add(out, bad ? "\">" : "\n");
        add_xml(out, buf_text(&errors->lines));
        add_xml(out, buf_text(&warnings->lines));
        buf_add(out, "What to do: ");
        add_xml(out, text_of(row.advice));
        buf_add(out, bad ? "</failure>" : "</system-out>");
    }
    buf_add(out, "</testcase>\n");
}

void findings_report_junit(const struct findings_report *report, const char *name, FILE *out)
{
    struct buf rules, quoted;
    uint64_t failed = 0, files = 0;
    buf_init(&rules, GROUP_MOST);
    buf_init(&quoted, GROUP_MOST);
    add_plain_xml(&quoted, name);
    for (int rule = 0; rule < CHECK_RULE_COUNT; rule++)
        add_junit_rule(report, rule, &failed, &rules);
    struct text rest = buf_text(&report->junit_files), line;
    while (text_split(&rest, '\n', &line)) {
        files += line.length > 0;
        failed += text_find(line, TEXT("<failure ")) >= 0;
    }
    fprintf(out, "<testsuite name=\"%s\" tests=\"%llu\" failures=\"%llu\" errors=\"0\">\n",
            quoted.length ? quoted.data : "", (unsigned long long)(files + CHECK_RULE_COUNT),
            (unsigned long long)failed);
    fprintf(out, "%s%s</testsuite>\n", report->junit_files.length ? report->junit_files.data : "",
            rules.length ? rules.data : "");
    buf_release(&rules);
    buf_release(&quoted);
}

/* ---- JSON ---- */

static void add_member(struct buf *out, const char *name, const char *value)
{
    if (!value || !value[0])
        return;
    buf_printf(out, ", \"%s\": ", name);
    json_write_string(out, text_of(value));
}

void finding_write_json(const struct finding *finding, struct buf *out)
{
    struct check_rule_row row = check_rule_row(finding->rule);
    const struct finding_place *at = &finding->at;
    buf_printf(out, "{\"level\": \"%s\"", warc_level_name(finding->level));
    add_member(out, "rule", row.name);
    buf_printf(out, ", \"clause\": \"%s%s\"", check_rule_document(row.clause), row.clause);
    add_member(out, "file", at->file);
    if (at->offset >= 0)
        buf_printf(out, ", \"offset\": %lld", (long long)at->offset);
    if (at->length > 0)
        buf_printf(out, ", \"length\": %lld", (long long)at->length);
    add_member(out, "record", at->record_id);
    add_member(out, "url", at->url);
    add_member(out, "page", at->page);
    add_member(out, "words", row.words);
    add_member(out, "detail", finding->detail);
    buf_add_char(out, '}');
}
