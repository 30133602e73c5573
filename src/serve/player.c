/* Files are sent by the system, so that none is loaded into memory. */
#include <config.h>

#include "serve/player.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/disk.h"
#include "serve/byte_range.h"
#include "serve/query_field.h"

static const char script_of_page[] =
    ("\"use strict\";\n"
     "(async () => {\n"
     "  const {source, name} = document.body.dataset;\n"
     "  const say = words => { document.getElementById('said').textContent = words; };\n"
     "  const url = new URLSearchParams(location.search).get('url');\n"
     "  const workers = navigator.serviceWorker;\n"
     "  if (!workers) return say('This browser has no service workers, which the player needs.');\n"
     "  if (!url) return say('Write the URL of a page above.');\n"
     "  const loaded = new Promise((done, failed) => {\n"
     "    workers.addEventListener('message', event => {\n"
     "      if (event.data.msg_type === 'collAdded') done();\n"
     "      if (event.data.msg_type === 'collProgress') {\n"
     "        if (event.data.error) failed(new Error(event.data.error));\n"
     "        else say('Loading ' + event.data.percent + ' %');\n"
     "      }\n"
     "    });\n"
     "  });\n"
     "  await workers.register('/sw.js', {scope: '/'});\n"
     "  await workers.ready;\n"
     "  if (!workers.controller)\n"
     "    await new Promise(done =>\n"
     "      workers.addEventListener('controllerchange', done, {once: true}));\n"
     "  workers.startMessages();\n"
     "  workers.controller.postMessage({msg_type: 'addColl', name, skipExisting: true,\n"
     "    file: {sourceUrl: location.origin + source}});\n"
     "  await loaded;\n"
     "  say('');\n"
     "  const frame = document.createElement('iframe');\n"
     "  frame.name = '___wb_replay_top_frame';\n"
     "  frame.src = '/w/' + name + '/mp_/' + url;\n"
     "  document.body.append(frame);\n"
     "})().catch(error => {\n"
     "  document.getElementById('said').textContent = 'The player cannot show it: '\n"
     "    + error.message;\n"
     "});\n");

bool player_find(const char *directory, char script[PATH_MAX])
{
    static const char *const places[] = {"node_modules/@webrecorder/wabac/dist/sw.js",
                                         "node_modules/replaywebpage/sw.js", "dist/sw.js", "sw.js"};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        int length = snprintf(script, PATH_MAX, "%s/%s", directory, places[i]);
        if (length > 0 && length < PATH_MAX && disk_exists(script) && !disk_is_directory(script))
            return true;
    }
    return false;
}

/* ---- files ---- */

static void say_missing(struct served_response *response, struct text name)
{
    served_page_say(response, 404, TEXT("Not found"), "The player has nothing at %.*s",
                    TEXT_ARGS(name));
}

/* Sends a file, or a part of it. */
static void send_file(const char *path, const char *type, const struct served_request *request,
                      struct served_response *response)
{
    struct byte_range range = {0, disk_file_size(path)};
    char words[96];
    response->file = disk_open_to_read(path);
    if (response->file < 0 || range.length < 0) {
        say_missing(response, request->target);
        return;
    }
    int64_t all = range.length;
    enum range_kind kind = byte_range_read(served_request_field(request, "Range"), all, &range);
    response->status = kind == RANGE_PART ? 206 : kind == RANGE_NONE ? 416 : 200;
    if (kind == RANGE_NONE)
        range.length = 0;
    if (kind == RANGE_NONE)
        snprintf(words, sizeof words, "bytes */%lld", (long long)all);
    else
        snprintf(words, sizeof words, "bytes %lld-%lld/%lld", (long long)range.first,
                 (long long)(range.first + range.length - 1), (long long)all);
    if (kind != RANGE_WHOLE)
        served_response_add(response, "Content-Range", text_of(words));
    served_response_add(response, "Content-Type", text_of(type));
    served_response_add(response, "Accept-Ranges", TEXT("bytes"));
    served_response_add(response, "Cache-Control", TEXT("no-cache"));
    served_response_add(response, "X-Content-Type-Options", TEXT("nosniff"));
    response->file_first = range.first;
    response->length = range.length;
}

/* "N/NAME" */
static void send_archive_file(struct archive_set *set, struct text name,
                              const struct served_request *request,
                              struct served_response *response)
{
    struct text number;
    struct buf path;
    const struct wacz_part *part;
    uint64_t archive = 0;
    bool known = text_split(&name, '/', &number) && text_to_number(number, &archive) &&
                 archive < archive_set_count(set);
    const struct archive_place *place = known ? archive_set_place(set, (size_t)archive) : NULL;
    buf_init(&path, PATH_MAX);
    if (place && place->package && text_equal(name, TEXT("archive.wacz")))
        send_file(place->package, "application/zip", request, response);
    else if (place && text_equal(name, TEXT("index.cdxj")))
        send_file(place->index, "text/x-cdxj", request, response);
    else if (place && archive_set_write_path(set, (size_t)archive, name, &path, &part) && !part)
        send_file(path.data, "application/octet-stream", request, response);
    else
        say_missing(response, request->target);
    buf_release(&path);
}

/* ---- the page ---- */

/* What a player keeps of an archive goes by a name that changes with it. */
static void add_source(const struct archive_place *place, uint64_t archive, struct buf *out)
{
    const char *file = place->package ? place->package : place->index;
    struct stat facts = {.st_size = 0};
    if (stat(file, &facts) != 0)
        facts.st_size = 0;
    buf_printf(out, "<body data-source=\"/files/%llu/%s\" data-name=\"a%llu-%lld-%lld\">\n",
               (unsigned long long)archive, place->package ? "archive.wacz" : "index.cdxj",
               (unsigned long long)archive, (long long)facts.st_mtime, (long long)facts.st_size);
}

static void show_page(struct archive_set *set, const struct served_request *request,
                      struct served_response *response)
{
    struct buf number, url, *out = &response->body;
    uint64_t archive = 0;
    buf_init(&number, 32);
    buf_init(&url, SERVED_FIELDS_MOST);
    if (query_field_read(request->target, "archive", &number) &&
        !text_to_number(buf_text(&number), &archive))
        archive = UINT64_MAX;
    query_field_read(request->target, "url", &url);
    if (archive >= archive_set_count(set))
        say_missing(response, request->target);
    else {
        response->status = 200;
        served_response_add(response, "Content-Type", TEXT("text/html; charset=utf-8"));
        served_response_add(response, "Cache-Control", TEXT("no-store"));
        served_response_add(response, "Content-Security-Policy",
                            TEXT("default-src 'self'; style-src 'unsafe-inline'; base-uri 'none'; "
                                 "form-action 'self'; frame-ancestors 'none'"));
        buf_add(out, "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                     "<meta name=\"viewport\" content=\"width=device-width\"><title>Player</title>"
                     "<style>body{font:16px/1.5 sans-serif;margin:0;display:flex;"
                     "flex-direction:column;height:100vh}form,p{margin:.3em .5em}"
                     "input{font:inherit;width:70%}iframe{border:0;flex:1}</style></head>\n");
        add_source(archive_set_place(set, (size_t)archive), archive, out);
        buf_printf(out,
                   "<form><input type=\"hidden\" name=\"archive\" value=\"%llu\">"
                   "<label>URL: <input name=\"url\" value=\"",
                   (unsigned long long)archive);
        served_add_escaped(out, buf_text(&url));
        buf_add(out, "\"></label> <button>Show</button></form>\n<p id=\"said\"></p>\n"
                     "<script src=\"/player.js\"></script>\n</body></html>\n");
        response->length = (int64_t)out->length;
    }
    buf_release(&number);
    buf_release(&url);
}

static void send_script(struct served_response *response)
{
    response->status = 200;
    served_response_add(response, "Content-Type", TEXT("text/javascript; charset=utf-8"));
    served_response_add(response, "Cache-Control", TEXT("no-cache"));
    buf_add(&response->body, script_of_page);
    response->length = (int64_t)response->body.length;
}

void player_respond(struct archive_set *set, const char *script,
                    const struct served_request *request, struct served_response *response)
{
    struct text target = request->target, files = TEXT("/files/");
    if (text_equal(target, TEXT("/")) || text_starts(target, TEXT("/?")))
        show_page(set, request, response);
    else if (text_equal(target, TEXT("/player.js")))
        send_script(response);
    else if (text_equal(target, TEXT("/sw.js")) || text_starts(target, TEXT("/sw.js?"))) {
        served_response_add(response, "Service-Worker-Allowed", TEXT("/"));
        served_response_add(response, "Content-Security-Policy",
                            TEXT("default-src 'self' 'unsafe-eval' data: blob:"));
        send_file(script, "text/javascript; charset=utf-8", request, response);
    } else if (text_starts(target, files))
        send_archive_file(set, text_skip(target, files.length), request, response);
    else
        say_missing(response, target);
}
