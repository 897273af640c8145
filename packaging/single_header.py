#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""One file of headers of this library and all that they include of it, for Compiler Explorer or a project without a
package manager. What they include of others (Boost, range-v3, ...) stays an #include.

    single_header.py OUT [HEADER...]      compute_divide/shares/share.hpp, say; without one compute_divide.hpp"""
import pathlib
import re
import sys

INCLUDE = re.compile(r"#include <(compute_divide(?:/[^>]+)?)>")
include = pathlib.Path(__file__).resolve().parent.parent / "include"


def add(name, seen, lines):
    """The lines of a header, each header that it includes at its first #include."""
    if name in seen:
        return
    seen.add(name)
    path = include / name
    if not path.is_file():
        sys.exit(f"error: there is no header {name}")
    depth = 0
    for line in path.read_text().splitlines():
        depth += line.startswith("#if")
        depth -= line.startswith("#endif")
        found = INCLUDE.match(line)
        if not found:
            lines.append(line)
        elif depth > 1:
            sys.exit(f"error: {name} includes {found[1]} under a condition, which one file cannot")
        else:
            add(found[1], seen, lines)


def main():
    if len(sys.argv) < 2 or sys.argv[1].startswith("-"):
        sys.exit(__doc__)
    names = sys.argv[2:] or ["compute_divide/compute_divide.hpp"]
    version = re.findall(r"^#define COMPUTE_DIVIDE_VERSION_\w+ (\d+)$", (include / "compute_divide/version.hpp").read_text(), re.M)
    seen, lines = set(), []
    for name in names:
        add(name, seen, lines)
    licence = "// SPDX-License-Identifier: BSL-1.0"
    first = f"// compute_divide {'.'.join(version)}: {', '.join(names)}, with all they include of it."
    lines = [first, licence] + [line for line in lines if line != licence]
    pathlib.Path(sys.argv[1]).write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
