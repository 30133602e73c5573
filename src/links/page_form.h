/* A form of the page that is being read, and what its controls would send. Private to the readers
 * of pages. */
#ifndef LINKS_PAGE_FORM_H
#define LINKS_PAGE_FORM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

enum { CONTROLS_MOST = 12, CHOICES_MOST = 400, JUMP_BYTES = 200 };

/* Something that has a name and sends one value. Texts are as written in the page. */
struct control {
    struct text name;
    size_t count;  /* values to choose from */
    size_t chosen; /* index of the one that it has at first */
    bool button;
};

struct choice {
    size_t control;
    struct text value, label;
};

struct page_form {
    bool open;
    bool sends; /* by POST */
    bool typed; /* it has a field to type in, or more controls than are kept */
    struct text action;
    struct text label; /* of a button without a name */
    struct control controls[CONTROLS_MOST];
    size_t control_count;
    struct choice choices[CHOICES_MOST];
    size_t choice_count;
    /* Of the current select element: */
    struct control *select; /* NULL: it sends nothing */
    bool jumps;             /* its script goes to the chosen value, with these around it: */
    char before[JUMP_BYTES], after[JUMP_BYTES];
};

static inline void page_form_init(struct page_form *form)
{
    form->open = form->jumps = false;
    form->select = NULL;
}

#endif
