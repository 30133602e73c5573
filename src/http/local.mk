noinst_LIBRARIES += %reldir%/libhttp.a
%canon_reldir%_libhttp_a_CFLAGS = $(AM_CFLAGS) $(ZLIB_CFLAGS) $(BROTLI_CFLAGS) $(ZSTD_CFLAGS)
%canon_reldir%_libhttp_a_SOURCES = \
	%reldir%/body_reader.c %reldir%/body_reader.h \
	%reldir%/http_body.c %reldir%/http_body.h \
	%reldir%/http_coding.c %reldir%/http_coding.h \
	%reldir%/http_date.c %reldir%/http_date.h \
	%reldir%/http_framing.c %reldir%/http_framing.h \
	%reldir%/http_message.c %reldir%/http_message.h \
	%reldir%/http_short.c %reldir%/http_short.h \
	%reldir%/http_split.c %reldir%/http_split.h
