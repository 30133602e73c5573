#!/usr/bin/env python3
"""Writes entities_table.c: the named character references of the HTML Standard (section 13.5), as Python's standard
library has them, sorted by name so that they can be searched."""
import html.entities

print('/* Made by make-entities.py; the names are those of the HTML Standard, section 13.5. */')
print('#include <config.h>\n\n#include "html/entities.h"\n')
rows = sorted(html.entities.html5.items(), key=lambda row: row[0].encode())
print('const struct entity entities_table[] = {')
for name, text in rows:
    value = ''.join('\\%03o' % byte for byte in text.encode())
    print('    {"%s", "%s"},' % (name, value))
print('};\n\nconst size_t entities_count = sizeof entities_table / sizeof *entities_table;')
