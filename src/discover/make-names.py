#!/usr/bin/env python3
"""Writes names.h and names.c: the names of elements and attributes that the extractors know, as numbers, with a table
that finds them by hash.  Run it as `make-names.py h` and `make-names.py c`."""
import sys

# What holds an address in some element comes first, so that "id < NAME_ADDRESSES" tells it.
ADDRESSES = '''href src srcset data-src data-srcset xlink:href poster background data-original data-lazy-src
data-lazy-srcset data-lazy data-hi-res-src data-full data-bg data-background data-background-image data-poster lowsrc
dynsrc longdesc imagesrcset data cite manifest archive code classid'''.split()
# Attributes of any element that hold CSS.
SHEETS = 'style fill stroke filter mask clip-path marker-start marker-mid marker-end cursor'.split()
# The rest: elements, and attributes that say something about an address.
OTHERS = '''a abbr address applet area article aside audio b base big blockquote body br button canvas center
col dd del desc details div dl dt em embed feimage font font-face-uri footer foreignobject form frame frameset h1 h2 h3
h4 h5 h6 head header hr html i iframe image img input ins li linearGradient link listing main math menu meta
mpath nav nobr noembed noframes noscript object ol optgroup option p param pattern picture plaintext pre q
radialgradient ruby s script section select small source span strike strong sub sup svg table tbody td template
textarea textpath tfoot th thead time title tr track tt u ul use var video wbr xmp
class id rel type content name property itemprop http-equiv charset media as role aria-label alt value
codebase onclick hreflang srcdoc'''.split()

words = []
for word in ADDRESSES + SHEETS + OTHERS:
    if word.lower() not in words:
        words.append(word.lower())
SLOTS = 1024


def number_of(word):
    """As names_find() reckons it."""
    total = len(word)
    for byte in word.encode():
        total = (total * 33 + (byte | 0x20)) & 0xffffffff
    return (total ^ total >> 10) % SLOTS


def constant(word):
    return 'NAME_' + word.upper().replace('-', '_').replace(':', '_')


if sys.argv[1] == 'h':
    print('/* Made by make-names.py: the names of elements and attributes that the extractors know. */')
    print('#ifndef DISCOVER_NAMES_H\n#define DISCOVER_NAMES_H\n\n#include "base/text.h"\n\nenum name {')
    print('    NAME_OTHER, /* none of these */')
    for word in words:
        print('    %s,' % constant(word))
    print('    NAMES,\n')
    print('    NAME_ADDRESSES = %s + 1, /* below: attributes that hold an address in some element */'
          % constant(ADDRESSES[-1]))
    print('    NAME_SHEETS = %s + 1, /* below: attributes that hold CSS */' % constant(SHEETS[-1]))
    print('};\n\n/* The number of a name in any case. */\nenum name names_find(struct text name);\n'
          'const char *names_text(enum name name); /* lower case; "" for NAME_OTHER */\n\n#endif')
else:
    print('/* Made by make-names.py: found by hash, the next free slot when it is taken. */')
    print('#include <config.h>\n\n#include "discover/names.h"\n\nenum { SLOTS = %d };\n' % SLOTS)
    print('static const char *const texts[NAMES] = {\n    "",')
    for word in words:
        print('    "%s",' % word)
    print('};\n')
    slots = [0] * SLOTS
    for number, word in enumerate(words, 1):
        slot = number_of(word)
        while slots[slot]:
            slot = (slot + 1) % SLOTS
        slots[slot] = number
    print('static const unsigned char slots[SLOTS] = {')
    for row in range(0, SLOTS, 24):
        print('    ' + ' '.join('%d,' % n for n in slots[row:row + 24]))
    print('};\n')
    print('''static const unsigned char lengths[NAMES] = {''')
    for row in range(0, len(words) + 1, 24):
        print('    ' + ' '.join('%d,' % n for n in ([0] + [len(w) for w in words])[row:row + 24]))
    print('''};

enum name names_find(struct text name)
{
    uint32_t hash = (uint32_t)name.length;
    if (name.length > %d)
        return NAME_OTHER;
    for (size_t i = 0; i < name.length; i++)
        hash = hash * 33 + ((unsigned char)name.at[i] | 0x20);
    for (uint32_t slot = (hash ^ hash >> 10) %% SLOTS; slots[slot]; slot = (slot + 1) %% SLOTS) {
        const char *text = texts[slots[slot]];
        size_t i = 0;
        if (lengths[slots[slot]] != name.length)
            continue;
        while (i < name.length && ascii_lower(name.at[i]) == text[i])
            i++;
        if (i == name.length)
            return (enum name)slots[slot];
    }
    return NAME_OTHER;
}

const char *names_text(enum name name)
{
    return texts[name];
}''' % max(len(w) for w in words))
    assert len(words) < 255
