/*
 * Several threads, each with its own handles, read, check, decode, write, sync and recover at once:
 * threads DIRECTORY FILE...
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <warccap/warc.h>

enum { THREADS = 4, ROUNDS = 3, EVENTS = 30 };

struct job {
    pthread_t thread;
    int number, files;
    char **paths;
    char directory[512];
    long records;
    int failed;
};

static void read_one(struct job *job, const char *path)
{
    struct warc_reader *reader = warc_reader_open(path);
    const struct warc_record *record;
    enum warc_result result;
    job->failed |= !reader || !warc_reader_check_digests(reader);
    while ((result = warc_reader_next(reader, &record)) != WARC_END && result != WARC_BROKEN) {
        const char *bytes;
        size_t length;
        if (result == WARC_LOST)
            continue;
        struct warc_payload *payload = warc_payload_open(reader, record, WARC_PAYLOAD_DECODED);
        while (warc_payload_read(payload, &bytes, &length) == WARC_OK)
            continue;
        warc_payload_close(payload);
        warc_reader_finish(reader, NULL);
        job->records++;
    }
    warc_reader_close(reader);
}

static void write_some(struct job *job)
{
    struct warc_writer_options options = {.struct_size = sizeof options,
                                          .directory = job->directory,
                                          .file_size_bytes = 2000,
                                          .commit_log = true,
                                          .warcinfo = "software: threads\r\n"};
    struct warc_writer *writer = warc_writer_new(&options);
    for (int i = 0; i < EVENTS; i++) {
        static const char block[] = "HTTP/1.1 200 OK\r\n\r\nhello";
        struct warc_draft draft = {.struct_size = sizeof draft,
                                   .type = WARC_RESPONSE,
                                   .target_uri = "http://e/",
                                   .content_type = "application/http;msgtype=response",
                                   .block = {block},
                                   .block_length = {sizeof block - 1}};
        job->failed |= warc_writer_begin_event(writer) != WARC_OK ||
                       warc_writer_put(writer, &draft, NULL) != WARC_OK ||
                       warc_writer_begin_record(writer, &draft) != WARC_OK ||
                       warc_writer_add(writer, "x", 1) != WARC_OK ||
                       warc_writer_end_record(writer, NULL) != WARC_OK ||
                       warc_writer_sync(writer) != WARC_OK;
    }
    job->failed |= warc_writer_close(writer) != WARC_OK;
}

static void mend_one(struct job *job)
{
    char path[600], final[256], words[500];
    snprintf(path, sizeof path, "%s/left.warc.gz.open", job->directory);
    FILE *out = fopen(path, "wb"), *in = fopen(job->paths[0], "rb");
    for (int c; in && out && (c = getc(in)) != EOF;)
        putc(c, out);
    fputs("torn", out);
    fclose(in);
    fclose(out);
    job->failed |= warc_mend(path, 0, NULL, NULL, final, words, sizeof words) != WARC_FLAWED;
    snprintf(path, sizeof path, "%s/left.warc.gz", job->directory);
    remove(path);
}

static void *work(void *context)
{
    struct job *job = context;
    for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < job->files; i++)
            read_one(job, job->paths[i]);
        write_some(job);
        mend_one(job);
    }
    return NULL;
}

int main(int count, char **words)
{
    static struct job jobs[THREADS];
    int failed = count < 3;
    for (int i = 0; i < THREADS && !failed; i++) {
        jobs[i].files = count - 2;
        jobs[i].paths = words + 2;
        snprintf(jobs[i].directory, sizeof jobs[i].directory, "%s/%d", words[1], i);
        failed |= mkdir(jobs[i].directory, 0777) != 0 ||
                  pthread_create(&jobs[i].thread, NULL, work, &jobs[i]) != 0;
    }
    for (int i = 0; i < THREADS && !failed; i++)
        pthread_join(jobs[i].thread, NULL);
    for (int i = 0; i < THREADS; i++)
        failed |= jobs[i].failed || jobs[i].records != jobs[0].records || !jobs[i].records;
    printf("%d threads, %ld records each: %s\n", THREADS, jobs[0].records,
           failed ? "failed" : "fine");
    return failed;
}
