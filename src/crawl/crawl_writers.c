/* Starts the writing of WARC files: their warcinfo record, which has the options of the run. */
#include <config.h>

#include "crawl/crawl_internal.h"

#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/gzip.h"
#include "capture/curl_name.h"
#include "warccap/warc.h"

enum { WARCINFO_BYTES = 16 * 1024 * 1024, HOST_SIZE = 128 };

void crawl_write_user_agent(const struct crawl_options *options, char out[USER_AGENT_SIZE])
{
    if (options->user_agent)
        snprintf(out, USER_AGENT_SIZE, "%s", options->user_agent);
    else
        snprintf(out, USER_AGENT_SIZE, "Mozilla/5.0 (compatible; warccap/%s%s%s)", PACKAGE_VERSION,
                 options->contact ? "; +" : "", options->contact ? options->contact : "");
}

static void build_warcinfo(struct crawl *crawl, struct buf *out)
{
    static const char *const robots[] = {"obey", "obey, but not for page requisites", "ignore"};
    const struct crawl_options *options = crawl->options;
    char user_agent[USER_AGENT_SIZE];
    char host[128] = "unknown", date[DATE_WARC_SIZE], library[CURL_NAME_SIZE];
    gethostname(host, sizeof host - 1);
    crawl_write_user_agent(options, user_agent);
    date_write_warc(clock_wall_ms(), date);
    buf_printf(out, "software: warccap/%s (%s; %s)\r\n", PACKAGE_VERSION, curl_name(library),
               gzip_backends());
    buf_add(out,
            "format: WARC File Format 1.1\r\n"
            "conformsTo: "
            "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\n");
    buf_printf(out, "hostname: %s\r\nrobots: %s\r\ncreated: %s\r\n", host,
               robots[options->frontier.robots], date);
    struct recorded_options recorded = crawl_recorded_options(options);
    recorded_options_write(&recorded, out);
    if (options->contact)
        buf_printf(out, "operator: %s\r\n", options->contact);
    buf_printf(out, "http-header-user-agent: %s\r\n", user_agent);
    for (int i = 0; i < options->capture.warc_header_count; i++)
        buf_printf(out, "%s\r\n", options->capture.warc_headers[i]);
    if (options->fetch.no_check_certificate)
        buf_add(out, "description: certificates of https servers were not checked\r\n");
    if (fetch_uses_proxy(crawl->fetch))
        buf_add(out, "description: requests go through the proxy that the environment names\r\n");
    for (int i = 0; i < options->fetch.resolve_count; i++)
        buf_printf(out, "description: told with --resolve, and not by the DNS: %s\r\n",
                   options->fetch.resolve[i]);
    char manifest[64], digest[MANIFEST_DIGEST_SIZE];
    struct trouble trouble;
    if (manifest_last(crawl->collection, manifest, digest, &trouble) != RESULT_OK)
        return;
    if (manifest[0])
        buf_printf(out, "previousManifest: %s sha256:%s\r\n", manifest, digest);
    else
        buf_add(out, "previousManifest: none\r\n");
}

/* Called on the writer's thread. */
static void note_finished(void *context, const char *file, int64_t bytes,
                          const unsigned char sha256[32])
{
    struct crawl *crawl = context;
    manifest_add(crawl->files.manifest, file, bytes, sha256);
    crawl->observer.file_finished(crawl->observer.context, file, bytes);
}

static void wake_fetch(void *context)
{
    struct crawl *crawl = context;
    fetch_wake(crawl->fetch);
}

/* How the files of this run are written.  `warcinfo` and `host` are made here: the caller releases
 * the first. */
static enum result make_options(struct crawl *crawl, struct buf *warcinfo, char host[HOST_SIZE],
                                struct warc_writer_options *options)
{
    snprintf(host, HOST_SIZE, "localhost");
    gethostname(host, HOST_SIZE - 1);
    buf_init(warcinfo, WARCINFO_BYTES);
    build_warcinfo(crawl, warcinfo);
    *options =
        (struct warc_writer_options){.struct_size = sizeof *options,
                                     .directory = crawl->collection->archive,
                                     .prefix = "warccap",
                                     .hostname = host,
                                     .file_size_bytes = crawl->options->capture.warc_max_size,
                                     .finished = note_finished,
                                     .context = crawl,
                                     .warcinfo = warcinfo->data};
    if (buf_ok(warcinfo))
        return RESULT_OK;
    return buf_is_out_of_memory(warcinfo)
               ? trouble_say(&crawl->trouble, RESULT_BROKEN, "no memory for warcinfo")
               : trouble_say(&crawl->trouble, RESULT_LOST,
                             "the options are too long for a warcinfo record");
}

enum result crawl_start_writers(struct crawl *crawl)
{
    struct buf warcinfo;
    char host[HOST_SIZE];
    struct warc_writer_options options;
    if (!(crawl->files.manifest = manifest_new()))
        return trouble_say(&crawl->trouble, RESULT_BROKEN, "no memory for a manifest");
    enum result result = make_options(crawl, &warcinfo, host, &options);
    if (result == RESULT_OK)
        result =
            writer_set_start(&crawl->writer_set, &options, crawl->options->capture.strip_chunks,
                             crawl->files.dedup, crawl->options->capture.compress, wake_fetch,
                             crawl, &crawl->trouble);
    buf_release(&warcinfo);
    if (result == RESULT_OK) {
        crawl->ending.writers.calls = crawl->calls;
        writer_set_give_up_when(crawl->writer_set,
                                (struct give_up){crawl_is_hurried, &crawl->ending.writers});
    }
    return result;
}

enum result crawl_record_options(struct crawl *crawl)
{
    static const char words[] = "description: this run captured nothing; the warcinfo record has "
                                "its options\r\n";
    const struct warc_draft draft = {.struct_size = sizeof draft,
                                     .type = WARC_METADATA,
                                     .content_type = "application/warc-fields",
                                     .block = {words},
                                     .block_length = {sizeof words - 1}};
    struct buf warcinfo;
    char host[HOST_SIZE];
    struct warc_writer_options options;
    enum result result = make_options(crawl, &warcinfo, host, &options);
    struct warc_writer *writer = result == RESULT_OK ? warc_writer_new(&options) : NULL;
    buf_release(&warcinfo);
    if (result != RESULT_OK || !writer)
        return result != RESULT_OK
                   ? result
                   : trouble_say(&crawl->trouble, RESULT_BROKEN, "no memory for a WARC file");
    if (warc_writer_begin_event(writer) != WARC_OK ||
        warc_writer_put(writer, &draft, NULL) != WARC_OK || warc_writer_sync(writer) != WARC_OK ||
        warc_writer_finish_file(writer) != WARC_OK)
        result = trouble_say(&crawl->trouble, RESULT_BROKEN, "%s", warc_writer_words(writer));
    enum warc_result closed = warc_writer_close(writer);
    return result == RESULT_OK && closed != WARC_OK
               ? trouble_say(&crawl->trouble, RESULT_BROKEN, "cannot finish a WARC file")
               : result;
}
