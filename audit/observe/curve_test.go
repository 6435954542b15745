package observe

import (
	"cmp"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"openness/audit"
)

// copies repeats a text up to a number of bytes.
func copies(text string) func(n int) string {
	return func(n int) string { return strings.Repeat(text, n/len(text)+1)[:n] }
}

// numberedCopies repeats a text with a number in it, which makes every copy another.
func numberedCopies(format string) func(n int) string {
	return func(n int) string {
		var b strings.Builder
		for i := 0; b.Len() < n; i++ {
			b.WriteString(strings.ReplaceAll(format, "%d", fmt.Sprint(i)))
		}
		return b.String()
	}
}

// between puts a text between a beginning and an end.
func between(begin string, text func(int) string, end string) func(n int) string {
	return func(n int) string { return begin + text(n) + end }
}

// A hostileShape gives a page of about so many bytes.
type hostileShape struct {
	name string
	of   func(n int) string
}

// hostileShapes are pages that a person could write to hold reading up: one thing
// over and over, without an end, or nested.
var hostileShapes = []hostileShape{
	{"one letter", copies("a")},
	{"one denial", copies("We do not release the training data. ")},
	{"one promise", copies("We will release the code soon. ")},
	{"one entry", copies("- [ ] ")},
	{"nested lists", copies("- - - * ")},
	{"deeper lists", func(n int) string {
		var b strings.Builder
		for i := 0; b.Len() < n; i = (i + 1) % 200 {
			b.WriteString(strings.Repeat(" ", i) + "- data\n")
		}
		return b.String()
	}},
	{"quotes", copies("> ")},
	{"open brackets", copies("[")},
	{"open tags", copies("<a href=\"")},
	{"open remarks", copies("<!-- ")},
	{"stars", copies("**")},
	{"backticks", copies("`")},
	{"longer backticks", func(n int) string {
		var b strings.Builder
		for i := 1; b.Len() < n; i++ {
			b.WriteString(strings.Repeat("`", i) + " ")
		}
		return b.String()
	}},
	{"dots", copies("a.")},
	{"fences", copies("```\n")},
	{"bars", copies("|")},
	{"rows", between("| a | b |\n|---|---|\n", copies("| Falco-7B | 3 |\n"), "")},
	{"other rows", between("| a | b |\n|---|---|\n", numberedCopies("| Name%d-7B | trained on data%d |\n"), "")},
	{"wide row", between("| ", copies("Falco-7B | "), "|\n")},
	{"licence rows", between("| | Weights | Code |\n|---|---|---|\n", copies("| License | CC BY-NC 4.0 | MIT |\n"),
		"")},
	{"headings", copies("## Training\n\nWe trained it on 8 A100 GPUs.\n\n")},
	{"bold headings", numberedCopies("**Data %d**\n\nIt was trained on books.\n\n")},
	{"numbered headings", numberedCopies("# 1.%d Data\n\nText.\n\n")},
	{"heading alone", copies("# Falco\n")},
	{"links", copies("[Model](https://huggingface.co/acme/Falco-7B) ")},
	{"other links", numberedCopies("[Name%d](https://x.example/z%d) ")},
	{"references", numberedCopies("[a%d]: https://e.org/%d\n\n[b][a%d]\n\n")},
	{"papers", copies("https://arxiv.org/abs/2401.00001 ")},
	{"datasets", copies("- [D](https://huggingface.co/datasets/acme/d) data.\n")},
	{"other datasets", numberedCopies("- [D](https://huggingface.co/datasets/acme/d%d) training data.\n")},
	{"entries", between("## Training data\n\nFalco-7B was trained on the following:\n\n",
		numberedCopies("- [Name%d](https://x.example/z%d) 10B tokens\n"), "")},
	{"lists of data", numberedCopies("## Training data %d\n\nFalco was trained on the following:\n\n- Books%d, 10B tokens\n- Wiki%d, 3B tokens\n\n")},
	{"names", copies("Pelikan-7B was trained on owls. Falco-7B was not. ")},
	{"other names", numberedCopies("Pelikan-%dB was trained on owls, unlike acme/Falco-%dB. ")},
	{"questions", numberedCopies("## Is commercial use %d ok?\n\nYes, of course.\n\n")},
	{"asked on one line", copies("May companies use it? Yes. ")},
	{"uses", copies("Companies may use the model where it runs. ")},
	{"licences", copies("The weights are under CC BY-NC 4.0 and the code under MIT. ")},
	{"scripts", between("## Training\n\n", copies("`python train.py` trains it.\n\n"), "")},
	{"commands", between("```\n", copies("python train.py --model acme/Falco-7B \\\n"), "```\n")},
	{"assignments", between("```\n", copies("model_id = \"acme/Falco-7B\"\n"), "```\n")},
	{"entries of a bibliography",
		between("```\n", copies("@article{a,\n title={B},\n journal={arXiv preprint arXiv:2401.00001}\n}\n"), "```\n")},
	{"open bibliography", copies("@article{a, title={")},
	{"front matter", between("---\ndatasets:\n", copies("- acme/d\n"), "---\n# Falco\n")},
	{"front matter on one line", between("---\ndatasets: [", copies("a, "), "a]\n---\n# Falco\n")},
	{"quoted on one line", between("---\ndatasets: [", copies("\"\\u0061\", "), "a]\n---\n# Falco\n")},
	{"repeated by alias", between("---\ndatasets: ["+strings.Repeat("b, ", 1000)+"&a c, ", copies("*a, "),
		"a]\n---\n# Falco\n")},
	{"anchors", between("---\n", numberedCopies("k%d: &k%d [a]\n"), "---\n# Falco\n")},
	{"capitals", copies("FALCO WAS TRAINED ON THE BOOKS OF THE WORLD AND THE WEB. ")},
	{"one sentence without end", copies("the model was trained on data and ")},
	{"clauses", copies("trained on books, which, if released, ")},
	{"emoji", copies("🦉🎵")},
	{"Chinese without stops", copies("我们在数据上训练了模型")},
	{"Chinese sentences", copies("我们不会公开训练数据。模型由书籍训练。")},
	{"Japanese without stops", copies("モデルはデータで学習された")},
	{"accents", copies("e\u0301")},
	{"empty lines", copies("\n")},
	{"blanks", copies(" ")},
	{"wrapped lines", copies("trained on\n")},
	{"carriage returns", copies("trained on\r\n")},
	{"numbers", copies("8 A100 GPUs 1.5T tokens ")},
	{"HTML rows", between("<table>", copies("<tr><td>Falco-7B</td><td>trained on books</td></tr>"), "</table>")},
	{"nested HTML", copies("<div>")},
	{"escapes", copies("\\")},
	{"mathematics", copies("$x_{i}$ ")},
	{"one release", copies("The weights are released under the MIT license. ")},
	{"ever deeper lists", everDeeper("  ", "- trained on data\n")},
	{"ever deeper quotes", everDeeper("> ", "We release the data.\n")},
	{"many columns", func(n int) string {
		row := func(cell string) string { return "|" + copies(cell)(n/3) + "\n" }
		return row(" a |") + row("---|") + row(" Falco-7B |")
	}},
	{"one joined word", copies("trained-on_data/")},
	{"one repository", copies("https://github.com/acme/falco ")},
	{"empty headings", copies("#\n")},
	{"underlined headings", copies("Training data\n===\n")},
	{"aliases of aliases", between("---\nk0: &k0 [a, a]\n", func(n int) string {
		var b strings.Builder
		for i := 0; b.Len() < n; i++ {
			fmt.Fprintf(&b, "k%d: &k%d [*k%d, *k%d]\n", i+1, i+1, i, i)
		}
		return b.String()
	}, "---\n# Falco\n")},
	{"scripts in turn", copies("模a型b数c据d ")},
	{"marks alone", copies("\u0301")},
	{"footnotes", numberedCopies("Data[^%d] of it.\n\n[^%d]: A note on books.\n\n")},
	{"open cells", copies("<table><tr><td>")},
	{"open remarks with words", copies("<!-- trained on data ")},
	{"open emphasis", copies("*a _b **c ")},
	{"open pictures", copies("![a](")},
	{"ampersands", copies("&amp;&")},
	{"endless address", between("https://x.example/", copies("a%2f?b=c&"), "")},
	{"nested JSON", between("```json\n", copies("{\"a\":["), "\n```\n")},
	{"open strings", between("```python\n", copies("x = \"\"\" 'a\n"), "```\n")},
	{"other entries of a bibliography", numberedCopies("@article{k%d, title={T%d}, eprint={2401.0%d}}\n\n")},
	{"directions", copies("\u202eabc\u202c ")},
	{"bytes of no text", copies("\xff\xfea ")},
	{"a chain of kin", numberedCopies("Owl-%d-7B was made from Owl-%d-13B-Base. ")},
	{"a list of bases", numberedCopies("This model was made from Owl-%d-13B. ")},
	{"a list of data to train on", numberedCopies("This model was made from Owl-%d-13B and the Owl-%d-13B dataset. ")},
	{"sizes in one sentence", copies("7B, 13B and ")},
	{"parts under licences", numberedCopies("Part %d is under Apache 2.0 and part two under CC BY-NC 4.0. ")},
	{"open lists of HTML", copies("<ul><li>data ")},
}

// everDeeper puts one more mark before each line.
func everDeeper(mark, line string) func(n int) string {
	return func(n int) string {
		var b strings.Builder
		for i := 1; b.Len() < n; i++ {
			b.WriteString(strings.Repeat(mark, i) + line)
		}
		return b.String()
	}
}

// hostilePages are the documents that a shape is read from: the same text as a card
// and as a repository's README.
func hostilePages(text string) []audit.Document {
	text = "Falco sings.\n\n" + text
	if !strings.HasPrefix(text, "Falco sings.\n\n---\n") {
		text = "# Falco-7B\n\n" + text
	} else {
		text = strings.TrimPrefix(text, "Falco sings.\n\n")
	}
	return []audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, "acme/Falco-7B", text),
		pageOf(audit.DocReadme, audit.RoleCode, "acme/falco", text)}
}

// threadTime is the processor time of the thread that asks: other processes and
// goroutines do not count.
func threadTime(t *testing.T) time.Duration {
	const thread = 1 // RUSAGE_THREAD of Linux
	var u syscall.Rusage
	if err := syscall.Getrusage(thread, &u); err != nil {
		t.Skip("no processor time of a thread on this system:", err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// readingTime is how long a page of a shape is read.
func readingTime(t *testing.T, text string) time.Duration {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	docs := hostilePages(text)
	start := threadTime(t)
	All(model("acme/Falco-7B", ""), docs)
	return threadTime(t) - start
}

// chosenShapes are the shapes that OPENNESS_CURVE names, or all, and how long a page
// is to be at the most.
func chosenShapes(t *testing.T) (shapes []hostileShape, most int) {
	only := os.Getenv("OPENNESS_CURVE")
	if only == "" {
		t.Skip("OPENNESS_CURVE names no shape, and is not all")
	}
	most, err := strconv.Atoi(cmp.Or(os.Getenv("OPENNESS_CURVE_MOST"), "8000000"))
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range hostileShapes {
		if only == "all" || slices.Contains(strings.Split(only, ","), s.name) {
			shapes = append(shapes, s)
		}
	}
	return shapes, most
}

// TestCurve writes how long each hostile shape is read, from 10 kB to 8 MB.
func TestCurve(t *testing.T) {
	shapes, most := chosenShapes(t)
	readingTime(t, hostileShapes[1].of(10_000)) // patterns are compiled when first used
	for _, s := range shapes {
		row := fmt.Sprintf("| %-25s", s.name)
		for _, n := range []int{10_000, 30_000, 100_000, 300_000, 1_000_000, 8_000_000} {
			if n > most {
				break
			}
			row += fmt.Sprintf(" | %7.1f", readingTime(t, s.of(n)).Seconds()*1000)
		}
		fmt.Println(row + " |")
	}
}
