/* Files that the scripts of site generators will ask for: each case lists exactly the paths that
 * are found, in order.  What is no table of files has an empty list. */
#include <config.h>

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "collect.h"
#include "found.h"

/* Scripts, at http://h.example/docs/assets/js/runtime.js. */
static const struct form_case scripts[] = {
    {"webpack 5, as Docusaurus has it", MEDIA_JAVASCRIPT,
     "n.u=e=>\"assets/js/\"+(({53:\"935f2afb\",85:\"x\"})[e]||e)+\".\"+({53:\"1b6f\",85:\"28c1\","
     "901:\"77\"})[e]+\".js\",n.miniCssF=e=>\"\"+e+\".css\",n.p=\"/docs/\"",
     "/docs/assets/js/935f2afb.1b6f.js /docs/assets/js/x.28c1.js /docs/assets/js/901.77.js", false},
    {"webpack 4", MEDIA_JAVASCRIPT,
     "a.src=function(e){return o.p+\"static/js/\"+({}[e]||e)+\".\"+{3:\"7a1e\",4:\"b2c3\"}[e]+"
     "\".chunk.js\"}(e);o.p=\"/\";",
     "/static/js/3.7a1e.chunk.js /static/js/4.b2c3.chunk.js", false},
    {"its empty style sheets are none", MEDIA_JAVASCRIPT,
     "var r=\"css/\"+({}[e]||e)+\".\"+{1:\"ab12\",2:\"31d6cfe0d16ae931b73c\"}[e]+\".css\";"
     "o.p=\"/x/\"",
     "/x/css/1.ab12.css", false},
    {"style sheets of webpack 5", MEDIA_JAVASCRIPT,
     "r.miniCssF=e=>\"static/css/\"+e+\".\"+{153:\"a1\",7:\"b2\"}[e]+\".chunk.css\";r.p=\"/\"",
     "/static/css/153.a1.chunk.css /static/css/7.b2.chunk.css", false},
    {"one name, as a choice", MEDIA_JAVASCRIPT,
     "r.u=e=>\"static/js/"
     "\"+(890===e?\"named\":e)+\".\"+{97:\"d9\",890:\"41\"}[e]+\".chunk.js\",r.p="
     "\"/\"",
     "/static/js/named.41.chunk.js /static/js/97.d9.chunk.js", false},
    {"two, the other way round", MEDIA_JAVASCRIPT,
     "r.u=e=>(e===1?'one':e===2?'two':e)+'-'+{1:'a',2:'b',3:'c'}[e]+'.js',r.p=\"/\"",
     "/one-a.js /two-b.js /3-c.js", false},
    {"a choice in a template", MEDIA_JAVASCRIPT,
     "r.u=e=>`js/${\"x\"===e?\"one\":e}.${{x:\"a\",y:\"b\"}[e]}.js`,r.p=\"/\"",
     "/js/one.a.js /js/y.b.js", false},
    {"a template", MEDIA_JAVASCRIPT,
     "t.u=e=>`assets/js/${({1:\"one\"})[e]||e}.${{1:\"aa\",2:\"bb\"}[e]}.js`",
     "/docs/assets/js/one.aa.js /docs/assets/js/2.bb.js", false},
    {"names that are keys, and other ways to write them", MEDIA_JAVASCRIPT,
     "n.u=function(e){return (({\"a-b\":'x'}[e] ?? e) + '-' + {'a-b':'1',c_d:'2'}[e] + '.mjs')};"
     "n.p=\"/\"",
     "/x-1.mjs /c_d-2.mjs", false},
    {"numbers that a minifier shortened", MEDIA_JAVASCRIPT,
     "n.u=e=>e+\".\"+{1e3:\"a\",25e2:\"b\"}[e]+\".js\";n.p=\"/\"", "/1000.a.js /2500.b.js", false},
    {"a chunk named by itself: its directory tells where it is", MEDIA_JAVASCRIPT,
     "r.u=e=>792===e?\"assets/js/792-abc.js\":\"assets/js/\"+e+\".\"+{5:\"x\"}[e]+\".js\"",
     "/docs/assets/js/5.x.js /docs/assets/js/792-abc.js", false},
    {"without a public path: beside the script", MEDIA_JAVASCRIPT,
     "n.u=e=>e+\".\"+{5:\"x\"}[e]+\".js\";n.p=\"auto\"", "/docs/assets/js/5.x.js", false},
    {"a public path on another host", MEDIA_JAVASCRIPT,
     "n.p=\"https://cdn.example/a/\",n.u=e=>e+\".\"+{5:\"x\"}[e]+\".js\"",
     "https://cdn.example/a/5.x.js", false},
    {"files of webpack's modules", MEDIA_JAVASCRIPT,
     "e.exports=n.p+\"assets/img/a.svg\",x=n.p+\"t/\"+y,z=n.p+\"word\"", "/docs/assets/img/a.svg",
     false},
    {"Vite", MEDIA_JAVASCRIPT,
     "const __vite__mapDeps=(i,m=__vite__mapDeps,d=(m.f||(m.f=[\"assets/a.js\",\"assets/a.css\","
     "\"b.js\"])))=>i.map(i=>d[i]);",
     "/docs/assets/a.js /docs/assets/a.css /docs/assets/js/b.js", false},
    {"Vite, relative", MEDIA_JAVASCRIPT,
     "const __vite__mapDeps=(i,m=x,d=(m.f||(m.f=['./a.js','../b.css'])))=>i.map(i=>d[i]);",
     "/docs/assets/js/a.js /docs/assets/b.css", false},
    {"Next's list of chunks", MEDIA_JAVASCRIPT,
     "self.__BUILD_MANIFEST={\"/\":[\"assets/chunks/4.js\"],sortedPages:[\"/\"]}",
     "/docs/assets/chunks/4.js", false},
    {"a service worker", MEDIA_JAVASCRIPT,
     "precache([{url:\"a/b.js\",revision:null},{'revision':'1','url':'c.css'},{\"url\":\"/d.png\","
     "\"revision\":\"2\"},{url:\"index.html\",revision:\"3\"}])",
     "/docs/assets/js/a/b.js /docs/assets/js/c.css /d.png", false},

    {"numbers are no names", MEDIA_JAVASCRIPT, "x={1:1,5:1}[e]&&t+\".js\"", "", false},
    {"nor are words without an end", MEDIA_JAVASCRIPT,
     "\"icon-\"+{a:\"up\",b:\"down\"}[e]+\"-big\"", "", false},
    {"a choice of something else", MEDIA_JAVASCRIPT, "(5===t?\"a\":t)+\".\"+{5:\"x\"}[e]+\".js\"",
     "", false},
    {"another variable", MEDIA_JAVASCRIPT, "e+\".\"+{5:\"x\"}[t]+\".js\"", "", false},
    {"a call", MEDIA_JAVASCRIPT, "f(e)+{5:\"x\"}[e]+g(\".js\")", "", false},
    {"an object in an object", MEDIA_JAVASCRIPT, "a+{b:{c:\"x\"}}[e]+\".js\"", "", false},
    {"cut off", MEDIA_JAVASCRIPT, "n.u=e=>\"a/\"+{5:\"x\",6:\"y", "", false},
    {"a date", MEDIA_JAVASCRIPT, "p={1:\"a\"}[revision]+revision", "", false},
};

/* Pages, at http://h.example/docs/guide/. */
static const struct form_case pages[] = {
    {"VitePress", MEDIA_HTML,
     "<link rel=modulepreload href=/docs/assets/index.md.q1.lean.js><script>window.__VP_HASH_MAP__="
     "JSON.parse(\"{\\\"index.md\\\":\\\"q1\\\",\\\"guide_a.md\\\":\\\"r2\\\"}\");</script>",
     "/docs/assets/index.md.q1.lean.js /docs/assets/index.md.q1.js /docs/assets/guide_a.md.r2.js",
     false},
    {"Next: the page's data", MEDIA_HTML,
     "<script src=/docs/_next/static/chunks/m.js></script><script id=__NEXT_DATA__ "
     "type=application/json>{\"props\":{},\"page\":\"/x\",\"buildId\":\"B1\",\"gsp\":true}</"
     "script>",
     "/docs/_next/static/chunks/m.js /docs/_next/data/B1/guide.json", false},
    {"Next: a page without data", MEDIA_HTML,
     "<script src=/docs/_next/static/chunks/m.js></script><script id=__NEXT_DATA__ "
     "type=application/json>{\"props\":{},\"page\":\"/x\",\"buildId\":\"B1\"}</script>",
     "/docs/_next/static/chunks/m.js", false},
    {"Next: chunks in the stream of a page", MEDIA_HTML,
     "<script src=/_next/static/chunks/m.js></script><script>self.__next_f.push([1,\"1:I[7,["
     "\\\"12\\\",\\\"static/chunks/12-a.js\\\"],\\\"\\\"]\"])</script>",
     "/_next/static/chunks/m.js /_next/static/chunks/12-a.js", false},
    {"Gatsby", MEDIA_HTML,
     "<div id=___gatsby></div><script>window.pagePath=\"/guide/\";window.___webpackCompilationHash="
     "\"x\";</script>",
     "/docs/page-data/guide/page-data.json /docs/page-data/app-data.json", false},
    {"something else that has a path", MEDIA_HTML, "<script>window.pagePath=\"/guide/\";</script>",
     "", false},
    {"a Gatsby page at another place", MEDIA_HTML,
     "<script>window.pagePath=\"/other/\";window.___webpackCompilationHash=\"x\";</script>", "",
     false},
    {"SvelteKit", MEDIA_HTML,
     "<script>{__sveltekit_1x = {base: ''};kit.start(app, element, {node_ids: [0, 2],data: [null,"
     "{type:\"data\",data:{n:1},uses:{}}]});}</script>",
     "/docs/guide/__data.json", false},
    {"SvelteKit: a page without data", MEDIA_HTML,
     "<script>{__sveltekit_1x = {base: ''};kit.start(app, element, {node_ids: [0, 2],data: [null,"
     "null]});}</script>",
     "", false},
};

START_TEST(tables_in_scripts_name_files)
{
    found_check(&scripts[_i], "http://h.example/docs/assets/js/runtime.js");
}
END_TEST

START_TEST(pages_name_files)
{
    found_check(&pages[_i], "http://h.example/docs/guide/");
}
END_TEST

static const char *const pieces[] = {
    "}[e]",
    "})[e]+",
    "\"a\"+{1:\"b\"}[e]+",
    "+((((",
    "{1:\"a\",",
    "`${{1:\"a\"}[e]}",
    ".p+\"",
    "revision{url:",
    "__vite__mapDeps=[\"a.js\",",
    "__VP_HASH_MAP__={\"a\":\"b\"",
    ".p=\"auto\"",
    "{}[e]+",
    "(1===e?\"a\":",
    "))))+{1:\"a\"}[e]",
    "+{1:\"a\"}[e]+\".js\"",
};

START_TEST(repeated_pieces_take_linear_time)
{
    struct buf script;
    buf_init(&script, 2 * HOSTILE_BYTES + 4096);
    hostile_repeat(&script, pieces[_i], HOSTILE_BYTES / strlen(pieces[_i]));
    collect_count(MEDIA_JAVASCRIPT, "http://h.example/", buf_text(&script));
    buf_release(&script);
}
END_TEST

START_TEST(a_script_names_at_most_so_many_files)
{
    struct buf script;
    buf_init(&script, HOSTILE_BYTES);
    buf_add(&script, "n.u=e=>e+\".\"+{");
    for (int i = 0; i < 9000; i++)
        buf_printf(&script, "%d:\"h%d\",", i, i);
    buf_add(&script, "}[e]+\".js\"");
    ck_assert(buf_ok(&script));
    ck_assert_uint_eq(collect_count(MEDIA_JAVASCRIPT, "http://h.example/", buf_text(&script)),
                      5000);
    buf_release(&script);
}
END_TEST

#define LOOP(tcase, test, list) tcase_add_loop_test(tcase, test, 0, sizeof(list) / sizeof *(list))

int main(void)
{
    Suite *suite = suite_create("bundles");
    TCase *forms = tcase_create("forms"), *hostile = tcase_create("hostile");
    LOOP(forms, tables_in_scripts_name_files, scripts);
    LOOP(forms, pages_name_files, pages);
    tcase_add_test(forms, a_script_names_at_most_so_many_files);
    tcase_set_timeout(hostile, HOSTILE_SECONDS);
    LOOP(hostile, repeated_pieces_take_linear_time, pieces);
    suite_add_tcase(suite, forms);
    suite_add_tcase(suite, hostile);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
