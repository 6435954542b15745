package catalogue

import (
	"encoding/csv"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

func TestEntriesAreComplete(t *testing.T) {
	seen := map[string]string{}
	date := regexp.MustCompile(`^\d{4}-\d{2}(-\d{2})?$`)
	for _, e := range Entries() {
		for _, name := range append([]string{e.Name}, e.Aliases...) {
			if other, taken := seen[fold(name)]; taken {
				t.Errorf("%q names both %s and %s", name, other, e.Name)
			}
			seen[fold(name)] = e.Name
		}
		if e.Title == "" || e.Vendor == "" || e.Check == "" || !date.MatchString(e.Released) {
			t.Errorf("%s: title, vendor, check and a date are needed: %+v", e.Name, e)
		}
		if e.Service == (e.Hub != "") {
			t.Errorf("%s: a service has no hub model, everything else has one", e.Name)
		}
		for _, p := range e.Places() {
			if u, err := url.Parse(p.URL); err != nil || u.Scheme != "https" || u.Host == "" {
				t.Errorf("%s: %q is no https URL", e.Name, p.URL)
			}
		}
	}
}

// TestNamesThatUsersType covers the families that people ask for first.
func TestNamesThatUsersType(t *testing.T) {
	for _, name := range []string{"llama-2", "Llama 3", "llama-3.1", "qwen1.5", "qwen2", "phi-3", "gemma", "gemini-1.5-pro", "gpt-3.5", "GPT-4",
		"gpt-4o", "claude-3.5-sonnet", "mistral-7b", "mixtral", "mistral-large", "glm-4", "chatglm", "baichuan-2", "wenxin-4.0", "ernie-4.5",
		"pangu", "hunyuan", "grok", "deepseek", "yi", "falcon", "bloom", "pythia", "olmo", "amber", "starcoder"} {
		if _, ok := Lookup(name); !ok {
			t.Errorf("%q is not in the catalogue", name)
		}
	}
	if _, ok := Lookup("no-such-model"); ok {
		t.Error("an unknown name was found")
	}
}

// TestFactsAgainstCuratedTables checks each entry that names a row of a
// curated table: the row is there, and its date is the entry's unless the
// entry says why not (a note in brackets).
func TestFactsAgainstCuratedTables(t *testing.T) {
	dir := "../../../shared/corpus/facts"
	if _, err := os.Stat(dir); err != nil {
		t.Skip("the shared corpus is not here: facts are not cross-checked")
	}
	named := regexp.MustCompile(`([a-z-]+): ([^;(]+?)(?: \(([^)]*)\))?(?:;|$)`)
	checked := 0
	for _, e := range Entries() {
		for _, m := range named.FindAllStringSubmatch(e.Check, -1) {
			table, row, note := m[1], strings.TrimSpace(m[2]), m[3]
			records := read(t, filepath.Join(dir, table+".csv"))
			found, dates := find(records, row)
			if !found {
				t.Errorf("%s: %s has no row %q", e.Name, table, row)
				continue
			}
			checked++
			if len(dates) > 0 && note == "" && !agrees(e.Released, dates) {
				t.Errorf("%s: released %s, but %s says %v of %q", e.Name, e.Released, table, dates, row)
			}
		}
	}
	if checked < 30 {
		t.Errorf("only %d facts were cross-checked", checked)
	}
}

func read(t *testing.T, name string) [][]string {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatalf("an entry names a table that is not there: %v", err)
	}
	defer f.Close()
	records, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return records
}

// find looks for a row that starts with the name and returns its publication dates.
func find(records [][]string, name string) (found bool, dates []string) {
	column := -1
	for i, head := range records[0] {
		if head == "Publication date" || head == "release_date" {
			column = i
		}
	}
	for _, r := range records[1:] {
		if r[0] == name {
			found = true
			if column >= 0 && r[column] != "" {
				dates = append(dates, r[column])
			}
		}
	}
	return found, dates
}

func agrees(released string, dates []string) bool {
	for _, d := range dates {
		if strings.HasPrefix(d, released) || strings.HasPrefix(released, d) {
			return true
		}
	}
	return false
}
