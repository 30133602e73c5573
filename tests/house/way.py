"""Usage: way.py ROOT MOST.  Holds "One response, file by file" and "One link, file by file" of HACKING.md to the code.

Each row of a table names a file of src/, a function that it defines, and the files of the table that call it.  So the table
is a way through the code that can be walked, from the socket to the end of each branch.  That of a response has at most MOST rows,
that of a link ten."""
import os
import re
import sys

root, most = sys.argv[1], int(sys.argv[2])
# Where a response comes in, and all places where something of it has to arrive.
ENDS = ('on_body', 'frontier_rest', 'frontier_offer', 'frontier_finish', 'links_next', 'recrawl_compare_response', 'keeping_of',
        'provenance_write', 'warc_writer_put', 'cdxj_line_write')
LINK_MOST, LINK_ENDS = 10, ('links_next', 'traps_find', 'scope_refuses', 'detectors_see_link', 'frontier_offer', 'page_batch_write')
COMMENTS = re.compile(r'/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)
DEFINED = re.compile(r'^(?!static )[a-z][\w *]*?\b([a-z]\w*)\((?:[^;{}()]|\([^()]*\))*\)\n\{', re.M)
STATIC = re.compile(r'^static [\w *]*?\b([a-z]\w*)\((?:[^;{}()]|\([^()]*\))*\)\n\{', re.M)
errors = []


def error(words):
    errors.append(words)


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


def table_of(title):
    """The rows of that part: (file, functions, callers, the last cell)."""
    part = page.split('\n### %s, file by file\n' % title, 1)
    if len(part) < 2:
        sys.exit('HACKING.md has no part "%s, file by file"' % title)
    rows = []
    for line in re.split(r'\n##+ ', part[1], maxsplit=1)[0].split('\n'):
        if line.startswith('| `'):
            cells = [cell.strip() for cell in line.strip('|').split('|')]
            rows.append((re.findall(r'`([^`]+)`', cells[0])[0], re.findall(r'`(\w+)\(\)`', cells[1]),
                         re.findall(r'`([\w/]+\.c)`', cells[2]), cells[2]))
    return rows


def walk(title, most, begins, ends):
    """Follows the table through the code.  A last cell with one of the words `begins` is where the way comes in."""
    table = table_of(title)
    way = [row[0] for row in table]
    if not table:
        error('HACKING.md: the table of %s is empty' % title.lower())
    if len(way) > most:
        error('%s passes %d files, more than %d' % (title.lower(), len(way), most))
    if len(set(way)) < len(way):
        error('a file is in the table twice')
    for file, functions, callers, words in table:
        if file not in code:
            error('%s is in the table, and is no file' % file)
            continue
        if not functions or not (callers or any(word in words for word in begins)):
            error('%s: the table has to say by which function it is entered, and from where' % file)
        for function in functions:
            if function not in defines[file]:
                error('%s does not define %s()' % (file, function))
        for caller in callers:
            if caller not in way:
                error('%s is called from %s, which is not in the table' % (file, caller))
            elif not any(function in calls[caller] for function in functions):
                error('%s calls none of %s of %s' % (caller, ', '.join(functions), file))
    for function in ends:
        if not any(function in row[1] for row in table):
            error('%s() is not in the table: that part of the way is missing' % function)


walk('One response', most, ('libcurl', 'thread'), ENDS)
walk('One link', LINK_MOST, ('above',), LINK_ENDS)
# Every file of src/ that HACKING.md names is there: `src/web/surt.c`, `crawl/crawl.c`, `src/store/{queue,hosts}.h`.
rooms = {file.split('/')[0] for file in code}
for name in re.findall(r'`([\w./{},]+)`', page):
    room = (name[4:] if name.startswith('src/') else name).split('/')[0]
    if room not in rooms or 'NAME' in name or '.' not in name:
        continue
    braces = re.match(r'(.*)\{(.*)\}(.*)', name)
    for one in [braces[1] + word + braces[3] for word in braces[2].split(',')] if braces else [name]:
        if not os.path.exists('%s/src/%s' % (root, one[4:] if one.startswith('src/') else one)):
            error('HACKING.md names %s, which is no file' % one)
# So are its files without a room, `trap_shapes.c`, and its functions, `links_open()`.
there, known = set(), set()
for folder in ['src', 'include', 'tests']:
    for _, _, names in os.walk('%s/%s' % (root, folder)):
        there.update(names)
for file in defines:
    known |= defines[file]
for name in re.findall(r'`(\w+\.[ch])`', page):
    if 'NAME' not in name and name not in there:
        error('HACKING.md names %s, which is no file' % name)
for name in re.findall(r'`(\w+)\(\)`', page):
    if name not in known:
        error('HACKING.md names %s(), which is no function' % name)
for words in sorted(set(errors)):
    print(words)
sys.exit(bool(errors))
