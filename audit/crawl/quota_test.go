package crawl_test

import (
	"context"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"openness/audit/crawl"
	"openness/audit/replay"
)

// TestQuotaArithmetic audits 1,000 models against a server that enforces the
// hubs' published limits in windows of a tenth of their length. It takes a
// minute, so it runs only when OPENNESS_SLOW is set.
func TestQuotaArithmetic(t *testing.T) {
	if os.Getenv("OPENNESS_SLOW") == "" {
		t.Skip("takes a minute: set OPENNESS_SLOW=1")
	}
	if _, err := os.Stat(corpus); err != nil {
		t.Skip("the shared corpus is not here")
	}
	const scale = 0.1
	server, err := replay.New(corpus, replay.Options{Now: time.Now, EnforceQuotas: true, Window: scale})
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	ts := httptest.NewServer(server)
	defer ts.Close()
	c := crawler(t, ts.URL, func(o *crawl.Options) { o.MaxWait, o.GitHubToken = 3*time.Minute, "token" })
	start := time.Now()
	var group errgroup.Group
	group.SetLimit(8)
	for _, id := range modelsOfCorpus(t, 1000) {
		group.Go(func() error {
			target, err := crawl.ParseTarget("hf:" + id)
			if err != nil {
				return err
			}
			record, err := c.Gather(context.Background(), target)
			for _, d := range record.Documents {
				if d.Status == http.StatusTooManyRequests || d.Status == http.StatusForbidden {
					t.Errorf("%s was lost to a limit: %s", d.URL, d.Detail)
				}
			}
			return err
		})
	}
	if err := group.Wait(); err != nil {
		t.Fatal(err)
	}
	took, calls := time.Since(start), server.Counts()[replay.HFAPI].Counted
	window := time.Duration(scale * float64(5*time.Minute))
	bound := time.Duration((calls-1)/500) * window
	t.Logf("%d subjects, %v: %v, bound %v", 1000, server.Counts(), took, bound)
	if took > bound+bound/10 {
		t.Errorf("took %v, more than 10%% over the %v that %d calls need", took, bound, calls)
	}
	limited := make(map[replay.Kind]bool)
	for _, r := range server.Requests() {
		now := r.Status == http.StatusTooManyRequests || r.Status == http.StatusForbidden
		if now && limited[r.Kind] {
			t.Errorf("limited twice in a row at %s", r.Path)
		}
		limited[r.Kind] = now
	}
}

// modelsOfCorpus lists the first n models that have a card.
func modelsOfCorpus(t *testing.T, n int) []string {
	root := filepath.Join(corpus, "huggingface", "cards")
	var ids []string
	err := filepath.WalkDir(root, func(p string, _ fs.DirEntry, err error) error {
		rel, _ := filepath.Rel(root, p)
		if id, ok := strings.CutSuffix(filepath.ToSlash(rel), ".md"); ok && len(ids) < n {
			ids = append(ids, strings.TrimPrefix(id, "_root/"))
		}
		return err
	})
	if err != nil || len(ids) < n {
		t.Fatalf("%d models, %v", len(ids), err)
	}
	return ids
}
