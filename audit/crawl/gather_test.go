package crawl_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"openness/audit"
	"openness/audit/crawl"
	"openness/audit/observe"
	"openness/audit/replay"
)

const corpus = "../../../shared/corpus"

// replayed starts a replay of the shared corpus.
func replayed(t *testing.T) (*replay.Server, string) {
	t.Helper()
	if _, err := os.Stat(corpus); err != nil {
		t.Skip("the shared corpus is not here")
	}
	server, err := replay.New(corpus, replay.Options{Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	ts := httptest.NewServer(server)
	t.Cleanup(func() {
		ts.Close()
		server.Close()
	})
	return server, ts.URL
}

// crawler points every service at one base URL.
func crawler(t *testing.T, base string, change func(*crawl.Options)) *crawl.Crawler {
	t.Helper()
	opts := crawl.Options{HFEndpoint: base, GitHubAPI: base, GitHubRaw: base, ArXiv: base + "/arxiv", ModelScope: base,
		Web: base + "/web", MaxWait: -1, Now: time.Now}
	if change != nil {
		change(&opts)
	}
	c, err := crawl.New(opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

func gather(t *testing.T, c *crawl.Crawler, target string) audit.Record {
	t.Helper()
	parsed, err := crawl.ParseTarget(target)
	if err != nil {
		t.Fatal(err)
	}
	record, err := c.Gather(context.Background(), parsed)
	if err != nil {
		t.Fatal(err)
	}
	return record
}

// A shelf is a Cache in memory. Tests of the real store are with the store.
type shelf struct {
	mu   sync.Mutex
	docs map[string]audit.Document
}

func (s *shelf) Lookup(_ context.Context, url string) (audit.Document, bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	d, ok := s.docs[url]
	return d, ok, nil
}

func (s *shelf) Keep(_ context.Context, d audit.Document) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.docs == nil {
		s.docs = make(map[string]audit.Document)
	}
	s.docs[d.URL] = d
	return nil
}

// place gives the id of the subject's first place of a kind and role.
func place(s audit.Subject, kind audit.PlaceKind, role audit.Role) string {
	p, _ := s.Place(kind, role)
	return p.ID
}

func TestGatherRealModels(t *testing.T) {
	_, base := replayed(t)
	c := crawler(t, base, nil)
	for _, test := range []struct {
		target, id, base, end, code string
	}{
		{"meta-llama/Meta-Llama-3-8B-Instruct", "meta-llama/Meta-Llama-3-8B-Instruct", "",
			"meta-llama/Meta-Llama-3-8B-Instruct", "meta-llama/llama3"},
		{"allenai/OLMo-7B", "allenai/OLMo-7B", "", "allenai/OLMo-7B", "allenai/OLMo"},
		{"bigscience/bloom", "bigscience/bloom", "", "bigscience/bloom", "bigscience-workshop/Megatron-DeepSpeed"},
		{"google/gemma-7b", "google/gemma-7b", "", "google/gemma-7b", ""},
		{"https://huggingface.co/HuggingFaceH4/zephyr-7b-beta", "HuggingFaceH4/zephyr-7b-beta",
			"mistralai/Mistral-7B-v0.1", "HuggingFaceH4/zephyr-7b-beta", "huggingface/alignment-handbook"},
		{"gpt2", "openai-community/gpt2", "", "openai-community/gpt2", "openai/gpt-2"},
		{"github:QwenLM/Qwen2", "github:QwenLM/Qwen2", "Qwen/Qwen2.5-7B", "Qwen/Qwen2.5-7B-Instruct", "QwenLM/Qwen2"},
		{"github:meta-llama/llama3", "github:meta-llama/llama3", "", "meta-llama/Meta-Llama-3-8B-Instruct",
			"meta-llama/llama3"},
		{"github:baichuan-inc/Baichuan2", "github:baichuan-inc/Baichuan2", "baichuan-inc/Baichuan2-13B-Base",
			"baichuan-inc/Baichuan2-13B-Chat", "baichuan-inc/Baichuan2"},
		{"github:EleutherAI/pythia", "github:EleutherAI/pythia", "", "EleutherAI/pythia-12b", "EleutherAI/pythia"},
	} {
		t.Run(test.target, func(t *testing.T) {
			s := gather(t, c, test.target).Subject
			got := []string{s.ID, s.Base, place(s, audit.HubModel, audit.RoleEnd),
				place(s, audit.GitHubRepo, audit.RoleCode)}
			want := []string{test.id, test.base, test.end, test.code}
			if !slices.Equal(got, want) {
				t.Errorf("id, base, end, code:\n got %q\nwant %q", got, want)
			}
			for _, p := range s.Places {
				if p.Reason == "" || p.URL == "" {
					t.Errorf("%s %s has no reason or URL", p.Kind, p.ID)
				}
			}
		})
	}
}

// TestRequestsSpent counts requests as the server saw them: few on the counted
// APIs when cold, none unconditional and none counted by GitHub when warm.
func TestRequestsSpent(t *testing.T) {
	for _, test := range []struct {
		target     string
		hub, forge int // API calls that a cold audit may make
	}{
		{"HuggingFaceH4/zephyr-7b-beta", 2, 2},
		{"meta-llama/Meta-Llama-3-8B-Instruct", 1, 2},
		{"gpt2", 2, 2}, // a renamed model answers twice
		{"facebook/opt-125m", 1, 2},
		{"google/gemma-7b", 1, 0},
		{"allenai/OLMo-7B", 1, 2},
	} {
		t.Run(test.target, func(t *testing.T) {
			server, base := replayed(t)
			cache := new(shelf)
			keep := func(o *crawl.Options) { o.Cache = cache }
			cold := gather(t, crawler(t, base, keep), test.target)
			counts := server.Counts()
			data := 0 // each dataset costs a call: only its list of files tells that it is there
			for _, p := range cold.Subject.Places {
				if p.Kind == audit.HubDataset {
					data++
				}
			}
			if got := counts[replay.HFAPI].Requests; got > test.hub+data {
				t.Errorf("cold: %d hub API calls, want at most %d and %d of datasets", got, test.hub, data)
			}
			if got := counts[replay.GitHubAPI].Requests; got > test.forge {
				t.Errorf("cold: %d GitHub API calls, want at most %d", got, test.forge)
			}
			server.ResetLog()
			warm := gather(t, crawler(t, base, keep), test.target)
			if got := server.Counts()[replay.GitHubAPI].Counted; got != 0 {
				t.Errorf("warm: GitHub counted %d calls, want 0", got)
			}
			for _, r := range server.Requests() {
				// 501: never captured, so there is nothing to ask with
				if !r.Conditional && r.Status != http.StatusNotImplemented {
					t.Errorf("warm: unconditional %s (%d)", r.Path, r.Status)
				}
			}
			if a, b := bodies(cold), bodies(warm); !reflect.DeepEqual(a, b) {
				t.Errorf("warm audit has other documents:\n%v\n%v", a, b)
			}
			if len(bodies(cold)) == 0 {
				t.Error("no documents")
			}
		})
	}
}

// bodies lists what a record's documents hold, in order.
func bodies(r audit.Record) []string {
	var list []string
	for _, d := range r.Documents {
		if d.SHA256 != "" {
			list = append(list, d.URL+" "+d.SHA256)
		}
	}
	return list
}

func fixedNow() time.Time { return time.Unix(1.8e9, 0).UTC() }

func TestGatherIsDeterministic(t *testing.T) {
	_, base := replayed(t)
	fixed := func(o *crawl.Options) { o.Now = fixedNow }
	var first string
	for range 3 {
		record := gather(t, crawler(t, base, fixed), "allenai/OLMo-7B")
		text, err := json.Marshal(record)
		if err != nil {
			t.Fatal(err)
		}
		if first == "" {
			first = string(text)
		}
		if string(text) != first {
			t.Fatal("two runs differ")
		}
	}
	if strings.Contains(first, base) {
		t.Error("the record names the base URL that was used instead of the public one")
	}
}

func TestOffline(t *testing.T) {
	server, base := replayed(t)
	cache := new(shelf)
	online := gather(t, crawler(t, base, func(o *crawl.Options) { o.Cache = cache }), "facebook/opt-125m")
	server.ResetLog()
	offline := func(o *crawl.Options) { o.Cache, o.Offline = cache, true }
	again := gather(t, crawler(t, base, offline), "facebook/opt-125m")
	if !reflect.DeepEqual(bodies(online), bodies(again)) {
		t.Error("offline gives other bodies than the run that stored them")
	}
	unknown := gather(t, crawler(t, base, offline), "google/gemma-7b")
	for _, d := range unknown.Documents {
		if d.Outcome != audit.Skipped || !strings.Contains(d.Detail, "not looked (offline)") ||
			!strings.Contains(d.Detail, "--offline") {
			t.Errorf("%s: %s %q, want skipped and why", d.URL, d.Outcome, d.Detail)
		}
	}
	if n := len(server.Requests()); n != 0 {
		t.Errorf("offline made %d requests", n)
	}
	observed := observe.All(unknown.Subject, unknown.Documents)
	for _, o := range observed {
		if o.Finding.Known() {
			t.Errorf("%s is called %s, though nothing was looked at: %s", o.Fact, o.Finding, o.Note)
		}
	}
	if len(observed) == 0 {
		t.Error("nothing says that nothing was looked at")
	}
}

// TestSharedPlacesAreFetchedOnce: models with one base and one repository.
func TestSharedPlacesAreFetchedOnce(t *testing.T) {
	server, base := replayed(t)
	c := crawler(t, base, nil)
	var wait sync.WaitGroup
	for _, id := range []string{"Qwen/Qwen2.5-7B-Instruct", "github:QwenLM/Qwen2.5", "Qwen/Qwen2.5-7B-Instruct",
		"Qwen/Qwen2.5-3B-Instruct"} {
		wait.Add(1)
		go func() {
			defer wait.Done()
			gather(t, c, id)
		}()
	}
	wait.Wait()
	seen := make(map[string]bool)
	for _, r := range server.Requests() {
		if seen[r.Path] {
			t.Errorf("asked twice: %s", r.Path)
		}
		seen[r.Path] = true
	}
}

func TestUnknownModelIsRefusedNotAbsent(t *testing.T) {
	_, base := replayed(t)
	record := gather(t, crawler(t, base, nil), "nobody-at-all/no-such-model")
	if len(record.Documents) != 1 || record.Documents[0].Outcome != audit.Refused {
		t.Fatalf("got %+v, want one refused document", record.Documents)
	}
	if detail := record.Documents[0].Detail; !strings.Contains(detail, "HF_TOKEN") {
		t.Errorf("detail %q does not say what may help", detail)
	}
}
