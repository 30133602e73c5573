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

    {"Rspress: the indexes of its search", MEDIA_JAVASCRIPT,
     "e={z:{\"###en\":\"edc1\",\"v2.0###zh\":\"0ab1\"}}",
     "/docs/assets/js/static/search_index.en.edc1.json "
     "/docs/assets/js/static/search_index.v2_0.zh.0ab1.json",
     false},
    {"routes of an application", MEDIA_JAVASCRIPT,
     "j(R,{path:\"/\",element:h()}),j(R,{path:\"/about\",element:a()}),j(R,{path:\"/u/:id\","
     "element:u()}),j(R,{path:\"*\",element:n()})",
     "/about", false},
    {"those of Vue and Angular", MEDIA_JAVASCRIPT,
     "[{path:'/one',name:'one',component:()=>import('./o.js')},{ path: '/two', exact:!0,"
     "component:T},{path:\"three\",loadComponent:()=>x}]",
     "/one /two /docs/assets/js/three /docs/assets/js/o.js", false},
    {"paths that are no routes", MEDIA_JAVASCRIPT,
     "[{path:'/one',element:x},{path:'/two',method:'get'},{basepath:'/three',component:y},"
     "{path:'/four'}]",
     "", false},
    {"three marks that are something else", MEDIA_JAVASCRIPT, "a={\"x\":\"###\"};b='###'", "",
     false},

    {"numbers are not names", MEDIA_JAVASCRIPT, "x={1:1,5:1}[e]&&t+\".js\"", "", false},
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

#define NEXT_APP \
    "<script>(self.__next_f=self.__next_f||[]).push([0])</script><script>self.__next_f.push([1,\""

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
    {"Next: a route with parameters", MEDIA_HTML,
     "<script src=/docs/_next/static/chunks/m.js></script><script id=__NEXT_DATA__ "
     "type=application/json>{\"props\":{},\"page\":\"/[...s]\",\"query\":{\"s\":[\"a "
     "b\",\"c\"],\"n\":"
     "\"1\"},\"buildId\":\"B1\",\"gsp\":true}</script>",
     "/docs/_next/static/chunks/m.js /docs/_next/data/B1/guide.json?s=a%20b&s=c&n=1", false},
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
    {"Gatsby: the path and the hash in two scripts", MEDIA_HTML,
     "<script>/*<![CDATA[*/window.pagePath=\"/guide/\";/*]]>*/</script><script>"
     "window.___webpackCompilationHash=\"x\";</script>",
     "/docs/page-data/guide/page-data.json /docs/page-data/app-data.json", false},
    {"Next's app router, version 16: the page's text and its tree", MEDIA_HTML,
     NEXT_APP "0:{\\\"P\\\":null,\\\"c\\\":[\\\"\\\"],\\\"q\\\":\\\"\\\"}\"])</script>",
     "/docs/guide/index.txt?_rsc=bl95g /docs/guide/__next._tree.txt?_rsc=1r34m", false},
    {"Next's app router, version 15", MEDIA_HTML,
     NEXT_APP "0:{\\\"P\\\":null,\\\"p\\\":\\\"\\\",\\\"c\\\":[\\\"\\\"]}\"])</script>",
     "/docs/guide/index.txt?_rsc=bl95g", false},
    {"Nuxt", MEDIA_HTML,
     "<script>window.__NUXT__={};window.__NUXT__.config={public:{},app:{baseURL:\"/docs/\",buildId:"
     "\"f0-5\",buildAssetsDir:\"\\u002F_nuxt\\u002F\",cdnURL:\"\"}}</script><script "
     "type=application/json id=__NUXT_DATA__ "
     "data-src=\"/docs/guide/_payload.json?f0-5\">[1]</script>",
     "/docs/_nuxt/builds/meta/f0-5.json /docs/guide/_payload.json?f0-5", false},
    {"Nuxt with parts on another host", MEDIA_HTML,
     "<script>window.__NUXT__={config:{app:{baseURL:\"/\",buildId:\"b\",buildAssetsDir:\"/n/\","
     "cdnURL:\"https://cdn.example/x\"}}}</script>",
     "https://cdn.example/x/n/builds/meta/b.json", false},
    {"something else of a build", MEDIA_HTML,
     "<script>x={buildId:\"b\",buildAssetsDir:dir}</script>", "", false},
    {"React Router: a page with data", MEDIA_HTML,
     "<script>window.__reactRouterContext.streamController.enqueue(\"[{\\\"_1\\\":2},"
     "\\\"loaderData\\\",{\\\"_5\\\":6},\\\"post\\\"]\\n\");</script>",
     "/docs/guide.data", false},
    {"React Router: a page without data", MEDIA_HTML,
     "<script>window.__reactRouterContext.streamController.enqueue(\"[{\\\"_1\\\":2},"
     "\\\"loaderData\\\",{},\\\"actionData\\\"]\\n\");</script>",
     "", false},
    {"something else that has a path", MEDIA_HTML, "<script>window.pagePath=\"/guide/\";</script>",
     "", false},
    {"a Gatsby page at another place", MEDIA_HTML,
     "<script>window.pagePath=\"/other/\";window.___webpackCompilationHash=\"x\";</script>", "",
     false},
    {"SvelteKit", MEDIA_HTML,
     "<script>{__sveltekit_1x = {base: ''};kit.start(app, element, {node_ids: [0, 2],data: [null,"
     "{type:\"data\",data:{n:1},uses:{}}]});}</script>",
     "/docs/guide/__data.json?x-sveltekit-trailing-slash=1&x-sveltekit-invalidated=01", false},
    {"SvelteKit: a page without data", MEDIA_HTML,
     "<script>{__sveltekit_1x = {base: ''};kit.start(app, element, {node_ids: [0, 2],data: [null,"
     "null]});}</script>",
     "", false},
    {"Qwik: listeners and state name scripts below q:base, and Qwik City has data", MEDIA_HTML,
     "<html q:container=\"paused\" q:base=\"/built/\"><body><a q:link href=\"/n/\" on:click=\"#0\n"
     "q-lk_Ab-3.js#s_1\nq-lk_Ab-3.js#s_2[0 1]\" on:qvisible=\"q-Zz90.js#_hW\">n</a>"
     "<b on-document:qcinit=\"q-in.js#s_4\"></b><script type=\"qwik/json\">"
     "{\"objs\":[\"\\u0002q-St8.js#s_5[1 2]\",\"q-word\",\"q-no.js\"]}</script>"
     "<script>(window.qwikevents||[]).push(\"click\")</script></body></html>",
     "/n/ /built/q-lk_Ab-3.js /built/q-Zz90.js /built/q-in.js /built/q-St8.js "
     "/docs/guide/q-data.json",
     false},
    {"Qwik without its City has no data", MEDIA_HTML,
     "<html q:container q:base=\"/b/\"><p on:click=\"q-1.js#s\"></p><script>"
     "window.qwikevents=1</script>",
     "/b/q-1.js", false},
    {"names like Qwik's on another page", MEDIA_HTML,
     "<p title=\"q-1.js#s\">q-2.js#x</p><script>var qwikevents=\"q-3.js#s\"</script>", "", false},
};

/* What scripts load in place of pages. */
static const struct {
    const char *base;
    struct form_case form;
} data[] = {
    {"http://h.example/post/p1/__next._tree.txt",
     {"Next 16.4: a segment is left out that is in its child", MEDIA_JSON,
      ":HL[\"/_next/static/a.css\",\"style\"]\n"
      "3:[[\"children\",{\"s\":\"__PAGE__\",\"h\":160}]]\n"
      "2:[[\"children\",{\"s\":{\"n\":\"id\",\"t\":\"d\",\"k\":\"p1\",\"s\":[]},\"h\":96,\"c\":"
      "\"$Q3\"}]]\n1:[[\"children\",{\"s\":\"post\",\"h\":32,\"c\":\"$Q2\"}]]\n"
      "0:{\"b\":\"B\",\"t\":{\"t\":{\"s\":\"\",\"h\":80,\"c\":\"$Q1\"}}}\n",
      "/post/p1/__next.post.txt?_rsc=olr74 /post/p1/__next.post.$d$id.__PAGE__.txt?_rsc=1036c "
      "/_next/static/a.css",
      false}},
    {"http://h.example/__next._tree.txt",
     {"Next 16.4: the head apart, and two slots", MEDIA_JSON,
      "1:[[\"children\",{\"s\":\"__PAGE__\",\"h\":0}],[\"modal\",{\"s\":\"(shop)\",\"h\":0}]]\n"
      "0:{\"t\":{\"t\":{\"s\":\"\",\"h\":256,\"c\":\"$Q1\"}}}\n",
      "/__next._index.txt?_rsc=nn07o /__next._head.txt?_rsc=1pn8p /__next.__PAGE__.txt?_rsc=ivliq "
      "/__next.@modal.!KHNob3Ap.txt?_rsc=19yan",
      false}},
    {"http://h.example/__next._tree.txt",
     {"Next 16.4: a row that is its own child", MEDIA_JSON,
      "1:[[\"children\",{\"s\":\"a\",\"h\":64,\"c\":\"$Q1\"}]]\n"
      "0:{\"t\":{\"t\":{\"s\":\"\",\"h\":64,\"c\":\"$Q1\"}}}\n",
      "", false}},
    {"http://h.example/about/__next._tree.txt",
     {"Next 16.0: every segment", MEDIA_JSON,
      "0:{\"buildId\":\"M\",\"tree\":{\"name\":\"\",\"paramType\":null,\"paramKey\":\"\",\"slots\":"
      "{"
      "\"children\":{\"name\":\"id\",\"paramType\":\"oc\",\"paramKey\":\"about\",\"slots\":{"
      "\"children\":{\"name\":\"__PAGE__\",\"paramType\":null,\"slots\":null,\"x\":false}},\"x\":1}"
      "},"
      "\"isRootLayout\":true},\"staleTime\":300}",
      "/about/__next.$oc$id.__PAGE__.txt?_rsc=18ezr /about/__next.$oc$id.txt?_rsc=1ifur "
      "/about/__next._index.txt?_rsc=nn07o "
      "/about/__next._head.txt?_rsc=1pn8p",
      false}},
    {"http://h.example/about/tree.txt",
     {"another tree", MEDIA_JSON, "0:{\"tree\":{\"name\":\"\",\"slots\":null}}", "", false}},
    {"http://h.example/docs/page-data/post/page-data.json",
     {"Gatsby: what the data name", MEDIA_JSON,
      "{\"componentChunkName\":\"c\",\"path\":\"/post/"
      "\",\"result\":{},\"staticQueryHashes\":[\"42\","
      "\"../x\"],\"slicesMap\":{\"nav\":\"nav-1\"}}",
      "/docs/page-data/sq/d/42.json /docs/slice-data/nav-1.json /post/", false}},
    {"http://h.example/other/data.json",
     {"the same words elsewhere", MEDIA_JSON, "{\"staticQueryHashes\":[\"42\"]}", "", false}},
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

START_TEST(data_name_files)
{
    found_check(&data[_i].form, data[_i].base);
}
END_TEST

START_TEST(what_react_sends_is_lines_of_json)
{
    static const struct {
        const char *type, *path, *body;
        enum media_kind kind;
    } cases[] = {
        {"text/plain", "/a/index.txt", "1:\"$Sreact.fragment\"\n2:I[7,[],\"\"]\n", MEDIA_JSON},
        {"text/plain", "/a.txt", ":HL[\"/_next/a.css\",\"style\"]\n", MEDIA_JSON},
        {"", "/__next._tree.txt", "0:{\"buildId\":\"a\"}", MEDIA_JSON},
        {"text/x-component", "/a", "0:{}", MEDIA_JSON},
        {"text/plain", "/a.txt", "12:30 \"noon\"", MEDIA_OTHER},
        {"text/plain", "/a.txt", "Dear reader: [x]", MEDIA_OTHER},
        {"text/plain", "/robots.txt", "0:{\"a\":1}", MEDIA_ROBOTS},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        ck_assert_int_eq(media_kind_of(text_of(cases[i].type), text_of(cases[i].path),
                                       text_of(cases[i].body)),
                         cases[i].kind);
}
END_TEST

START_TEST(heads_tell_what_a_page_has)
{
    static const char page[] = NEXT_APP "0:{}\"])</script>";
    static const struct {
        const char *head, *links;
    } cases[] = {
        {"HTTP/1.1 200 OK\r\nServer: x\r\n\r\n",
         "requisite possible http://h/a.txt?_rsc=bl95g next\n"},
        {"HTTP/1.1 404 Not Found\r\n\r\n", ""},
        {"HTTP/1.1 200 OK\r\nVary: RSC, Next-Router-State-Tree\r\n\r\n", ""},
        {"HTTP/1.1 200 OK\r\nX-Powered-By: Next.js\r\n\r\n", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf links;
        buf_init(&links, 4096);
        buf_add(&links, "");
        collect_with_head(MEDIA_HTML, "http://h/a", cases[i].head, text_of(page), &links);
        ck_assert_str_eq(links.data, cases[i].links);
        buf_release(&links);
    }
}
END_TEST

static const char *const lines[] = {
    "0:{\"t\":{\"t\":{\"s\":\"\",\"c\":\"$Q0\"}}}\n",
    "0:[[\"children\",{\"s\":\"\",\"c\":\"$Q0\"}],",
    "0:{\"tree\":{\"name\":\"a\",\"slots\":{\"children\":{",
    "{\"name\":\"a\",\"slots\":{\"children\":",
    "\"s\":{\"n\":\"",
    "[[[[",
};

START_TEST(repeated_lines_of_a_tree_take_linear_time)
{
    collect_repeated(MEDIA_JSON, "http://h.example/__next._tree.txt",
                     "0:{\"tree\":{\"name\":\"\",\"x\":[{\"s\":\"\"}],\"slots\":{\"children\":{",
                     lines[_i]);
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
    "\"###a\":\"b\",",
    "{\"###",
    "buildAssetsDir:\"a\",buildId:\"",
    "\"staticQueryHashes\":[\"a\",",
};

START_TEST(repeated_pieces_take_linear_time)
{
    collect_repeated(MEDIA_JAVASCRIPT, "http://h.example/", "", pieces[_i]);
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

int main(void)
{
    Suite *suite = suite_create("bundles");
    TCase *forms = tcase_create("forms"), *hostile = tcase_create("hostile");
    LOOP(forms, tables_in_scripts_name_files, scripts);
    LOOP(forms, pages_name_files, pages);
    LOOP(forms, data_name_files, data);
    tcase_add_test(forms, what_react_sends_is_lines_of_json);
    tcase_add_test(forms, heads_tell_what_a_page_has);
    tcase_add_test(forms, a_script_names_at_most_so_many_files);
    tcase_set_timeout(hostile, HOSTILE_SECONDS);
    LOOP(hostile, repeated_pieces_take_linear_time, pieces);
    LOOP(hostile, repeated_lines_of_a_tree_take_linear_time, lines);
    suite_add_tcase(suite, forms);
    suite_add_tcase(suite, hostile);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
