noinst_LIBRARIES += %reldir%/libplatform.a
%canon_reldir%_libplatform_a_SOURCES = \
	%reldir%/platform.c %reldir%/platform.h
