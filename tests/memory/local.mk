# The n-th allocation fails: see failing.h.  Allocations inside shared libraries do not: they are not wrapped.
MEMORY_LINK = $(AM_LDFLAGS) -Wl,--wrap=malloc -Wl,--wrap=calloc -Wl,--wrap=realloc \
	-Wl,--wrap=free -Wl,--wrap=strdup -Wl,--wrap=getline -Wl,--wrap=__getdelim \
	-Wl,--wrap=asprintf -Wl,--wrap=__asprintf_chk -Wl,--wrap=scandir
FAILING_SOURCES = %reldir%/failing.c %reldir%/failing.h
ONE_FILE_SOURCES = %reldir%/one_file.c %reldir%/one_file.h

%canon_reldir%_test_memory_library_SOURCES = %reldir%/test_memory_library.c $(FAILING_SOURCES) \
	tests/warc/scratch.c tests/warc/scratch.h
%canon_reldir%_test_memory_library_LDFLAGS = $(MEMORY_LINK)
%canon_reldir%_test_memory_library_LDADD = $(WARC_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_memory_links_SOURCES = %reldir%/test_memory_links.c $(FAILING_SOURCES)
%canon_reldir%_test_memory_links_LDFLAGS = $(MEMORY_LINK)
%canon_reldir%_test_memory_links_LDADD = $(LINKS_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_memory_store_SOURCES = %reldir%/test_memory_store.c $(FAILING_SOURCES)
%canon_reldir%_test_memory_store_LDFLAGS = $(MEMORY_LINK)
%canon_reldir%_test_memory_store_LDADD = $(STORE_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_memory_collection_SOURCES = %reldir%/test_memory_collection.c $(FAILING_SOURCES)
%canon_reldir%_test_memory_collection_LDFLAGS = $(MEMORY_LINK)
%canon_reldir%_test_memory_collection_LDADD = $(COLLECTION_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_memory_traps_SOURCES = %reldir%/test_memory_traps.c $(FAILING_SOURCES)
%canon_reldir%_test_memory_traps_LDFLAGS = $(MEMORY_LINK)
%canon_reldir%_test_memory_traps_LDADD = $(TRAPS_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_memory_capture_SOURCES = %reldir%/test_memory_capture.c $(FAILING_SOURCES) tests/warc/scratch.c tests/warc/scratch.h
%canon_reldir%_test_memory_capture_LDFLAGS = $(MEMORY_LINK)
%canon_reldir%_test_memory_capture_LDADD = $(CAPTURE_LIBS) $(CURL_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_memory_frontier_SOURCES = %reldir%/test_memory_frontier.c $(FAILING_SOURCES)
%canon_reldir%_test_memory_frontier_LDFLAGS = $(MEMORY_LINK)
%canon_reldir%_test_memory_frontier_LDADD = $(CRAWL_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_memory_crawl_SOURCES = %reldir%/test_memory_crawl.c $(FAILING_SOURCES)
%canon_reldir%_test_memory_crawl_LDFLAGS = $(MEMORY_LINK)
%canon_reldir%_test_memory_crawl_LDADD = $(CRAWL_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_memory_options_SOURCES = %reldir%/test_memory_options.c $(FAILING_SOURCES)
%canon_reldir%_test_memory_options_LDFLAGS = $(MEMORY_LINK)
%canon_reldir%_test_memory_options_LDADD = $(CMD_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_memory_pack_SOURCES = %reldir%/test_memory_pack.c $(FAILING_SOURCES) $(ONE_FILE_SOURCES)
%canon_reldir%_test_memory_pack_LDFLAGS = $(MEMORY_LINK)
%canon_reldir%_test_memory_pack_LDADD = $(PACK_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_memory_repair_SOURCES = %reldir%/test_memory_repair.c $(FAILING_SOURCES) $(ONE_FILE_SOURCES)
%canon_reldir%_test_memory_repair_LDFLAGS = $(MEMORY_LINK)
%canon_reldir%_test_memory_repair_LDADD = $(REPAIR_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_memory_visits_SOURCES = %reldir%/test_memory_visits.c $(FAILING_SOURCES) \
	tests/crawl/small_site.c tests/crawl/small_site.h
%canon_reldir%_test_memory_visits_LDFLAGS = $(MEMORY_LINK)
%canon_reldir%_test_memory_visits_LDADD = $(CRAWL_LIBS) $(CHECK_LIBS)

check_PROGRAMS += \
	%reldir%/test_memory_capture \
	%reldir%/test_memory_collection \
	%reldir%/test_memory_crawl \
	%reldir%/test_memory_frontier \
	%reldir%/test_memory_library \
	%reldir%/test_memory_links \
	%reldir%/test_memory_options \
	%reldir%/test_memory_pack \
	%reldir%/test_memory_repair \
	%reldir%/test_memory_store \
	%reldir%/test_memory_traps \
	%reldir%/test_memory_visits
TESTS += \
	%reldir%/test_memory_capture \
	%reldir%/test_memory_collection \
	%reldir%/test_memory_crawl \
	%reldir%/test_memory_frontier \
	%reldir%/test_memory_library \
	%reldir%/test_memory_links \
	%reldir%/test_memory_options \
	%reldir%/test_memory_pack \
	%reldir%/test_memory_repair \
	%reldir%/test_memory_store \
	%reldir%/test_memory_traps \
	%reldir%/test_memory_visits
