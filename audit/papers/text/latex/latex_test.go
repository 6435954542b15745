package latex

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"openness/audit/papers/text/markdown"
)

func packed(t testing.TB, headers []*tar.Header, texts []string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	w := tar.NewWriter(z)
	for i, h := range headers {
		h.Size = int64(len(texts[i]))
		if h.Typeflag != tar.TypeReg && h.Typeflag != 0 {
			h.Size, texts[i] = 0, ""
		}
		if err := w.WriteHeader(h); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(texts[i])); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(w.Close(), z.Close()); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func files(t testing.TB, namesAndTexts ...string) []byte {
	t.Helper()
	var headers []*tar.Header
	var texts []string
	for i := 0; i < len(namesAndTexts); i += 2 {
		headers, texts = append(headers, &tar.Header{Name: namesAndTexts[i], Mode: 0o600}),
			append(texts, namesAndTexts[i+1])
	}
	return packed(t, headers, texts)
}

// document reads a body in a document of its own.
func document(t testing.TB, body string) (string, Info) {
	t.Helper()
	text, info, err := Read(files(t, "main.tex",
		"\\documentclass{article}\n\\begin{document}\n"+body+"\n\\end{document}\nbehind the end"))
	if err != nil {
		t.Fatal(err)
	}
	return string(text), info
}

func TestText(t *testing.T) {
	for _, c := range [][2]string{
		{"A ``word'' -- or two\\ldots\\ 90\\% of \\$5 \\& more~so.", "A “word” – or two… 90% of $5 & more so."},
		{"one % a comment\ntwo", "one two"}, {`50\% % real`, "50%"},
		{`Andr\'e, Fran\c{c}ois, \"Uber, Sa\v{s}ko, \o re`, "André, François, Über, Saško, øre"},
		{`\textbf{Bold} and {\it slanted} \emph{words}.`, "Bold and slanted words."},
		{`\newcommand{\x}[2][a]{#1+#2}\x{b} \x[c]{d}`, "a+b c+d"}, {`\def\y#1{<#1>}\y{z}`, "< z>"},
		{`\newif\ifa \afalse \ifa no \else yes \fi \atrue \ifa yes2 \else no2 \fi`, "yes yes2"},
		{`\iffalse hidden \ifa deeper \fi hidden \fi seen`, "seen"},
		{`lr $3\times 10^{-4}$ and \(\beta_1 = 0.9\)`, "lr 3×10^-4 and β_1 = 0.9"},
		{`see \href{https://example.org/a\_b}{our code} and \url{https://example.org/x%20y}`,
			"see [our code](https://example.org/a_b) and https://example.org/x%20y"},
		{`as in \citep[see][]{a,b} by \citet{c}`, "as in (a, b) by c"},
		{`\section{One}\label{s}\subsection*{Free}In Section~\ref{s}.`, "## 1 One\n\n### Free\n\nIn Section 1."},
		{`\appendix\section{More}\subsection{Still}`, "## A More\n\n### A.1 Still"},
		{`\paragraph{Hardware.} Eight machines.`, "##### Hardware\n\nEight machines."},
		{"\\begin{tabular}{l|cc}\\hline a & \\multicolumn{2}{c}{b} \\\\ c & \\makecell{d\\\\e} & f\\\\[2pt] \\end{tabular}",
			"| a | b |  |\n|---|---|---|\n| c | d e | f |"},
		{`Said.\footnote{A note with \url{https://example.org}.} More.`,
			"Said. More.\n\n[^1]: A note with https://example.org."},
		{"\\begin{itemize}\\item one\n\\item[two] second \\end{itemize}", "- one\n\n- two second"},
		{"\\begin{figure}\\includegraphics[width=3cm]{secret.png}\\caption{A plot.}\\end{figure}", "Figure 1: A plot."},
		{"\\lstinline\n\nstays", "stays"},
		{`\verb|\section{x}| stays`, `\section{x} stays`}, {"\\begin{comment}hidden\\end{comment}seen", "seen"},
		{`\unknowncommand{kept} \textcolor{red}{red}`, "kept red"},
		{`{\let\a\b unclosed`, "unclosed"}, {`\begin{abstract}Short.\end{abstract}`, "## Abstract\n\nShort."},
	} {
		if got, _ := document(t, c[0]); strings.TrimSpace(got) != c[1] {
			t.Errorf("%s\n gives %q\n want  %q", c[0], got, c[1])
		}
	}
}

func TestArchives(t *testing.T) {
	const main = "\\documentclass{article}\n\\begin{document}\n%s\n\\end{document}"
	one := fmt.Sprintf(main, "One file.")
	var single bytes.Buffer
	z := gzip.NewWriter(&single)
	_, _ = z.Write([]byte(one))
	_ = z.Close()
	for name, c := range map[string]struct {
		body []byte
		want string
	}{
		"one gzipped file": {single.Bytes(), "One file."},
		"plain file":       {[]byte(one), "One file."},
		"main among parts": {files(t, "fig/plot.tex", strings.Replace(one, "article", "standalone", 1), "ms.tex",
			fmt.Sprintf(main, `\input{a/b}`), "a/b.tex", "From b."), "From b."},
		"references": {files(t, "main.tex", fmt.Sprintf(main, `\bibliography{x}`), "main.bbl",
			`\begin{thebibliography}{1}\bibitem{a} A paper.\end{thebibliography}`), "## References\n\nA paper."},
		"paths that climb": {files(t, "../../etc/x.tex", "climbed", "main.tex", fmt.Sprintf(main,
			`\input{../../etc/x}\input{/etc/passwd}Stays.`)), "climbed\n Stays."},
		"latin-1":   {files(t, "main.tex", fmt.Sprintf(main, "caf\xe9")), "café"},
		"old class": {[]byte("\\documentstyle{article}\n\\begin{document}\nOld.\n\\end{document}"), "Old."},
	} {
		text, _, err := Read(c.body)
		if got := strings.TrimSpace(string(text)); err != nil || got != strings.Join(strings.Fields(c.want), " ") &&
			got != c.want {
			t.Errorf("%s: %q, %v, want %q", name, got, err, c.want)
		}
	}
	link := packed(t, []*tar.Header{{Name: "main.tex", Typeflag: tar.TypeSymlink, Linkname: "/etc/passwd"},
		{Name: "main.tex", Mode: 0o600}}, []string{"", one})
	if text, _, err := Read(link); err != nil || !strings.Contains(string(text), "One file.") {
		t.Errorf("a link beside the file: %q, %v", text, err)
	}
	for name, body := range map[string][]byte{
		"empty": nil, "gzip of nothing": files(t), "no document": files(t, "a.tex", "words"),
		"cut gzip":     single.Bytes()[:10],
		"figures only": files(t, "a.png", "x"), "html": []byte("<html>no</html>"),
	} {
		if _, _, err := Read(body); !errors.Is(err, ErrNotSource) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestHostile(t *testing.T) {
	wrap := func(s string) string {
		return "\\documentclass{article}\n\\begin{document}\nBegins.\n\n" + s + "\n\nEnds.\n\\end{document}"
	}
	var doubling strings.Builder
	doubling.WriteString(`\def\a{ha }`)
	for c := 'b'; c <= 'z'; c++ {
		fmt.Fprintf(&doubling, `\def\%c{\%c\%c\%c\%c}`, c, c-1, c-1, c-1, c-1)
	}
	for name, c := range map[string]struct {
		body   []byte
		unread bool
	}{
		"a file within itself": {files(t, "main.tex", wrap(`\input{main}`)), true},
		"two files in a ring": {files(t, "main.tex", wrap(`\input{a}`), "a.tex", `\input{b}`, "b.tex", `\input{a}`),
			true},
		"many files":            {files(t, "main.tex", wrap(strings.Repeat(`\input{a}`, 2000)), "a.tex", "x "), true},
		"a macro within itself": {files(t, "main.tex", wrap(`\def\a{\a\a}\a`)), true},
		"macros that double":    {files(t, "main.tex", wrap(doubling.String()+`\z`)), true},
		"arguments that grow":   {files(t, "main.tex", wrap(`\newcommand{\g}[1]{\g{#1#1x}}\g{x}`)), true},
		"deep groups":           {files(t, "main.tex", wrap(strings.Repeat("{", 200_000))), false},
		"deep arguments":        {files(t, "main.tex", wrap(strings.Repeat(`\footnote{`, 3_000))), true},
		"deep lists":            {files(t, "main.tex", wrap(strings.Repeat(`\begin{itemize}\item x`, 20_000))), false},
		"deep tables":           {files(t, "main.tex", wrap(strings.Repeat(`\begin{tabular}{l} x &`, 20_000))), false},
		"wide span": {files(t, "main.tex",
			wrap(`\begin{tabular}{l}\multicolumn{999999999}{c}{x}\\\end{tabular}`)), false},
		"never closed":           {files(t, "main.tex", wrap(`\section{`+strings.Repeat("x ", 1000))), false},
		"many open brackets":     {files(t, "main.tex", wrap(strings.Repeat(`\item[`, 50_000))), false},
		"many dollars":           {files(t, "main.tex", wrap(strings.Repeat(`$ `, 200_001))), false},
		"conditions never ended": {files(t, "main.tex", wrap(strings.Repeat(`\iffalse `, 100_000))), false},
		"macro bomb in formula":  {files(t, "main.tex", wrap(doubling.String()+`$\z$`)), false},
		"many accents":           {files(t, "main.tex", wrap(strings.Repeat(`\'`, 100_000))), false},
		"large file":             {files(t, "main.tex", wrap("x"), "big.tex", strings.Repeat("x", maxFile+1)), true},
	} {
		began := time.Now()
		text, info, err := Read(c.body)
		took := time.Since(began)
		if err != nil || !strings.HasPrefix(string(text), "Begins.") || len(text) > markdown.MaxBytes {
			t.Errorf("%s: %d bytes, %v", name, len(text), err)
		}
		if c.unread && len(info.Unread) == 0 {
			t.Errorf("%s: nothing is said to be left out", name)
		}
		if took > 15*time.Second {
			t.Errorf("%s: took %v", name, took)
		}
		t.Logf("%s: %v, %d bytes, %.200q", name, took.Round(time.Millisecond), len(text), info.Unread)
	}
}

// What unpacks to gigabytes is not unpacked.
func TestArchiveBomb(t *testing.T) {
	var out bytes.Buffer
	z, _ := gzip.NewWriterLevel(&out, gzip.BestSpeed)
	w := tar.NewWriter(z)
	const size = 700 << 20
	text := "\\documentclass{article}\n\\begin{document}\nSmall.\n\\end{document}"
	_ = w.WriteHeader(&tar.Header{Name: "main.tex", Size: int64(len(text)), Mode: 0o600})
	_, _ = w.Write([]byte(text))
	_ = w.WriteHeader(&tar.Header{Name: "figure.eps", Size: size, Mode: 0o600})
	block := make([]byte, 1<<20)
	for range size >> 20 {
		_, _ = w.Write(block)
	}
	_ = w.Close()
	_ = z.Close()
	got, info, err := Read(out.Bytes())
	if err != nil || !strings.Contains(string(got), "Small.") || len(info.Unread) == 0 {
		t.Errorf("%q, %q, %v", got, info.Unread, err)
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{`\section{a}\label{b}\ref{b}`, `\newcommand{\x}[2][d]{#1#2}\x{y}`,
		`\begin{tabular}{l}a&b\\\end{tabular}`, `$a^{b}$ \verb|x| \iffalse \fi`,
		`\def\a#1{\a{#1}}\a b`, `\begin{itemize}\item[x] y\end{itemize}\footnote{z}`,
		"\\lstinline\nx \\verb", `\href{u}{v}\url|w|\cite[p]{k}\input{main}`} {
		f.Add("\\documentclass{article}\\begin{document}" + s + "\\end{document}")
	}
	f.Fuzz(func(t *testing.T, source string) {
		one, _, err := Read([]byte(source))
		if err != nil {
			return
		}
		if two, _, _ := Read([]byte(source)); !bytes.Equal(one, two) {
			t.Error("two readings differ")
		}
		for p := range markdown.Passages(one) {
			if p.Start >= p.End || p.End > len(one) {
				t.Fatalf("passage %+v of %d bytes", p, len(one))
			}
		}
	})
}
