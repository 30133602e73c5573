#!/bin/sh
# What the sandbox costs: the same crawl and the same verify with it and with --no-sandbox, in turn, RUNS=9 pairs over a blog of
# POSTS=1000, and the ratio of their processor time.  With --compress fast: otherwise the records are compressed the better the
# slower the rest is, which is what is measured.  It judges nothing.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin bench-sandbox "$@"
site_make "${POSTS:-1000}"
site_serve bench
python3 - "$work" "$address" "${RUNS:-9}" <<'PY'
import os, shutil, statistics, subprocess, sys
work, address, runs = sys.argv[1], sys.argv[2], int(sys.argv[3])
warccap = os.environ['WARCCAP']
crawl = [warccap, 'crawl', '-q', '--contact', 'bench@example.org', '--wait', '0', '--compress', 'fast', '--no-check-certificate',
         '--resolve', '*:80:' + address, '--resolve', '*:443:' + address, '-o']


def cpu(command):
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit('%s ended with %d' % (' '.join(command), os.waitstatus_to_exitcode(status)))
    return usage.ru_utime + usage.ru_stime


def crawl_once(options):
    shutil.rmtree(work + '/c', ignore_errors=True)
    return cpu(crawl + [work + '/c'] + options + ['http://blog.test/'])


def verify_once(options):
    return cpu([warccap, 'verify', '-q'] + options + [work + '/c'])


for name, once in (('crawl', crawl_once), ('verify', verify_once)):
    once([])
    pairs = []
    for turn in range(runs):
        order = ([], ['--no-sandbox']) if turn % 2 else (['--no-sandbox'], [])
        seconds = {len(options): once(options) for options in order}
        pairs.append((seconds[0], seconds[1]))
    ratios = [inside / outside for inside, outside in pairs]
    print('%-6s %.2f s of CPU in the sandbox, %.2f s without; ratio of each pair: median %.3f (%.3f .. %.3f)' % (
        name, statistics.median(pair[0] for pair in pairs), statistics.median(pair[1] for pair in pairs),
        statistics.median(ratios), min(ratios), max(ratios)))
PY
