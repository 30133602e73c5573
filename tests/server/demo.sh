#!/bin/sh
# Crawls the fixture blog from a local nginx, proves the capture, and says how to look at it.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin demo "$@"
collection=$TOP_BUILDDIR/demo-collection
rm -rf "$collection"
echo "A blog of 300 posts over ten years is made and served by nginx on $address."
site_make 300
site_serve gzip
echo "warccap crawl:"
site_crawl "$collection" --connections 2 || exit 1
echo
echo "warccap verify:"
"$WARCCAP" verify "$collection" || exit 1
cat <<TELL

The collection lies in $collection
  WARC files   $(ls "$collection"/archive/*.warc.gz | wc -l), $(du -sh "$collection/archive" | cut -f1)
  index        indexes/index.cdxj, $(wc -l <"$collection/indexes/index.cdxj") captures
Look at it in pywb, as it is:
  python3 -m venv pywb && pywb/bin/pip install -r tests/interop/requirements-pywb.txt
  mkdir -p root/collections && ln -s $collection root/collections/demo
  (cd root && ../pywb/bin/wayback -p 8090)     then open http://localhost:8090/demo/http://blog.test/
What the crawler sees in a page:
  $WARCCAP links --base http://ai.googleblog.com/ fixtures/sites/front-page/blogger-front-page.html
TELL
