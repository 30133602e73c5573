noinst_LIBRARIES += %reldir%/libserve.a
%canon_reldir%_libserve_a_CFLAGS = $(AM_CFLAGS) $(MICROHTTPD_CFLAGS)
%canon_reldir%_libserve_a_SOURCES = \
	%reldir%/alike_urls.c %reldir%/alike_urls.h \
	%reldir%/archive_set.c %reldir%/archive_set.h \
	%reldir%/archived_host.c %reldir%/archived_host.h \
	%reldir%/capture_link.c %reldir%/capture_link.h \
	%reldir%/cdx_answer.c %reldir%/cdx_answer.h \
	%reldir%/cdx_query.c %reldir%/cdx_query.h \
	%reldir%/merged_lines.c %reldir%/merged_lines.h \
	%reldir%/memento.c %reldir%/memento.h \
	%reldir%/byte_range.c %reldir%/byte_range.h \
	%reldir%/served_body.c %reldir%/served_body.h \
	%reldir%/front_page.c %reldir%/front_page.h \
	%reldir%/http_server.c %reldir%/http_server.h \
	%reldir%/page_line.c %reldir%/page_line.h \
	%reldir%/player.c %reldir%/player.h \
	%reldir%/query_field.c %reldir%/query_field.h \
	%reldir%/replay.c %reldir%/replay.h \
	%reldir%/replay_fields.c %reldir%/replay_fields.h \
	%reldir%/replay_scripts.c %reldir%/replay_scripts.h \
	%reldir%/request.c %reldir%/request.h \
	%reldir%/run_pages.c %reldir%/run_pages.h \
	%reldir%/serve.c %reldir%/serve.h
