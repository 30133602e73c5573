/* Compares the URLs that are found in a few bytes. */
#include <config.h>

#include "found.h"

#include <check.h>
#include <string.h>

#include "collect.h"

void found_urls(const struct form_case *form, const char *base, struct buf *found)
{
    static const char own[] = "http://h.example";
    struct buf lines;
    struct text rest, line, word = TEXT(""), class = TEXT("");
    buf_init(&lines, 1 << 20);
    collect(form->kind, base, TEXT(""), text_of(form->bytes), &lines);
    rest = buf_text(&lines);
    buf_add(found, "");
    while (rest.length && text_split(&rest, '\n', &line)) {
        text_split(&line, ' ', &class);
        text_split(&line, ' ', &word);
        text_split(&line, ' ', &word);
        if (found->length)
            buf_add_char(found, ' ');
        if (form->classes) {
            buf_add_text(found, class);
            buf_add_char(found, ':');
        }
        buf_add_text(found, text_starts(word, text_of(own)) ? text_skip(word, strlen(own)) : word);
    }
    buf_release(&lines);
}

void found_check(const struct form_case *form, const char *base)
{
    struct buf found;
    buf_init(&found, 1 << 20);
    found_urls(form, base, &found);
    ck_assert_msg(strcmp(found.data, form->found) == 0, "%s: not \"%s\" but \"%s\"", form->name,
                  form->found, found.data);
    buf_release(&found);
}
