package main

import (
	"bytes"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestFigures draws the built-in snapshot in every format: the SVG has a row for
// each model, the PNG is twice its size, the PDF one page.
func TestFigures(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	run := func(args ...string) (string, int) {
		var stdout, stderr bytes.Buffer
		env := &environment{stdin: strings.NewReader(""), stdout: &stdout, stderr: &stderr, now: time.Now,
			getenv: func(string) string { return "" }}
		root := newRootCommand(env)
		root.SetArgs(args)
		code := exitCode(root.ExecuteContext(t.Context()))
		return stdout.String() + stderr.String(), code
	}
	scores := filepath.Join(dir, "scores.csv")
	writeFile(t, scores, "model,benchmark,value\nnobody-knows-it,Arena,12\n")
	if out, code := run("figures", "--out", filepath.Join(dir, "svg"), "--scores", scores); code != exitDone ||
		!strings.Contains(out, "nobody-knows-it") {
		t.Errorf("exit %d: %s", code, out)
	}
	svg, err := os.ReadFile(filepath.Join(dir, "svg", "heatmap.svg"))
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(svg), `text-anchor="end">`); n < 90 {
		t.Errorf("%d rows of the heat map", n)
	}
	if _, code := run("figures", "--out", dir, "--format", "gif"); code != exitUsage {
		t.Errorf("gif: exit %d", code)
	}
	if _, err := findChromium(); err != nil || testing.Short() {
		t.Skip("no chromium on PATH: PNG and PDF are not tested")
	}
	small := []byte(`<svg xmlns="http://www.w3.org/2000/svg" width="640.5" height="1400" viewBox="0 0 640 1400"><rect width="640" height="1400" fill="#eee"/></svg>`)
	for _, format := range []string{"png", "pdf"} {
		path := filepath.Join(dir, "f."+format)
		browser, _ := findChromium()
		if err := printFigure(t.Context(), browser, small, path); err != nil {
			t.Fatal(err)
		}
		made, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if format == "pdf" {
			if n := bytes.Count(made, []byte("/Type /Page\n")); n != 1 {
				t.Errorf("the PDF has %d pages", n)
			}
			continue
		}
		image, err := png.DecodeConfig(bytes.NewReader(made))
		if err != nil || image.Width != 1282 || image.Height != 2800 {
			t.Errorf("PNG %+v, error %v", image, err)
		}
	}
}
