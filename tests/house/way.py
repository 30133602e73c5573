"""Usage: way.py ROOT MOST.  Holds "One response, file by file" of HACKING.md to the code.

Each row of the table names a file of src/, a function that it defines, and the files of the table that call it.  So the table
is a way through the code that can be walked, from the socket to the end of each branch.  It has at most MOST rows."""
import os
import re
import sys

root, most = sys.argv[1], int(sys.argv[2])
# Where a response comes in, and all places where something of it has to arrive.
ENDS = ('on_body', 'frontier_rest', 'frontier_offer', 'frontier_finish', 'links_next', 'recrawl_compare_response', 'keeping_of',
        'provenance_write', 'warc_writer_put', 'cdxj_line_write')
COMMENTS = re.compile(r'/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)
DEFINED = re.compile(r'^(?!static )[a-z][\w *]*?\b([a-z]\w*)\((?:[^;{}()]|\([^()]*\))*\)\n\{', re.M)
STATIC = re.compile(r'^static [\w *]*?\b([a-z]\w*)\((?:[^;{}()]|\([^()]*\))*\)\n\{', re.M)
faults = []


def fault(words):
    faults.append(words)


code, defines, calls = {}, {}, {}
for room in sorted(os.listdir(root + '/src')):
    if not os.path.isdir('%s/src/%s' % (root, room)):
        continue
    for name in sorted(os.listdir('%s/src/%s' % (root, room))):
        if name.endswith('.c'):
            with open('%s/src/%s/%s' % (root, room, name)) as file:
                code[room + '/' + name] = COMMENTS.sub(' ', file.read())
for file, text in code.items():
    defines[file] = set(DEFINED.findall(text)) | set(STATIC.findall(text))
    calls[file] = set(re.findall(r'\b([a-z]\w*)\b', text))

with open(root + '/HACKING.md') as file:
    page = file.read()
part = page.split('\n### One response, file by file\n', 1)
if len(part) < 2:
    sys.exit('HACKING.md has no part "One response, file by file"')
part = re.split(r'\n##+ ', part[1], maxsplit=1)[0]
table = []
for line in part.split('\n'):
    if line.startswith('| `'):
        cells = [cell.strip() for cell in line.strip('|').split('|')]
        table.append((re.findall(r'`([^`]+)`', cells[0])[0], re.findall(r'`(\w+)\(\)`', cells[1]),
                      re.findall(r'`([\w/]+\.c)`', cells[2]), cells[2]))
way = [row[0] for row in table]
if not table:
    fault('HACKING.md: the table of one response is empty')
if len(way) > most:
    fault('one response passes %d files, more than %d' % (len(way), most))
if len(set(way)) < len(way):
    fault('a file is in the table twice')
for file, functions, callers, words in table:
    if file not in code:
        fault('%s is in the table, and is no file' % file)
        continue
    if not functions or not (callers or 'libcurl' in words or 'thread' in words):
        fault('%s: the table has to say by which function it is entered, and from where' % file)
    for function in functions:
        if function not in defines[file]:
            fault('%s does not define %s()' % (file, function))
    for caller in callers:
        if caller not in way:
            fault('%s is called from %s, which is not in the table' % (file, caller))
        elif not any(function in calls[caller] for function in functions):
            fault('%s calls none of %s of %s' % (caller, ', '.join(functions), file))
for function in ENDS:
    if not any(function in row[1] for row in table):
        fault('%s() is not in the table: that part of the way is missing' % function)
# Every file of src/ that HACKING.md names is there: `src/web/surt.c`, `crawl/crawl.c`, `src/store/{queue,hosts}.h`.
rooms = {file.split('/')[0] for file in code}
for name in re.findall(r'`([\w./{},]+)`', page):
    room = (name[4:] if name.startswith('src/') else name).split('/')[0]
    if room not in rooms or 'NAME' in name or '.' not in name:
        continue
    braces = re.match(r'(.*)\{(.*)\}(.*)', name)
    for one in [braces[1] + word + braces[3] for word in braces[2].split(',')] if braces else [name]:
        if not os.path.exists('%s/src/%s' % (root, one[4:] if one.startswith('src/') else one)):
            fault('HACKING.md names %s, which is no file' % one)
# So are its files without a room, `trap_shapes.c`, and its functions, `links_open()`.
there, known = set(), set()
for folder in ['src', 'include', 'tests']:
    for _, _, names in os.walk('%s/%s' % (root, folder)):
        there.update(names)
for file in defines:
    known |= defines[file]
for name in re.findall(r'`(\w+\.[ch])`', page):
    if 'NAME' not in name and name not in there:
        fault('HACKING.md names %s, which is no file' % name)
for name in re.findall(r'`(\w+)\(\)`', page):
    if name not in known:
        fault('HACKING.md names %s(), which is no function' % name)
for words in sorted(set(faults)):
    print(words)
sys.exit(bool(faults))
