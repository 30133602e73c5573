#!/bin/sh
# One response can be followed through at most twenty files, one link through ten: the tables in HACKING.md are held to the code.
. "$TOP_SRCDIR/tests/house/house.sh"
house_begin way

way() { python3 "$house/way.py" "$@"; }
check "HACKING.md names the files that a response passes, and there are at most twenty" way "$TOP_SRCDIR" 20

# planted SED: a copy in which the table, or the code, says something else
planted() {
    house_copy
    sed "$1" "$TOP_SRCDIR/HACKING.md" >"$planted/HACKING.md"
}
planted ''
check "one file more is too many" finds "passes 20 files, more than 19" way "$planted" 19
planted 's/`frontier_rest()`/`frontier_sleep()`/'
check "a function that is not there is found" finds 'frontier_hosts.c does not define frontier_sleep()' way "$planted" 20
planted 's/`capture\/writer_set.c` |$/`crawl\/follow.c` |/'
check "a call that is not made is found" finds 'crawl/follow.c calls none of capture_write' way "$planted" 20
planted '/^| `crawl\/follow_response.c`/d'
check "a hole in the way is found" finds 'called from crawl/follow_response.c, which is not in the table' way "$planted" 20
planted '/^| `warc\/writer.c`/d'
check "and an end that is missing" finds 'warc_writer_put() is not in the table' way "$planted" 20
planted ''
sed 's/frontier_finish(/frontier_put(/' "$TOP_SRCDIR/src/crawl/crawl_receipts.c" >"$planted/src/crawl/crawl_receipts.c"
check "code that goes another way is found" finds 'crawl_receipts.c calls none of frontier_finish' way "$planted" 20
planted 's/`frontier\/page_batch.c` | `page_batch_write()`/`frontier\/page_batch.c` | `page_batch_clear()`/'
check "the way of a link is walked, too" finds 'page_batch_write() is not in the table' way "$planted" 20
planted 's/`src\/web\/surt.c`/`src\/web\/sort.c`/'
check "and so is a file that HACKING.md names and that is not there" finds 'names src/web/sort.c, which is no file' \
    way "$planted" 20
planted 's/`frontier_next()`/`frontier_after()`/'
check "a function" finds 'names frontier_after(), which is no function' way "$planted" 20
planted 's/`raw_http.c`/`raw_https.c`/'
check "and a file without its room" finds 'names raw_https.c, which is no file' way "$planted" 20
house_verdict
