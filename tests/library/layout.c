/*
 * The binary interface of libwarccap.so.0 on 64-bit machines, on which programs compiled earlier
 * rely.  This file is compiled against the installed header.  If it stops compiling, the change is
 * incompatible: raise the number in the soname, in the version script and here.
 *
 * A structure that begins with struct_size, or that the library allocates, may get new members
 * after its last; add a line for each.  An enum may get new values after its last.  `symbols` lists
 * the functions.
 */
#include <limits.h>
#include <stddef.h>
#include <warccap/warc.h>

#define AT(type, member, offset) \
    _Static_assert(offsetof(struct type, member) == (offset), #type "." #member " has moved")
#define SIZE(type, octets) \
    _Static_assert(sizeof(struct type) == (octets), #type " is larger or smaller than it was")
#define LEAST(type, octets) \
    _Static_assert(sizeof(struct type) >= (octets), #type " has lost members")
#define VALUE(name, value) _Static_assert(name == (value), #name " is another number")

#if ULONG_MAX == 0xffffffffffffffff && CHAR_BIT == 8
/* Structures that never change. */
AT(warc_field, name, 0);
AT(warc_field, value, 8);
SIZE(warc_field, 16);
AT(warc_place, file, 0);
AT(warc_place, offset, 256);
AT(warc_place, length, 264);
SIZE(warc_place, 272);

/* Structures that the library allocates: they may grow at their end. */
AT(warc_record, type, 0);
AT(warc_record, version, 4);
AT(warc_record, fields, 8);
AT(warc_record, field_count, 16);
AT(warc_record, content_length, 24);
LEAST(warc_record, 32);
AT(warc_flaw, rule, 0);
AT(warc_flaw, level, 8);
AT(warc_flaw, clause, 16);
AT(warc_flaw, offset, 24);
AT(warc_flaw, words, 32);
LEAST(warc_flaw, 232);
AT(warc_rule, name, 0);
AT(warc_rule, level, 8);
AT(warc_rule, clause, 16);
AT(warc_rule, words, 24);
AT(warc_rule, advice, 32);
LEAST(warc_rule, 40);

/* Structures that begin with struct_size: they may grow at their end. */
AT(warc_source, struct_size, 0);
AT(warc_source, read_at, 8);
AT(warc_source, read, 16);
AT(warc_source, close, 24);
AT(warc_source, context, 32);
AT(warc_source, size, 40);
AT(warc_source, name, 48);
LEAST(warc_source, 56);
AT(warc_block, struct_size, 0);
AT(warc_block, next, 8);
AT(warc_block, context, 16);
LEAST(warc_block, 24);
AT(warc_writer_options, struct_size, 0);
AT(warc_writer_options, directory, 8);
AT(warc_writer_options, prefix, 16);
AT(warc_writer_options, hostname, 24);
AT(warc_writer_options, file_size_bytes, 32);
AT(warc_writer_options, warcinfo, 40);
AT(warc_writer_options, commit_log, 48);
AT(warc_writer_options, finished, 56);
AT(warc_writer_options, context, 64);
LEAST(warc_writer_options, 72);
AT(warc_draft, struct_size, 0);
AT(warc_draft, type, 8);
AT(warc_draft, id, 12);
AT(warc_draft, date_ms, 64);
AT(warc_draft, target_uri, 72);
AT(warc_draft, content_type, 80);
AT(warc_draft, fields, 88);
AT(warc_draft, field_count, 96);
AT(warc_draft, block, 104);
AT(warc_draft, block_length, 120);
AT(warc_draft, block_fd, 136);
AT(warc_draft, block_fd_length, 144);
AT(warc_draft, payload_digest, 152);
AT(warc_draft, compressed_already, 160);
LEAST(warc_draft, 168);
#endif

VALUE(WARC_OK, 0);
VALUE(WARC_END, 1);
VALUE(WARC_FLAWED, -1);
VALUE(WARC_LOST, -2);
VALUE(WARC_BROKEN, -3);
VALUE(WARC_WARCINFO, 0);
VALUE(WARC_RESPONSE, 1);
VALUE(WARC_RESOURCE, 2);
VALUE(WARC_REQUEST, 3);
VALUE(WARC_METADATA, 4);
VALUE(WARC_REVISIT, 5);
VALUE(WARC_CONVERSION, 6);
VALUE(WARC_CONTINUATION, 7);
VALUE(WARC_UNKNOWN, 8);
VALUE(WARC_NOTE, 0);
VALUE(WARC_WARNING, 1);
VALUE(WARC_ERROR, 2);
VALUE(WARC_EFFORT_SMALL, 0);
VALUE(WARC_EFFORT_FAST, 1);
VALUE(WARC_PAYLOAD_DECODED, 1);
VALUE(WARC_CHECK_CONTENT, 1);
VALUE(WARC_ID_SIZE, 48);

int main(void)
{
    return 0;
}
