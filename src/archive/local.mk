noinst_LIBRARIES += %reldir%/libarchive_room.a
%canon_reldir%_libarchive_room_a_CFLAGS = $(AM_CFLAGS) $(SQLITE_CFLAGS)
%canon_reldir%_libarchive_room_a_SOURCES = \
	%reldir%/collection.c %reldir%/collection.h \
	%reldir%/index_cdxj.c %reldir%/index_cdxj.h \
	%reldir%/ledger.c %reldir%/ledger.h \
	%reldir%/lookup.c %reldir%/lookup.h \
	%reldir%/manifest.c %reldir%/manifest.h \
	%reldir%/originals.c %reldir%/originals.h \
	%reldir%/reading.c %reldir%/reading.h \
	%reldir%/store_holdings.c \
	%reldir%/store_hosts.c \
	%reldir%/store_promises.c \
	%reldir%/store_sqlite.c %reldir%/store_sqlite.h %reldir%/store.h \
	%reldir%/store_visits.c
