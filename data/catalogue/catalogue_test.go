package catalogue

import (
	"encoding/csv"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestEntriesAreComplete(t *testing.T) {
	if n := len(Entries()); n < 200 {
		t.Errorf("%d entries", n)
	}
	seen := map[string]string{}
	date := regexp.MustCompile(`^\d{4}-\d{2}(-\d{2})?$`)
	for _, e := range Entries() {
		for _, key := range e.keys() {
			if other, taken := seen[key]; taken && other != e.Name {
				t.Errorf("%q names both %s and %s", key, other, e.Name)
			}
			seen[key] = e.Name
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
	for _, name := range []string{"llama-2", "Llama2", "Llama 3", "llama-3.1", "qwen1.5", "qwen2", "phi-3", "gemma",
		"gemini-1.5-pro", "gpt-3.5", "GPT-4",
		"gpt-4o", "claude-3.5-sonnet", "mistral-7b", "mixtral", "mistral-large", "glm-4", "chatglm", "baichuan-2",
		"wenxin-4.0", "ernie-4.5",
		"pangu", "hunyuan", "grok", "deepseek", "yi", "falcon", "bloom", "pythia", "olmo", "amber", "starcoder"} {
		if _, ok := Lookup(name); !ok {
			t.Errorf("%q is not in the catalogue", name)
		}
	}
	if _, ok := Lookup("no-such-model"); ok {
		t.Error("an unknown name was found")
	}
}

// TestSpellings: how a name is separated does not matter, which model it is does.
func TestSpellings(t *testing.T) {
	for typed, want := range map[string]string{
		"gpt4": "gpt-4", "GPT 4": "gpt-4", "gpt4o": "gpt-4o", "gpt3.5": "gpt-3.5", "GPT-3.5 Turbo": "gpt-3.5",
		"gpt-3-5":               "gpt-3.5",
		"Llama-3.1-8B-Instruct": "llama-3.1", "llama3_1": "llama-3.1", "Meta-Llama-3-8B-Instruct": "llama-3",
		"Claude 3.5 Sonnet": "claude-3.5-sonnet", "claude-3-5-sonnet": "claude-3.5-sonnet",
		"claude sonnet 3.5": "claude-3.5-sonnet",
		"Qwen 2.5":          "qwen2.5", "qwen-3": "qwen3", "phi3mini": "phi-3", "GLM4": "glm-4",
		"ERNIE 4.0":  "ernie-4.0",
		"wenxin 4.5": "ernie-4.5",
		"通义千问2.5":    "qwen2.5", "文心 4.5": "ernie-4.5", "ERNIE Bot 4.0": "ernie-4.0", "百川2": "baichuan-2", "智谱 GLM": "",
		"PanGu-Σ": "pangu", "pangu_sigma": "pangu", "Grok 2": "grok-2", "olmo2": "olmo-2", "starcoder 2": "starcoder2",
		"mixtral 8x7b": "mixtral",
	} {
		if e, ok := Lookup(typed); ok != (want != "") || e.Name != want {
			t.Errorf("%q is %q, want %q", typed, e.Name, want)
		}
	}
	for _, typed := range []string{"gpt-9", "通义千问9", "文心", "gemini", "llama", "llama-4", "qwen", "claude", "gpt2",
		"llama-2-70b", "", "-", "4"} {
		if e, ok := Lookup(typed); ok {
			t.Errorf("%q is taken for %q", typed, e.Name)
		}
	}
}

func TestSuggestions(t *testing.T) {
	for typed, first := range map[string]string{"gtp-4": "gpt-4", "lama-3": "llama-3", "mixtrl": "mixtral",
		"claud-3.5": "claude-3.5-sonnet",
		"falcn":     "falcon", "starcodr": "starcoder", "erni-4.5": "ernie-4.5", "llama-4": "llama-2",
		"gemini-2": "gemini-2.5-pro", "通义千问9": "qwen3.6", "huyuan": "hunyuan"} {
		got := Suggest(typed)
		if len(got) == 0 || got[0] != first || len(got) > maxSuggestions {
			t.Errorf("%q: suggested %q, want %q first", typed, got, first)
		}
	}
	for typed, want := range map[string]string{"MiniMax": "MiniMax-M3", "StepFun": "step-3.7-flash", "阶跃星辰": "step-3.7-flash",
		"深度求索": "deepseek-v4-pro", "InternLM": "internlm3", "书生": "internlm3", "书生·浦语": "internlm3",
		"openPangu": "pangu", "天工": "skywork-or1", "Skywork": "skywork-or1", "MiniMax-M": "MiniMax-M3"} {
		if got := Suggest(typed); !slices.Contains(got, want) || len(got) > maxSuggestions {
			t.Errorf("%q: suggested %q, want %q among them", typed, got, want)
		}
		if e, ok := Lookup(typed); ok {
			t.Errorf("%q names a maker or a line of models, and is taken for %q", typed, e.Name)
		}
	}
	if got := Suggest("llama"); len(got) < 3 || !slices.Contains(got, "llama-2") {
		t.Errorf("of a family, its models: %q", got)
	}
	for _, typed := range []string{"zzzzzzzz", "", "unrelated-model-of-nobody", strings.Repeat("x", 5000)} {
		if got := Suggest(typed); len(got) > 0 {
			t.Errorf("%q: suggested %q", typed, got)
		}
	}
}

// TestTwins: every pair leads back to where it came from, and is of two usable ids.
func TestTwins(t *testing.T) {
	n := 0
	for _, scope := range pairs().onScope {
		hub, ok := OnHuggingFace(scope)
		if !ok {
			t.Errorf("%s has no way back", scope)
			continue
		}
		if again, ok := OnModelScope(strings.ToUpper(hub)); !ok || !strings.EqualFold(again, scope) {
			t.Errorf("%s: on Hugging Face %s, which is %s on ModelScope", scope, hub, again)
		}
		for _, id := range []string{hub, scope} {
			if !regexp.MustCompile(`^[\w.-]+/[\w.-]+$`).MatchString(id) {
				t.Errorf("%q is no id", id)
			}
		}
		n++
	}
	if n < 700 {
		t.Errorf("%d pairs", n)
	}
	if hub, ok := OnHuggingFace("ZhipuAI/glm-4-9b-chat-hf"); !ok || hub != "zai-org/glm-4-9b-chat-hf" {
		t.Errorf("got %q", hub)
	}
	if _, ok := OnHuggingFace("nobody/nothing"); ok {
		t.Error("a pair that nobody listed")
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
	if checked < 180 {
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
		if head == "Publication date" || head == "release_date" || head == "created_date" {
			column = i
		}
	}
	for _, r := range records[1:] {
		if r[0] == name || len(r) > 1 && r[1] == name { // some tables give the type first
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
