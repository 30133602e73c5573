noinst_LIBRARIES += %reldir%/libhtml.a
%canon_reldir%_libhtml_a_SOURCES = \
	%reldir%/characters.c %reldir%/characters.h \
	%reldir%/encoding.c %reldir%/encoding.h \
	%reldir%/entities.c %reldir%/entities.h \
	%reldir%/entities_table.c \
	%reldir%/json_strings.c %reldir%/json_strings.h \
	%reldir%/page_text.c %reldir%/page_text.h \
	%reldir%/page_title.c %reldir%/page_title.h \
	%reldir%/tag_names.c %reldir%/tag_names.h \
	%reldir%/tokenizer.c %reldir%/tokenizer.h \
	%reldir%/word_set.c %reldir%/word_set.h \
	%reldir%/xml_text.c %reldir%/xml_text.h
EXTRA_DIST += %reldir%/make-entities.py
