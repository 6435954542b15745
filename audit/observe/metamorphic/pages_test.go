package metamorphic

import (
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// TestBlocksJoin: a captured page that is cut into blocks and put together
// again is the page.
func TestBlocksJoin(t *testing.T) {
	texts := cards(t)
	for id, text := range texts {
		if join(blocks(text)) != text {
			t.Errorf("%s is not the same when its blocks are put together", id)
		}
	}
	t.Logf("%d cards", len(texts))
}

// TestFormsKeepWords: a change of form loses and adds no letter or digit, and
// touches neither front matter nor code.
func TestFormsKeepWords(t *testing.T) {
	if testing.Short() {
		t.Skip("changing hundreds of pages takes seconds: left out of the short run")
	}
	texts := cards(t)
	ids := shuffled(slices.Collect(maps.Keys(texts)))
	if os.Getenv("OPENNESS_METAMORPHIC") != "all" {
		ids = ids[:500]
	}
	for _, id := range ids {
		for _, f := range forms {
			if strings.Contains(f.kind, "German") || strings.Contains(f.kind, "Chinese") {
				continue // other words by design
			}
			changed, ok := f.of(texts[id])
			if !ok {
				continue
			}
			if a, b := letters(texts[id]), letters(changed); !maps.Equal(a, b) {
				t.Errorf("%s, %s: the letters are not the same", id, f.kind)
			}
			if a, b := verbatim(texts[id]), verbatim(changed); !slices.Equal(a, b) {
				t.Errorf("%s, %s: front matter or code is not the same", id, f.kind)
			}
		}
	}
}

// letters counts the letters and digits of a page, whatever their case.
func letters(text string) map[rune]int {
	count := map[rune]int{}
	for _, r := range strings.ToLower(strings.ToUpper(text)) {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			count[r]++
		}
	}
	return count
}

// verbatim are the front matter and the code of a page, in any order.
func verbatim(text string) []string {
	var all []string
	for _, b := range blocks(strings.ReplaceAll(text, "\r\n", "\n")) {
		if b.kind == frontMatter || b.kind == code && strings.TrimSpace(b.lines[0]) != "" {
			all = append(all, strings.TrimSpace(strings.Join(b.lines, "\n")))
		}
	}
	slices.Sort(all)
	return all
}

const samplePage = `---
license: mit
---
# Falco

Falco is a model that
sings in the woods at night, and which
was made by
[the makers](https://example.org/a b "of it") of songs for everyone.

## Training data

Name: Falco
Size: 7B

| a | b |
|---|---|
| 1 | 2 |

- one item that is long enough to be wrapped if it were a paragraph, which it is not

Usage
-----

` + "```\nrun   it, please, with as many options as there are in this one very long line\n```\n"

// TestForms: what each change of form does to a small page.
func TestForms(t *testing.T) {
	for kind, want := range map[string][]string{
		"unwrapped paragraphs": {"at night, and which\n", "Name: Falco\nSize: 7B"},
		"paragraphs wrapped at 60 columns": {"[the makers](https://example.org/a b \"of it\")", "| 1 | 2 |",
			"to be wrapped if it were a paragraph, which it is not\n", "run   it, please, with"},
		"sections in reverse order": {"for everyone.\n\n\nUsage\n-----", "```\n\n## Training data"},
		"headings underlined":       {"Falco\n=====\n", "Training data\n-------------\n"},
		"headings with #":           {"## Usage\n", "# Falco\n"},
		"headings as bold lines":    {"**Training data**\n", "**Usage**\n", "# Falco\n"},
		"headings one level deeper": {"### Training data\n", "### Usage\n", "# Falco\n"},
		"prose in capital letters": {"license: mit", "FALCO IS A MODEL",
			"[THE MAKERS](https://example.org/a b \"of it\")", "run   it", "- ONE ITEM", "| a | b |"},
		"other line ends":  {"# Falco\r\n\r\n"},
		"German headings":  {"## Trainingsdaten\n", "## Verwendung\n", "# Falco\n"},
		"Chinese headings": {"## 训练数据\n", "## 使用方法\n"},
	} {
		i := slices.IndexFunc(forms, func(f form) bool { return f.kind == kind })
		if i < 0 {
			t.Errorf("no form %q", kind)
			continue
		}
		got, _ := forms[i].apply(samplePage)
		for _, w := range want {
			if !strings.Contains(got, w) {
				t.Errorf("%s: no %q in\n%s", kind, w, got)
			}
		}
	}
	long := strings.Repeat("words of prose that go on and on ", 10)
	wrappedPage, _ := rewrap("# T\n\n" + long + "\n")
	for _, line := range strings.Split(wrappedPage, "\n") {
		if len(line) > column {
			t.Errorf("a line of %d columns: %q", len(line), line)
		}
	}
	if back, _ := unwrap(wrappedPage); strings.TrimSpace(back) != strings.TrimSpace("# T\n\n"+long) {
		t.Errorf("unwrapped again it is %q", back)
	}
}

// TestPlaces: where a paragraph is added.
func TestPlaces(t *testing.T) {
	const page = "# T\n\nAbout.\n\n## Training\n\nFirst we sang.\n\nIt was fun.\n\nSongs were loud.\n\n## Use\n\nSing.\n"
	for name, want := range map[string]string{
		"at the end":              "Sing.\n\nXYZ\n",
		"under Related work":      "Sing.\n\n## Related work\n\nXYZ\n",
		"in the training section": "It was fun.\n\nXYZ\n\nSongs were loud.", // not before "It"
	} {
		if got := placeNamed(name).put(page, "XYZ"); !strings.Contains(got, want) {
			t.Errorf("%s: %q", name, got)
		}
	}
	if got := inTraining("# T\n\n## Training\n\nAs follows:\n\n- a\n\n## Use\n\nSing.\n", "XYZ"); !strings.Contains(got,
		"- a\n\nXYZ\n\n## Use") {
		t.Errorf("before the list that a paragraph announces: %q", got)
	}
}
