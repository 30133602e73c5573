/* Ways that lead on without an anchor: forms, lists that jump, clicks, attributes of libraries, and
 * JSON that shows more of a list. What would do something else is not taken. */
#include <config.h>

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "collect.h"
#include "found.h"

#define PAGE "http://h.example/d/p.html"

static const struct form_case forms[] = {
    {"a select", MEDIA_HTML,
     "<form action='/archive?old=1'><select name=month><option value=''>Choose</option><option "
     "value=2019-11>November 2019</option><option "
     "value='2019-12'>December</option></select></form>",
     "archive:/archive?month=2019-11 archive:/archive?month=2019-12", true},
    {"radio buttons, a hidden field and a button with a name", MEDIA_HTML,
     "<form action=/l><input type=hidden name=c value='a b&amp;c'><input type=radio name=page "
     "value=2 checked><input type=radio name=page value=3><input type=submit name=go value=Go>",
     "pager:/l?c=a+b%26c&page=2&go=Go pager:/l?c=a+b%26c&page=3&go=Go", true},
    {"a hidden page number", MEDIA_HTML,
     "<form action=/l><input type=hidden name=page value=3><button>Next</button></form>",
     "pager:/l?page=3", true},
    {"a form with nothing but a button", MEDIA_HTML,
     "<form action=/page/4/><button>Older posts</button></form>", "pager:/page/4/", true},
    {"buttons with values", MEDIA_HTML,
     "<form><button name=page value=2>2</button><button name=page value=3>3</button></form>",
     "pager:/d/p.html?page=2 pager:/d/p.html?page=3", true},
    {"a button that sends elsewhere", MEDIA_HTML,
     "<form><button formaction='/l?page=2'>Next</button><button formaction=/x>Do</button></form>",
     "pager:/l?page=2", true},
    {"year and month", MEDIA_HTML,
     "<form action=/a><select name=year><option>2019<option>2020</select><select "
     "name=month><option "
     "value=05>May</select></form>",
     "/a?year=2019&month=05 /a?year=2020&month=05", false},
    {"a form of the page itself has no base", MEDIA_HTML,
     "<base href=/e/><form><select name=page><option>2<option>3</select></form>",
     "/d/p.html?page=2 /d/p.html?page=3", false},

    {"a field to type in", MEDIA_HTML,
     "<form action=/s><input name=q><select name=c><option>1<option>2</select></form>", "", false},
    {"a search", MEDIA_HTML,
     "<form role=search action=/s><select name=c><option>1<option>2</select></form>", "", false},
    {"POST", MEDIA_HTML,
     "<form method=post action=/s><select name=page><option>1<option>2</select></form>", "", false},
    {"order and language", MEDIA_HTML,
     "<form action=/s><select name=sort><option>asc<option>desc</select></form><form><select "
     "name=lang><option>de<option>en</select></form>",
     "", false},
    {"a cart, a poll, a token", MEDIA_HTML,
     "<form action=/cart><select name=n><option>1<option>2</select></form><form action=/x><input "
     "type=radio name=vote value=1><input type=radio name=vote value=2></form>",
     "", false},
    {"a filter of three things", MEDIA_HTML,
     "<form action=/f><select name=a><option>1<option>2</select><select name=b><option>1<option>2"
     "</select><select name=c><option>1<option>2</select></form>",
     "", false},
    {"hidden fields that are not a page", MEDIA_HTML,
     "<form action=/x><input type=hidden name=id value=5><button>Buy</button></form>", "", false},
    {"a select without a form", MEDIA_HTML, "<select name=page><option>2<option>3</select>", "",
     false},
};

static const struct form_case jumps[] = {
    {"to the value", MEDIA_HTML,
     "<select onchange='location.href=this.value'><option value=''>Go<option "
     "value=c2.html>2<option "
     "value=c3>3<option value='#x'>x</select>",
     "/d/c2.html /d/c3", false},
    {"to something with the value in it", MEDIA_HTML,
     "<select onchange=\"window.location = '/y/' + this.options[this.selectedIndex].value + "
     "'.html'\"><option value=2001>2001</select>",
     "/y/2001.html", false},
    {"values that are files of pages", MEDIA_HTML,
     "<select><option value='archive/2019.html'>2019<option value=17>x<option value=a.b>x</select>",
     "/d/archive/2019.html", false},
    {"a list that does something else", MEDIA_HTML,
     "<select onchange='setTheme(this.value)'><option value=dark>Dark</select>", "", false},
    {"clicks", MEDIA_HTML,
     "<b onclick=\"window.open('/a')\"></b><b onclick=\"location.assign('b.html')\"></b><a "
     "href=\"javascript:popup('c.html', 400)\">x</a><a href=\"javascript:location=%27/e%27\">x</a>",
     "/a /d/b.html /d/c.html /e", false},
    {"clicks that lead nowhere", MEDIA_HTML,
     "<b onclick=\"toggle('menu')\"></b><b onclick=\"vote('/v')\"></b><a "
     "href='javascript:history.back()'>x</a><b onclick=\"location='/a?' + x\"></b><b "
     "onclick=\"if (confirm('Sure?')) location='/delete?id=4'\"></b>",
     "", false},
    {"an element that says that it is a link", MEDIA_HTML,
     "<b role=link data-link=/archive/2019/></b><b role=button data-link=/archive/2020/></b>",
     "/archive/2019/", false},
    {"what a library gets", MEDIA_HTML,
     "<div hx-get='/more?page=2'></div><i data-hx-get=part/x></i><turbo-frame src=/recent?page=3>"
     "</turbo-frame><i hx-post=/no></i>",
     "/more?page=2 /d/part/x /recent?page=3", false},
    {"more of a list", MEDIA_HTML,
     "<button data-url='/list?page=2'></button><div class=load-more data-url=/list/after/abc></div>"
     "<i data-next-page=/n/xyz></i><b data-href=/post/5></b><b data-url=/about>Show more</b>",
     "/list?page=2 /list/after/abc /n/xyz /post/5 /about", false},
    {"not more of it", MEDIA_HTML,
     "<b data-url=/about>x</b><b data-share-url=/list?page=2></b><b data-href='http://o.example/'>"
     "</b><b data-next=carousel></b>",
     "", false},
};

static const struct form_case lists[] = {
    {"items", MEDIA_JSON,
     "{\"posts\":[{\"url\":\"/p/1\",\"id\":\"/x/1\"},{\"link\":\"http:\\/\\/h.example\\/p\\/2\","
     "\"_links\":{\"self\":{\"href\":\"/w/2\"}}}],\"html\":\"<a href='/p/3'>x</a>\"}",
     "/p/1 /p/2 /p/3", false},
    {"the URL of the next part", MEDIA_JSON, "{\"next\":\"/l?after=abc\"}", "/l?after=abc", false},
    {"the same, deeper", MEDIA_JSON, "{\"links\":{\"next\":{\"href\":\"/l/2\"}}}", "/l/2", false},
    {"its number", MEDIA_JSON, "{\"next_page\":3,\"items\":[{\"url\":\"/p/1\"}]}",
     "/p/1 /l?page=3&n=5", false},
    {"there is more", MEDIA_JSON, "{\"hasMore\":true,\"items\":[{\"url\":\"/p/1\"}]}",
     "/p/1 /l?page=3&n=5", false},
    {"pages in all", MEDIA_JSON, "{\"page\":2,\"total_pages\":4,\"items\":[{\"url\":\"/p/1\"}]}",
     "/p/1 /l?page=3&n=5", false},
    {"a cursor", MEDIA_JSON, "{\"next_cursor\":\"a=\",\"items\":[{\"url\":\"/p/1\"}]}",
     "/p/1 /l?page=2&n=5&cursor=a%3D", false},

    {"the last part", MEDIA_JSON,
     "{\"page\":2,\"total_pages\":2,\"hasMore\":false,\"next\":null,\"items\":[{\"url\":\"/p/"
     "1\"}]}",
     "/p/1", false},
    {"no items", MEDIA_JSON, "{\"hasMore\":true,\"items\":[]}", "", false},
    {"another site, and a page before this one", MEDIA_JSON,
     "{\"next\":\"http://o.example/2\",\"next_page\":1,\"items\":[{\"url\":\"http://o.example/"
     "1\"}]}",
     "", false},
    {"names that are no URLs", MEDIA_JSON, "{\"url\":\"p1\",\"link\":\"none\",\"path\":\"a/b\"}",
     "", false},
};

START_TEST(forms_are_sent)
{
    found_check(&forms[_i], PAGE);
}
END_TEST

START_TEST(lists_jump_and_clicks_lead)
{
    found_check(&jumps[_i], PAGE);
}
END_TEST

START_TEST(json_shows_more_of_a_list)
{
    found_check(&lists[_i], "http://h.example/l?page=2&n=5");
}
END_TEST

START_TEST(an_offset_goes_on_by_its_limit)
{
    static const struct form_case offset = {
        "offset", MEDIA_JSON,
        "{\"offset\":20,\"limit\":10,\"total\":31,\"data\":[{\"permalink\":\"/p/1\"}]}",
        "/p/1 /l?offset=30", false};
    found_check(&offset, "http://h.example/l?offset=20");
}
END_TEST

START_TEST(a_link_field_names_the_next_page)
{
    struct buf lines;
    buf_init(&lines, 4096);
    collect_with_head(MEDIA_JSON, "http://h.example/l",
                      "HTTP/1.1 200 OK\r\nLink: </l?page=2>; rel=\"next nofollow\", "
                      "</l?page=9>; rel=last, </a.css>; rel=\"preload prefetch\"; as=style\r\n\r\n",
                      TEXT("[]"), &lines);
    ck_assert_str_eq(lines.data, "pager certain http://h.example/l?page=2 Link\n"
                                 "page certain http://h.example/l?page=9 Link\n"
                                 "requisite certain http://h.example/a.css Link\n");
    buf_release(&lines);
}
END_TEST

/* The certain pagination links of a page, without the pictures. */
static void expect_certain(const char *base, const char *html, const char *urls)
{
    struct buf lines, found;
    struct text rest, line;
    buf_init(&lines, 1 << 20);
    buf_init(&found, 1 << 20);
    buf_add(&found, "");
    collect(MEDIA_HTML, base, TEXT(""), text_of(html), &lines);
    rest = buf_text(&lines);
    while (rest.length && text_split(&rest, '\n', &line))
        if (text_starts(line, TEXT("pager certain http://h.example"))) {
            struct text url = text_skip(line, TEXT("pager certain http://h.example").length);
            buf_add_text(&found, text_first(url, (size_t)text_find_char(url, ' ') + 1));
        }
    ck_assert_str_eq(found.data, urls);
    buf_release(&lines);
    buf_release(&found);
}

START_TEST(pictures_that_point_both_ways_are_pagination)
{
    expect_certain("http://h.example/comic/a",
                   "<a href=b><img src=/btn_prev.gif></a><a href=d><img src=/btn_next.gif></a><a "
                   "href=b><img src=/btn_prev.gif></a>",
                   "/comic/b /comic/d ");
    expect_certain("http://h.example/comic/a",
                   "<a href=b><img src=1.gif alt='Previous comic'></a><a href=d><img src=2.gif "
                   "alt='Next comic'></a>",
                   "/comic/b /comic/d ");
    expect_certain("http://h.example/p.php?id=9",
                   "<a href='?id=8'><img src=arrow_left.gif></a><a href='?id=10' title='Next "
                   "photo'><img src=arrow_right.gif></a>",
                   "/p.php?id=8 /p.php?id=10 ");
    /* one way only, or several of the same */
    expect_certain("http://h.example/a", "<a href=b><img src=btn_next.gif></a>", "");
    expect_certain("http://h.example/a",
                   "<a href=b><img src=slide_next.gif></a><a href=c><img src=slide_next.gif></a><a "
                   "href=d><img src=slide_prev.gif></a>",
                   "");
}
END_TEST

START_TEST(a_neighbour_by_number_is_pagination)
{
    expect_certain("http://h.example/p?id=199",
                   "<a href='?id=198'>Previous photo</a><a href='?id=200'>Next photo</a>",
                   "/p?id=198 /p?id=200 ");
    expect_certain("http://h.example/x?a=1&id=9", "<a href='?a=1&id=12'>the next picture</a>", "");
}
END_TEST

START_TEST(the_last_page_of_a_long_row_is_pagination)
{
    expect_certain("http://h.example/l",
                   "1 <a href='?o=20'>2</a> <a href='?o=40'>3</a> ... <a href='?o=920'>47</a>",
                   "/l?o=20 /l?o=40 /l?o=920 ");
    expect_certain("http://h.example/l/",
                   "<b>1</b> <a href=b2>2</a> <a href=b3>3</a> <i>&hellip;</i> <a href=b47>47</a>",
                   "/l/b2 /l/b3 /l/b47 ");
}
END_TEST

static const char *const pieces[] = {
    "<form>",
    "<form><select name=a>",
    "<option value=1>",
    "<form><input type=radio name=a><input type=radio name=a></form>",
    "<select onchange=\"location='/'+value\">",
    "<form><input name=a type=hidden>",
};

START_TEST(many_forms_take_linear_time)
{
    collect_repeated(MEDIA_HTML, PAGE, "", pieces[_i]);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("ways on");
    TCase *ways = tcase_create("ways"), *hostile = tcase_create("hostile");
    LOOP(ways, forms_are_sent, forms);
    LOOP(ways, lists_jump_and_clicks_lead, jumps);
    LOOP(ways, json_shows_more_of_a_list, lists);
    tcase_add_test(ways, an_offset_goes_on_by_its_limit);
    tcase_add_test(ways, a_link_field_names_the_next_page);
    tcase_add_test(ways, pictures_that_point_both_ways_are_pagination);
    tcase_add_test(ways, a_neighbour_by_number_is_pagination);
    tcase_add_test(ways, the_last_page_of_a_long_row_is_pagination);
    tcase_set_timeout(hostile, HOSTILE_SECONDS);
    LOOP(hostile, many_forms_take_linear_time, pieces);
    suite_add_tcase(suite, ways);
    suite_add_tcase(suite, hostile);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
