#!/usr/bin/env bash
# Whether each header stands on its floor: the rules of docs/architecture.md, whose table of floors is read from there; and
# whether one header alone names what a compiler offers beyond C++, and one what a system does beyond the standard library.
# `floors.sh [TREE]` names every line of TREE (this repository) that breaks one; tests/floors_test.sh breaks them all.
set -euo pipefail
cd "${1:-$(dirname "${BASH_SOURCE[0]}")/..}"
files=$({ find include examples tests benchmarks \( -name '*.hpp' -o -name '*.cpp' \) 2>/dev/null || true; } | LC_ALL=C sort)
# shellcheck disable=SC2086
awk '
function fail(file, line, text) { print file ":" line ": " text; failures++ }

# The folder of a header under include/compute_divide/; "" for those beside the folders and for the shared detail/.
function module_of(header) { return header ~ /^[a-z_]+\// && header !~ /^detail\// ? substr(header, 1, index(header, "/") - 1) : "" }
function is_detail(header) { return header ~ /(^|\/)detail\// }
function is_umbrella(header) { return header == "compute_divide.hpp" || (header ~ /^[a-z_]+\.hpp$/ && substr(header, 1, length(header) - 4) in floor) }

# Whether a header needs simdjson, ISA-L or CRoaring, itself or by what it includes. Views of range-v3 may be left out of umbrella
# headers too: nobody pays for them who does not ask for them.
function needs_library(header,   i, found) {
    if (header in needs) return needs[header]
    needs[header] = 0
    found = header in external
    for (i = 1; !found && i <= includes[header]; i++) found = needs_library(included[header, i])
    return needs[header] = found
}
function reach(header,   i) {
    if (header in reached) return
    reached[header]
    for (i = 1; i <= includes[header]; i++) if (is_umbrella(header)) reach(included[header, i])
}

FILENAME == "docs/architecture.md" {
    if (split($0, cell, "|") < 4 || cell[2] !~ /^ *[0-9]+ *$/) next
    rest = cell[3]
    while (cell[2] > 0 && match(rest, /`[a-z_]+\/`/)) {
        floor[substr(rest, RSTART + 1, RLENGTH - 3)] = cell[2] + 0
        rest = substr(rest, RSTART + RLENGTH)
    }
    next
}

FNR == 1 {
    header = FILENAME
    own = sub(/^include\/compute_divide\//, "", header) ? header : ""
    exists[FILENAME]
    if (own != "") headers[++count] = own
}
own != "" && own != "detail/compiler.hpp" && match($0, /__builtin_|__attribute__|__declspec|__extension__|__restrict|__int128|__asm|vector_size|gnu::|clang::|msvc::|#[ \t]*pragma/) {
    fail(FILENAME, FNR, substr($0, RSTART, RLENGTH) " is for detail/compiler.hpp, with what takes its place elsewhere")
}
own != "" && own != "detail/system_files.hpp" && /^[ \t]*#[ \t]*include[ \t]*<(unistd|fcntl|dirent|io|windows|pthread|poll|dlfcn|glob|sys\/[a-z]+)\.h>/ {
    fail(FILENAME, FNR, "calls of the system are for detail/system_files.hpp")
}
/^[ \t]*#[ \t]*include/ {
    target = $0
    if (own != "" && target ~ /<(simdjson|isa-l|roaring)/) external[own]
    if (own != "" && target ~ /<range\/v3\/view/) view[own]
    if (own != "" && target ~ /#[ \t]*include[ \t]*"/) fail(FILENAME, FNR, "a header of the library is included as <compute_divide/...>")
    if (!sub(/^[^<"]*[<"]compute_divide\//, "", target)) next
    sub(/[>"].*/, "", target)
    line_of[++lines] = FNR; file_of[lines] = FILENAME; from[lines] = own; to[lines] = target
    if (own != "") included[own, ++includes[own]] = target
    next
}
# Types at namespace scope, which clang-format sets at the beginning of a line.
own != "" && /^(struct|class|enum|enum class) [a-z_0-9]+( : [a-z_:0-9]+)?;/ {
    name = $0; sub(/^(enum class|enum|struct|class) /, "", name); sub(/[ ;].*/, "", name)
    declared[++declarations] = name; declared_in[declarations] = own; declared_at[declarations] = FNR
    next
}
own != "" && /^(struct|class|enum|enum class) [a-z_0-9]+( final)?( :| \{|$)/ {
    name = $0; sub(/^(enum class|enum|struct|class) /, "", name); sub(/[ :{].*/, "", name)
    defined[name, ++definitions[name]] = own
}

END {
    for (module in floor) modules++
    if (modules < 2) { print "docs/architecture.md: the table of floors was not found"; exit 1 }
    for (i = 1; i <= lines; i++) {
        module = module_of(to[i])
        if (from[i] == "") {
            # The tests of a module, and what they share in support/MODULE_NAME.hpp, may look at its details; those
            # of tests/detail at what is shared.
            own = module == "" ? "^tests/detail/" : "^tests/(support/" module "_|" module "/)"
            if (is_detail(to[i]) && file_of[i] !~ own)
                fail(file_of[i], line_of[i], to[i] " is a detail of the library")
            continue
        }
        here = module_of(from[i])
        if (!(("include/compute_divide/" to[i]) in exists)) { fail(file_of[i], line_of[i], to[i] " does not exist"); continue }
        if (from[i] == "compute_divide.hpp") {
            if (is_detail(to[i])) fail(file_of[i], line_of[i], to[i] " is a detail")
        } else if (is_umbrella(from[i])) {
            if (is_detail(to[i]) || module "" != substr(from[i], 1, length(from[i]) - 4))
                fail(file_of[i], line_of[i], from[i] " is for the public headers of its module, not " to[i])
        } else if (is_umbrella(to[i])) {
            fail(file_of[i], line_of[i], to[i] " is for programs; a header includes what it needs")
        } else if (is_detail(to[i]) && module != "" && module != here) {
            fail(file_of[i], line_of[i], to[i] " is a detail of " module "/, which alone may include it")
        } else if (module != here && module in floor && (!(here in floor) || floor[module] >= floor[here])) {
            fail(file_of[i], line_of[i], "floor " (here in floor ? floor[here] : 0) (here == "" ? "" : " (" here "/)") " may not include " to[i] " of floor " floor[module])
        }
    }

    for (i = 1; i <= declarations; i++) {
        name = declared[i]; mine = 0; other = ""
        for (j = 1; j <= definitions[name]; j++) {
            if (module_of(defined[name, j]) == module_of(declared_in[i])) mine = 1
            else other = defined[name, j]
        }
        if (!mine && other != "")
            fail("include/compute_divide/" declared_in[i], declared_at[i], name " is of " other ": include it instead of declaring it")
    }

    reach("compute_divide.hpp")
    for (module in floor) seen[module] = 0
    for (i = 1; i <= count; i++) {
        header = headers[i]; path = "include/compute_divide/" header; module = module_of(header)
        if (module != "" && !(module in floor)) { fail(path, 1, module "/ is not in the table of docs/architecture.md"); continue }
        if (module != "") seen[module] = 1
        if (is_detail(header) || is_umbrella(header)) continue
        listed = header in reached || needs_library(header) || header in view
        if (needs_library(header) && header in reached)
            fail("include/compute_divide/compute_divide.hpp", 1, header " needs a library that not everybody has")
        if (module != "" && !needs_library(header) && !(header in view)) {
            umbrella = module ".hpp"; found = 0
            for (j = 1; j <= includes[umbrella]; j++) found = found || included[umbrella, j] == header
            if (!found && ("include/compute_divide/" umbrella) in exists) { fail("include/compute_divide/" umbrella, 1, header " is missing"); listed = 1 }
        }
        if (!listed) fail("include/compute_divide/compute_divide.hpp", 1, header " is missing")
        test = "tests/" header; sub(/\.hpp$/, ".test.cpp", test)
        if (header != "version.hpp" && !(test in exists)) fail(path, 1, "has no test file " test)
    }
    for (module in seen) {
        if (!seen[module]) fail("docs/architecture.md", 1, "there is no module " module "/")
        else if (!(("include/compute_divide/" module ".hpp") in exists)) fail("include/compute_divide/" module ".hpp", 1, "does not exist")
    }
    if (!failures) print count " headers, " lines " includes: all on their floors"
    exit failures > 0
}' docs/architecture.md $files
