/* Places are numbered, and the files in the temporary directory have these numbers. */
#include <config.h>

#include "cmd/served_places.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/disk.h"
#include "collection/collection.h"
#include "collection/index_cdxj.h"
#include "collection/wacz.h"
#include "report/exit_code.h"

enum { ROOM_LEAST = 1 << 20 }; /* with less, what fails does so for want of room */

bool served_place_is_ready(const char *path)
{
    struct collection *collection = collection_is_at(path) ? collection_new(path) : NULL;
    bool ready = collection && disk_exists(collection->index);
    collection_free(collection);
    return ready;
}

/* Signals wait until the server is ready; one that is there already ends the preparation. */
static bool is_signalled(void *context)
{
    sigset_t waiting;
    (void)context;
    return sigpending(&waiting) == 0 &&
           (sigismember(&waiting, SIGINT) == 1 || sigismember(&waiting, SIGTERM) == 1 ||
            sigismember(&waiting, SIGHUP) == 1);
}

static const struct give_up until_signal = {is_signalled, NULL};

static int say(enum result result, const struct trouble *trouble)
{
    if (result != RESULT_OK)
        fprintf(stderr, "warccap serve: %s\n", trouble->words);
    if (result == RESULT_BROKEN && is_signalled(NULL))
        return EXIT_SIGNAL;
    return result == RESULT_OK || result == RESULT_LOST ? EXIT_DONE : EXIT_FILES;
}

static void print_damage(void *context, const char *words)
{
    (void)context;
    fprintf(stderr, "warccap serve: %s\n", words);
}

static char *copy(const char *string)
{
    return string ? text_copy(text_of(string)) : NULL;
}

/* Notes one that is ready.  The strings are copied; the last two may be NULL. */
static int note(struct served_places *places, const struct archive_place *found)
{
    struct archive_place place = {copy(found->name),    copy(found->index), copy(found->directory),
                                  copy(found->package), found->parts,       copy(found->runs)};
    places->places[places->count++] = place;
    if (place.name && place.index && place.directory && (place.package || !found->package) &&
        (place.runs || !found->runs))
        return EXIT_DONE;
    fprintf(stderr, "warccap serve: there is no memory for the archives\n");
    return EXIT_ERROR;
}

/* The path of a file in the temporary directory, with the number of the next place. */
static int name_temporary(const struct served_places *places, const char *path, const char *end,
                          char out[PATH_MAX])
{
    if (!places->temporary[0]) {
        fprintf(stderr,
                "warccap serve: there is no place for the index of %s: set TMPDIR to a directory "
                "with room\n",
                path);
        return EXIT_FILES;
    }
    return snprintf(out, PATH_MAX, "%.3000s/%zu%s", places->temporary, places->count, end) > 0
               ? EXIT_DONE
               : EXIT_ERROR;
}

/* Says what to do if that is why something could not be written. */
static void say_room(const struct served_places *places, int code)
{
    int64_t room = disk_free_bytes(places->temporary);
    if (code == EXIT_FILES && room >= 0 && room < ROOM_LEAST)
        fprintf(stderr,
                "warccap serve: %s is full: it has %lld bytes left. Set TMPDIR to a directory with "
                "more room\n",
                places->temporary, (long long)room);
}

static int rebuild(const char *archive, const char *index)
{
    const struct index_observer observer = {.damaged = print_damage, .give_up = until_signal};
    struct trouble trouble = trouble_none();
    enum result result = cdxj_rebuild(archive, index, &observer, &trouble);
    return result == RESULT_LOST ? EXIT_DONE : say(result, &trouble);
}

static int add_collection(struct served_places *places, const char *path, bool quiet)
{
    char index[PATH_MAX];
    struct collection *collection = collection_new(path);
    if (!collection)
        return EXIT_ERROR;
    int code = EXIT_DONE;
    if (disk_exists(collection->index))
        code = note(places, &(struct archive_place){path, collection->index, collection->archive,
                                                    NULL, NULL, collection->runs});
    else if ((code = name_temporary(places, path, ".cdxj", index)) == EXIT_DONE) {
        if (!quiet)
            fprintf(stderr,
                    "warccap serve: %s has no index, so one is made for this time. To keep one: "
                    "warccap index %s\n",
                    path, path);
        code = rebuild(collection->archive, index);
        say_room(places, code);
        if (code == EXIT_DONE)
            code = note(places, &(struct archive_place){path, index, collection->archive, NULL,
                                                        NULL, collection->runs});
    }
    collection_free(collection);
    return code;
}

/* Makes an index of what lies in the package. */
static int index_parts(const struct served_places *places, const char *path,
                       const struct wacz_parts *parts, const char *index)
{
    struct trouble trouble;
    struct line_sort *lines = line_sort_new(places->temporary, CDXJ_SORT_BYTES);
    enum result result =
        lines ? RESULT_OK : trouble_say(&trouble, RESULT_BROKEN, "no memory for an index");
    for (size_t i = 0; lines && result != RESULT_BROKEN && i < parts->count; i++) {
        result = cdxj_index_part(path, &parts->parts[i], until_signal, lines, &trouble);
        if (result == RESULT_LOST)
            print_damage(NULL, trouble.words);
    }
    if (result != RESULT_BROKEN)
        result = cdxj_replace(index, lines, &trouble);
    line_sort_free(lines);
    return result == RESULT_LOST ? EXIT_DONE : say(result, &trouble);
}

/* Serves a package from where it is.  AGAIN: it has to be unpacked. */
static enum result add_package(struct served_places *places, const char *path, int *code)
{
    char index[PATH_MAX];
    struct trouble trouble;
    struct wacz_parts *parts = &places->parts[places->count];
    enum result result = wacz_parts_read(parts, path, &trouble);
    if (result == RESULT_BROKEN)
        *code = say(result, &trouble);
    if (result != RESULT_OK) {
        wacz_parts_release(parts);
        return result == RESULT_LOST ? RESULT_AGAIN : RESULT_BROKEN;
    }
    *code = name_temporary(places, path, ".cdxj", index);
    if (*code == EXIT_DONE) {
        *code = index_parts(places, path, parts, index);
        say_room(places, *code);
    }
    if (*code == EXIT_DONE)
        *code = note(places, &(struct archive_place){path, index, "", path, parts, NULL});
    return RESULT_OK;
}

static int add_wacz(struct served_places *places, const char *path)
{
    char directory[PATH_MAX], index[PATH_MAX], archive[PATH_MAX];
    struct trouble trouble = trouble_none();
    int code = EXIT_DONE;
    if (add_package(places, path, &code) != RESULT_AGAIN)
        return code;
    code = name_temporary(places, path, "", directory);
    if (code != EXIT_DONE)
        return code;
    snprintf(index, sizeof index, "%.3000s.cdxj", directory);
    snprintf(archive, sizeof archive, "%.3000s/archive", directory);
    const struct wacz_observer observer = {.give_up = until_signal};
    code = say(disk_make_directory(directory, &trouble), &trouble);
    if (code == EXIT_DONE)
        code = say(wacz_unpack(path, directory, WACZ_BYTES_MOST(disk_file_size(path)), &observer,
                               &trouble),
                   &trouble);
    if (code == EXIT_DONE)
        code = rebuild(archive, index);
    if (code == EXIT_DONE)
        return note(places, &(struct archive_place){path, index, archive, path, NULL, NULL});
    say_room(places, code);
    wacz_remove(directory);
    return code;
}

static int add_file(struct served_places *places, const char *path)
{
    char index[PATH_MAX], directory[PATH_MAX];
    struct trouble trouble = trouble_none();
    const char *slash = strrchr(path, '/');
    snprintf(directory, sizeof directory, "%.*s", slash ? (int)(slash - path) + 1 : 1,
             slash ? path : ".");
    if (!disk_exists(path)) {
        fprintf(stderr, "warccap serve: there is no %s\n", path);
        return EXIT_FILES;
    }
    int code = name_temporary(places, path, ".cdxj", index);
    if (code != EXIT_DONE)
        return code;
    struct line_sort *lines = line_sort_new(places->temporary, CDXJ_SORT_BYTES);
    enum result result = lines ? cdxj_index_file_until(path, until_signal, lines, &trouble)
                               : trouble_say(&trouble, RESULT_BROKEN, "no memory for an index");
    code = say(result, &trouble);
    if (code == EXIT_DONE)
        code = say(cdxj_replace(index, lines, &trouble), &trouble);
    say_room(places, code);
    line_sort_free(lines);
    return code == EXIT_DONE
               ? note(places, &(struct archive_place){path, index, directory, NULL, NULL, NULL})
               : code;
}

int served_places_prepare(struct served_places *places, char **paths, int count, bool quiet)
{
    int code = EXIT_DONE;
    places->places = calloc((size_t)count, sizeof *places->places);
    places->parts = calloc((size_t)count, sizeof *places->parts);
    if (!places->places || !places->parts)
        return EXIT_ERROR;
    for (int i = 0; code == EXIT_DONE && i < count; i++) {
        const char *path = paths[i];
        if (collection_is_at(path))
            code = add_collection(places, path, quiet);
        else if (disk_is_directory(path)) {
            fprintf(stderr,
                    "warccap serve: %s is not a collection: it has no directory archive/. Give a "
                    "collection, or WARC or WACZ files\n",
                    path);
            code = EXIT_USAGE;
        } else
            code = wacz_is_at(path) ? add_wacz(places, path) : add_file(places, path);
    }
    return code;
}

/* What is not in the temporary directory is the user's. */
static void remove_made(const struct served_places *places, size_t number)
{
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%.3000s/%zu", places->temporary, number);
    if (disk_is_directory(path))
        wacz_remove(path);
    snprintf(path, sizeof path, "%.3000s/%zu.cdxj", places->temporary, number);
    unlink(path);
}

void served_places_release(struct served_places *places)
{
    for (size_t i = 0; places->temporary[0] && i <= places->count; i++)
        remove_made(places, i);
    for (size_t i = 0; i < places->count; i++) {
        wacz_parts_release(&places->parts[i]);
        free((void *)(uintptr_t)places->places[i].name);
        free((void *)(uintptr_t)places->places[i].index);
        free((void *)(uintptr_t)places->places[i].directory);
        free((void *)(uintptr_t)places->places[i].package);
        free((void *)(uintptr_t)places->places[i].runs);
    }
    free(places->places);
    free(places->parts);
    if (places->temporary[0])
        rmdir(places->temporary);
}
