#!/bin/sh
# Crawls the fixture blog from a local nginx side by side with wget, several runs in turn, and prints medians and ratios;
# then memory by size of the site, then verify against gzip -t.  POSTS=3000 RUNS=5 by default.  It judges nothing.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin bench "$@"
posts=${POSTS:-3000}
runs=${RUNS:-5}
# wget can't be told where a host is: the two hosts are two loopback addresses, and their names.  All links are http, for
# wget takes http and https of one address for two.
images=$(echo "$address" | awk -F. '{print "127." ($2 + 3) % 250 "." $3 "." $4}')
blog_options="--blog http://$address --images http://$images --secure http://$address"
python3 "$TOP_SRCDIR/fixtures/sites/blog/make-blog.py" --posts 300 --out "$work/small" $blog_options || exit 1
python3 "$TOP_SRCDIR/fixtures/sites/blog/make-blog.py" --posts "$posts" --out "$site" $blog_options || exit 1
site_serve bench
python3 - "$work" "$address" "$images" "$posts" "$runs" <<'PY'
import glob, gzip, os, re, resource, shutil, statistics, subprocess, sys, time
work, blog, images, posts, runs = sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4], int(sys.argv[5])
warccap = os.environ['WARCCAP']


def run(command, directory):
    os.makedirs(directory)
    with open(os.devnull, 'w') as nowhere:
        began = time.monotonic()
        process = subprocess.Popen(command, cwd=directory, stdout=nowhere, stderr=nowhere)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - began
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, os.waitstatus_to_exitcode(status)


with open(work + '/site/manifest.tsv') as manifest:
    rows = [line.split('\t') for line in manifest]
pages = {row[1] for row in rows if row[2] == '200' and row[0] in
         ('front', 'label', 'month', 'page', 'pager', 'post', 'year')}


def stored(directory):
    """Pages of the site (a page met again under a trap's address is none), responses, their octets, and bytes on disk of
    all WARC files below a directory."""
    responses = octets = size = 0
    met = set()
    for path in glob.glob(directory + '/**/*.warc.gz', recursive=True):
        size += os.path.getsize(path)
        with gzip.open(path) as stream:
            while True:
                line = stream.readline()
                if not line:
                    break
                if not line.startswith(b'WARC/'):
                    continue
                kind, length, uri = b'', 0, ''
                while line not in (b'\r\n', b''):
                    line = stream.readline()
                    name, _, value = line.partition(b':')
                    if name.lower() == b'warc-type':
                        kind = value.strip()
                    if name.lower() == b'warc-target-uri':
                        uri = value.strip().strip(b'<>').decode()
                    if name.lower() == b'content-length':
                        length = int(value)
                stream.seek(length, 1)
                if kind == b'response':
                    responses += 1
                    met.add(uri)
                    octets += length
    return len(met & pages), responses, octets, size


ours = [warccap, 'crawl', '-q', '--allow-private', '-o', 'c', '--contact', 'bench@example.org', '--wait', '0', '--no-check-certificate',
        'http://%s/' % blog]
wget = ['wget', '--recursive', '--level=inf', '--page-requisites', '--span-hosts', '--domains=%s,%s' % (blog, images),
        '--no-verbose', '--no-check-certificate', '--delete-after', '--warc-file=w', 'http://%s/' % blog]
figures = {'warccap': [], 'wget': []}
for turn in range(runs):
    for name, command in (('warccap', ours), ('wget', wget)):
        directory = '%s/%s-%d' % (work, name, turn)
        seconds, cpu, memory, code = run(command, directory)
        wanted, responses, octets, size = stored(directory)
        figures[name].append((wanted / seconds, responses / seconds, octets / seconds / 1e6, cpu, memory, size / 1e6, wanted, responses, seconds))
        if turn < runs - 1 or name == 'wget':
            shutil.rmtree(directory)
labels = ('pages a second', 'responses a second', 'MB a second', 'CPU seconds', 'peak memory, MB', 'stored, MB', 'pages',
          'responses', 'seconds')
print('%s posts, %d runs in turn, medians' % (posts, runs))
print('%-18s %12s %12s %12s   ratio of each pair: median (lowest .. highest)' % ('', 'warccap', 'wget', ''))
for i, label in enumerate(labels):
    mine, theirs = ([row[i] for row in figures[name]] for name in ('warccap', 'wget'))
    ratios = [a / b for a, b in zip(mine, theirs)]
    print('%-18s %12.1f %12.1f %12s   %.2f (%.2f .. %.2f)' % (label, statistics.median(mine), statistics.median(theirs), '',
          statistics.median(ratios), min(ratios), max(ratios)))
collection = '%s/warccap-%d/c' % (work, runs - 1)
files = glob.glob(collection + '/archive/*.warc.gz')
size = sum(map(os.path.getsize, files)) / 1e6
pairs = []
for turn in range(runs):
    gz = run(['gzip', '-t'] + files, '%s/g%d' % (work, turn))[0]
    records = run([warccap, 'verify', '-q', '--no-replay', collection], '%s/v%d' % (work, turn))
    whole = run([warccap, 'verify', '-q', collection], '%s/V%d' % (work, turn))
    pairs.append((size / gz, size / records[0], size / whole[0]))
print('verify, MB of stored bytes a second: gzip -t %.0f, records and index %.0f, with replay %.0f' %
      tuple(statistics.median(column) for column in zip(*pairs)))
PY
big=$?
site_stop
site=$work/small
site_serve bench
python3 - "$work" "$address" <<'PY'
import os, subprocess, sys
process = subprocess.Popen([os.environ['WARCCAP'], 'crawl', '-q', '--allow-private', '-o', sys.argv[1] + '/s', '--contact', 'b@example.org',
                            '--wait', '0', '--no-check-certificate', 'http://%s/' % sys.argv[2]])
print('300 posts: peak memory %.1f MB' % (os.wait4(process.pid, 0)[2].ru_maxrss / 1024))
PY
exit $big
