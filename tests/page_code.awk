# The blocks of a page that are of one kind, one after the other: awk -v kind=cpp -f page_code.awk PAGE.
$0 == "```" kind { is_asked = 1; next }
$0 == "```" { is_asked = 0 }
is_asked { print }
