# The comment right before `namespace compute_divide {` is of the header, not of the namespace: it gets \file.
/^\/\/\// { block = block $0 "\n"; next }
/^namespace compute_divide \{/ && block != "" && !done { printf "/// \\file\n///\n%s\n", block; block = ""; done = 1; print; next }
{ printf "%s", block; block = ""; print }
