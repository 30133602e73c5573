# libwarccap for other programs: the rooms warc, http and base, and nothing of them but warc_* to be seen.  They are linked into one
# object first, in which all names that are hidden (AM_CFLAGS) become local; the static library is that object, the shared
# one is made of it.  The soname's number is that of the version script: see there for when it rises.
LIBWARCCAP_SONAME = libwarccap.so.0
LIBWARCCAP_FILE = libwarccap.so.$(PACKAGE_VERSION)

warccapincludedir = $(includedir)/warccap
warccapinclude_HEADERS = include/warccap/warc.h
warccaplibdir = $(libdir)
warccaplib_DATA = libwarccap.a $(LIBWARCCAP_FILE)
pkgconfigdir = $(libdir)/pkgconfig
pkgconfig_DATA = libwarccap.pc
exampledir = $(docdir)/examples
dist_example_DATA = examples/digests.c examples/extract.c examples/filter.c examples/list.c examples/recompress.c \
	examples/write.c
EXTRA_DIST += src/warc/libwarccap.map
CLEANFILES += libwarccap.a libwarccap_whole.o $(LIBWARCCAP_FILE)

libwarccap_whole.o: src/warc/libwarc.a src/http/libhttp.a src/base/libbase.a
	$(AM_V_CCLD)$(CC) -r -nostdlib -o $@.tmp -Wl,--whole-archive src/warc/libwarc.a -Wl,--no-whole-archive src/http/libhttp.a \
		src/base/libbase.a && \
		$(OBJCOPY) --localize-hidden $@.tmp $@ && rm -f $@.tmp

libwarccap.a: libwarccap_whole.o
	$(AM_V_AR)rm -f $@ && $(AR) cr $@ libwarccap_whole.o && $(RANLIB) $@

$(LIBWARCCAP_FILE): libwarccap_whole.o $(srcdir)/src/warc/libwarccap.map
	$(AM_V_CCLD)$(CC) $(CFLAGS) $(SANITIZER_CFLAGS) $(LDFLAGS) -shared -Wl,-soname,$(LIBWARCCAP_SONAME) \
		-Wl,--version-script,$(srcdir)/src/warc/libwarccap.map -o $@ libwarccap_whole.o $(LIBWARCCAP_NEEDS)

# The manual is the header's comments: a page a section, and each function's name leads to its page.
LIBWARCCAP_PAGES = libwarccap.3 warc_record.3 warc_reader.3 warc_payload.3 warc_writer.3 warc_mend.3 warc_rules.3
man3_MANS = $(LIBWARCCAP_PAGES)
EXTRA_DIST += doc/man-pages.awk
CLEANFILES += $(LIBWARCCAP_PAGES) man-aliases man-pages.stamp
$(LIBWARCCAP_PAGES) man-aliases: man-pages.stamp
man-pages.stamp: doc/man-pages.awk include/warccap/warc.h src/warc/rules.h
	$(AM_V_GEN)rm -f man-aliases && $(AWK) -v out=. -v version=$(PACKAGE_VERSION) -f $(srcdir)/doc/man-pages.awk \
		$(srcdir)/include/warccap/warc.h $(srcdir)/src/warc/rules.h && touch $@

install-data-hook: man-aliases
	cd $(DESTDIR)$(libdir) && rm -f $(LIBWARCCAP_SONAME) libwarccap.so && \
		$(LN_S) $(LIBWARCCAP_FILE) $(LIBWARCCAP_SONAME) && $(LN_S) $(LIBWARCCAP_SONAME) libwarccap.so
	while read -r name page; do echo ".so man3/$$page.3" >$(DESTDIR)$(man3dir)/$$name.3 || exit 1; done <man-aliases
uninstall-hook: man-aliases
	rm -f $(DESTDIR)$(libdir)/$(LIBWARCCAP_SONAME) $(DESTDIR)$(libdir)/libwarccap.so
	while read -r name page; do rm -f $(DESTDIR)$(man3dir)/$$name.3; done <man-aliases
