/* Parts that scripts name in other ways than by one plain string: constants in front, numbers
 * behind, sets, base64, JSON in strings, and scripts in data: URLs.  Each case lists exactly the
 * paths that are found, in order. */
#include <config.h>

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "collect.h"
#include "found.h"

/* Scripts, at http://h.example/d/app.js. */
static const struct form_case scripts[] = {
    {"a constant in front", MEDIA_JAVASCRIPT,
     "const base='/assets/';a.src=base+'a.png';b.src = base + \"deep/b.js\";f(cfg.base+'c.css')",
     "/assets/a.png /assets/deep/b.js /assets/c.css", false},
    {"a member in front", MEDIA_JAVASCRIPT,
     "var cfg={\"path\":\"https://cdn.example/x/\",n:1};i.src=cfg.path+'a.png'",
     "https://cdn.example/x/a.png", false},
    {"in a template", MEDIA_JAVASCRIPT,
     "const root=\"/r/\";i.src=`${root}a.png`;j.src=`${cfg.root}b.png`", "/r/a.png /r/b.png",
     false},
    {"a name that means two things", MEDIA_JAVASCRIPT, "base='/a/';base='/b/';i.src=base+'x.png'",
     "", false},
    {"a minifier's name, if it is nothing else", MEDIA_JAVASCRIPT,
     "var n='/a/',e='.js';i.src=n+'x.png';j.src=`${n}y.png`;load(n+'z'+e)",
     "/a/x.png /a/y.png /a/z.js", false},
    {"without a slash at its end", MEDIA_JAVASCRIPT, "let C='/c';i.src=C+'/x.png'", "/c/x.png",
     false},
    {"a minifier's name that is two things", MEDIA_JAVASCRIPT, "var n='/a/';n=f();i.src=n+'x.png'",
     "", false},
    {"a parameter of that name", MEDIA_JAVASCRIPT, "var n='/a/';function f(n){i.src=n+'x.png'}", "",
     false},
    {"one that is handed on", MEDIA_JAVASCRIPT, "var n='/a/';g(n);i.src=n+'x.png'", "", false},
    {"a member of that name", MEDIA_JAVASCRIPT, "var n='/a/';i.src=o.n+'x.png'", "", false},
    {"the end of a name in a constant", MEDIA_JAVASCRIPT,
     "const ext='.webp', lang='de';i.src='/p/one'+ext;j.src='/p/two'+lang;k.src='/p/3'+ext+x",
     "/p/one.webp", false},
    {"a list that is joined", MEDIA_JAVASCRIPT,
     "i.src=['/j/','a','.png'].join('');load([ \"js\", \"b.js\" ].join(\"/\"))",
     "/j/a.png /d/js/b.js", false},
    {"a list of which one is no constant", MEDIA_JAVASCRIPT,
     "i.src=['/j/',name,'.png'].join('');w=['/k/','c'].join('')+'.png';['/l/','d','.png'].join(s);"
     "v=u+['/m/','e','.png'].join('')",
     "", false},
    {"a route", MEDIA_JAVASCRIPT, "i.src='/img/:id.png';j.src='/img/a:b.png'", "/img/a:b.png",
     false},
    {"concat", MEDIA_JAVASCRIPT,
     "i.src='/o/'.concat('a','.png');j.src='/o/'.concat(name,'.png');k.src=''.concat('/o/b.png')",
     "/o/a.png /o/b.png", false},
    {"require() of a script below the directory that it names", MEDIA_JAVASCRIPT,
     "require(['d/two/three','d/four'], f);require(['e/five'])", "/d/two/three.js /d/four.js",
     false},
    {"more in front", MEDIA_JAVASCRIPT, "var base='/a/';i.src=host+base+'x.png'", "", false},
    {"a constant that goes on", MEDIA_JAVASCRIPT, "var base='/a/'+lang;i.src=base+'x.png'", "",
     false},
    {"another template", MEDIA_JAVASCRIPT, "var root='/a/';i.src=`${other}x.png`;`${root}${y}.png`",
     "", false},
    {"a comparison", MEDIA_JAVASCRIPT, "if(base=='/a/')i.src=base+'x.png'", "", false},
    {"a number behind", MEDIA_JAVASCRIPT,
     "i.src='/a.js?v='+17;j.src='/b'+2+'.png';k.src='/c.js?v='+17*x",
     "/a.js?v=17 /b2.png /c.js?v=", false},
    {"sets of pictures", MEDIA_JAVASCRIPT,
     "i.srcset='a.png 1x, /b.png 2x';i.setAttribute(\"srcset\",\"c.webp 300w\");t='d.png 1x'",
     "/d/a.png /b.png /d/c.webp", false},
    {"requests", MEDIA_JAVASCRIPT, "fetch(new Request('a.json'));fetch('list');prefetch('b')",
     "/d/a.json /d/list", false},
    {"data by their loader", MEDIA_JAVASCRIPT,
     "d3.csv('flights.csv');d3.json(\"a.topojson\");c.audioWorklet.addModule('p.js');"
     "Papa.parse('b.tsv', {download: true});f('gtm.start');x.get('c.csv');log('done.')",
     "/d/flights.csv /d/a.topojson /d/p.js /d/b.tsv", false},
    {"methods that get a file", MEDIA_JAVASCRIPT,
     "Search.loadIndex(\"index.js\");v.loadModel('m.glb', f);importData('d.json');"
     "http.get('i18n/en.json');fetch_it( 'e.json' )",
     "/d/index.js /d/m.glb /d/d.json /d/i18n/en.json /d/e.json", false},
    {"methods that get no file", MEDIA_JAVASCRIPT,
     "t.getText('a.b');d.getElementById('a.js');s.getItem('a.json');loader('b.js');x.getAll(1,"
     "'c.json');gettext('d.json');o.loadIndex('e.json',{method:'POST'});loadIndex('f.js'+x)",
     "", false},
    {"names for the place of the site", MEDIA_JAVASCRIPT,
     "a(new URL(\"search.json\",l.x));b=base_url+'/s/main.json';c=cfg.base + \"t.json\";"
     "d=`${URL_ROOT}u.svg`;e(joinUrl(base_url,\"worker.js\"));withBase('hash.json')",
     "/d/search.json /d/s/main.json /d/t.json /d/u.svg /d/worker.js /d/hash.json", false},
    {"names that say nothing", MEDIA_JAVASCRIPT,
     "a=n+'/x.png';b=file+'y.png';c=e.base+'.png';d=base+'-z.png';e=a+base+'t.png';"
     "f=database+'/u.png';h='ab';g=n.q+'media/w.png';new URL('v.json');f=base+'word'",
     "", false},
    {"constants without a slash at their end", MEDIA_JAVASCRIPT,
     "var assets=\"/static\",cfg={'cdn': 'https://c.example/y'};i=assets+'/a.png';"
     "j=`${assets}/b.png`;k=cfg.cdn+\"/c.png\"",
     "/static/a.png /static/b.png https://c.example/y/c.png", false},
    {"... that mean two things, or are words", MEDIA_JAVASCRIPT,
     "var dir='/a';dir='/b';i=dir+'/x.png';word='abc';i=word+'/y.png'", "", false},
    {"AMD modules", MEDIA_JAVASCRIPT,
     "require.config({baseUrl:'/js/', paths: {\"two\": 'lib/two', three: ['//c.example/3', "
     "'lib/3']}});require(['app/one','two','text!a/b.html','x']);requirejs([ \"app/four\" ])",
     "/js/lib/two.js http://c.example/3.js /js/app/one.js /js/app/four.js", false},
    {"modules that nobody loads", MEDIA_JAVASCRIPT,
     "define(['jquery','a/b'],f);my_require(['c/d']);o.require(['e/f']);require('g/"
     "h');require(x);require(['i/j'])",
     "", false},
    {"names in lists of files, or with a version", MEDIA_JAVASCRIPT,
     "x={css:['a.css'],\"scripts\": [\"b.js\", 'c.js']};v='d.js?v='+17;w='e.css?ver=2';"
     "y={names:['f.js']}",
     "/d/a.css /d/b.js /d/c.js /d/d.js?v=17 /d/e.css?ver=2", false},
    {"base64", MEDIA_JAVASCRIPT, "i.src=atob('L2QvYi5wbmc=');t=atob('aGVsbG8gd29ybGQ=');",
     "/d/b.png", false},
    {"style sheets by their member", MEDIA_JAVASCRIPT, "l.href='a.css';x={file:\"b.css\"}",
     "/d/a.css /d/b.css", false},
    {"JSON in a string", MEDIA_JAVASCRIPT, "JSON.parse(\"{\\\"a\\\":\\\"\\\\/d\\\\/x.png\\\"}\")",
     "/d/x.png", false},
};

/* JSON, at http://h.example/d/list.json. */
static const struct form_case json[] = {
    {"the next part", MEDIA_JSON, "{\"items\":[],\"next\":\"list2.json\"}", "/d/list2.json", false},
    {"the last part", MEDIA_JSON, "{\"items\":[],\"next\":null}", "", false},
};

/* Pages, at http://h.example/d/. */
static const struct form_case pages[] = {
    {"scripts in data:", MEDIA_HTML,
     "<script src=\"data:text/javascript;base64,aS5zcmM9Ii9hLnBuZyI=\"></script><script "
     "src='data:text/javascript,i.src%3D%22b.png%22'></script>",
     "/a.png /d/b.png", false},
    {"a style sheet and a frame in data:", MEDIA_HTML,
     "<link rel=stylesheet href='data:text/css,a%7Bb:url(/c.png)%7D'><iframe "
     "src=\"data:text/html,&lt;img src=/e.png&gt;\"></iframe>",
     "/c.png /e.png", false},
    {"pictures in data: name nothing", MEDIA_HTML,
     "<img src='data:image/svg+xml,<image href=\"/x.png\"/>'><script src='data:text/javascript'>"
     "</script><link rel=icon href='data:image/png;base64,url(/y.png)'>",
     "", false},
    {"pictures and frames in base64", MEDIA_HTML,
     "<img data-src='L2QvYi5wbmc='><div data-src='aHR0cHM6Ly9jLmV4YW1wbGUvYS5qcGc='></div><iframe "
     "data-src='aHR0cDovL2guZXhhbXBsZS9lbWJlZC8x'></iframe>",
     "/d/b.png https://c.example/a.jpg /embed/1", false},
    {"what only looks like base64", MEDIA_HTML,
     "<img data-src='thumbnails12'><img data-src='L2QvYi5wbmM='><div data-id='aGVsbG8gd29ybGQ='>"
     "</div>",
     "/d/thumbnails12 /d/L2QvYi5wbmM=", false},
    {"RequireJS: its configuration is in another script of the page", MEDIA_HTML,
     "<script>require.config({baseUrl:'/static/m/'})</script><script>require(['a/b'])</script>",
     "/static/m/a/b.js", false},
    {"elements of the page's own", MEDIA_HTML,
     "<model-viewer src=scene.glb poster=p.png "
     "environment-image=sky.hdr></model-viewer><lottie-player src=l.json>"
     "</lottie-player><my-thing src=word></my-thing>",
     "/d/sky.hdr /d/scene.glb /d/p.png /d/l.json", false},
};

START_TEST(scripts_name_parts)
{
    found_check(&scripts[_i], "http://h.example/d/app.js");
}
END_TEST

START_TEST(json_names_its_next_part)
{
    found_check(&json[_i], "http://h.example/d/list.json");
}
END_TEST

START_TEST(pages_name_parts)
{
    found_check(&pages[_i], "http://h.example/d/");
}
END_TEST

START_TEST(xml_with_a_style_sheet_is_read)
{
    struct text xml = TEXT("<?xml version='1.0'?><?xml-stylesheet href='a.css'?><r/>");
    enum media_kind kind = media_kind_of(TEXT("application/xml"), TEXT("/x.xml"), xml);
    collect_expects(kind, "http://h/d/", xml.at,
                    "requisite certain http://h/d/a.css xml-stylesheet\n");
    ck_assert_int_eq(media_kind_of(TEXT("application/xml"), TEXT("/x.xml"), TEXT("<r/>")),
                     MEDIA_OTHER);
}
END_TEST

static const char *const pieces[] = {
    "base='/a/';",
    "base+'a.png',",
    "`${base}a.png`",
    "'/a'+1+",
    "+1+2",
    "srcset='a.png 1x,",
    "require(['a/b',",
    "require.config({paths:{a:",
    "requirejs.config({",
    "css:['a.css',",
    "atob('QUJD')",
    "abc+'/x.png',",
    "abc='/y'+abc+'/x.png',",
    "/'/'/'",
    "fetch('",
    "\\\"\\\\/",
    "a:'/b/',",
    "x+'a/'",
};

START_TEST(repeated_pieces_take_linear_time)
{
    collect_repeated(MEDIA_JAVASCRIPT, "http://h.example/", "", pieces[_i]);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("parts of scripts");
    TCase *forms = tcase_create("forms"), *hostile = tcase_create("hostile");
    LOOP(forms, scripts_name_parts, scripts);
    LOOP(forms, json_names_its_next_part, json);
    LOOP(forms, pages_name_parts, pages);
    tcase_add_test(forms, xml_with_a_style_sheet_is_read);
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
