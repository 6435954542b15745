package phrases

import "testing"

// TestBuiltinBook: the built-in book has no fault, and every example of every
// phrase is matched or not as it says.
func TestBuiltinBook(t *testing.T) {
	list, faults := Lint(Builtin())
	for _, f := range faults {
		t.Error(f)
	}
	t.Logf("%d phrases", len(list))
}

// TestGroupsCollide: a name stands for one wording of a language, whichever file
// writes it. Before, the file read last silently gave its wording to all others.
func TestGroupsCollide(t *testing.T) {
	const entry = `- {fact: test.a, lang: en, say: "{verb} it", yes: ["we ship it"], no: ["we hide it"]}`
	first := File{"a.yaml", []byte("- {group: verb, lang: en, say: ship}\n" + entry + "\n")}
	second := func(name, group, lang string) File {
		return File{name, []byte("# two\n- {group: " + group + ", lang: " + lang + ", say: hide}\n")}
	}
	const clash = `b.yaml:2: group "verb" of language "en" is written twice, first at a.yaml:1; give one of them another name`
	for _, c := range []struct {
		name  string
		files []File
		want  string
	}{
		{"two files", []File{first, second("b.yaml", "verb", "en")}, clash},
		{"another language", []File{first, second("b.yaml", "verb", "fr")}, ""},
		{"another name", []File{first, second("b.yaml", "hidden", "en")}, ""},
		{"a group of the built-in book", []File{second("b.yaml", "not", "zh")},
			`b.yaml:2: group "not" of language "zh" is written twice, first at mode.denied.zh.yaml:2; give one of them another name`},
		{"the built-in file itself, changed", []File{second("some/mode.denied.zh.yaml", "not", "zh")}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, faults := Lint(c.files); faults.Error() != c.want {
				t.Errorf("got %q, want %q", faults.Error(), c.want)
			}
		})
	}
	if _, faults := load([]File{first, second("b.yaml", "verb", "en")}, nil); faults.Error() != clash {
		t.Errorf("a book with two wordings of a name is loaded: %q", faults.Error())
	}
}
