/* The keys are those that getSurt() of warcio.js 2.4.11 gives. */
#include <config.h>

#include <check.h>
#include <stdlib.h>

#include "web/player_key.h"

static const struct {
    const char *url, *key;
} wanted[] = {
    {"http://www.example.com/", "com,example)/"},
    {"http://example.com", "com,example)/"},
    {"http://WWW2.Example.COM:80/Path/", "com,example,www2)/path/"},
    {"https://www12.example.com/Feed/", "com,example)/feed/"},
    {"http://wwww.example.com/", "com,example,wwww)/"},
    {"http://www/", "www)/"},
    {"http://www.com/", "com)/"},
    {"http://example.com//a//b/", "com,example)//a//b/"},
    {"http://example.com/%7Euser/%41b%2fc", "com,example)/%7euser/%41b%2fc"},
    {"http://a.blogspot.com/search?updated-max=2010-05-01T00:00:00%2B02:00&max-results=7",
     "com,blogspot,a)/search?max-results=7&updated-max=2010-05-01t00:00:00%2b02:00"},
    {"http://e.com/?PHPSESSID=0123456789abcdef0123456789abcdef&action=x",
     "com,e)/?action=x&phpsessid=0123456789abcdef0123456789abcdef"},
    {"http://e.com/a/?b&a&c=&a=2&a", "com,e)/a/?a&a&a=2&b&c="},
    {"http://e.com/?x=1&&y=2", "com,e)/?&x=1&y=2"},
    {"http://e.com/x?", "com,e)/x"},
    {"http://e.com/a?B=C#f", "com,e)/a?b=c"},
    {"http://e.com:8080/x", "com,e:8080)/x"},
    {"https://e.com:80/x", "com,e:80)/x"},
    {"http://[::1]:8080/x", "[::1]:8080)/x"},
    {"http://192.168.1.254/", "254,1,168,192)/"},
    {"dns:example.com", "dns:example.com"},
    {"urn:pageinfo:http://example.com/", "urn:pageinfo:http://example.com/"},
    {"", ""},
};

START_TEST(keys_are_those_of_the_player)
{
    struct url scratch;
    struct buf key;
    url_init(&scratch);
    buf_init(&key, 1 << 20);
    player_key_write(text_of(wanted[_i].url), &scratch, &key);
    ck_assert(buf_ok(&key));
    ck_assert_msg(text_equal(buf_text(&key), text_of(wanted[_i].key)), "%s: %.*s", wanted[_i].url,
                  TEXT_ARGS(buf_text(&key)));
    buf_release(&key);
    url_release(&scratch);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("player_key");
    TCase *tests = tcase_create("player_key");
    tcase_add_loop_test(tests, keys_are_those_of_the_player, 0, sizeof wanted / sizeof *wanted);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
