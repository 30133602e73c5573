/* `warccap verify`: prints the verdict, the files, the findings by rule, and how complete it is. */
#include <config.h>

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/disk.h"
#include "base/spilled.h"
#include "base/wording.h"
#include "cmd/command_words.h"
#include "cmd/ending_signals.h"
#include "cmd/options.h"
#include "cmd/reading_box.h"
#include "cmd/temporary.h"
#include "cmd/verify_rules.h"
#include "collection/collection.h"
#include "collection/wacz.h"
#include "report/completeness_text.h"
#include "report/exit_code.h"
#include "report/findings_report.h"
#include "report/live_line.h"
#include "store/completeness.h"
#include "verify/verify.h"

struct verify_words {
    struct option_memory memory;
    struct verify_options verify;
    bool quiet, json, strict, notes, verbose, sandbox, list_rules;
    const char *explain, *level_file, *junit_path;
    char **given_levels;
    int given_level_count;
    struct check_levels levels;
    char temporary[PATH_MAX]; /* directory for an index; empty: none is needed */
    struct live_line line;
    int64_t begun_ms; /* steady clock */
    struct findings_report *report;
    FILE *junit; /* NULL: none is wanted */
};

enum { SURE_MS = 3000 }; /* before that, an estimate of the end is worth nothing */

static const struct option_row rows[] = {
    {"live", NULL, OPTION_FLAG, NULL, offsetof(struct verify_words, verify.live),
     "a crawl is running: do not report the files that it is writing", NULL},
    {"no-replay", NULL, OPTION_FLAG, NULL, offsetof(struct verify_words, verify.no_replay),
     "check records and index only; do not look up the links of pages", NULL},
    {"rules", NULL, OPTION_FLAG, NULL, offsetof(struct verify_words, list_rules),
     "list every rule with its level and clause", NULL},
    {"explain", NULL, OPTION_TEXT, "RULE", offsetof(struct verify_words, explain),
     "tell what a rule means, and what to do when it is broken", NULL},
    {"manifest", NULL, OPTION_TEXT, "SHA256", offsetof(struct verify_words, verify.manifest),
     "a manifest of the collection must have this checksum, which was kept elsewhere", NULL},
    {"level", NULL, OPTION_LIST, "RULE=LEVEL", offsetof(struct verify_words, given_levels),
     "give the rule another level: error, warning, note or off; may be repeated", NULL},
    {"level-file", NULL, OPTION_TEXT, "FILE", offsetof(struct verify_words, level_file),
     "the same, from the lines of a file; --level overrides it", NULL},
    {"jobs", NULL, OPTION_NUMBER, "N", offsetof(struct verify_words, verify.jobs),
     "check records on N threads; default: one for each processor", NULL},
    {"strict", NULL, OPTION_FLAG, NULL, offsetof(struct verify_words, strict),
     "exit with 10 when there are warnings", NULL},
    {"notes", NULL, OPTION_FLAG, NULL, offsetof(struct verify_words, notes), "print notes too",
     NULL},
    {"quiet", "q", OPTION_FLAG, NULL, offsetof(struct verify_words, quiet),
     "print nothing but errors and warnings", NULL},
    {"verbose", "v", OPTION_FLAG, NULL, offsetof(struct verify_words, verbose),
     "name all findings and files, not just the first 20 of a kind", NULL},
    {"json", NULL, OPTION_FLAG, NULL, offsetof(struct verify_words, json),
     "print one JSON object per line: each finding, and a summary last", NULL},
    {"junit", NULL, OPTION_TEXT, "FILE", offsetof(struct verify_words, junit_path),
     "write the results as JUnit XML too: a test case for each file and each rule", NULL},
    {"no-sandbox", NULL, OPTION_UNFLAG, NULL, offsetof(struct verify_words, sandbox),
     NO_SANDBOX_HELP, NULL},
};

/* ---- what is told while it runs ---- */

static void take_finding(void *context, const struct finding *finding)
{
    struct verify_words *words = context;
    struct buf line;
    findings_report_take(words->report, finding);
    if (!words->json || (finding->level == WARC_NOTE && !words->notes))
        return;
    buf_init(&line, 1 << 20);
    finding_write_json(finding, &line);
    live_line_clear(&words->line);
    printf("%s\n", line.data);
    buf_release(&line);
}

static void take_file(void *context, const struct verified_file *file)
{
    struct verify_words *words = context;
    findings_report_file(words->report, file);
}

static void show_progress(void *context, uint64_t done, uint64_t all)
{
    struct verify_words *words = context;
    struct live_part part = {.weight = 1};
    unsigned long long done_mb = done / 1000000, all_mb = all / 1000000;
    if (!live_line_is_due(&words->line))
        return;
    int64_t spent_ms = clock_steady_ms() - words->begun_ms;
    double left_s =
        done ? (double)spent_ms / 1000 * (double)(all - (done < all ? done : all)) / (double)done
             : 0;
    char left[64] = "";
    if (spent_ms > SURE_MS && left_s < 90)
        snprintf(left, sizeof left, ", about %.0f s left", left_s);
    else if (spent_ms > SURE_MS)
        snprintf(left, sizeof left, ", about %.0f min left", left_s / 60);
    snprintf(part.full, sizeof part.full, "%llu of %llu MB checked%s", done_mb, all_mb, left);
    snprintf(part.brief, sizeof part.brief, "%llu/%llu MB", done_mb, all_mb);
    live_line_draw(&words->line, &part, 1);
}

static void print_not_complete(const struct verify_summary *summary, bool notes)
{
    const struct completeness *completeness = &summary->completeness;
    const char *why = completeness->why_nothing[0] ? completeness->why_nothing
                      : summary->records
                          ? "no page of the site is in the archive, only other responses"
                          : "the archive has no records";
    struct buf gaps;
    buf_init(&gaps, 2000);
    completeness_add_gaps(completeness, &gaps);
    bool named = gaps.length > 0 || !completeness->nothing_kept;
    if (completeness->nothing_kept)
        buf_printf(&gaps, "%snothing is kept: %s", gaps.length ? ", " : "", why);
    printf("Not complete: %s.%s\n",
           gaps.length ? gaps.data : "the site lists more than the archive contains",
           !named  ? ""
           : notes ? " Each gap is named above."
                   : " Next: --notes names each gap and the reason.");
    buf_release(&gaps);
}

static void print_verdict(const struct verify_summary *summary, bool notes)
{
    const struct completeness *completeness = &summary->completeness;
    struct buf words;
    buf_init(&words, 2000);
    if (completeness->complete_but_closed) {
        completeness_add_complete(completeness, &words);
        printf("%s\n", words.data);
    } else
        print_not_complete(summary, notes);
    buf_release(&words);
}

static void print_json_summary(const struct verify_summary *summary)
{
    struct buf line;
    buf_init(&line, 1 << 16);
    buf_printf(&line,
               "{\"sound\": %s, \"files\": %llu, \"records\": %llu, \"errors\": %llu, "
               "\"warnings\": %llu, \"notes\": %llu",
               summary->errors ? "false" : "true", (unsigned long long)summary->files,
               (unsigned long long)summary->records, (unsigned long long)summary->errors,
               (unsigned long long)summary->warnings, (unsigned long long)summary->notes);
    if (summary->has_completeness) {
        buf_add(&line, ", ");
        completeness_json(&summary->completeness, &line);
    }
    if (summary->last_run.collections) {
        buf_printf(&line, ", \"last_run\": {\"run\": \"%s\", ", summary->last_run.run);
        change_counts_json(&summary->last_run.counts, &line);
        buf_add(&line, "}");
    }
    printf("%s}\n", line.data);
    buf_release(&line);
}

/* As the summary of the run told it. */
static void print_last_run(const struct verified_run *last_run)
{
    struct buf words;
    buf_init(&words, 2000);
    change_counts_words(&last_run->counts, &words);
    if (words.length)
        printf("The last run (%.4s-%.2s-%.2s) found: %s.\n", last_run->run, last_run->run + 4,
               last_run->run + 6, words.data);
    buf_release(&words);
}

static void print_summary(const struct verify_summary *summary, const struct verify_words *words)
{
    if (words->json) {
        if (!words->quiet)
            print_json_summary(summary);
        return;
    }
    findings_report_print(words->report, summary, stdout);
    if (words->quiet)
        return;
    if (summary->manifest[0])
        printf("\n%llu %s; checksum of the last one: sha256:%s\n",
               (unsigned long long)summary->manifests,
               wording_plural(summary->manifests, "manifest", "manifests"), summary->manifest);
    if (summary->has_completeness &&
        (completeness_lists_anything(&summary->completeness) ||
         summary->completeness.nothing_kept ||
         state_counts_all(&summary->completeness.totals.of[GROUP_PAGES]) ||
         url_totals_gaps(&summary->completeness.totals))) {
        printf("\n");
        completeness_print(&summary->completeness, stdout);
        print_last_run(&summary->last_run);
        print_verdict(summary, words->notes);
    }
    if (summary->errors) /* it comes last, too: "Complete" alone would mislead */
        printf("Not sound: %llu %s. See above what to do.\n", (unsigned long long)summary->errors,
               wording_plural(summary->errors, "error", "errors"));
}

/* Verifies the paths together, because records of one may refer to records of another. */
static int verify_together(struct verify_words *words, char **paths, int count)
{
    struct verify_summary summary;
    struct trouble trouble;
    const struct findings_wish wish = {.all = words->verbose,
                                       .notes = words->notes,
                                       .quiet = words->quiet,
                                       .strict = words->strict};
    words->report = findings_report_new(&wish);
    if (!words->report) {
        fprintf(stderr, "warccap verify: out of memory\n");
        return EXIT_ERROR;
    }
    live_line_init(&words->line, !words->quiet);
    words->begun_ms = clock_steady_ms();
    const struct verify_observer observer = {
        .context = words, .found = take_finding, .checked = take_file, .progressed = show_progress};
    enum result result = verify_paths(paths, count, &words->verify, &observer, &summary, &trouble);
    live_line_clear(&words->line);
    if (result == RESULT_OK) {
        print_summary(&summary, words);
        if (words->junit)
            findings_report_junit(words->report, paths[0], words->junit);
    } else
        fprintf(stderr, "warccap verify: %s\n", trouble.words);
    findings_report_free(words->report);
    words->report = NULL;
    if (result != RESULT_OK)
        return EXIT_FILES;
    if (summary.errors)
        return EXIT_ERRORS;
    return words->strict && summary.warnings ? EXIT_WARNINGS : EXIT_DONE;
}

/* ---- a directory of collections ---- */

struct children {
    const char *directory;
    struct buf collections; /* paths, each followed by a NUL */
    bool archive_files;
};

static void note_child(void *context, const char *name)
{
    struct children *children = context;
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/%s", children->directory, name);
    children->archive_files = children->archive_files || collection_is_archive_file(name);
    if (disk_is_directory(path) && collection_is_at(path))
        buf_append(&children->collections, path, strlen(path) + 1);
}

/* The collections in a directory that is not one itself; none for any other path. */
static void find_children(const char *path, struct children *children)
{
    struct trouble trouble;
    *children = (struct children){.directory = path};
    buf_init(&children->collections, 1 << 24);
    if (!disk_is_directory(path) || collection_is_at(path) ||
        disk_list(path, note_child, children, &trouble) != RESULT_OK || children->archive_files)
        buf_clear(&children->collections);
}

/* Verifies each by itself, below its name; returns the worst exit code. */
static int verify_children(struct verify_words *words, const struct children *children)
{
    int worst = EXIT_DONE;
    struct text rest = buf_text(&children->collections);
    while (rest.length) {
        char *path = children->collections.data + (rest.at - children->collections.data);
        if (!words->quiet && !words->json)
            printf("== %s\n", path);
        int code = verify_together(words, &path, 1);
        worst = exit_code_worse(worst, code);
        rest = text_skip(rest, strlen(path) + 1);
    }
    return worst;
}

static int verify(struct verify_words *words, char **paths, int count)
{
    int worst = EXIT_DONE, together = 0;
    if (!count) {
        fprintf(stderr,
                "warccap verify: give a collection, a directory of WARC files, or WARC files\n");
        return EXIT_USAGE;
    }
    for (int i = 0; i < count; i++) {
        struct children children;
        find_children(paths[i], &children);
        if (children.collections.length)
            worst = exit_code_worse(worst, verify_children(words, &children));
        else
            paths[together++] = paths[i];
        buf_release(&children.collections);
    }
    return together ? exit_code_worse(worst, verify_together(words, paths, together)) : worst;
}

/* ---- the sandbox ---- */

static bool lacks_index(const char *path)
{
    char index[PATH_MAX];
    snprintf(index, sizeof index, "%s/indexes/index.cdxj", path);
    return disk_is_directory(path) && !disk_exists(index);
}

/* A temporary directory is made only if something is unpacked or needs an index, because a kill
 * leaves it behind. */
static void make_temporary(struct verify_words *words, char **paths, int count, struct box *box)
{
    bool needed = false;
    for (int i = 0; i < count; i++)
        needed =
            needed || wacz_is_at(paths[i]) || (lacks_index(paths[i]) && !words->verify.no_replay);
    if (!needed)
        return;
    if (temporary_make(box, "verify", words->temporary, sizeof words->temporary))
        words->verify.temporary = words->temporary; /* else it is not checked for completeness */
}

/* "sha256:" may precede it, as it is printed. */
static enum result read_manifest(struct verify_words *words, struct trouble *trouble)
{
    const char *given = words->verify.manifest;
    if (given && text_starts_nocase(text_of(given), TEXT("sha256:")))
        words->verify.manifest = given += sizeof "sha256:" - 1;
    if (given && (strlen(given) != 64 || strspn(given, "0123456789abcdefABCDEF") != 64))
        return trouble_say(trouble, RESULT_BROKEN,
                           "--manifest needs the checksum that verify or a crawl printed last: 64 "
                           "hexadecimal digits");
    return RESULT_OK;
}

/* EXIT_DONE, or the exit code after a message. */
static int read_levels(struct verify_words *words)
{
    struct trouble trouble;
    enum result result = words->level_file
                             ? check_levels_read(&words->levels, words->level_file, &trouble)
                             : RESULT_OK;
    for (int i = 0; result == RESULT_OK && i < words->given_level_count; i++)
        result = check_levels_set(&words->levels, text_of(words->given_levels[i]), &trouble);
    if (result == RESULT_OK)
        result = read_manifest(words, &trouble);
    if (result != RESULT_OK)
        fprintf(stderr, "warccap verify: %s\n", trouble.words);
    words->verify.levels = &words->levels;
    return result == RESULT_OK ? EXIT_DONE : EXIT_USAGE;
}

/* The file is opened before the sandbox closes. */
static int begin_junit(struct verify_words *words)
{
    words->junit = words->junit_path ? fopen(words->junit_path, "we") : NULL;
    if (words->junit_path && !words->junit) {
        fprintf(stderr, "warccap verify: cannot write %s: %s\n", words->junit_path,
                strerror(errno));
        return EXIT_FILES;
    }
    if (words->junit)
        fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"warccap verify\">\n",
              words->junit);
    return EXIT_DONE;
}

static int end_junit(struct verify_words *words, int code)
{
    if (!words->junit)
        return code;
    bool failed = fputs("</testsuites>\n", words->junit) < 0 || ferror(words->junit);
    failed = fclose(words->junit) != 0 || failed;
    if (!failed)
        return code;
    fprintf(stderr, "warccap verify: cannot write %s\n", words->junit_path);
    return exit_code_worse(code, EXIT_FILES);
}

static int verify_in_box(struct verify_words *words, char **paths, int count)
{
    struct spill_file spill = spill_file_open(); /* the sandbox lets nothing be made */
    struct box *box = reading_box_new(paths, count);
    ending_signals_end();
    words->verify.spill = &spill;
    if (box)
        make_temporary(words, paths, count, box);
    int code = reading_box_enter(box, "verify", words->sandbox, words->quiet);
    if (code == EXIT_DONE)
        code = verify(words, paths, count);
    if (words->temporary[0])
        rmdir(words->temporary);
    spill_file_close(&spill);
    return code;
}

/* Pages are read in one jail, and robots.txt, while a page is being read, in another. */
static int verify_with_jails(struct verify_words *words, char **paths, int count)
{
    struct reading_jail pages = {.jail = NULL}, rules = {.jail = NULL};
    int code = reading_jail_begin(&pages, "verify", words->sandbox);
    if (code == EXIT_DONE)
        code = reading_jail_begin(&rules, "verify", words->sandbox);
    words->verify.pages = pages.reader;
    words->verify.rules = rules.reader;
    if (code == EXIT_DONE)
        code = verify_in_box(words, paths, count);
    reading_jail_end(&pages);
    reading_jail_end(&rules);
    return code;
}

static int run(int argc, char **argv)
{
    struct verify_words words = {.sandbox = true};
    int count;
    int result = options_read(&command_verify, argc, argv, &words, &count);
    if (!words.verify.jobs)
        words.verify.jobs = (int)sysconf(_SC_NPROCESSORS_ONLN);
    if (result == EXIT_DONE && words.list_rules)
        verify_rules_list(words.json, stdout);
    else if (result == EXIT_DONE && words.explain)
        result = verify_rules_explain(words.explain, words.json, stdout);
    else if (result == EXIT_DONE && command_words_have_url("verify", argv + 1, count))
        result = EXIT_USAGE;
    else if (result == EXIT_DONE && (result = read_levels(&words)) == EXIT_DONE &&
             (result = begin_junit(&words)) == EXIT_DONE)
        result = end_junit(&words, verify_with_jails(&words, argv + 1, count));
    options_release(&command_verify, &words);
    return options_exit_code(result);
}

const struct command command_verify = {
    .name = "verify",
    .arguments = "[options] PATH...",
    .summary = "check a collection, or any WARC, ARC or WACZ files",
    .details = "A path - is standard input. Checks the grammar of records, gzip members, digests, "
               "lengths, references between "
               "records, and the index. In a collection it also loads every page through the "
               "index, as a player would, and finds its links again. It looks up every "
               "requisite, and everything that pagination, date archives, feeds and sitemaps list. "
               "It counts the URLs by their states (see STATES), says whether the capture is "
               "complete, names what is missing, and tells what the last run found new, changed, "
               "gone or moved. In a directory of collections, each is "
               "checked. Findings are grouped by rule, each with file, offset and record; "
               "warccap-verify-rules(7) explains every rule.",
    .rows = rows,
    .row_count = sizeof rows / sizeof *rows,
    .run = run,
};
