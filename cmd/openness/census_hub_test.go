package main

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// A listHub serves a list of synthetic models as the hub does: by pages of up to a
// thousand with a cursor in a Link header, within quotas that it enforces, gzipped.
// It refuses a field, and fails over some pages as long as they are large.
type listHub struct {
	models  int
	window  time.Duration // of the quota of 500 requests; 0 enforces none
	faulty  bool
	answers func(n int) // called when the n-th page was answered, if set

	mu      sync.Mutex
	refused map[int]bool
	ends    time.Time
	used    int
	served  []int // where each page that was given began
	failed  int
	limits  int // how often it refused for want of quota
}

const listQuota = 500

func serveList(t testing.TB, h *listHub) string {
	web := httptest.NewServer(h)
	t.Cleanup(func() {
		web.CloseClientConnections()
		web.Close()
	})
	return web.URL
}

func (h *listHub) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	limit, _ := strconv.Atoi(q.Get("limit"))
	raw, err := base64.RawURLEncoding.DecodeString(q.Get("cursor"))
	from, _ := strconv.Atoi(string(raw))
	if r.URL.Path != "/api/models" || err != nil || limit < 1 || from > h.models {
		http.Error(w, `{"error":"Invalid cursor"}`, http.StatusBadRequest)
		return
	}
	if wait := h.count(w.Header()); wait > 0 {
		http.Error(w, `{"error":"We had to rate limit your IP"}`, http.StatusTooManyRequests)
		return
	}
	fields := q["expand[]"]
	if h.faulty && slices.Contains(fields, "disabled") {
		http.Error(w, `{"error":"Invalid option for expand: \"disabled\""}`, http.StatusBadRequest)
		return
	}
	if h.faulty && from/1000%37 == 5 && limit > 250 {
		h.mu.Lock()
		h.failed++
		h.mu.Unlock()
		http.Error(w, "", http.StatusGatewayTimeout)
		return
	}
	if h.faulty && from/1000%37 == 9 && h.first(from) { // a limit that no header announced
		w.Header().Set("Retry-After", "1")
		http.Error(w, `{"error":"Too many requests"}`, http.StatusTooManyRequests)
		return
	}
	to := min(from+min(limit, 1000), h.models)
	if to < h.models {
		q.Set("cursor", base64.RawURLEncoding.EncodeToString([]byte(strconv.Itoa(to))))
		next := url.URL{Scheme: "https", Host: "hub.example", Path: r.URL.Path, RawQuery: q.Encode()}
		w.Header().Set("Link", fmt.Sprintf(`<%s>; rel="next"`, &next))
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Encoding", "gzip")
	h.mu.Lock()
	h.served = append(h.served, from)
	n := len(h.served)
	h.mu.Unlock()
	packed, _ := gzip.NewWriterLevel(w, gzip.BestSpeed)
	_, _ = packed.Write(listPage(from, to))
	_ = packed.Close()
	if h.answers != nil {
		h.answers(n)
	}
}

// first reports whether a page was not refused before.
func (h *listHub) first(from int) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.refused[from] {
		return false
	}
	if h.refused == nil {
		h.refused = make(map[int]bool)
	}
	h.refused[from] = true
	h.limits++
	return true
}

// count takes a request from the quota and writes what is left of it.
func (h *listHub) count(header http.Header) (wait time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.window == 0 {
		return 0
	}
	now := time.Now()
	if !now.Before(h.ends) {
		h.ends, h.used = now.Add(h.window), 0
	}
	left := int(h.ends.Sub(now).Seconds() + 1)
	if h.used >= listQuota {
		wait = h.ends.Sub(now)
		h.limits++
	} else {
		h.used++
	}
	header.Set("RateLimit", fmt.Sprintf(`"api";r=%d;t=%d`, listQuota-h.used, left))
	header.Set("RateLimit-Policy", fmt.Sprintf(`"fixed window";"api";q=%d;w=%d`, listQuota, int(h.window.Seconds())))
	return wait
}

func listPage(from, to int) []byte {
	var b bytes.Buffer
	b.WriteByte('[')
	for i := from; i < to; i++ {
		if i > from {
			b.WriteByte(',')
		}
		listEntry(&b, i)
	}
	b.WriteByte(']')
	return b.Bytes()
}

// listName is the id of the i-th model: few organisations have many models.
func listName(i int) string {
	random := rand.New(rand.NewPCG(uint64(i), 1))
	org := int(float64(300000) * random.Float64() * random.Float64() * random.Float64() * random.Float64())
	return fmt.Sprintf("maker-%d/quokka-%d-%db", org, i, 1+i%70)
}

var listLicences = []string{"apache-2.0", "apache-2.0", "apache-2.0", "mit", "mit", "other", "llama3.1", "cc-by-nc-4.0",
	"openrail", "gemma", "", "", "", "", "", "", "", ""}

// listEntry writes an entry of the shape and size of recorded ones.
func listEntry(b *bytes.Buffer, i int) {
	random := rand.New(rand.NewPCG(uint64(i), 2))
	name, licence := listName(i), listLicences[random.IntN(len(listLicences))]
	gate := `false`
	switch random.IntN(60) {
	case 0:
		gate = `"manual"`
	case 1:
		gate = `"auto"`
	}
	fmt.Fprintf(b, `{"_id":"%024x","id":%q,"sha":"%040x","private":false,"gated":%s,"downloads":%d,"likes":%d,"lastModified":"2026-%02d-%02dT10:20:30.000Z",`+
		`"createdAt":"2025-%02d-%02dT01:02:03.000Z","library_name":"transformers","pipeline_tag":"text-generation","tags":["transformers","safetensors","quokka",`+
		`"text-generation","conversational","en","autotrain_compatible","text-generation-inference","endpoints_compatible","region:us"`,
		i, name, i, gate, int(random.ExpFloat64()*random.ExpFloat64()*30), random.IntN(9), 1+i%9, 1+i%28, 1+i%12,
		1+i%28)
	card := ""
	if licence != "" {
		fmt.Fprintf(b, `,"license:%s"`, licence)
		card += fmt.Sprintf(`,"license":%q`, licence)
	}
	adapter := random.IntN(8) == 0
	if i > 0 && random.IntN(2) == 0 {
		base := listName(i / (2 + random.IntN(40)))
		kind := "finetune"
		if adapter {
			kind = "adapter"
		}
		fmt.Fprintf(b, `,"base_model:%s","base_model:%s:%s"`, base, kind, base)
		card += fmt.Sprintf(`,"base_model":[%q]`, base)
	}
	if random.IntN(6) == 0 {
		fmt.Fprintf(b, `,"dataset:maker-1/set-%d","arxiv:24%02d.%05d"`, i%500, 1+i%12, i%30000)
		card += fmt.Sprintf(`,"datasets":["maker-1/set-%d"]`, i%500)
	}
	b.WriteString(`],"siblings":[{"rfilename":".gitattributes"}`)
	if random.IntN(10) > 0 {
		b.WriteString(`,{"rfilename":"README.md"}`)
	}
	for _, f := range strings.Fields("config.json generation_config.json special_tokens_map.json tokenizer.json tokenizer_config.json vocab.json merges.txt training_args.bin") {
		fmt.Fprintf(b, `,{"rfilename":%q}`, f)
	}
	switch {
	case adapter:
		b.WriteString(`,{"rfilename":"adapter_model.safetensors"},{"rfilename":"adapter_config.json"}`)
	case random.IntN(12) > 0:
		shards := 1 + random.IntN(12)
		for k := range shards {
			fmt.Fprintf(b, `,{"rfilename":"model-%05d-of-%05d.safetensors"}`, k+1, shards)
		}
	}
	fmt.Fprintf(b, `],"safetensors":{"parameters":{"BF16":%d},"total":%d},"cardData":{"language":["en"],"library_name":"transformers","pipeline_tag":"text-generation",`+
		`"tags":["conversational","quokka"],"widget":[{"text":"A quokka sat by the water and said \"hello\" to all who came by on that day."},{"text":"What do quokkas eat?"}],`+
		`"model-index":[{"name":"quokka","results":[{"task":{"type":"text-generation"},"metrics":[{"name":"acc","type":"acc","value":0.%d}]}]}]%s}}`,
		1000000*(1+i%70000), 1000000*(1+i%70000), i%1000, card)
}
