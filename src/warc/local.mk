noinst_LIBRARIES += %reldir%/libwarc.a
%canon_reldir%_libwarc_a_CFLAGS = $(AM_CFLAGS) $(ZLIB_CFLAGS)
%canon_reldir%_libwarc_a_SOURCES = \
	%reldir%/arc.c %reldir%/arc.h \
	%reldir%/check_message.c %reldir%/check_request.c %reldir%/check_start.c \
	%reldir%/checker.c %reldir%/checker.h \
	%reldir%/commits.c %reldir%/commits.h \
	%reldir%/digests.c %reldir%/digests.h \
	%reldir%/draft_head.c %reldir%/draft_head.h \
	%reldir%/fields.c \
	%reldir%/flaws.c %reldir%/flaws.h \
	%reldir%/header.c %reldir%/header.h \
	%reldir%/ids.c %reldir%/ids.h \
	%reldir%/member.c %reldir%/member.h \
	%reldir%/mend.c %reldir%/mend.h \
	%reldir%/payload.c %reldir%/payload_kind.c %reldir%/payload_kind.h \
	%reldir%/reader.c %reldir%/reader_head.h %reldir%/reader_part.h \
	%reldir%/record.c \
	%reldir%/rules.c %reldir%/rules.h \
	%reldir%/source.c %reldir%/source.h \
	%reldir%/structs.c %reldir%/structs.h \
	%reldir%/window.c %reldir%/window.h \
	%reldir%/writer.c \
	%reldir%/writer_file.c %reldir%/writer_file.h \
	%reldir%/writer_stop.h
