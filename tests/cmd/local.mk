cmd_tests = \
	%reldir%/test_config \
	%reldir%/test_crawl_settings \
	%reldir%/test_jitter \
	%reldir%/test_job_queue \
	%reldir%/test_options \
	%reldir%/test_site_directory
check_PROGRAMS += $(cmd_tests)
TESTS += $(cmd_tests)

%canon_reldir%_test_job_queue_SOURCES = %reldir%/test_job_queue.c
%canon_reldir%_test_job_queue_LDADD = $(CMD_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_jitter_SOURCES = %reldir%/test_jitter.c
%canon_reldir%_test_jitter_LDADD = $(CMD_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_options_SOURCES = %reldir%/test_options.c
%canon_reldir%_test_options_LDADD = $(CMD_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_config_SOURCES = %reldir%/test_config.c
%canon_reldir%_test_config_LDADD = $(CMD_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_site_directory_SOURCES = %reldir%/test_site_directory.c
%canon_reldir%_test_site_directory_LDADD = $(CMD_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_crawl_settings_SOURCES = %reldir%/test_crawl_settings.c
%canon_reldir%_test_crawl_settings_CFLAGS = $(AM_CFLAGS) $(CURL_CFLAGS)
%canon_reldir%_test_crawl_settings_LDADD = $(CMD_LIBS) $(CHECK_LIBS)
