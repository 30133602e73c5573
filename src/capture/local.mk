noinst_LIBRARIES += %reldir%/libcapture.a
%canon_reldir%_libcapture_a_CFLAGS = $(AM_CFLAGS) $(CURL_CFLAGS)
%canon_reldir%_libcapture_a_SOURCES = \
	%reldir%/capture_options.h \
	%reldir%/capture_records.c %reldir%/capture_records.h \
	%reldir%/curl_name.c %reldir%/curl_name.h \
	%reldir%/dechunk.c %reldir%/dechunk.h \
	%reldir%/keeping.c %reldir%/keeping.h \
	%reldir%/payload_identity.c %reldir%/payload_identity.h \
	%reldir%/writer_set.c %reldir%/writer_set.h
