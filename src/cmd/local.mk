bin_PROGRAMS += warccap
warccap_SOURCES = %reldir%/main.c
warccap_LDADD = $(CMD_LIBS)

noinst_LIBRARIES += %reldir%/libcmd.a
%canon_reldir%_libcmd_a_CFLAGS = $(AM_CFLAGS) $(CURL_CFLAGS)
%canon_reldir%_libcmd_a_SOURCES = \
	%reldir%/cmd_crawl.c \
	%reldir%/cmd_index.c \
	%reldir%/cmd_links.c \
	%reldir%/cmd_pack.c \
	%reldir%/cmd_repair.c \
	%reldir%/cmd_serve.c \
	%reldir%/cmd_verify.c \
	%reldir%/cmd_why.c \
	%reldir%/command_words.c %reldir%/command_words.h \
	%reldir%/config.c %reldir%/config.h \
	%reldir%/crawl_sites.c %reldir%/crawl_sites.h \
	%reldir%/crawl_check.c %reldir%/crawl_check.h \
	%reldir%/crawl_settings.c %reldir%/crawl_settings.h \
	%reldir%/ending_signals.c %reldir%/ending_signals.h \
	%reldir%/jitter.c %reldir%/jitter.h \
	%reldir%/job_queue.c %reldir%/job_queue.h \
	%reldir%/jobs.c %reldir%/jobs.h \
	%reldir%/man_repair.c %reldir%/man_repair.h \
	%reldir%/man_rules.c %reldir%/man_rules.h \
	%reldir%/man_states.c %reldir%/man_states.h \
	%reldir%/notify.c %reldir%/notify.h \
	%reldir%/option_advice.c %reldir%/option_advice.h \
	%reldir%/options.c %reldir%/options.h \
	%reldir%/reading_box.c %reldir%/reading_box.h \
	%reldir%/seed_word.c %reldir%/seed_word.h \
	%reldir%/served_places.c %reldir%/served_places.h \
	%reldir%/site_directory.c %reldir%/site_directory.h \
	%reldir%/text_file.c %reldir%/text_file.h \
	%reldir%/temporary.c %reldir%/temporary.h \
	%reldir%/verify_rules.c %reldir%/verify_rules.h

# The man pages say what --help and the table of rules say, because the program writes them.
man1_MANS = warccap.1
man7_MANS = warccap-rules.7 warccap-verify-rules.7
CLEANFILES += warccap.1 warccap-rules.7 warccap-verify-rules.7
warccap.1: warccap$(EXEEXT)
	$(AM_V_GEN)./warccap$(EXEEXT) --man-page > $@.tmp && mv $@.tmp $@
warccap-rules.7: warccap$(EXEEXT)
	$(AM_V_GEN)./warccap$(EXEEXT) --man-page-rules > $@.tmp && mv $@.tmp $@
warccap-verify-rules.7: warccap$(EXEEXT)
	$(AM_V_GEN)./warccap$(EXEEXT) --man-page-verify-rules > $@.tmp && mv $@.tmp $@
