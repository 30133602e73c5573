/* Pages: the tokenizer cuts up the whole input and nothing else, and the links are good ones (see
 * links.h). */
#include <config.h>

#include "html/tokenizer.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/links.h"

static void check_tag(const struct tokenizer *t)
{
    FUZZ_CHECK(t->text.length > 0);
    FUZZ_CHECK(t->tag_at < t->at && t->input.at[t->tag_at] == '<');
    FUZZ_CHECK(t->attribute_count <= ATTRIBUTES_MOST);
    for (size_t i = 0; i < t->attribute_count; i++) {
        FUZZ_CHECK(t->attributes[i].name.length > 0);
        FUZZ_CHECK(fuzz_is_inside(t->input, t->attributes[i].name));
        FUZZ_CHECK(fuzz_is_inside(t->input, t->attributes[i].value));
    }
}

static void check_tokens(struct text html)
{
    struct tokenizer t;
    tokenizer_init(&t, html);
    for (;;) {
        size_t from = t.at;
        bool raw = t.raw.length > 0;
        enum token_kind kind = tokenizer_next(&t);
        FUZZ_CHECK(t.at <= html.length);
        if (kind == TOKEN_END)
            break;
        /* It always gets on; the content of an empty element is the one empty token. */
        FUZZ_CHECK(t.at > from || (raw && !t.raw.length && kind == TOKEN_TEXT && !t.text.length));
        FUZZ_CHECK(t.text.at >= html.at + from && t.text.at + t.text.length <= html.at + t.at);
        if (kind == TOKEN_START || kind == TOKEN_CLOSE)
            check_tag(&t);
    }
    FUZZ_CHECK(t.at == html.length);
    FUZZ_CHECK(tokenizer_next(&t) == TOKEN_END);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct text html = fuzz_text(data, size);
    check_tokens(html);
    fuzz_links(MEDIA_HTML, NULL, html);
    return 0;
}
