package main

import (
	"bytes"
	"cmp"
	"context"
	"net/url"
	"path"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/papers"
	"openness/audit/papers/text"
	"openness/data"
	"openness/rubric/agreement"
)

// The pages that experts cite for their classes, and whether the audit opened them.

// The kinds of cited pages.
const (
	kindHub        = "hub"
	kindDataset    = "dataset"
	kindRepository = "repository"
	kindPaper      = "paper"
	kindWeb        = "web"
)

// A pageKey says of an address what it is and which: two addresses of one paper or
// repository have the same key. word is what a page that names it holds.
type pageKey struct{ kind, id, word string }

// keyOf reads an address. Every address has a key.
func keyOf(address string) pageKey {
	address = strings.TrimRight(strings.TrimSpace(address), ".,;)")
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return pageKey{kindWeb, strings.ToLower(address), strings.ToLower(address)}
	}
	host := strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
	parts := strings.FieldsFunc(strings.ToLower(u.Path), func(r rune) bool { return r == '/' })
	two := func(from int) string {
		if len(parts) < from+2 {
			return ""
		}
		return parts[from] + "/" + strings.TrimSuffix(parts[from+1], ".git")
	}
	if number, _ := papers.SplitID(u.Path); number != "" && (strings.HasSuffix(host, "arxiv.org") ||
		len(parts) > 0 && parts[0] == "papers") {
		return pageKey{kindPaper, "arxiv:" + number, number}
	}
	switch {
	case (host == "huggingface.co" || host == "hf.co") && len(parts) > 0:
		at := 0
		if parts[0] == "api" {
			at = 1
		}
		switch {
		case len(parts) > at && parts[at] == "datasets":
			id := two(at + 1)
			if id == "" && len(parts) > at+1 {
				id = parts[at+1]
			}
			return pageKey{kindDataset, "hf:" + id, id}
		case len(parts) > at && parts[at] == "collections":
			return pageKey{kindDataset, "collection:" + two(at+1), two(at + 1)}
		case len(parts) > at && slices.Contains([]string{"blog", "docs", "spaces"}, parts[at]):
			return pageKey{kindWeb, host + "/" + strings.Join(parts, "/"), strings.Join(parts, "/")}
		case len(parts) > at && parts[at] == "models":
			at++
		}
		id := two(at)
		if id == "" && len(parts) > at {
			id = parts[at]
		}
		return pageKey{kindHub, "hf:" + id, id}
	case strings.HasPrefix(host, "modelscope."):
		id := two(1)
		return pageKey{kindHub, "ms:" + id, id}
	case host == "github.com", host == "raw.githubusercontent.com":
		return pageKey{kindRepository, two(0), two(0)}
	case host == "api.github.com" && len(parts) > 2:
		return pageKey{kindRepository, two(1), two(1)}
	}
	if r, ok := papers.PageReference(address); ok {
		return pageKey{kindPaper, strings.ToLower(r.Kind + ":" + r.ID), strings.ToLower(r.ID)}
	}
	if kind, at := text.Locate(address); kind != text.PlaceNone {
		return pageKey{kindPaper, strings.ToLower(at.URL), strings.ToLower(path.Base(at.URL))}
	}
	page := strings.TrimSuffix(host+"/"+strings.Join(parts, "/"), "/")
	return pageKey{kindWeb, page, page}
}

// opened are the pages of one audit by key.
type opened struct{ visited, tried, related map[string]bool }

// openedIn lists what a record's documents and places show to have been opened.
func openedIn(r *audit.Record) opened {
	o := opened{map[string]bool{}, map[string]bool{}, map[string]bool{}}
	for i := range r.Documents {
		d := &r.Documents[i]
		keys := []string{keyOf(d.URL).id}
		if d.PlaceID != "" {
			for _, p := range r.Subject.Places {
				if p.Kind == d.Place && p.ID == d.PlaceID {
					keys = append(keys, keyOf(p.URL).id)
				}
			}
		}
		if d.Kind == audit.DocPaper || d.Place == audit.ArXivPaper {
			for _, id := range papers.Asked(d.URL) {
				keys = append(keys, "arxiv:"+id)
			}
		}
		for _, key := range keys {
			o.tried[key] = true
			if d.Outcome == audit.Fetched || d.Outcome == audit.NotModified || d.Outcome == audit.Absent {
				o.visited[key] = true
			}
		}
	}
	for _, p := range r.Subject.Places {
		if p.Role == audit.RoleRelated {
			o.related[keyOf(p.URL).id] = true
		}
	}
	return o
}

// expertSources compares the pages that experts cite with those that the audits of
// their systems opened. A page that several judgements of a system cite counts once,
// and once in each dimension.
func expertSources(ctx context.Context, db *data.DB, stored []storedSystem) (*agreement.Sources, error) {
	s := &agreement.Sources{ByKind: map[string][3]int{}, ByDimension: map[string][3]int{},
		Missed: []agreement.MissedSource{}}
	for _, kind := range []string{kindHub, kindDataset, kindRepository, kindPaper, kindWeb} {
		s.ByKind[kind] = [3]int{}
	}
	records := make(map[string]audit.Record) // without bytes; labels are those of the experts' systems
	err := db.EachFullRecord(ctx, func(r audit.Record) error {
		if r.Subject.Label != "" {
			records[r.Subject.Label] = r
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	s.Spent = spentOn(stored, records)
	for _, system := range stored {
		record := records[system.experts.ID]
		if err := addSources(ctx, db, s, system, &record); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(s.Missed, func(a, b agreement.MissedSource) int {
		return cmp.Or(cmp.Compare(a.System, b.System), cmp.Compare(a.URL, b.URL))
	})
	return s, nil
}

// addSources counts the pages that the judgements of one system cite.
func addSources(ctx context.Context, db *data.DB, s *agreement.Sources, system storedSystem,
	record *audit.Record) error {
	o := openedIn(record)
	bodies, err := textsOf(ctx, db, record)
	if err != nil {
		return err
	}
	dimensions := make(map[string][]string) // by key
	first := make(map[string]string)        // address by key
	for _, j := range system.experts.Judgements {
		for _, link := range j.Links {
			key := keyOf(link)
			if slices.Contains(dimensions[key.id], j.Dimension) {
				continue
			}
			s.ByDimension[j.Dimension] = agreement.Count(s.ByDimension[j.Dimension], o.visited[key.id], o.tried[key.id])
			dimensions[key.id] = append(dimensions[key.id], j.Dimension)
			if first[key.id] != "" {
				continue
			}
			first[key.id] = link
			s.ByKind[key.kind] = agreement.Count(s.ByKind[key.kind], o.visited[key.id], o.tried[key.id])
			s.Cited++
			named := o.tried[key.id] || slices.ContainsFunc(bodies, func(b []byte) bool {
				return key.word != "" && bytes.Contains(b, []byte(key.word))
			})
			if named {
				s.Named++
			}
			if o.visited[key.id] {
				s.Visited++
			}
			if o.tried[key.id] {
				s.Tried++
				continue
			}
			cause := "not named"
			switch {
			case o.related[key.id]:
				cause = "only related"
			case named:
				cause = "passed over"
			}
			s.Missed = append(s.Missed, agreement.MissedSource{System: system.experts.ID, Kind: key.kind, URL: link,
				Cause: cause})
		}
	}
	for i := range s.Missed {
		if m := &s.Missed[i]; m.System == system.experts.ID && m.Dimensions == nil {
			m.Dimensions = dimensions[keyOf(m.URL).id]
		}
	}
	return nil
}

// textsOf are the stored bytes of a record's documents, in small letters.
func textsOf(ctx context.Context, db *data.DB, r *audit.Record) ([][]byte, error) {
	var all [][]byte
	for _, d := range r.Documents {
		if d.SHA256 == "" || d.Kind == audit.DocWeights || d.Bytes() > maxNamedIn {
			continue
		}
		body, err := db.Body(ctx, d.SHA256)
		if err != nil {
			return nil, err
		}
		all = append(all, bytes.ToLower(body))
	}
	return all, nil
}

// maxNamedIn is the size of the longest document that is searched for names.
const maxNamedIn = 4 << 20

// spentOn counts what servers answered on the systems, by kind of source.
func spentOn(stored []storedSystem, records map[string]audit.Record) agreement.Spent {
	s := agreement.Spent{Answers: make(map[string]float64), Bytes: make(map[string]float64)}
	var answers, sizes []int
	for _, system := range stored {
		count, size := 0, 0
		for _, d := range records[system.experts.ID].Documents {
			if d.Status == 0 {
				continue
			}
			kind := sourceKind(&d)
			s.Answers[kind] += 1 / float64(len(stored))
			s.Bytes[kind] += float64(d.Bytes()) / float64(len(stored))
			count, size = count+1, size+d.Bytes()
		}
		answers, sizes = append(answers, count), append(sizes, size)
	}
	if len(stored) > 0 {
		slices.Sort(answers)
		slices.Sort(sizes)
		s.Median, s.Most = [2]int{answers[len(answers)/2], sizes[len(sizes)/2]},
			[2]int{slices.Max(answers), slices.Max(sizes)}
	}
	return s
}

// sourceKind is what kind of source a document came from, as far as quotas differ.
func sourceKind(d *audit.Document) string {
	switch {
	case d.Place == audit.HubModel && d.Kind == audit.DocModelAPI:
		return "hub API, models"
	case d.Place == audit.HubDataset && d.Kind == audit.DocDatasetAPI:
		return "hub API, datasets"
	case d.Place == audit.HubModel, d.Place == audit.HubDataset:
		return "hub files"
	case d.Place == audit.ModelScopeModel:
		return "ModelScope"
	case d.Place == audit.GitHubRepo && (d.Kind == audit.DocRepoAPI || d.Kind == audit.DocTree):
		return "GitHub API"
	case d.Place == audit.GitHubRepo:
		return "GitHub files"
	case d.Place == audit.ArXivPaper && strings.Contains(d.URL, "/api/query?"):
		return "arXiv's interface"
	case d.Place == audit.ArXivPaper:
		return "arXiv, papers"
	}
	return "the web and records"
}
