fetch_tests = \
	%reldir%/test_address_guard \
	%reldir%/test_cookie_file \
	%reldir%/test_dns_response \
	%reldir%/test_host_set \
	%reldir%/test_kept_hosts \
	%reldir%/test_proxy_choice \
	%reldir%/test_raw_response \
	%reldir%/test_request_headers
check_PROGRAMS += $(fetch_tests)
TESTS += $(fetch_tests)

%canon_reldir%_test_address_guard_SOURCES = %reldir%/test_address_guard.c
%canon_reldir%_test_address_guard_LDADD = $(FETCH_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_cookie_file_SOURCES = %reldir%/test_cookie_file.c
%canon_reldir%_test_cookie_file_LDADD = $(FETCH_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_dns_response_SOURCES = %reldir%/test_dns_response.c
%canon_reldir%_test_dns_response_LDADD = $(FETCH_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_host_set_SOURCES = %reldir%/test_host_set.c
%canon_reldir%_test_host_set_LDADD = $(FETCH_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_kept_hosts_SOURCES = %reldir%/test_kept_hosts.c
%canon_reldir%_test_kept_hosts_LDADD = $(FETCH_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_proxy_choice_SOURCES = %reldir%/test_proxy_choice.c
%canon_reldir%_test_proxy_choice_LDADD = $(FETCH_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_request_headers_SOURCES = %reldir%/test_request_headers.c
%canon_reldir%_test_request_headers_LDADD = $(FETCH_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_request_headers_CFLAGS = $(AM_CFLAGS) $(CURL_CFLAGS)
%canon_reldir%_test_raw_response_SOURCES = %reldir%/test_raw_response.c
%canon_reldir%_test_raw_response_LDADD = $(FETCH_LIBS) $(CHECK_LIBS)
