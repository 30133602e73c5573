# Units for systemd, below the prefix unless --with-systemdsystemunitdir says where the system looks for them.
systemdsystemunit_DATA = %reldir%/warccap@.service %reldir%/warccap@.timer
CLEANFILES += %reldir%/warccap@.service
EXTRA_DIST += %reldir%/warccap@.service.in %reldir%/warccap@.timer
%reldir%/warccap@.service: $(srcdir)/%reldir%/warccap@.service.in Makefile
	$(AM_V_GEN)$(MKDIR_P) %reldir% && sed 's#@bindir[@]#$(bindir)#; s#@sysconfdir[@]#$(sysconfdir)#' \
		$(srcdir)/%reldir%/warccap@.service.in > $@.tmp && mv $@.tmp $@
