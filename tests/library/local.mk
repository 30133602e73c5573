library_scripts = \
	%reldir%/stranger.sh \
	%reldir%/threads.sh
TESTS += $(library_scripts)
EXTRA_DIST += $(library_scripts) \
	%reldir%/layout.c \
	%reldir%/stranger.cc \
	%reldir%/symbols \
	%reldir%/threads.c
