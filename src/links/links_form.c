/*
 * Ways on that are not anchors: forms that are sent by GET with nothing to type in, and lists whose
 * script goes to the value that is chosen. A form is sent with each of its choices, as a reader
 * would send it, unless they only order or filter what a page shows.
 */
#include <config.h>

#include <string.h>

#include "html/entities.h"
#include "links/page.h"
#include "links/part_name.h"

enum { LABEL_BYTES = 120, COMBINATIONS_MOST = 400, VARIED_MOST = 2, DATES_MOST = 3 };

/* ---- names ---- */

/* Controls that show the same list in another way, and not another part of it. */
static bool is_view(struct text name)
{
    static const struct text names[] = {
        WORD("sort"),     WORD("order"),    WORD("orderby"),  WORD("order_by"), WORD("sortby"),
        WORD("sort_by"),  WORD("dir"),      WORD("view"),     WORD("limit"),    WORD("per_page"),
        WORD("perpage"),  WORD("pagesize"), WORD("show"),     WORD("display"),  WORD("lang"),
        WORD("language"), WORD("locale"),   WORD("currency"), WORD("country"),  WORD("theme"),
        WORD("style"),    WORD("mode"),     WORD("layout"),   WORD("size"),     WORD("count"),
        WORD("format"),   WORD("num"),
    };
    return TEXT_IS_ANY(name, names);
}

static bool is_date(struct text name)
{
    static const struct text words[] = {WORD("year"), WORD("month"), WORD("day"),   WORD("date"),
                                        WORD("jahr"), WORD("monat"), WORD("annee"), WORD("mois")};
    return TEXT_HAS_ANY(name, words) || text_equal_nocase(name, TEXT("y")) ||
           text_equal_nocase(name, TEXT("m"));
}

/* What is sent there changes something, or is for one visitor only. */
static bool is_act(struct text text)
{
    static const struct text words[] = {WORD("cart"),    WORD("basket"),   WORD("checkout"),
                                        WORD("login"),   WORD("logout"),   WORD("signin"),
                                        WORD("vote"),    WORD("poll"),     WORD("answer"),
                                        WORD("comment"), WORD("contact"),  WORD("subscribe"),
                                        WORD("delete"),  WORD("remove"),   WORD("rating"),
                                        WORD("token"),   WORD("register"), WORD("consent"),
                                        WORD("quiz"),    WORD("buy"),      WORD("donate")};
    return TEXT_HAS_ANY(text, words);
}

/* ---- reading controls ---- */

static struct text label_ahead(const struct page *page)
{
    const struct tokenizer *t = &page->tokenizer;
    struct text ahead = text_first(text_skip(t->input, t->at), LABEL_BYTES);
    ptrdiff_t end = text_find_char(ahead, '<');
    return text_trim(end < 0 ? TEXT("") : text_first(ahead, (size_t)end));
}

/* The control of that name; a new one if there is none. NULL: there are too many. */
static struct control *find_control(struct page_form *form, struct text name, bool button)
{
    for (size_t i = 0; i < form->control_count; i++)
        if (text_equal(form->controls[i].name, name) && form->controls[i].button == button)
            return &form->controls[i];
    if (form->control_count == CONTROLS_MOST) {
        form->typed = true;
        return NULL;
    }
    form->controls[form->control_count] = (struct control){.name = name, .button = button};
    return &form->controls[form->control_count++];
}

static void add_choice(struct page_form *form, struct control *control, struct choice choice,
                       bool chosen)
{
    if (!control)
        return;
    if (form->choice_count == CHOICES_MOST) {
        form->typed = true;
        return;
    }
    choice.control = (size_t)(control - form->controls);
    if (chosen)
        control->chosen = control->count;
    control->count++;
    form->choices[form->choice_count++] = choice;
}

static void begin_form(struct page *page)
{
    struct page_form *form = &page->form;
    bool search = text_equal_nocase(page_raw(page, A_ROLE), TEXT("search"));
    form_end(page);
    form->open = true;
    form->sends = page_has(page, A_METHOD) &&
                  !text_equal_nocase(text_trim(page_raw(page, A_METHOD)), TEXT("get"));
    form->typed = search;
    form->action = text_trim(page_raw(page, A_ACTION));
    form->label = TEXT("");
    form->select = NULL;
    form->control_count = form->choice_count = 0;
}

/* Which input elements send the same each time, which are chosen from, and which are typed in. */
static void input(struct page *page)
{
    static const struct text ignored[] = {WORD("button"), WORD("reset"), WORD("image")};
    struct page_form *form = &page->form;
    struct text type = text_trim(page_raw(page, A_TYPE)), name = page_raw(page, A_NAME);
    struct choice choice = {.value = page_raw(page, A_VALUE), .label = page_raw(page, A_VALUE)};
    if (TEXT_IS_ANY(type, ignored))
        return;
    if (text_equal_nocase(type, TEXT("hidden")) && name.length)
        add_choice(form, find_control(form, name, false), choice, true);
    else if (text_equal_nocase(type, TEXT("radio")) && name.length)
        add_choice(form, find_control(form, name, false), choice, page_has(page, A_CHECKED));
    else if (text_equal_nocase(type, TEXT("checkbox"))) {
        if (name.length && page_has(page, A_CHECKED))
            add_choice(form, find_control(form, name, false), choice, true);
    } else if (text_equal_nocase(type, TEXT("submit"))) {
        if (name.length)
            add_choice(form, find_control(form, name, true), choice, false);
        else
            form->label = choice.label;
    } else if (!text_equal_nocase(type, TEXT("hidden")))
        form->typed = true;
}

/* <button formaction="/list?page=2">Next: a button that sends the form elsewhere. */
static void give_other_action(struct page *page, struct text label)
{
    const struct tokenizer *t = &page->tokenizer;
    struct text action = TEXT("");
    for (size_t i = 0; i < t->other_count; i++)
        if (text_equal_nocase(t->others[i].name, TEXT("formaction")))
            action = text_trim(page_decoded(page, t->others[i].value));
    if (!action.length || page->form.sends || page->form.typed ||
        !extract_resolve_filled(page->extract, action))
        return;
    struct series_judgement judgement = page_judge(page, label);
    struct found found = {.class = judgement.class,
                          .certainty = judgement.certainty,
                          .element = "button",
                          .attribute = "formaction"};
    if (judgement.class != LINK_PAGE)
        extract_give_resolved(page->extract, &found);
}

static void button(struct page *page)
{
    struct page_form *form = &page->form;
    struct text type = text_trim(page_raw(page, A_TYPE)), name = page_raw(page, A_NAME);
    struct choice choice = {.value = page_raw(page, A_VALUE), .label = label_ahead(page)};
    if (type.length && !text_equal_nocase(type, TEXT("submit")))
        return;
    give_other_action(page, choice.label);
    if (name.length)
        add_choice(form, find_control(form, name, true), choice, false);
    else
        form->label = choice.label;
}

/* ---- sending the form ---- */

/* Appends a name or value as forms send it. Bytes beyond ASCII stay, so that the page's encoding
 * is heeded when the URL is read. */
static void add_encoded(struct extract *extract, struct text raw, struct buf *out)
{
    struct buf decoded;
    buf_init(&decoded, URL_LONGEST);
    entities_decode(raw, true, &decoded);
    for (size_t i = 0; i < decoded.length; i++) {
        char c = decoded.data[i];
        if (ascii_is_alnum(c) || (c && strchr("*-._", c)) || (unsigned char)c >= 0x80)
            buf_add_char(out, c);
        else if (c == ' ')
            buf_add_char(out, '+');
        else
            buf_printf(out, "%%%02X", (unsigned char)c);
    }
    extract_release(extract, &decoded);
}

/* The choice of a control, by its number among the control's. */
static const struct choice *choice_of(const struct page_form *form, size_t control, size_t number)
{
    for (size_t i = 0; i < form->choice_count; i++)
        if (form->choices[i].control == control && !number--)
            return &form->choices[i];
    return NULL;
}

static void add_action(struct page *page, struct buf *out)
{
    struct page_form *form = &page->form;
    struct text action;
    buf_clear(out);
    entities_decode(form->action, true, out);
    action = text_trim(buf_text(out));
    if (!action.length) { /* the page itself, whatever its base */
        buf_clear(out);
        buf_add_text(out, url_resource(page->extract->source->url));
        action = buf_text(out);
    }
    static const bool ends[256] = {['?'] = true, ['#'] = true};
    out->length = (size_t)(action.at - out->data) + text_stop(action, 0, ends);
    buf_add_char(out, '?');
}

/* Gives the URL that the form leads to with these choices. `lists_only`: only if it is a page of
 * a list. */
static void send(struct page *page, const size_t numbers[CONTROLS_MOST], struct text label,
                 bool lists_only)
{
    struct page_form *form = &page->form;
    struct buf url;
    bool any = false;
    buf_init(&url, 2 * URL_LONGEST);
    add_action(page, &url);
    for (size_t i = 0; i < form->control_count; i++) {
        const struct choice *choice = choice_of(form, i, numbers[i]);
        if (!choice)
            continue;
        if (any)
            buf_add_char(&url, '&');
        any = true;
        add_encoded(page->extract, form->controls[i].name, &url);
        buf_add_char(&url, '=');
        add_encoded(page->extract, choice->value, &url);
    }
    struct text address = buf_text(&url);
    if (!any && address.length)
        address.length--;
    if (!buf_ok(&url) || !extract_resolve_filled(page->extract, text_trim(address)) ||
        !url_same_site(page->extract->source->url, &page->extract->url)) {
        extract_release(page->extract, &url);
        return;
    }
    struct series_judgement judgement = page_judge(page, label);
    struct found found = {.class = judgement.class,
                          .certainty =
                              judgement.class == LINK_PAGE ? LINK_POSSIBLE : judgement.certainty,
                          .element = "form",
                          .attribute = "action"};
    if (!lists_only || judgement.class != LINK_PAGE)
        extract_give_resolved(page->extract, &found);
    extract_release(page->extract, &url);
}

/* Whether a choice stands for none: "Choose a month". */
static bool is_blank(struct text value)
{
    value = text_trim(value);
    return !value.length || text_equal(value, TEXT("-1")) || text_equal(value, TEXT("#"));
}

/* Sends the form with each combination of the choices of `varied`. */
static void vary(struct page *page, const size_t *varied, size_t count)
{
    struct page_form *form = &page->form;
    size_t numbers[CONTROLS_MOST] = {0}, total = 1;
    for (size_t i = 0; i < form->control_count; i++)
        numbers[i] = form->controls[i].chosen;
    for (size_t i = 0; i < count; i++)
        total *= form->controls[varied[i]].count;
    for (size_t turn = 0; turn < total; turn++) {
        size_t rest = turn;
        struct text label = TEXT("");
        bool blank = false;
        for (size_t i = 0; i < count; i++) {
            size_t choices = form->controls[varied[i]].count;
            numbers[varied[i]] = rest % choices;
            rest /= choices;
            const struct choice *choice = choice_of(form, varied[i], numbers[varied[i]]);
            blank = blank || !choice || is_blank(choice->value);
            label = choice && count == 1 ? choice->label : label;
        }
        if (!blank)
            send(page, numbers, label, false);
    }
}

/* Notes the controls to vary. False: the form filters a list, by more than two things. */
static bool find_varied(const struct page_form *form, size_t varied[DATES_MOST], size_t *count)
{
    size_t total = 1;
    bool dates = true;
    *count = 0;
    for (size_t i = 0; i < form->control_count; i++) {
        const struct control *control = &form->controls[i];
        if (is_act(control->name))
            return false;
        if (control->count < 2 || is_view(control->name))
            continue;
        if (*count == DATES_MOST)
            return false;
        dates = dates && is_date(control->name);
        total *= control->count;
        varied[(*count)++] = i;
    }
    return (*count <= VARIED_MOST || dates) && total <= COMBINATIONS_MOST;
}

void form_end(struct page *page)
{
    struct page_form *form = &page->form;
    size_t varied[DATES_MOST], count, numbers[CONTROLS_MOST] = {0};
    bool open = form->open && !form->sends && !form->typed && !is_act(form->action);
    form->open = false;
    if (!open || page->extract->written.depth || !find_varied(form, varied, &count))
        return;
    if (count) {
        vary(page, varied, count);
        return;
    }
    struct text label = form->label;
    for (size_t i = 0; i < form->control_count; i++) {
        const struct choice *choice = choice_of(form, i, 0);
        numbers[i] = form->controls[i].chosen;
        label = form->controls[i].button && choice ? choice->label : label;
    }
    if (form->control_count || form->action.length)
        send(page, numbers, label, true);
}

/* ---- lists that go to the chosen value ---- */

/* Copies the constant that ends (or begins) at the quote at `at`. */
static void copy_constant(char out[JUMP_BYTES], struct text constant)
{
    size_t length = constant.length < JUMP_BYTES ? constant.length : 0;
    memcpy(out, constant.at, length);
    out[length] = '\0';
}

static bool is_expression(char c)
{
    return ascii_is_alnum(c) || ascii_is_space(c) || (c && strchr("._[]()$", c));
}

/* Reads what stands around the value: location = '/archive/' + this.value + '.html'. */
static void read_jump(struct page_form *form, struct text script)
{
    static const struct text goes[] = {WORD("location"), WORD("window.open"), WORD("jumpmenu"),
                                       WORD("goto"),     WORD("navigate"),    WORD("jump")};
    ptrdiff_t value = text_find(script, TEXT("value"));
    form->before[0] = form->after[0] = '\0';
    form->jumps = TEXT_HAS_ANY(script, goes);
    if (value < 0 || !form->jumps)
        return;
    size_t at = (size_t)value, end = at + 5;
    while (at && is_expression(script.at[at - 1]))
        at--;
    if (at && script.at[at - 1] == '+') {
        struct text head = text_trim(text_first(script, at - 1));
        char quote = head.length ? head.at[head.length - 1] : ' ';
        size_t from = head.length ? head.length - 1 : 0, to = from;
        while (from && head.at[from - 1] != quote)
            from--;
        form->jumps = (quote == '"' || quote == '\'') && from;
        if (form->jumps)
            copy_constant(form->before, (struct text){head.at + from, to - from});
    }
    while (end < script.length && is_expression(script.at[end]))
        end++;
    struct text tail = text_trim(text_skip(script, end + 1));
    if (end < script.length && script.at[end] == '+' && tail.length &&
        (tail.at[0] == '"' || tail.at[0] == '\'')) {
        ptrdiff_t close = text_find_char(text_skip(tail, 1), tail.at[0]);
        if (close > 0)
            copy_constant(form->after, text_first(text_skip(tail, 1), (size_t)close));
    }
}

static void begin_select(struct page *page)
{
    struct page_form *form = &page->form;
    form->jumps = false;
    if (page_has(page, A_ONCHANGE))
        read_jump(form, page_value(page, A_ONCHANGE));
    if (form->open && !form->jumps && page_raw(page, A_NAME).length)
        form->select = find_control(form, page_raw(page, A_NAME), false);
    else
        form->select = NULL;
}

void form_close_select(struct page *page)
{
    page->form.jumps = false;
    page->form.select = NULL;
}

/* Whether a value is a URL without its select element saying so. */
static bool is_address(struct text value)
{
    return part_is_shaped(value) || text_starts(value, TEXT("/")) ||
           text_starts(value, TEXT("?")) || (part_is_clean(value) && part_is_page(value));
}

static void give_option(struct page *page, struct text address, bool jumps)
{
    struct text label = label_ahead(page), value = text_trim(page_raw(page, A_VALUE));
    if (!extract_resolve_filled(page->extract, address))
        return;
    struct series_judgement judgement = page_judge(page, label);
    struct found found = {.class = judgement.class,
                          .certainty =
                              judgement.class == LINK_PAGE ? LINK_POSSIBLE : judgement.certainty,
                          .element = "option",
                          .attribute = "value"};
    struct known known;
    /* "?x=1" alone is any value that a form would send */
    if (!jumps && judgement.class == LINK_PAGE && (value.at[0] == '?' || value.length < 2))
        return;
    extract_know(page->extract, &found, &known);
    if (known.class == LINK_ARCHIVE)
        known.posts = page_posts_behind(page);
    extract_give_known(page->extract, &known);
}

/* A drop-down list of date archives or pages: <option value="http://...">, <option
 * value="?page=2">2; or a value that the form sends. */
static void option(struct page *page)
{
    struct page_form *form = &page->form;
    struct text raw = page_has(page, A_VALUE) ? page_raw(page, A_VALUE) : label_ahead(page);
    struct text value = text_trim(page_has(page, A_VALUE) ? page_value(page, A_VALUE) : TEXT(""));
    if (form->select)
        add_choice(form, form->select, (struct choice){.value = raw, .label = label_ahead(page)},
                   page_has(page, A_SELECTED));
    if (form->jumps && !is_blank(value) && part_is_clean(value) && !text_starts(value, TEXT("#"))) {
        struct buf address;
        buf_init(&address, URL_LONGEST);
        buf_add(&address, form->before);
        buf_add_text(&address, value);
        buf_add(&address, form->after);
        give_option(page, buf_text(&address), true);
        extract_release(page->extract, &address);
    } else if (is_address(value))
        give_option(page, value, false);
}

void form_element(struct page *page)
{
    bool open = page->form.open;
    switch (page->element) {
    case E_FORM:
        begin_form(page);
        break;
    case E_SELECT:
        begin_select(page);
        break;
    case E_OPTION:
        option(page);
        break;
    case E_TEXTAREA:
        page->form.typed = true;
        break;
    case E_INPUT:
        if (open)
            input(page);
        break;
    case E_BUTTON:
        if (open)
            button(page);
        break;
    default:
        break;
    }
}
