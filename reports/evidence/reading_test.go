package evidence

import (
	"strings"
	"testing"
)

func TestReadable(t *testing.T) {
	for _, c := range []struct{ quote, want string }{
		{"We release all weights.", "We release all weights."},
		{"The **training data** comes from [public\nsources](https://example.org/a_(b)) that `we` name.",
			"The training data comes from public sources that we name."},
		{`<p align="center"><a href="https://example.org"><b>[📜 Paper]</b></a> •`, "[📜 Paper] • (https://example.org)"},
		{"- [Hub](https://example.org/hub)", "Hub (https://example.org/hub)"},
		{"| Heads | 16 | 32 |\n|---|:-:|--:|\n| Layers | 2 | 4 |", "Heads | 16 | 32 Layers | 2 | 4"},
		{"see [the code](https://exam", "see the code (https://exam)"},
		{"under [Apache-2.0", "under Apache-2.0"},
		{"R&amp;D &lt;name&gt;", "R&D <name>"},
		{`"train.py"`, "train.py"},
		{`"gated": "manual", "private": false`, "gated: manual; private: false"},
		{`"gated":false,"config":{"text":"` + strings.Repeat("a b ", 300) + `"},"siblings":[{"rfilename":"model.safetensors"`,
			"gated: false; …; rfilename: model.safetensors"},
		{`{"license": ["mit", "apache-2.0"], "n": 12}`, "license: mit, apache-2.0; n: 12"},
		{`"We call it open," they say`, `"We call it open," they say`},
		{"false", "false"},
		{"@misc{key,\n title={A {Small} Model}, author={Doe, Jo and Roe, Al and Poe, Em and Moe, Li}, year={2024}, eprint={2401.00001}}",
			"A Small Model. Jo Doe, Al Roe, Em Poe and others. 2024. 2401.00001."},
		{"model = load_model(\"a/b\", my_name=True)", "model = load_model(\"a/b\", my_name=True)"},
		{"bash tune.sh -m <model_path> -d <data-path>", "bash tune.sh -m <model_path> -d <data-path>"},
		{"Load it:\n```python\n# path = 'a'\npath = 'b'\n```", "Load it: # path = 'a' path = 'b'"},
		{"path = 'b'\n# path = 'a'", "path = 'b' # path = 'a'"},
		{"Run it.\n## Next\nmore", "Run it. Next more"},
		{"", ""},
	} {
		if got := Readable(c.quote); got != c.want {
			t.Errorf("%q\n got %q\nwant %q", c.quote, got, c.want)
		}
	}
}

// FuzzReadable: whatever a page holds, reading it ends, gives one line, and no
// marks of a link.
func FuzzReadable(f *testing.F) {
	for _, s := range []string{"[a](b)", "![", "](", "{\"a\":[1,{}]}", "@a{b,", "|--|", "<a", "\x00\xff", "[[[](]("} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, quote string) {
		got := Readable(quote)
		if strings.ContainsAny(got, "\n\r") {
			t.Errorf("%q gives more than one line: %q", quote, got)
		}
		if _, isJSON := jsonWords(strings.TrimSpace(quote)); !isJSON && !strings.HasPrefix(strings.TrimSpace(quote),
			"@") && strings.Contains(got, "](") {
			t.Errorf("%q keeps a link: %q", quote, got)
		}
	})
}
