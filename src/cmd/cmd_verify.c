/* `warccap verify`: prints the findings, the totals, and the verdict last. */
#include <config.h>

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/disk.h"
#include "base/json.h"
#include "base/plain_text.h"
#include "base/wording.h"
#include "cmd/options.h"
#include "cmd/reading_box.h"
#include "collection/collection.h"
#include "report/completeness_text.h"
#include "report/exit_code.h"
#include "report/live_line.h"
#include "store/completeness.h"
#include "verify/verify.h"

struct verify_words {
    struct option_memory memory;
    struct verify_options verify;
    bool quiet, json, strict, notes, sandbox;
    char temporary[PATH_MAX]; /* directory for an index; empty: none is needed */
    struct live_line line;
};

static const struct option_row rows[] = {
    {"live", NULL, OPTION_FLAG, NULL, offsetof(struct verify_words, verify.live),
     "a crawl is running: do not report the files that it is writing", NULL},
    {"no-replay", NULL, OPTION_FLAG, NULL, offsetof(struct verify_words, verify.no_replay),
     "check records and index only; do not look up the links of pages", NULL},
    {"strict", NULL, OPTION_FLAG, NULL, offsetof(struct verify_words, strict),
     "exit with 10 when there are warnings", NULL},
    {"notes", NULL, OPTION_FLAG, NULL, offsetof(struct verify_words, notes), "print notes too",
     NULL},
    {"quiet", "q", OPTION_FLAG, NULL, offsetof(struct verify_words, quiet),
     "print faults and warnings only", NULL},
    {"json", NULL, OPTION_FLAG, NULL, offsetof(struct verify_words, json),
     "print one JSON object per line", NULL},
    {"no-sandbox", NULL, OPTION_UNFLAG, NULL, offsetof(struct verify_words, sandbox),
     NO_SANDBOX_HELP, NULL},
};

/* One line: what a record says must not begin another. */
static void print_text(const struct finding *finding)
{
    struct buf line;
    buf_init(&line, 1 << 20);
    buf_printf(&line, "%s ", finding_level_name(finding->level));
    plain_text_add(&line, text_of(finding->file));
    if (finding->offset >= 0)
        buf_printf(&line, ":%lld", (long long)finding->offset);
    buf_add_char(&line, ' ');
    plain_text_add(&line, text_of(finding->record_id ? finding->record_id : "-"));
    buf_printf(&line, " %s: ", finding->rule);
    plain_text_add(&line, text_of(finding->words));
    if (finding->url) {
        buf_add(&line, " (");
        plain_text_add(&line, text_of(finding->url));
        buf_add_char(&line, ')');
    }
    printf("%.*s\n", TEXT_ARGS(buf_text(&line)));
    buf_release(&line);
}

static void add(struct buf *out, const char *name, const char *value)
{
    if (!value)
        return;
    buf_printf(out, ", \"%s\": ", name);
    json_write_string(out, text_of(value));
}

static void print_json(const struct finding *finding)
{
    struct buf line;
    buf_init(&line, 1 << 20);
    buf_printf(&line, "{\"level\": \"%s\"", finding_level_name(finding->level));
    add(&line, "rule", finding->rule);
    add(&line, "file", finding->file);
    if (finding->offset >= 0)
        buf_printf(&line, ", \"offset\": %lld", (long long)finding->offset);
    add(&line, "record", finding->record_id);
    add(&line, "url", finding->url);
    add(&line, "words", finding->words);
    buf_add(&line, "}\n");
    fwrite(line.data, 1, line.length, stdout);
    buf_release(&line);
}

static void take_finding(void *context, const struct finding *finding)
{
    struct verify_words *words = context;
    if (finding->level == FINDING_NOTE && !words->notes)
        return;
    live_line_clear(&words->line);
    if (words->json)
        print_json(finding);
    else
        print_text(finding);
}

static void show_progress(void *context, uint64_t done, uint64_t all)
{
    struct verify_words *words = context;
    struct live_part part = {.weight = 1};
    unsigned long long done_mb = done / 1000000, all_mb = all / 1000000;
    if (!live_line_is_due(&words->line))
        return;
    snprintf(part.full, sizeof part.full, "%llu of %llu MB checked", done_mb, all_mb);
    snprintf(part.brief, sizeof part.brief, "%llu/%llu MB", done_mb, all_mb);
    live_line_draw(&words->line, &part, 1);
}

static bool lists_anything(const struct completeness *completeness)
{
    bool any = completeness->counted > 0;
    for (int i = 0; i < LIST_SOURCES; i++)
        any = any || state_counts_all(&completeness->lines[i].lists) ||
              state_counts_all(&completeness->lines[i].pages);
    return any;
}

static void print_not_complete(const struct completeness *completeness, bool notes)
{
    struct buf gaps;
    buf_init(&gaps, 2000);
    completeness_add_gaps(completeness, &gaps);
    bool named = gaps.length > 0 || !completeness->nothing_kept;
    if (completeness->nothing_kept)
        buf_printf(&gaps,
                   "%snothing is kept: no page of the site is in the archive, only other responses",
                   gaps.length ? ", " : "");
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
        print_not_complete(completeness, notes);
    buf_release(&words);
}

/* "1 file, 20 records" */
static void print_counts(const uint64_t *counts, const char *const *names, int count)
{
    for (int i = 0; i < count; i++)
        printf("%s%llu %s%s", i ? ", " : "", (unsigned long long)counts[i], names[i],
               counts[i] == 1 ? "" : "s");
    printf("\n");
}

static void print_findings(const struct verify_summary *summary)
{
    print_counts((uint64_t[]){summary->faults, summary->warnings, summary->notes},
                 (const char *[]){"fault", "warning", "note"}, 3);
}

static void print_summary(const struct verify_summary *summary, const struct verify_words *words)
{
    if (words->json) {
        struct buf completeness;
        buf_init(&completeness, 1 << 16);
        if (summary->has_completeness) {
            buf_add(&completeness, ", ");
            completeness_json(&summary->completeness, &completeness);
        }
        printf("{\"files\": %llu, \"records\": %llu, \"faults\": %llu, "
               "\"warnings\": %llu, "
               "\"notes\": %llu%s}\n",
               (unsigned long long)summary->files, (unsigned long long)summary->records,
               (unsigned long long)summary->faults, (unsigned long long)summary->warnings,
               (unsigned long long)summary->notes, completeness.data ? completeness.data : "");
        buf_release(&completeness);
        return;
    }
    print_counts((uint64_t[]){summary->files, summary->records}, (const char *[]){"file", "record"},
                 2);
    if (summary->manifest[0])
        printf("%llu %s; checksum of the last one: sha256:%s\n",
               (unsigned long long)summary->manifests,
               wording_plural(summary->manifests, "manifest", "manifests"), summary->manifest);
    if (!summary->faults)
        print_findings(summary);
    if (summary->has_completeness &&
        (lists_anything(&summary->completeness) || summary->completeness.nothing_kept ||
         url_totals_gaps(&summary->completeness.totals))) {
        completeness_print(&summary->completeness, stdout);
        print_verdict(summary, words->notes);
    }
    if (summary->faults) /* they come last: "Complete" alone would mislead */
        print_findings(summary);
}

/* Verifies the paths together, because records of one may refer to records of another. */
static int verify_together(struct verify_words *words, char **paths, int count)
{
    struct verify_summary summary;
    struct trouble trouble;
    live_line_init(&words->line, !words->quiet);
    const struct verify_observer observer = {.context = words,
                                             .found = take_finding,
                                             .progressed = show_progress};
    enum result result = verify_paths(paths, count, &words->verify, &observer, &summary, &trouble);
    live_line_clear(&words->line);
    if (result != RESULT_OK) {
        fprintf(stderr, "warccap verify: %s\n", trouble.words);
        return EXIT_FILES;
    }
    if (!words->quiet)
        print_summary(&summary, words);
    if (summary.faults)
        return EXIT_FAULTS;
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

/* Only what may need an index of its own gets a place for one, because a kill leaves it behind. */
static void make_temporary(struct verify_words *words, char **paths, int count, struct box *box)
{
    const char *given = getenv("TMPDIR"), *in = given && *given ? given : "/tmp";
    bool needed = false;
    for (int i = 0; i < count; i++)
        needed = needed || lacks_index(paths[i]);
    if (!needed || words->verify.no_replay)
        return;
    snprintf(words->temporary, sizeof words->temporary, "%s/warccap-verify-XXXXXX", in);
    if (!mkdtemp(words->temporary)) {
        words->temporary[0] = '\0'; /* then such an archive is not checked for completeness */
        return;
    }
    words->verify.temporary = words->temporary;
    box_allow(box, words->temporary, BOX_CHANGE);
    box_allow(box, in, BOX_REMOVE);
}

static int verify_in_box(struct verify_words *words, char **paths, int count)
{
    struct box *box = reading_box_new(paths, count);
    if (box)
        make_temporary(words, paths, count, box);
    int code = reading_box_enter(box, "verify", words->sandbox, words->quiet);
    if (code == EXIT_DONE)
        code = verify(words, paths, count);
    if (words->temporary[0])
        rmdir(words->temporary);
    return code;
}

static int run(int argc, char **argv)
{
    struct verify_words words = {.sandbox = true};
    int count;
    int result = options_read(&command_verify, argc, argv, &words, &count);
    if (result == EXIT_DONE)
        result = verify_in_box(&words, argv + 1, count);
    options_release(&command_verify, &words);
    return options_exit_code(result);
}

const struct command command_verify = {
    .name = "verify",
    .arguments = "[options] PATH...",
    .summary = "check a collection or any WARC files",
    .details = "Checks the grammar of records, gzip members, digests, lengths, references between "
               "records, and the index against the records. In a collection it also loads every "
               "page through the index, as a player would, extracts its links again, and looks up "
               "every requisite and everything that pagination, date archives, feeds and sitemaps "
               "list. It counts the URLs by their states (STATES in man warccap), says "
               "whether the capture is complete and names what is missing. A "
               "directory of collections is checked one by one. Each finding names file, offset, "
               "record and rule.",
    .rows = rows,
    .row_count = sizeof rows / sizeof *rows,
    .run = run,
};
