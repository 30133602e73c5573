/* The same page through the SAX parser of libxml2 with handlers that do nothing: bench_libxml FILE.
 * It finds tags and attributes only, no links.  Compiled by bench-links.sh, where libxml2 is
 * installed. */
#include <libxml/HTMLparser.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ROUNDS = 10, ROUND_MS = 300, PAGE_MOST = 64 * 1024 * 1024 };

static void start_element(void *context, const xmlChar *name, const xmlChar **attributes)
{
    (void)context, (void)name, (void)attributes;
}

static void end_element(void *context, const xmlChar *name)
{
    (void)context, (void)name;
}

static double now_ms(void)
{
    return (double)clock() * 1000 / CLOCKS_PER_SEC;
}

int main(int argc, char **argv)
{
    FILE *file = argc > 1 ? fopen(argv[1], "rb") : NULL;
    char *bytes = malloc(PAGE_MOST);
    if (!file || !bytes) {
        fprintf(stderr, "usage: bench_libxml FILE\n");
        return EXIT_FAILURE;
    }
    size_t length = fread(bytes, 1, PAGE_MOST, file);
    fclose(file);
    htmlSAXHandler handler;
    memset(&handler, 0, sizeof handler);
    handler.startElement = start_element;
    handler.endElement = end_element;
    double best = 0;
    for (int round = 0; round < ROUNDS; round++) {
        double began = now_ms(), took;
        size_t pages = 0;
        do {
            htmlParserCtxtPtr parser =
                htmlCreatePushParserCtxt(&handler, NULL, NULL, 0, "page", XML_CHAR_ENCODING_UTF8);
            htmlParseChunk(parser, bytes, (int)length, 1);
            htmlFreeParserCtxt(parser);
            pages++;
            took = now_ms() - began;
        } while (took < ROUND_MS);
        double speed = (double)(pages * length) / took;
        best = speed > best ? speed : best;
    }
    printf("libxml2 %s, SAX, no links %5.0f MB/s\n", LIBXML_DOTTED_VERSION, best / 1000);
    free(bytes);
    return EXIT_SUCCESS;
}
