repair_scripts = \
	%reldir%/test_repair_fixtures.sh
TESTS += $(repair_scripts)
EXTRA_DIST += $(repair_scripts) \
	%reldir%/expected.tsv \
	%reldir%/make-broken.py

check_PROGRAMS += %reldir%/list_repairs
%canon_reldir%_list_repairs_SOURCES = %reldir%/list_repairs.c
%canon_reldir%_list_repairs_LDADD = $(REPAIR_LIBS)
