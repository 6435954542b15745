package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"openness/audit/pattern"
	"openness/data/catalogue"
	"openness/reports/figures"
	"openness/reports/makers"
	"openness/reports/ranking"
)

type figureOptions struct {
	*globalOptions
	out     string
	rubric  string
	scores  string
	formats []string
	choice
}

// figureFormats are what a figure can be written as, the first unless told.
var figureFormats = []string{"svg", "png", "pdf"}

func newFiguresCommand(g *globalOptions) *cobra.Command {
	opts := &figureOptions{globalOptions: g}
	cmd := &cobra.Command{
		Use:   "figures",
		Short: "Draw figures of all stored models, or of some: SVG, PNG and PDF",
		Long: `Figures draws the heat map of the ranking, the classes of each dimension, openness
over time, the releases of makers and, with --scores, openness against each
benchmark, and each benchmark over time: how far models with published weights lie
behind those without. All models that --only names are in them.

SVG needs nothing. PNG and PDF are made of it by Chromium, where it is installed.

The names of a file of scores are joined to stored models by id, label or name, by
an alias of the catalogue, or by the family where one stored model alone can be
meant; those that are not joined are named. Over time a model that is not stored is
drawn as well where the catalogue has its release. Models of which too little could be
determined have no share and are not drawn.`,
		Example: `  openness figures --out figures
  openness figures --out figures --only shortlist.txt --scores arena.csv --format svg,png,pdf`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return runFigures(cmd.Context(), opts) },
	}
	flags := cmd.Flags()
	flags.StringVar(&opts.out, "out", "figures", "`DIR` to write into; created if needed")
	flags.StringVar(&opts.rubric, "rubric", "", "judge by this rubric `ID` or file (default "+defaultRubric+")")
	flags.StringVar(&opts.scores, "scores", "",
		"CSV `FILE` with model, benchmark, value: draws openness against each benchmark")
	flags.StringSliceVar(&opts.formats, "format", figureFormats[:1], strings.Join(figureFormats, ", ")+
		", with commas between")
	opts.addTo(flags)
	return cmd
}

func runFigures(ctx context.Context, opts *figureOptions) error {
	for _, f := range opts.formats {
		if !slices.Contains(figureFormats, f) {
			return unknownValue("format", f, figureFormats)
		}
	}
	if err := opts.check(); err != nil {
		return err
	}
	scores, err := readScores(opts.scores)
	if err != nil {
		return err
	}
	browser := ""
	if slices.Contains(opts.formats, "png") || slices.Contains(opts.formats, "pdf") {
		if browser, err = findChromium(); err != nil {
			return err
		}
	}
	r, rows, err := storedRows(ctx, &rankOptions{globalOptions: opts.globalOptions, rubric: opts.rubric,
		source: sourceReviewed})
	if err != nil {
		return err
	}
	rows, missing, err := opts.pick(rows)
	if err != nil {
		return err
	}
	rows = ranking.Rank(rows, opts.ranking())
	joined := figures.JoinScores(scores, rows, modelAliases)
	now := opts.env.now().UTC()
	releases := allReleases()
	dated := figures.DateScores(scores, rows, releases, modelAliases)
	opts.sayUnjoined(joined, dated)
	figures := append(figures.All(r, rows, joined.Scores, dated),
		makers.Figure(makers.Report{At: now, Months: makers.Months,
			Tool: version, Makers: makers.Strategies(releases, rows, now, makers.Months)}))
	if err := noFile("--out", opts.out); err != nil {
		return err
	}
	if err := os.MkdirAll(opts.out, 0o755); err != nil {
		return err
	}
	for _, f := range figures {
		if err := opts.write(ctx, f, browser); err != nil {
			return err
		}
	}
	if !opts.quiet {
		opts.say("wrote %d figures of %d models into %s", len(figures), len(rows), opts.out)
	}
	return unknownModels(missing)
}

// sayUnjoined names what of a file of scores is drawn in no figure, and what in
// those over time alone.
func (g *globalOptions) sayUnjoined(j figures.Join, dated []figures.Dated) {
	if g.quiet {
		return
	}
	var nowhere, overTime []string
	for _, name := range j.Unmatched {
		if slices.ContainsFunc(dated, func(d figures.Dated) bool { return d.Model == name }) {
			overTime = append(overTime, name)
			continue
		}
		nowhere = append(nowhere, name)
	}
	if n := len(nowhere); n > 0 {
		g.say("--scores: %d names could not be joined to one stored model: %s", n, strings.Join(nowhere, ", "))
	}
	if n := len(overTime); n > 0 {
		g.say("--scores: %d names of models that are not stored are drawn over time alone: %s", n,
			strings.Join(overTime, ", "))
	}
}

// modelAliases are further names of a model by one of its names.
func modelAliases(name string) []string {
	e, ok := catalogue.Lookup(name)
	if !ok {
		return nil
	}
	return append([]string{e.Hub, e.Name, e.Title}, e.Aliases...)
}

// write writes a figure in the formats asked for.
func (opts *figureOptions) write(ctx context.Context, f figures.Figure, browser string) error {
	base := filepath.Join(opts.out, strings.TrimSuffix(f.File, ".svg"))
	if slices.Contains(opts.formats, "svg") {
		if err := writeWhole(base+".svg", func(w io.Writer) error {
			_, err := w.Write(f.SVG)
			return err
		}); err != nil {
			return err
		}
	}
	for _, format := range []string{"png", "pdf"} {
		if slices.Contains(opts.formats, format) {
			if err := printFigure(ctx, browser, f.SVG, base+"."+format); err != nil {
				return err
			}
		}
	}
	return nil
}

// findChromium finds the browser that makes PNG and PDF.
func findChromium() (string, error) {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", fmt.Errorf("PNG and PDF are made by Chromium, which is not on the PATH: install it, or use --format svg")
}

// svgSize finds the extent of a figure, which is stated on its first line.
var svgSize = pattern.MustCompile(`width="([0-9.]+)" height="([0-9.]+)"`)

// printing is how long the browser may take for one figure.
const printing = 5 * time.Minute

// printFigure makes a PNG, at twice the size, or a PDF of one page of a figure.
func printFigure(ctx context.Context, browser string, svg []byte, path string) error {
	size := svgSize.FindSubmatch(svg)
	if size == nil {
		return fmt.Errorf("figure %q states no size", path)
	}
	dir, err := os.MkdirTemp("", "openness-figure-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	page := filepath.Join(dir, "figure.html")
	text := fmt.Sprintf("<!doctype html><meta charset=\"utf-8\"><style>@page{size:%spx "+
		"%spx;margin:0}html,body{margin:0}svg{display:block}</style>%s", size[1], size[2], svg)
	if err := os.WriteFile(page, []byte(text), 0o600); err != nil {
		return err
	}
	whole, err := filepath.Abs(path)
	if err != nil {
		return err
	}
	args := []string{"--headless", "--disable-gpu", "--hide-scrollbars", "--no-first-run",
		"--user-data-dir=" + filepath.Join(dir, "profile")}
	if os.Geteuid() == 0 { // the browser's sandbox does not work for root
		args = append(args, "--no-sandbox")
	}
	if strings.HasSuffix(path, ".pdf") {
		args = append(args, "--no-pdf-header-footer", "--print-to-pdf="+whole)
	} else {
		args = append(args, "--force-device-scale-factor=2", fmt.Sprintf("--window-size=%s,%s", up(size[1]),
			up(size[2])), "--screenshot="+whole)
	}
	ctx, cancel := context.WithTimeout(ctx, printing)
	defer cancel()
	if out, err := exec.CommandContext(ctx, browser,
		append(args, "file://"+filepath.ToSlash(page))...).CombinedOutput(); err != nil { //nolint:gosec // our own file
		return fmt.Errorf("%s: %w: %.300s", browser, err, out)
	}
	if info, err := os.Stat(whole); err != nil || info.Size() == 0 {
		return fmt.Errorf("%s wrote no %s", browser, path)
	}
	return nil
}

// up is a length without its fraction, rounded up.
func up(length []byte) string {
	whole, fraction, _ := strings.Cut(string(length), ".")
	if fraction == "" {
		return whole
	}
	n, err := strconv.Atoi(whole)
	if err != nil {
		return string(length)
	}
	return strconv.Itoa(n + 1)
}
