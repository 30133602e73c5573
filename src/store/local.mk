noinst_LIBRARIES += %reldir%/libstore.a
%canon_reldir%_libstore_a_CFLAGS = $(AM_CFLAGS) $(SQLITE_CFLAGS)
%canon_reldir%_libstore_a_SOURCES = \
	%reldir%/completeness.c %reldir%/completeness.h \
	%reldir%/dedup.c %reldir%/dedup.h \
	%reldir%/store.h \
	%reldir%/store_held.c \
	%reldir%/store_hosts.c \
	%reldir%/store_listed.c \
	%reldir%/store_sqlite.c %reldir%/store_sqlite.h \
	%reldir%/store_visits.c
