/* How pages of many programs put off their parts, or name what leads on: libraries of lazy
 * pictures, galleries and players, consent managers, page builders, forums, archives.  Each case
 * lists exactly the URLs that are found, in order. */
#include <config.h>

#include <check.h>
#include <stdlib.h>

#include "collect.h"
#include "found.h"

/* At http://h.example/d/. */
static const struct form_case techniques[] = {
    {"htmx trigger revealed", MEDIA_HTML,
     "<div hx-get=\"/posts?page=2\" hx-trigger=\"revealed\" hx-swap=\"afterend\">...</div>",
     "/posts?page=2", false},
    {"htmx data prefix", MEDIA_HTML, "<a data-hx-get=\"/list?page=3\">More</a>", "/list?page=3",
     false},
    {"unpoly", MEDIA_HTML,
     "<a up-href=\"/items?page=2\" up-target=\".list\">More</a><div up-defer "
     "up-href=\"/frag/side\">x</div>",
     "/items?page=2 /frag/side", false},
    {"unpoly defer 3", MEDIA_HTML, "<div id=\"menu\" up-defer=\"\" up-href=\"/menu\">x</div>",
     "/menu", false},
    {"turbo lazy", MEDIA_HTML,
     "<turbo-frame id=a loading=lazy src=\"/frames/comments\"></turbo-frame>", "/frames/comments",
     false},
    {"livewire initial", MEDIA_HTML,
     "<div "
     "wire:initial-data=\"{&quot;serverMemo&quot;:{&quot;data&quot;:{&quot;co"
     "ver&quot;:&quot;\\/storage\\/c.jpg&quot;}}}\"></div><script "
     "src=\"/livewire/livewire.js?id=90\" data-csrf=\"x\"></script>",
     "/storage/c.jpg /livewire/livewire.js?id=90", false},
    {"wire:snapshot", MEDIA_HTML,
     "<div "
     "wire:snapshot=\"{&quot;data&quot;:{&quot;photos&quot;:[[&quot;\\/s\\/1.jp"
     "g&quot;,&quot;\\/s\\/2.jpg&quot;],{&quot;s&quot;:&quot;arr&quot;}]}}\"></div>",
     "/s/1.jpg /s/2.jpg", false},
    {"alpine x-data", MEDIA_HTML,
     "<div x-data=\"{ slides: ['/a/1.jpg','/a/2.jpg'], i: 0 }\"><img "
     ":src=\"slides[i]\"></div>",
     "/a/1.jpg /a/2.jpg", false},
    {"alpine x-init", MEDIA_HTML,
     "<div x-init=\"fetch('/parts/list.html').then(r=>r.text())\"></div>", "/parts/list.html",
     false},
    {"alpine bind", MEDIA_HTML, "<img x-bind:src=\"'/b/x.png'\">", "/b/x.png", false},
    {"stimulus value", MEDIA_HTML,
     "<div data-controller=\"gallery\" "
     "data-gallery-images-value=\"[&quot;/g/1.jpg&quot;,&quot;/g/2.jpg&quot;]\" "
     "data-scroll-next-url-value=\"/page/2\"></div>",
     "/g/1.jpg /g/2.jpg /page/2", false},
    {"lit props", MEDIA_HTML,
     "<my-card .image=${x} image=\"/w/c.webp\" hero-image=\"w/d.webp\"></my-card>",
     "/w/c.webp /d/w/d.webp", false},
    {"amp-img srcset", MEDIA_HTML,
     "<amp-img src=\"a.jpg\" srcset=\"a-2x.jpg 2x\" width=1 height=1></amp-img><amp-list "
     "src=\"/api/items.json\"></amp-list><amp-carousel><amp-anim "
     "src=z.gif></amp-anim></amp-carousel>",
     "/d/a.jpg /d/a-2x.jpg /api/items.json /d/z.gif", false},
    {"amp-story bg", MEDIA_HTML,
     "<amp-story poster-portrait-src=\"/p/po.jpg\" "
     "publisher-logo-src=\"/p/logo.png\"></amp-story><amp-video poster=\"/p/v.jpg\"><source "
     "src=\"/p/v.mp4\"></amp-video>",
     "/p/po.jpg /p/logo.png /p/v.jpg /p/v.mp4", false},
    {"wp interactivity", MEDIA_HTML,
     "<div data-wp-interactive=\"core/image\" "
     "data-wp-context=\"{&quot;uploadedSrc&quot;:&quot;http:\\/\\/h.example\\/u\\"
     "/full.jpg&quot;}\"></div>",
     "/u/full.jpg", false},
    {"squarespace", MEDIA_HTML,
     "<img data-src=\"https://images.squarespace-cdn.com/content/v1/5/1/a.jpg\" "
     "data-image=\"https://images.squarespace-cdn.com/content/v1/5/1/a.jpg?format=2500w\" "
     "data-load=\"false\"><div "
     "data-current-context=\"{&quot;video&quot;:{&quot;mp4Url&quot;:&quot;/v/"
     "x.mp4&quot;}}\"></div>",
     "https://images.squarespace-cdn.com/content/v1/5/1/a.jpg?format=2500w "
     "https://images.squarespace-cdn.com/content/v1/5/1/a.jpg /v/x.mp4",
     false},
    {"ghost cards", MEDIA_HTML,
     "<div class=\"kg-audio-card\"><audio "
     "src=\"/content/media/a.mp3\"></audio></div><script defer "
     "src=\"https://cdn.jsdelivr.net/ghost/portal@~2/umd/portal.min.js\" data-i18n=\"true\" "
     "data-ghost=\"/\" data-api=\"/ghost/api/content/\"></script>",
     "/content/media/a.mp3 https://cdn.jsdelivr.net/ghost/portal@~2/umd/portal.min.js", false},
    {"substack preloads", MEDIA_HTML,
     "<script>window._preloads = "
     "JSON.parse(\"{\\\"post\\\":{\\\"cover_image\\\":\\\"https://bucket.example/a.png\\"
     "\"}}\")</script>",
     "https://bucket.example/a.png", false},
    {"tumblr photoset", MEDIA_HTML,
     "<div class=\"photoset\" data-layout=\"12\"><a href=\"/hi/1.jpg\" "
     "data-highres=\"/hi/1280.jpg\"><img src=\"/hi/500.jpg\"></a></div>",
     "/hi/1280.jpg /hi/1.jpg /hi/500.jpg", false},
    {"discourse", MEDIA_HTML,
     "<div id=\"data-preloaded\" "
     "data-preloaded=\"{&quot;topic_list&quot;:&quot;{\\&quot;topic_list\\&quot"
     ";:{\\&quot;more_topics_url\\&quot;:\\&quot;/latest?no_definitions=true\\u0"
     "026page=1\\&quot;}}&quot;}\"></div>",
     "/latest?no_definitions=true&page=1", false},
    {"lemmy", MEDIA_HTML,
     "<script>window.isoData = "
     "{\"path\":\"/\",\"posts\":[{\"thumbnail_url\":\"https://h.example/pictrs/image/"
     "a.webp\"}]};</script><a class=\"btn\" href=\"/?page_cursor=P123\">Next</a>",
     "https://h.example/pictrs/image/a.webp /?page_cursor=P123", false},
    {"mastodon", MEDIA_HTML,
     "<div data-component=\"MediaGallery\" "
     "data-props=\"{&quot;media&quot;:[{&quot;url&quot;:&quot;/system/m/o.jpg"
     "&quot;,&quot;preview_url&quot;:&quot;/system/m/s.jpg&quot;}]}\"></div><a "
     "class=\"load-more load-gap\" href=\"/@u?max_id=1\">Older</a>",
     "/system/m/o.jpg /system/m/s.jpg /@u?max_id=1", false},
    {"peertube", MEDIA_HTML,
     "<meta property=\"og:video:url\" content=\"/videos/embed/x\"><script "
     "type=\"application/ld+json\">{\"@type\":\"VideoObject\",\"thumbnailUrl\":\"/laz"
     "y-static/t.jpg\",\"contentUrl\":\"/static/v.mp4\"}</script>",
     "/videos/embed/x /lazy-static/t.jpg /static/v.mp4", false},
    {"kirby", MEDIA_HTML,
     "<figure class=\"gallery\" data-zoom=\"/media/pages/a/1-1200x.jpg\"><img "
     "src=\"/media/pages/a/1-300x.jpg\"></figure>",
     "/media/pages/a/1-1200x.jpg /media/pages/a/1-300x.jpg", false},
    {"grav", MEDIA_HTML,
     "<a class=\"swipebox\" rel=\"lightbox\" href=\"/images/9/9/x.jpeg\"><img "
     "data-src=\"/images/1/x.jpeg\"></a>",
     "/images/9/9/x.jpeg /images/1/x.jpeg", false},
    {"drupal views ajax", MEDIA_HTML,
     "<script type=\"application/json\" "
     "data-drupal-selector=\"drupal-settings-json\">{\"path\":{\"baseUrl\":\"\\/\"},\""
     "views\":{\"ajax_path\":\"\\/views\\/ajax\"},\"ajaxPageState\":{\"libraries\":\"x\"}"
     ",\"colorbox\":{\"x\":\"\\/libraries\\/c.png\"}}</script><ul class=\"pager__items "
     "js-pager__items\"><li class=\"pager__item\"><a href=\"?page=1\" rel=\"next\" "
     "title=\"Go to next page\">Load more</a></li></ul>",
     "/libraries/c.png /d/?page=1", false},
    {"drupal lazy", MEDIA_HTML,
     "<img data-drupal-media-preview src=\"/s/a.jpg\"><div data-b-lazy=\"/sites/b.jpg\" "
     "data-blazy=\"{&quot;x&quot;:1}\"></div>",
     "/s/a.jpg /sites/b.jpg", false},
    {"joomla options", MEDIA_HTML,
     "<script type=\"application/json\" class=\"joomla-script-options "
     "new\">{\"joomla.jtext\":{},\"system.paths\":{\"root\":\"\",\"base\":\"\"},\"mod_slid"
     "er\":{\"images\":[\"\\/images\\/s1.jpg\",\"images\\/s2.jpg\"]}}</script><ul "
     "class=pagination><li><a href=\"/blog?start=10\" class=\"pagenav\">2</a></li></ul>",
     "/images/s1.jpg /d/images/s2.jpg /blog?start=10", false},
    {"typo3", MEDIA_HTML,
     "<a href=\"/news?tx_news_pi1%5BcurrentPage%5D=2&amp;cHash=abc\">2</a><img "
     "data-srcset=\"/fileadmin/_processed_/a.jpg 320w, /fileadmin/b.jpg 640w\">",
     "/news?tx_news_pi1%5BcurrentPage%5D=2&cHash=abc /fileadmin/_processed_/a.jpg "
     "/fileadmin/b.jpg",
     false},
    {"dspace", MEDIA_HTML,
     "<img alt=\"t\" ng-src=\"/bitstream/1/2/t.jpg\"><a "
     "href=\"/handle/1/2?offset=20\">next</a><link href=\"/open-search/?format=atom\" "
     "type=\"application/atom+xml\" rel=\"alternate\">",
     "/bitstream/1/2/t.jpg /handle/1/2?offset=20 /open-search/?format=atom", false},
    {"omeka seadragon", MEDIA_HTML,
     "<script>OpenSeadragon({id:\"o\",prefixUrl:\"/os/images/\",tileSources:[\"/i"
     "iif/1/info.json\"]});</script><div data-tilesource=\"/iiif/2/info.json\"></div>",
     "/iiif/1/info.json /iiif/2/info.json", false},
    {"photoswipe", MEDIA_HTML,
     "<a href=\"#\" data-pswp-src=\"/ps/1.jpg\" data-pswp-srcset=\"/ps/1s.jpg 400w\" "
     "data-cropped=true>x</a>",
     "/ps/1.jpg /ps/1s.jpg", false},
    {"lightgallery", MEDIA_HTML,
     "<div data-lg-size=\"1-2\" data-sub-html=\"<h4>x</h4>\" "
     "data-responsive=\"img/1-375.jpg 375, img/1-480.jpg 480, img/1.jpg 800\" "
     "data-video='{\"source\":[{\"src\":\"/v/1.mp4\",\"type\":\"video/mp4\"}]}'></div>",
     "/d/img/1-375.jpg /d/img/1-480.jpg /d/img/1.jpg /v/1.mp4", false},
    {"fancybox", MEDIA_HTML,
     "<a data-fancybox data-src=\"/fb/big.jpg\" href=\"javascript:;\"><img "
     "src=/fb/s.jpg></a><a data-fancybox data-type=\"ajax\" data-src=\"/fb/ajax.html\">x</a>",
     "/fb/big.jpg /fb/s.jpg /fb/ajax.html", false},
    {"jwplayer", MEDIA_HTML,
     "<script>jwplayer(\"p\").setup({\"playlist\":\"/feeds/list.json\",\"image\":\"/j"
     "w/i.jpg\",\"file\":\"/jw/x.m3u8\",skin:{url:\"/jw/skin.css\"}});</script>",
     "/feeds/list.json /jw/i.jpg /jw/x.m3u8 /jw/skin.css", false},
    {"videojs data-setup", MEDIA_HTML,
     "<video "
     "data-setup='{\"sources\":[{\"src\":\"/vj/a.mp4\"}],\"poster\":\"/vj/p.jpg\"}'></"
     "video>",
     "/vj/a.mp4 /vj/p.jpg", false},
    {"cookieyes", MEDIA_HTML,
     "<script type=\"text/plain\" data-cookieyes=\"cookieyes-analytics\" "
     "src=\"/c/a.js\"></script><script data-cookieyes=\"x\" type=\"javascript/blocked\" "
     "data-src=\"/c/b.js\"></script>",
     "/c/a.js /c/b.js", false},
    {"iubenda/klaro", MEDIA_HTML,
     "<iframe data-name=\"yt\" data-src=\"/k/f.html\"></iframe><script "
     "data-type=\"application/javascript\" type=\"text/plain\" data-name=\"m\" "
     "data-src=\"/k/m.js\"></script><img class=\"_iub_cs_activate\" "
     "data-suppressedsrc=\"/k/p.png\"><iframe suppressedsrc=\"/k/i.html\"></iframe>",
     "/k/f.html /k/m.js /k/p.png /k/i.html", false},
    {"onetrust/cmplz", MEDIA_HTML,
     "<script type=\"text/plain\" class=\"optanon-category-C2\" "
     "src=\"/o/x.js\"></script><iframe data-placeholder-image=\"/o/ph.jpg\" "
     "data-cmplz-target=\"src\" data-src-cmplz=\"/o/f.html\"></iframe>",
     "/o/x.js /o/ph.jpg /o/f.html", false},
    {"vanilla lazyload bg", MEDIA_HTML,
     "<div data-bg=\"url(/z/1.jpg)\" data-bg-hidpi=\"/z/2.jpg\" "
     "data-bg-multi=\"url(/z/3.jpg), linear-gradient(red,blue)\" "
     "data-poster=\"/z/4.jpg\"></div>",
     "/z/1.jpg /z/2.jpg /z/3.jpg /z/4.jpg", false},
    {"lozad/lazysizes", MEDIA_HTML,
     "<div class=\"lozad\" data-background-image=\"/y/1.jpg,/y/2.jpg\" "
     "data-background-image-set=\"url('/y/3.jpg') 1x, url('/y/4.jpg') 2x\"></div><img "
     "data-sizes=auto data-lowsrc=\"/y/5.jpg\" data-parent-fit=cover data-optimumx=1.5 "
     "data-bgset=\"/y/6.jpg [(max-width: 400px)] | /y/7.jpg\">",
     "/y/1.jpg /y/2.jpg /y/3.jpg /y/4.jpg /y/5.jpg /y/6.jpg /y/7.jpg", false},
    {"elementor/revslider", MEDIA_HTML,
     "<section "
     "data-settings=\"{&quot;background_slideshow_gallery&quot;:[{&quot;id&qu"
     "ot;:1,&quot;url&quot;:&quot;\\/e\\/1.jpg&quot;}]}\"></section><rs-slide "
     "data-thumb=\"//cdn.x.example/t.jpg\" data-lazyload=\"//h.example/e/2.jpg\"></rs-slide>",
     "/e/1.jpg http://cdn.x.example/t.jpg /e/2.jpg", false},
    {"nextgen/envira", MEDIA_HTML,
     "<a data-src=\"/n/1.jpg\" data-thumbnail=\"/n/t.jpg\" "
     "data-envira-retina=\"/n/r.jpg\"></a>",
     "/n/t.jpg /n/r.jpg /n/1.jpg", false},
    {"infinite-scroll options", MEDIA_HTML,
     "<ul class=\"posts\" data-infinite-scroll='{ \"path\": \"/page/{{#}}\", \"append\": "
     "\".post\" }'></ul><a class=\"next-posts-link\" data-next=\"/page/2/\">x</a>",
     "/page/2/", false},
    {"load more button attrs", MEDIA_HTML,
     "<button class=\"js-load\" data-endpoint=\"/blog/more?offset=10\" "
     "data-target=\".x\">Load more</button><button data-page-url=\"/archiv?seite=2\">Mehr "
     "laden</button>",
     "/blog/more?offset=10 /archiv?seite=2", false},
    {"piwigo/zenphoto", MEDIA_HTML,
     "<a rel=\"next\" href=\"picture.php?/2/category/1\"><img src=\"next.png\" "
     "alt=\"Next\"></a><script>var "
     "rvas={derivatives:[{w:1,url:\"_data/i/a-me.jpg\"}]};</script>",
     "/d/picture.php?/2/category/1 /d/next.png /d/_data/i/a-me.jpg", false},
    {"gallery2 slideshow", MEDIA_HTML,
     "<script>var photos = new Array(); photos.push({src:\"albums/x/1.jpg\",w:1}); "
     "images[0]=\"albums/x/2.jpg\";</script>",
     "/d/albums/x/1.jpg /d/albums/x/2.jpg", false},
    {"map tiles kml", MEDIA_HTML,
     "<script>omnivore.kml(\"tracks/a.kml\");L.geoJson.ajax(\"/geo/b.geojson\");"
     "map.addSource(\"p\",{type:\"geojson\",data:\"/geo/c.geojson\"});gpx(\"/t/d.gp"
     "x\")</script><div data-gpx=\"/t/e.gpx\"></div>",
     "/d/tracks/a.kml /geo/b.geojson /geo/c.geojson /t/d.gpx /t/e.gpx", false},
    {"phaser preload", MEDIA_HTML,
     "<script>this.load.image(\"sky\",\"assets/sky.png\");this.load.spritesheet("
     "\"d\",\"assets/d.png\",{});this.load.audio(\"m\",[\"a.ogg\",\"a.mp3\"]);this.loa"
     "d.tilemapTiledJSON(\"t\",\"t.json\")</script>",
     "/d/assets/sky.png /d/assets/d.png /d/a.ogg /d/a.mp3 /d/t.json", false},
    {"howler/soundmanager", MEDIA_HTML,
     "<script>new "
     "Howl({src:[\"snd/x.webm\",\"snd/x.mp3\"]});soundManager.createSound({url:\""
     "y.mp3\"})</script>",
     "/d/snd/x.webm /d/snd/x.mp3 /d/y.mp3", false},
    {"swfobject/flash", MEDIA_HTML,
     "<script>swfobject.embedSWF(\"movie.swf\",\"d\",\"300\",\"120\",\"9.0.0\",\"expres"
     "sInstall.swf\");AC_FL_RunContent(\"src\",\"intro\",\"movie\",\"intro2\")</scrip"
     "t><object data=\"f.swf\"><param name=movie value=\"f2.swf\"></object>",
     "/d/movie.swf /d/f.swf /d/f2.swf", false},
    {"reveal markdown", MEDIA_HTML,
     "<section data-background-image=\"bg.jpg\" data-background-video=\"v.mp4,v.webm\" "
     "data-background-iframe=\"https://h.example/if.html\"></section>",
     "/d/bg.jpg /d/v.mp4 /d/v.webm https://h.example/if.html", false},
    {"tabulator/datatables ajax", MEDIA_HTML,
     "<script>$(\"#t\").DataTable({ajax:\"/data/t.txt\"});new "
     "Tabulator(\"#x\",{ajaxURL:\"/data/u.json\"});$(\"#s\").load(\"parts/side.html"
     "\");$.getJSON(\"/data/v\")</script>",
     "/data/t.txt /data/u.json /d/parts/side.html /data/v", false},
    {"jquery backstretch/vegas", MEDIA_HTML,
     "<script>$.backstretch([\"bg/1.jpg\",\"bg/2.jpg\"]);$(\"body\").vegas({slides"
     ":[{src:\"/vg/1.jpg\"}]});</script>",
     "/d/bg/1.jpg /d/bg/2.jpg /vg/1.jpg", false},
    {"fragments below names that are no files", MEDIA_HTML,
     "<script>x.load('word');get('a');$('#x').load('#y');cfg={ajax:true,files:['a','b']};"
     "play('a.b')</script><div data-placeholder=\"a.jpg\"></div><my-el src=\"v1.25\"></my-el>",
     "", false},
};

START_TEST(techniques_are_known)
{
    found_check(&techniques[_i], "http://h.example/d/");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("techniques");
    TCase *tcase = tcase_create("forms");
    LOOP(tcase, techniques_are_known, techniques);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
