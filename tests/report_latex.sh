#!/usr/bin/env bash
# What `report` writes in LaTeX is set by pdflatex, without an error, with its figures. Argument: the folder of the
# programs. Ends with 77 where pdflatex or its packages are missing.
command -v pdflatex >/dev/null && kpsewhich pgfplots.sty booktabs.sty >/dev/null || {
  echo "skipped: there is no pdflatex (apt-get install texlive-latex-recommended texlive-pictures)"
  exit 77
}
source "$(dirname "${BASH_SOURCE[0]}")/support/programs.sh" "$1"
set_in_tex() { # NAME OPTIONS...
  local name=$1
  shift
  "$programs/report" --out "$name.tex" --format latex "$@" >said 2>&1 || fail "report: $(cat said)"
  pdflatex -interaction=nonstopmode -halt-on-error "$name.tex" >said || fail "$name: $(grep -A3 '^!' said)"
  [ "$(head -c 4 "$name.pdf")" = %PDF ] || fail "no $name.pdf"
}
set_in_tex all --only academic_share,hardware_gap,conference_teams
# Names that are LaTeX, and letters that no font has.
{
  echo 'Model,Publication date,Organization,Organization categorization,Training compute (FLOP),Notability criteria'
  for i in $(seq 1 60); do
    echo "\\input{x} \$ & % # _ ~ ^ {$i 東京 é,20$((10 + i % 14))-0$((1 + i % 9))-11,A_$((i % 11)) }%,$([ $((i % 3)) = 0 ] && echo Academia || echo Industry),1e$((16 + i % 9)),Highly cited"
  done
} >'own_%&.csv'
set_in_tex own --models 'own_%&.csv' --only academic_share,compute_growth
exit "$failed"
