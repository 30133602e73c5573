EXTRA_DIST += \
	%reldir%/powercut.py

# Preloaded into the program by tests of what happens to its files; a shared object, and no part of the program.
check_PROGRAMS += %reldir%/recorder.so
%canon_reldir%_recorder_so_SOURCES = %reldir%/recorder.c
%canon_reldir%_recorder_so_CPPFLAGS =
%canon_reldir%_recorder_so_CFLAGS = -std=gnu11 $(WARN_CFLAGS) -fPIC
%canon_reldir%_recorder_so_LDFLAGS =
%canon_reldir%_recorder_so_LINK = $(CC) $(CFLAGS) $(LDFLAGS) -shared -o $@
%canon_reldir%_recorder_so_LDADD =
