# The blocks of a page that are of one kind, one after the other: awk -v kind=cpp -f page_code.awk PAGE; or one of them,
# from 1: -v block=2.
$0 == "```" kind { is_asked = ++n == block || block == ""; next }
$0 == "```" { is_asked = 0 }
is_asked { print }
