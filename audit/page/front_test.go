package page

import (
	"fmt"
	"strings"
	"testing"
)

// aliasBomb is YAML that would unfold to 10^levels scalars.
func aliasBomb(levels int) string {
	var w strings.Builder
	w.WriteString("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n")
	for i := 1; i < levels; i++ {
		fmt.Fprintf(&w, "a%d: &a%d [%s]\n", i, i, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d,", i-1), 10),
			","))
	}
	return w.String()
}

func repeated(n int, words string) []string {
	list := make([]string, n)
	for i := range list {
		list[i] = words
	}
	return list
}

// TestFrontMatter holds one row for each kind of broken or odd front matter:
// the fields that are read from it, and the words by which its fault is told.
func TestFrontMatter(t *testing.T) {
	for _, test := range []struct {
		name, page string
		want       string   // key=value at "text", joined by "; "
		says       []string // in the errors, in order; none wanted when empty
		body       string   // how the prose behind begins
	}{
		{name: "none", page: "# M\n", body: "# M"},
		{name: "empty page", page: ""},
		{name: "plain", page: "---\nlicense: mit\n---\n# M\n", want: `license=mit at "mit"`, body: "# M"},
		{name: "ends with dots", page: "---\nlicense: mit\n...\n# M\n", want: `license=mit at "mit"`, body: "# M"},
		{name: "byte order mark", page: "\ufeff---\nlicense: mit\n---\n# M\n", want: `license=mit at "mit"`,
			body: "# M"},
		{name: "byte order mark alone", page: "\ufeff# M\n", body: "# M"},
		{name: "Windows line ends", page: "---\r\nlicense: mit\r\ntags:\r\n- a\r\n---\r\n# M\r\n",
			want: `license=mit at "mit"; tags=a at "a"`, body: "# M"},
		{name: "blank lines before", page: "\n\n---\nlicense: mit\n---\n# M\n", want: `license=mit at "mit"`,
			body: "# M"},
		{name: "marks with spaces", page: "---  \nlicense: mit\n---\t\n# M\n", want: `license=mit at "mit"`,
			body: "# M"},
		{name: "a rule, not front matter", page: "----\nlicense: mit\n----\n", body: "----"},
		{name: "empty", page: "---\n---\n# M\n", body: "# M"},
		{name: "blank", page: "---\n\n# a comment\n---\n# M\n", body: "# M"},
		{name: "only the opening", page: "---", says: []string{"never closed"}},
		{name: "empty without end", page: "---\n\n# M\n", says: []string{"never closed"}, body: "\n# M"},
		{name: "missing end", page: "---\nlicense: mit\ntags: [a]\n\n# M\n",
			want: `license=mit at "mit"; tags=a at "a"`, says: []string{"never closed"}, body: "\n# M"},
		{name: "a list", page: "---\n- license: mit\n- b\n---\n# M\n", says: []string{"not a map"}, body: "# M"},
		{name: "a word", page: "---\nmit\n---\n# M\n", says: []string{"not a map"}, body: "# M"},
		{name: "no YAML", page: "---\nlicense: [mit\n---\n# M\n", says: []string{"no YAML"}, body: "# M"},
		{name: "tabs", page: "---\nlicense:\n\t- mit\n---\n# M\n", says: []string{"no YAML"}, body: "# M"},
		{name: "not UTF-8", page: "---\nlicense: mit\nauthor: Ren\xe9\n---\n# M\n", says: []string{"no YAML"},
			body: "# M"},
		{name: "control characters", page: "---\nlicense: \x01mit\n---\n# M\n", says: []string{"no YAML"}, body: "# M"},
		{name: "duplicate keys", page: "---\nlicense: mit\ntags: a\nlicense: apache-2.0\n---\n",
			want: `license=mit at "mit"; tags=a at "a"; license=apache-2.0 at "apache-2.0"`,
			says: []string{`key "license" stands on line 1 and again on line 3`}},
		{name: "alias of a word", page: "---\na: &x mit\nlicense: *x\n---\n# M\n",
			want: `a=mit at "mit"; license=mit at "mit"`, body: "# M"},
		{name: "alias of a list", page: "---\na: &x [b]\ntags: *x\n---\n# M\n", want: `a=b at "b"`,
			says: []string{`key "tags" on line 2`}, body: "# M"},
		{name: "alias bomb", page: "---\n" + aliasBomb(2) + "---\n# M\n",
			want: strings.TrimSuffix(strings.Repeat(`a0=x at "x"; `, 10), "; "),
			says: repeated(10, "by alias, which is not read"), body: "# M"},
		{name: "an alias of itself", page: "---\na: &a [*a]\n---\n# M\n", says: []string{"by alias"}, body: "# M"},
		{name: "too deep", page: "---\na: " + strings.Repeat("[", 5000) + strings.Repeat("]", 5000) + "\n---\n# M\n",
			says: []string{"no YAML"}, body: "# M"},
		{name: "too large", page: "---\n" + strings.Repeat("# filler\n", maxFrontBytes/8) + "license: mit\n---\n# M\n",
			says: []string{"larger than"}, body: "# M"},
		{name: "nested", page: "---\nmodel-index:\n- name: m\n  results:\n  - task: {type: t}\n---\n",
			want: `model-index.name=m at "m"; model-index.results.task.type=t at "t"`},
		{name: "a scalar keeps its letters",
			page: "---\nversion: 1.10\ndate: 2024-01-02\nflag: no\nnumber: 0x10\n---\n",
			want: `version=1.10 at "1.10"; date=2024-01-02 at "2024-01-02"; flag=no at "no"; number=0x10 at "0x10"`},
		{name: "null", page: "---\nlicense: null\nbase_model: ~\nempty:\n---\n"},
		{name: "quoted", page: "---\na: \"mit\"\nb: 'apache-2.0' # comment\nc: \"tab\\there\"\n---\n",
			want: `a=mit at "mit"; b=apache-2.0 at "apache-2.0"; c=tab	here at "\"tab\\there\""`},
		{name: "after other letters", page: "---\nname: \"é中\"\nlist: [é, mit]\n---\n",
			want: `name=é中 at "é中"; list=é at "é"; list=mit at "mit"`},
		{name: "block scalar", page: "---\ntext: |\n  one\n  two\nlicense: mit\n---\n", want: `text=one
two
 at "  one\n  two\n"; license=mit at "mit"`},
		{name: "folded scalar", page: "---\ntext: >-\n  one\n  two\nlicense: mit\n---\n",
			want: `text=one two at "  one\n  two\n"; license=mit at "mit"`},
		{name: "a long plain scalar", page: "---\ntext: one\n  two\nlicense: mit\n---\n",
			want: `text=one two at "one\n  two"; license=mit at "mit"`},
		{name: "a long quoted scalar", page: "---\ntext: \"one\n  two\"\nlicense: mit\n---\n",
			want: `text=one two at "\"one\n  two\""; license=mit at "mit"`},
		{name: "a value like its key", page: "---\nmit: mit\n---\n", want: `mit=mit at "mit"`},
		{name: "two documents", page: "---\nlicense: mit\n--- \nlicense: gpl\n---\n# M\n", want: `license=mit at "mit"`,
			body: "license: gpl"},
		{name: "a key that is a list", page: "---\n? [a, b]\n: c\nlicense: mit\n---\n",
			want: `=c at "c"; license=mit at "mit"`},
		{name: "merge", page: "---\n<<: {license: mit}\n---\n", want: `<<.license=mit at "mit"`},
	} {
		t.Run(test.name, func(t *testing.T) {
			checkSpans(t, []byte(test.page))
			c := Parse([]byte(test.page))
			var got []string
			for _, f := range c.Front.Fields {
				got = append(got, fmt.Sprintf("%s=%s at %q", f.Key, f.Value, c.Text(f.Span)))
			}
			if s := strings.Join(got, "; "); s != test.want {
				t.Errorf("fields %s\nwant   %s", s, test.want)
			}
			if len(c.Front.Errors) != len(test.says) {
				t.Errorf("errors %q, want %q", c.Front.Errors, test.says)
			}
			for i := range min(len(c.Front.Errors), len(test.says)) {
				if !strings.Contains(c.Front.Errors[i], test.says[i]) {
					t.Errorf("error %q does not say %q", c.Front.Errors[i], test.says[i])
				}
			}
			if !strings.HasPrefix(c.Text(c.Body), test.body) {
				t.Errorf("prose %.40q, want %q", c.Text(c.Body), test.body)
			}
		})
	}
}

// TestFrontBounds holds a hostile card to its limits.
func TestFrontBounds(t *testing.T) {
	many := "---\n" + strings.Repeat("k: v\n", 2*maxFrontFields) + "---\n"
	c := Parse([]byte(many))
	if len(c.Front.Fields) != maxFrontFields {
		t.Errorf("%d fields, want %d", len(c.Front.Fields), maxFrontFields)
	}
	if len(c.Front.Errors) != maxFrontErrors {
		t.Errorf("%d errors, want %d", len(c.Front.Errors), maxFrontErrors)
	}
	bomb := Parse([]byte("---\n" + aliasBomb(12) + "---\n"))
	if len(bomb.Front.Fields) != 10 || len(bomb.Front.Errors) != maxFrontErrors {
		t.Errorf("an alias bomb gave %d fields and %d errors", len(bomb.Front.Fields), len(bomb.Front.Errors))
	}
}

// TestBroken tells front matter that says nothing from one that may say anything.
func TestBroken(t *testing.T) {
	for page, want := range map[string]bool{
		"# M\n": false, "---\n---\n": false, "---\nlicense: mit\n---\n": false,
		"---\nlicense: mit\nlicense: x\n---\n": false,
		"---\nlicense: [mit\n---\n":            true, "---\n- mit\n---\n": true, "---\na: Ren\xe9\n---\n": true,
	} {
		if c := Parse([]byte(page)); c.Front.Broken() != want {
			t.Errorf("Broken of %q = %v", page, !want)
		}
	}
}

func TestFrontLookup(t *testing.T) {
	c := Parse([]byte("---\ndatasets:\n- a/b\n- c/d\nlicense: mit\n---\n"))
	if all := c.Front.All("datasets"); len(all) != 2 || all[1].Value != "c/d" {
		t.Errorf("All = %v", all)
	}
	if _, ok := c.Front.First("base_model"); ok {
		t.Error("First found a key that is not there")
	}
	if f, ok := c.Front.First("license"); !ok || f.String() != `license = "mit"` {
		t.Errorf("First = %v, %v", f, ok)
	}
}
