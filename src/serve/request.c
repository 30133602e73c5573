/* The server's own pages run no script and load nothing. */
#include <config.h>

#include "serve/request.h"

#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include "http/http_message.h"

static const char page_style[] =
    ("body{font:16px/1.5 sans-serif;margin:2em auto;max-width:60em;padding:0 1em;color:#222}"
     "a{color:#05a}h1{font-size:1.5em}h2{font-size:1.2em}table{border-collapse:collapse}"
     "td,th{padding:.2em 1em .2em 0;text-align:left;vertical-align:top}"
     "h2,p,li,td:first-child{overflow-wrap:anywhere}nav a{margin-right:1em}form{margin:.5em 0}"
     "input{font:inherit;padding:.3em;width:30em;max-width:70%;box-sizing:border-box}"
     "button{font:inherit;padding:.3em}");

void served_response_init(struct served_response *response)
{
    *response = (struct served_response){.length = -1, .file = -1};
    buf_init(&response->fields, SERVED_FIELDS_MOST);
    buf_init(&response->body, SERVED_BODY_MOST);
}

void served_response_release(struct served_response *response)
{
    buf_release(&response->fields);
    buf_release(&response->body);
    served_body_close(response->rest);
    response->rest = NULL;
    if (response->file >= 0)
        close(response->file);
    response->file = -1;
}

struct text served_request_field(const struct served_request *request, const char *name)
{
    return request->field(request->context, name);
}

void served_response_add(struct served_response *response, const char *name, struct text value)
{
    if (!http_value_is_clean(value))
        return;
    buf_printf(&response->fields, "%s: ", name);
    buf_add_text(&response->fields, value);
    buf_add_char(&response->fields, '\n');
}

void served_add_escaped(struct buf *out, struct text text)
{
    for (size_t i = 0; i < text.length; i++)
        switch (text.at[i]) {
        case '&':
            buf_add(out, "&amp;");
            break;
        case '<':
            buf_add(out, "&lt;");
            break;
        case '>':
            buf_add(out, "&gt;");
            break;
        case '"':
            buf_add(out, "&quot;");
            break;
        case '\'':
            buf_add(out, "&#39;");
            break;
        default:
            buf_add_char(out, text.at[i]);
        }
}

void served_page_begin(struct served_response *response, int status, struct text title)
{
    struct buf *body = &response->body;
    response->status = status;
    served_response_add(response, "Content-Type", TEXT("text/html; charset=utf-8"));
    served_response_add(response, "Content-Security-Policy",
                        TEXT("default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; "
                             "base-uri 'none'; frame-ancestors 'none'"));
    served_response_add(response, "X-Content-Type-Options", TEXT("nosniff"));
    served_response_add(response, "Referrer-Policy", TEXT("no-referrer"));
    served_response_add(response, "Cache-Control", TEXT("no-store"));
    buf_add(body, "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                  "<meta name=\"viewport\" content=\"width=device-width\"><title>");
    served_add_escaped(body, title);
    buf_printf(body, "</title><style>%s</style></head><body>\n<h1>", page_style);
    served_add_escaped(body, title);
    buf_add(body, "</h1>\n");
}

void served_page_end(struct served_response *response)
{
    buf_add(&response->body, "</body></html>\n");
    response->length = (int64_t)response->body.length;
}

void served_page_say(struct served_response *response, int status, struct text title,
                     const char *format, ...)
{
    char words[4096];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(words, sizeof words, format, arguments);
    va_end(arguments);
    served_page_begin(response, status, title);
    buf_add(&response->body, "<p>");
    served_add_escaped(&response->body,
                       text_first(text_of(words), length > 0 ? (size_t)length : 0));
    buf_add(&response->body, "</p>\n");
    served_page_end(response);
}
