noinst_LIBRARIES += %reldir%/librepair.a
%canon_reldir%_librepair_a_SOURCES = \
	%reldir%/judge.c %reldir%/judge.h \
	%reldir%/made_from.c %reldir%/made_from.h \
	%reldir%/part.c %reldir%/part.h \
	%reldir%/repair.c %reldir%/repair.h \
	%reldir%/repair_change.c %reldir%/repair_change.h \
	%reldir%/repair_records.c %reldir%/repair_records.h \
	%reldir%/repair_tree.c %reldir%/repair_tree.h \
	%reldir%/repaired_file.c %reldir%/repaired_file.h
