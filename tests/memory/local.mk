# The n-th allocation fails: see failing.h.
MEMORY_LINK = $(AM_LDFLAGS) -Wl,--wrap=malloc -Wl,--wrap=calloc -Wl,--wrap=realloc \
	-Wl,--wrap=free -Wl,--wrap=strdup
FAILING_SOURCES = %reldir%/failing.c %reldir%/failing.h

%canon_reldir%_test_memory_library_SOURCES = %reldir%/test_memory_library.c $(FAILING_SOURCES) \
	tests/warc/scratch.c tests/warc/scratch.h
%canon_reldir%_test_memory_library_LDFLAGS = $(MEMORY_LINK)
%canon_reldir%_test_memory_library_LDADD = $(WARC_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_memory_links_SOURCES = %reldir%/test_memory_links.c $(FAILING_SOURCES)
%canon_reldir%_test_memory_links_LDFLAGS = $(MEMORY_LINK)
%canon_reldir%_test_memory_links_LDADD = $(LINKS_LIBS) $(CHECK_LIBS)

check_PROGRAMS += %reldir%/test_memory_library %reldir%/test_memory_links
TESTS += %reldir%/test_memory_library %reldir%/test_memory_links
