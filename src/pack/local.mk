noinst_LIBRARIES += %reldir%/libpack.a
%canon_reldir%_libpack_a_CFLAGS = $(AM_CFLAGS) $(ARCHIVE_CFLAGS)
%canon_reldir%_libpack_a_SOURCES = \
	%reldir%/pack.c %reldir%/pack.h \
	%reldir%/package_index.c %reldir%/package_index.h \
	%reldir%/package_json.c %reldir%/package_json.h \
	%reldir%/package_parts.c %reldir%/package_parts.h \
	%reldir%/packed_files.c %reldir%/packed_files.h \
	%reldir%/packed_pages.c %reldir%/packed_pages.h \
	%reldir%/packed_records.c %reldir%/packed_records.h \
	%reldir%/picked_captures.c %reldir%/picked_captures.h \
	%reldir%/spool_lines.c %reldir%/spool_lines.h \
	%reldir%/wacz_writer.c %reldir%/wacz_writer.h
