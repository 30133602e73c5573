noinst_LIBRARIES += %reldir%/libstore.a
%canon_reldir%_libstore_a_CFLAGS = $(AM_CFLAGS) $(SQLITE_CFLAGS)
%canon_reldir%_libstore_a_SOURCES = \
	%reldir%/completeness.c %reldir%/completeness.h \
	%reldir%/dedup.c %reldir%/dedup.h \
	%reldir%/completeness_state.h \
	%reldir%/failure.h \
	%reldir%/failure_state.h \
	%reldir%/hosts.h \
	%reldir%/known_urls.h \
	%reldir%/memory_completeness.c \
	%reldir%/memory_failures.c \
	%reldir%/memory_hosts.c \
	%reldir%/memory_progress.c \
	%reldir%/memory_queue.c \
	%reldir%/memory_known_urls.c \
	%reldir%/memory_recrawl.c \
	%reldir%/memory_site_counts.c \
	%reldir%/memory_store.c %reldir%/memory_store.h \
	%reldir%/memory_store_internal.h \
	%reldir%/memory_table.c %reldir%/memory_table.h \
	%reldir%/progress_state.h \
	%reldir%/queue.h \
	%reldir%/recrawl_state.h \
	%reldir%/seen_keys.c %reldir%/seen_keys.h \
	%reldir%/sqlite_completeness.c \
	%reldir%/sqlite_failures.c \
	%reldir%/sqlite_hosts.c \
	%reldir%/sqlite_progress.c \
	%reldir%/sqlite_queue.c \
	%reldir%/sqlite_known_urls.c \
	%reldir%/sqlite_recrawl.c \
	%reldir%/site_counts.h \
	%reldir%/sqlite_site_counts.c \
	%reldir%/sqlite_statements.c \
	%reldir%/sqlite_store.c %reldir%/sqlite_store.h \
	%reldir%/sqlite_store_internal.h \
	%reldir%/store.c %reldir%/store.h
