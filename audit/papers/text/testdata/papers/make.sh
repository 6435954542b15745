#!/usr/bin/env bash
# Makes the PDF and the HTML edition of each made paper from its source, with
# Debian's texlive-latex-recommended, texlive-latex-extra, latexml and qpdf.
# The models, machines and data sets in the sources are invented.
set -euo pipefail
cd "$(dirname "$0")"
for paper in */; do
  work=$(mktemp -d)
  cp -r "$paper/source/." "$work"
  (
    cd "$work"
    for _ in 1 2 3; do
      SOURCE_DATE_EPOCH=1700000000 FORCE_SOURCE_DATE=1 pdflatex -interaction=nonstopmode main.tex >log.txt
    done
    latexmlc --format=html5 --nodefaultresources --dest=main.html main.tex 2>latexml.txt
  )
  qpdf --object-streams=generate --recompress-flate --compression-level=9 "$work/main.pdf" "$paper/paper.pdf"
  grep -v 'Generated on' "$work/main.html" >"$paper/paper.html"
  rm -r "$work"
done
