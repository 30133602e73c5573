html_tests = \
	%reldir%/test_page_text \
	%reldir%/test_page_title \
	%reldir%/test_tokenizer \
	%reldir%/test_tokens
check_PROGRAMS += $(html_tests)
TESTS += $(html_tests)

%canon_reldir%_test_tokenizer_SOURCES = %reldir%/test_tokenizer.c \
	tests/hostile.c tests/hostile.h
%canon_reldir%_test_tokenizer_LDADD = $(HTML_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_page_text_SOURCES = %reldir%/test_page_text.c
%canon_reldir%_test_page_text_LDADD = $(HTML_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_page_title_SOURCES = %reldir%/test_page_title.c
%canon_reldir%_test_page_title_LDADD = $(HTML_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_tokens_SOURCES = %reldir%/test_tokens.c \
	tests/fixture.c tests/fixture.h
%canon_reldir%_test_tokens_LDADD = $(HTML_LIBS) $(CHECK_LIBS)
