# The comment right before `namespace compute_divide {`, or the first directive after it, is of the header: it
# gets \file. Comments of the C header are those of its functions.
# The inline namespace of the version is nobody's to write.
/namespace compute_divide/ { sub(/::inline v[0-9_]+/, "") }
FILENAME ~ /\.h$/ && NR > 1 && /^\/\* / { sub(/^\/\* /, comments++ ? "/** " : "/** \\file\n *\n * ") }
FILENAME ~ /\.h$/ && /^ .*[,;0-9] +\/\* / { sub(/\/\* /, "/**< ") }
/^\/\/\// { block = block $0 "\n"; next }
(/^namespace compute_divide \{/ || /^#(include <|define COMPUTE_DIVIDE_VERSION)/) && block != "" && !done { printf "/// \\file\n///\n%s\n", block; block = ""; done = 1; print; next }
{ printf "%s", block; block = ""; print }
