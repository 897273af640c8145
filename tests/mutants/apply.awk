# Puts a mutant in wherever its lines are now: awk -f apply.awk -v into=FOLDER NAME.patch HEADER...
# writes the headers that change under FOLDER. Each hunk's lines must be at one place alone: of the header that the patch
# names, else of all headers; where code has moved apart, without the outermost lines of context. Says where, or why not.
function fail(text) { print FILENAME_OF_PATCH ": " text; failed = 1; exit 1 }

# How often old[first..last] stands in a header; the last place is left in at_line.
function places(header, first, last,   i, j, count) {
    for (i = 1; i + last - first <= lines[header]; i++) {
        for (j = first; j <= last && text[header, i + j - first] == old[hunk, j]; j++) continue
        if (j > last) { count++; at_line = i }
    }
    return count + 0
}
function find(first, last,   h, count, here) {
    if (named[hunk] in lines && (count = places(named[hunk], first, last)) > 0) { at_header = named[hunk]; return count }
    count = 0
    for (h = 1; h <= headers; h++) {
        here = places(header_of[h], first, last)
        if (here > 0) { at_header = header_of[h]; place = at_line }
        count += here
    }
    at_line = place
    return count
}

FNR == NR {
    FILENAME_OF_PATCH = FILENAME
    if (/^--- /) next
    if (/^\+\+\+ /) { target = $2; sub(/^b\//, "", target); next }
    if (/^@@ /) { hunks++; named[hunks] = target; next }
    if (hunks == 0) next
    mark = substr($0, 1, 1); line = substr($0, 2)
    if (mark != "+") old[hunks, ++old_count[hunks]] = line
    if (mark == "-" || mark == "+") { if (mark == "-") removed[hunks]++; if (!before_change[hunks]) before_change[hunks] = old_count[hunks] + (mark == "+"); last_change[hunks] = old_count[hunks] }
    change[hunks, ++changes[hunks]] = $0
    next
}
FNR == 1 { header = FILENAME; header_of[++headers] = header }
{ text[header, FNR] = $0; lines[header] = FNR }

END {
    if (failed) exit 1
    if (hunks == 0) fail("no hunk")
    for (hunk = 1; hunk <= hunks; hunk++) {
        first = 1; last = old_count[hunk]
        while ((count = find(first, last)) == 0) {
            # Context is given up from outside: what is removed, or one line beside what is put in, stays.
            keep_first = removed[hunk] ? before_change[hunk] : before_change[hunk] - 1
            if (first >= keep_first && last <= last_change[hunk]) fail("hunk " hunk " is nowhere")
            if (first < keep_first) first++
            if (last > last_change[hunk]) last--
        }
        if (count > 1) fail("hunk " hunk " is in " count " places")
        # The lines from `first` to `last` as the hunk has them.
        made = 0; j = 0
        for (i = 1; i <= changes[hunk]; i++) {
            mark = substr(change[hunk, i], 1, 1)
            if (mark != "+") j++
            if (mark == "-" || (mark != "+" && (j < first || j > last))) continue
            if (mark == "+" && (j < first - 1 || j > last)) continue
            fresh[++made] = substr(change[hunk, i], 2)
        }
        kept = last - first + 1
        for (i = 1; i < at_line; i++) result[i] = text[at_header, i]
        for (i = 1; i <= made; i++) result[at_line - 1 + i] = fresh[i]
        for (i = at_line + kept; i <= lines[at_header]; i++) result[i - kept + made] = text[at_header, i]
        lines[at_header] += made - kept
        for (i = 1; i <= lines[at_header]; i++) text[at_header, i] = result[i]
        touched[at_header]
        if (at_header != named[hunk]) print "note: " FILENAME_OF_PATCH ": applied to " at_header
    }
    for (header in touched) {
        folder = into "/" header; sub(/\/[^\/]*$/, "", folder)
        system("mkdir -p \"" folder "\"")
        for (i = 1; i <= lines[header]; i++) print text[header, i] > (into "/" header)
    }
}
