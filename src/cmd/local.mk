bin_PROGRAMS += warccap
warccap_CFLAGS = $(AM_CFLAGS) $(CURL_CFLAGS)
warccap_SOURCES = \
	%reldir%/cmd_crawl.c \
	%reldir%/cmd_index.c \
	%reldir%/cmd_links.c \
	%reldir%/cmd_verify.c \
	%reldir%/cmd_why.c \
	%reldir%/config.c %reldir%/config.h \
	%reldir%/crawl_sites.c %reldir%/crawl_sites.h \
	%reldir%/crawl_words.c %reldir%/crawl_words.h \
	%reldir%/jobs.c %reldir%/jobs.h \
	%reldir%/main.c \
	%reldir%/options.c %reldir%/options.h
warccap_LDADD = src/crawl/libcrawl.a src/verify/libverify.a $(WORK_LIBS) $(CURL_LIBS) $(SSL_LIBS)

# The man page says what --help says, because the program writes it.
man1_MANS = warccap.1
CLEANFILES += warccap.1
warccap.1: warccap$(EXEEXT)
	$(AM_V_GEN)./warccap$(EXEEXT) --man-page > $@.tmp && mv $@.tmp $@
