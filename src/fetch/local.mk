noinst_LIBRARIES += %reldir%/libfetch.a
%canon_reldir%_libfetch_a_CFLAGS = $(AM_CFLAGS) $(CURL_CFLAGS) $(SSL_CFLAGS)
%canon_reldir%_libfetch_a_SOURCES = \
	%reldir%/address_guard.c %reldir%/address_guard.h \
	%reldir%/cookie_file.c %reldir%/cookie_file.h \
	%reldir%/cookie_jar.c %reldir%/cookie_jar.h \
	%reldir%/dns_lookup.c %reldir%/dns_lookup.h \
	%reldir%/dns_response.c %reldir%/dns_response.h \
	%reldir%/fetch.c %reldir%/fetch.h \
	%reldir%/fetch_begin.c \
	%reldir%/fetch_files.c %reldir%/fetch_files.h \
	%reldir%/fetch_internal.h \
	%reldir%/fetch_options.h \
	%reldir%/host_set.c %reldir%/host_set.h \
	%reldir%/kept_hosts.c %reldir%/kept_hosts.h \
	%reldir%/proxy_choice.c %reldir%/proxy_choice.h \
	%reldir%/raw_http.c %reldir%/raw_http.h \
	%reldir%/raw_response.c %reldir%/raw_response.h \
	%reldir%/request_headers.c %reldir%/request_headers.h \
	%reldir%/tls_info.c %reldir%/tls_info.h \
	%reldir%/transfer_info.c %reldir%/transfer_info.h \
	%reldir%/transfer_limits.c %reldir%/transfer_limits.h
