#!/bin/sh
# What syncing costs: the same crawl with syncs, and with syncs that do nothing (a preloaded library sees to that), in turn;
# medians.  POSTS=3000 RUNS=7 by default.  It judges nothing.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin bench-sync "$@"
python3 "$TOP_SRCDIR/fixtures/sites/blog/make-blog.py" --posts "${POSTS:-3000}" --out "$site" || exit 1
site_serve bench
python3 - "$work" "$address" "$TOP_BUILDDIR/tests/disk/recorder.so" "${RUNS:-7}" <<'PY'
import os, shutil, statistics, subprocess, sys, time
work, address, library, runs = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
seconds = {'with': [], 'without': []}
for _ in range(runs):
    for how in seconds:
        shutil.rmtree(work + '/c', ignore_errors=True)
        os.makedirs(work + '/c')
        environment = dict(os.environ, LD_PRELOAD=library, RECORD_ROOT=work + '/c')
        if how == 'without':
            environment['RECORD_NO_SYNC'] = '1'
        began = time.monotonic()
        subprocess.run([os.environ['WARCCAP'], 'crawl', '-q', '--allow-private', '-o', work + '/c/c', '--contact', 't@example.org', '--wait', '0',
                        '--no-check-certificate', '--resolve', '*:80:' + address, '--resolve', '*:443:' + address,
                        'http://blog.test/'], env=environment, check=True)
        seconds[how].append(time.monotonic() - began)
a, b = (statistics.median(seconds[how]) for how in ('with', 'without'))
ratio = statistics.median(x / y for x, y in zip(seconds['with'], seconds['without']))
print('%.3f s with syncs, %.3f s without; with/without, median of %d pairs: %.3f' % (a, b, runs, ratio))
PY
