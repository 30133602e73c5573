# What makes a program a service: units for systemd, an example of a site's file, and the page that tells how.
systemdsystemunit_DATA = %reldir%/warccap@.service %reldir%/warccap@.timer
dist_doc_DATA = %reldir%/a-blog.conf
dist_man_MANS += %reldir%/warccap-records.7
man_MANS = %reldir%/warccap-cron.7
EXTRA_DIST += %reldir%/warccap@.service.in %reldir%/warccap@.timer %reldir%/warccap-cron.7.in
CLEANFILES += %reldir%/warccap@.service %reldir%/warccap-cron.7

# `make install prefix=/usr` may name other directories than configure did: each make writes the paths anew, and a file that
# would stay the same is not touched.
.PHONY: doc-paths
WRITE_PATHS = $(MKDIR_P) %reldir% && sed 's|[@]bindir@|$(bindir)|g; s|[@]docdir@|$(docdir)|g' $(srcdir)/$@.in > $@.tmp && \
	if cmp -s $@.tmp $@; then rm -f $@.tmp; else mv -f $@.tmp $@; fi
%reldir%/warccap@.service: %reldir%/warccap@.service.in doc-paths
	@$(WRITE_PATHS)
%reldir%/warccap-cron.7: %reldir%/warccap-cron.7.in doc-paths
	@$(WRITE_PATHS)
