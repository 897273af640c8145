#!/usr/bin/env bash
# The page of `report` without a browser: the same bytes twice, digests of its inputs, names that stay text, a table of
# one's own alone. Arguments: the folder of the programs.
source "$(dirname "${BASH_SOURCE[0]}")/support/programs.sh" "$1"
report=$programs/report
has() { # FILE TEXT...
  local file=$1
  shift
  for text in "$@"; do grep -qF -- "$text" "$file" || fail "no '$text' in $file"; done
}
lacks() {
  local file=$1
  shift
  for text in "$@"; do ! grep -qF -- "$text" "$file" || fail "'$text' is in $file"; done
}

"$report" --out page.html --only academic_share >said || fail "report fails"
[ "$(cat said)" = page.html ] || fail "report does not name its page"
"$report" --out again.html --only academic_share >said
cmp page.html again.html || fail "two runs differ"
[ "$(wc -c <page.html)" -lt 2000000 ] || fail "the page is large"
has page.html '<!DOCTYPE html>' 'role="img"' 'data-quoted="[' '<title id=' '<desc id=' 'data-estimate="' "default-src 'none'" \
  "$(sha256sum <"$sources/examples/data/models.csv" | cut -d' ' -f1)" '<code>report --only academic_share</code>'
lacks page.html 'http:' 'https:' 'src=' '@import' "$sources"

# Digests of empty files, and of those whose padding needs a block of its own.
header='Model,Publication date,Organization,Organization categorization,Training compute (FLOP),Notability criteria'
own() { # BYTES MORE
  {
    echo "$header"
    for i in $(seq 1 60); do
      echo "</script><img src=x onerror=alert($i)>,20$((10 + i % 14))-0$((1 + i % 9))-11,<b>A$((i % 11)),$([ $((i % 3)) = 0 ] && echo Academia || echo Industry),1e$((16 + i % 9)),Highly cited"
    done
    printf "%$1s\n" ',,,,,' | tr ' ' x
  } >'own <i>.csv'
}
for more in 20 21 22 23 24 25 26 27 28 36 60 83; do
  own "$more"
  "$report" --out own.html --models 'own <i>.csv' --only academic_share --on-error skip >said 2>&1 || fail "own table: $(cat said)"
  has own.html "$(sha256sum <'own <i>.csv' | cut -d' ' -f1)"
done
has own.html 'own &lt;i&gt;.csv'
lacks own.html '<img' '<b>A' 'own <i>' 'Epoch' '2025-08'

# The same in Markdown, with figures beside, and in LaTeX.
"$report" --out page.md --format markdown --only academic_share >said || fail "no Markdown"
has page.md '# Who does machine-learning research' '![Large models by kind of team](<page_figures/academic_share-figure-0.svg>)' \
  '| industry only, 2022' '<summary>' '    report --only academic_share'
for figure in $(grep -o 'page_figures/[^>]*' page.md); do grep -q '</svg>' "$figure" || fail "no $figure"; done
cp page.md first.md
"$report" --out page.md --format markdown --only academic_share >said
cmp page.md first.md || fail "two runs of Markdown differ"
"$report" --out alone.md --format markdown --no-figures --only academic_share >said || fail "no Markdown without figures"
lacks alone.md '!['
[ ! -e alone_figures ] || fail "figures are there that nobody asked for"
"$report" --out page.tex --format latex --only academic_share >said || fail "no LaTeX"
has page.tex '\begin{axis}' '\toprule' '\addlegendentry{industry only}' '\end{document}'
"$report" --out own.tex --format latex --models 'own <i>.csv' --only academic_share --on-error skip >said 2>&1
has own.tex 'own \textless{}i\textgreater{}.csv'
lacks own.tex 'Epoch'
for file in page.html page.md page.tex; do has $file '68.0' '33.3, 90.1'; done  # the first sentence of each

# Works of one's own, and what was counted of them before: nothing of other data.
"$report" --out works.html --works "$sources/examples/data/openalex_sample.jsonl.gz" >said || fail "no works"
"$programs/openalex_teams" --state counted
"$report" --out state.html --state counted >said || fail "no state"
for page in works.html state.html; do
  has $page 'Who writes the works?' 'Works by kind of team' "$([ $page = works.html ] && echo sample.jsonl.gz || echo '--merge counted')"
  lacks $page 'Epoch' 'models.csv' 'Industry only, 2022'
done
must_refuse 2 'a file is required' "$report" --out x.html --works -

must_refuse 2 '--out' "$report"
must_refuse 2 '--only' "$report" --out x.html --only nothing
must_refuse 2 'a file that is there' "$report" --out x.html --models nowhere.csv
must_refuse 2 'a file is required' "$report" --out x.html --models -
must_refuse 2 '--out' "$report" --out nowhere/x.html
must_refuse 2 '--vintage' "$report" --out x.html --vintage 1999-01
must_refuse 2 '--vintage' "$report" --out x.html --vintage 2025-12 --only concentration,ties
must_refuse 2 '--vintage' "$report" --out x.html --vintage 2025-12 --papers "$sources/examples/data/papers.csv"
must_refuse 2 '--all' "$report" --out x.html --all --models 'own <i>.csv'

# Draws and a seed are of what is drawn.
"$report" --out drawn.html --only academic_share,compute_growth --seed 7 >said || fail "no seed"
has drawn.html 'report --only academic_share,compute_growth --seed 7<' 'compute_growth --seed 7<'
lacks drawn.html '--draws'
"$report" --out draws.html --models 'own <i>.csv' --only code_release --on-error skip --draws 50 >said 2>&1 &&
  fail "draws of a table that tells nothing of code"
grep -q 'code_release' said || fail "it is not said why: $(cat said)"
must_refuse 2 'nothing of this report is drawn' "$report" --out x.html --only academic_share --draws 50
must_refuse 2 'nothing of this report is drawn' "$report" --out x.html --only academic_share,concentration --seed 7
must_refuse 2 'curves of specifications' "$report" --out x.html --only compute_growth --draws 50

must_refuse 2 '--no-figures' "$report" --out x.html --no-figures
printf '%s\n' "$header" >none.csv
must_refuse 3 'no finding' "$report" --out x.html --models none.csv
[ ! -e x.html ] || fail "a page is left of what was refused"
exit "$failed"
