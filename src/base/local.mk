noinst_LIBRARIES += %reldir%/libbase.a
%canon_reldir%_libbase_a_CFLAGS = $(AM_CFLAGS) $(ZLIB_CFLAGS) $(CRYPTO_CFLAGS) $(DEFLATE_CFLAGS) $(ISAL_CFLAGS)
%canon_reldir%_libbase_a_SOURCES = \
	%reldir%/box.c %reldir%/box.h \
	%reldir%/box_calls.c %reldir%/box_calls.h \
	%reldir%/buf.c %reldir%/buf.h \
	%reldir%/clock.c %reldir%/clock.h \
	%reldir%/digest.c %reldir%/digest.h \
	%reldir%/digest_value.c %reldir%/digest_value.h \
	%reldir%/disk.c %reldir%/disk.h \
	%reldir%/entropy.c %reldir%/entropy.h \
	%reldir%/give_up.h \
	%reldir%/gzip.c %reldir%/gzip.h \
	%reldir%/hash.c %reldir%/hash.h \
	%reldir%/jail.c %reldir%/jail.h \
	%reldir%/json.c %reldir%/json.h \
	%reldir%/pattern.c %reldir%/pattern.h \
	%reldir%/line_sort.c %reldir%/line_sort.h \
	%reldir%/messages.c %reldir%/messages.h \
	%reldir%/plain_text.c %reldir%/plain_text.h \
	%reldir%/result.c %reldir%/result.h \
	%reldir%/spelling.c %reldir%/spelling.h \
	%reldir%/spilled.c %reldir%/spilled.h \
	%reldir%/spool.c %reldir%/spool.h \
	%reldir%/system.c %reldir%/system.h \
	%reldir%/text.c %reldir%/text.h \
	%reldir%/utf8.c %reldir%/utf8.h \
	%reldir%/wording.c %reldir%/wording.h
