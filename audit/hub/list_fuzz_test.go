package hub

import (
	"net/url"
	"testing"
)

// FuzzParseList: a page of the hub's list, and where a header says it goes on.
func FuzzParseList(f *testing.F) {
	f.Add([]byte(`[{"id":"a/b","gated":"auto","tags":["license:mit"],"siblings":[{"rfilename":"x.safetensors"}],"safetensors":{"total":1}}]`), `<https://hub/api/models?cursor=abc>; rel="next"`)
	f.Add([]byte(`[{"id":"a","id":"b","downloads":1e99}`), `<:>; rel="next"`)
	f.Add([]byte(`[[[[`), `,,>`)
	f.Fuzz(func(t *testing.T, page []byte, link string) {
		_ = ParseList(page, func(m *Model) error {
			if m.ID == "" {
				t.Fatal("an entry without an id")
			}
			return nil
		})
		if cursor, err := nextCursor(link); err != nil && cursor != "" {
			t.Fatalf("%q beside %v", cursor, err)
		} else if _, err := url.Parse(WholeQuery().URL(10, cursor)); err != nil {
			t.Fatal(err)
		}
		_, _ = ParseScopeCommits(page)
		_, _ = ParseScopeFiles(page)
	})
}
