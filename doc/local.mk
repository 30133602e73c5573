# What makes a program a service: units for systemd, an example of a site's file, and the page that tells how.
systemdsystemunit_DATA = %reldir%/warccap@.service %reldir%/warccap@.timer
dist_doc_DATA = %reldir%/a-blog.conf
dist_man_MANS += %reldir%/warccap-cron.7 %reldir%/warccap-records.7
EXTRA_DIST += %reldir%/warccap@.service.in %reldir%/warccap@.timer
CLEANFILES += %reldir%/warccap@.service

%reldir%/warccap@.service: %reldir%/warccap@.service.in Makefile
	$(AM_V_GEN)$(MKDIR_P) %reldir% && sed 's|[@]bindir@|$(bindir)|' $(srcdir)/%reldir%/warccap@.service.in > $@.tmp && mv $@.tmp $@
