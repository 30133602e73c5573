noinst_LIBRARIES += %reldir%/libplatform.a
%canon_reldir%_libplatform_a_SOURCES = \
	%reldir%/platform.c %reldir%/platform.h \
	%reldir%/platform_blogger.c \
	%reldir%/platform_ghost.c \
	%reldir%/platform_static_site.c \
	%reldir%/platform_substack.c \
	%reldir%/platform_wordpress.c \
	%reldir%/platforms.h
