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
	"openness/rubric"
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
	if host == "hf.co" {
		host = "huggingface.co"
	}
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
	case host == "huggingface.co" && len(parts) > 0:
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
			return pageKey{kindDataset, "hf:datasets/" + id, id}
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
	keys := documentKeys(r)
	for i := range r.Documents {
		d := &r.Documents[i]
		for _, key := range keys[d.URL] {
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

// documentKeys gives the keys of the pages that each document shows, by its address:
// its own, that of the place that it was had for, and those of papers in one answer.
func documentKeys(r *audit.Record) map[string][]string {
	all := make(map[string][]string)
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
		all[d.URL] = append(all[d.URL], keys...)
	}
	return all
}

// expertSources compares the pages that experts cite with those that the audits of
// their systems opened. A page that several judgements of a system cite counts once,
// and once in each dimension.
func expertSources(ctx context.Context, db *data.DB, r *rubric.Rubric,
	stored []storedSystem) (*agreement.Sources, error) {
	s := agreement.NewSources([]string{kindHub, kindDataset, kindRepository, kindPaper, kindWeb})
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
		bodies, err := textsOf(ctx, db, &record)
		if err != nil {
			return nil, err
		}
		for _, p := range citedPages(system, &record, bodies, r.Judge(system.observations)) {
			s.Add(p)
		}
	}
	slices.SortFunc(s.Missed, func(a, b agreement.MissedSource) int {
		return cmp.Or(cmp.Compare(a.System, b.System), cmp.Compare(a.URL, b.URL))
	})
	return s, nil
}

// citedPages lists the pages that the judgements of one system cite, each once.
func citedPages(system storedSystem, record *audit.Record, bodies [][]byte,
	judged rubric.Assessment) []agreement.CitedPage {
	o := openedIn(record)
	quoted := quotedPages(record, judged)
	var all []agreement.CitedPage
	at := make(map[string]int) // by key
	for _, j := range system.experts.Judgements {
		for _, link := range j.Links {
			key := keyOf(link)
			i, known := at[key.id]
			if !known {
				i = len(all)
				at[key.id] = i
				all = append(all, agreement.CitedPage{
					Missed:  agreement.MissedSource{System: system.experts.ID, Kind: key.kind, URL: link},
					Visited: o.visited[key.id], Tried: o.tried[key.id], Known: o.related[key.id],
					Named: o.tried[key.id] || slices.ContainsFunc(bodies, func(b []byte) bool {
						return holdsWord(b, key.word)
					})})
			}
			p := &all[i]
			if slices.Contains(p.Missed.Dimensions, j.Dimension) {
				continue
			}
			p.Missed.Dimensions = append(p.Missed.Dimensions, j.Dimension)
			if quoted[j.Dimension][key.id] {
				p.Quoted = append(p.Quoted, j.Dimension)
			}
		}
	}
	return all
}

// quotedPages gives the pages of which the judgement on each dimension quotes a passage.
func quotedPages(record *audit.Record, judged rubric.Assessment) map[string]map[string]bool {
	keys := documentKeys(record)
	quoted := make(map[string]map[string]bool)
	for _, j := range judged.Judgements {
		quoted[j.Dimension] = make(map[string]bool)
		for _, o := range j.Observations {
			if o.Quote == "" {
				continue
			}
			for _, key := range keys[o.URL] {
				quoted[j.Dimension][key] = true
			}
		}
	}
	return quoted
}

// holdsWord reports whether a text holds a word that is no part of a longer name: a
// page that links "blog/falco-coder" does not link "blog/falco".
func holdsWord(text []byte, word string) bool {
	for at := 0; word != ""; {
		found := bytes.Index(text[at:], []byte(word))
		if found < 0 {
			return false
		}
		start, end := at+found, at+found+len(word)
		if (start == 0 || !inName(text[start-1])) && (end == len(text) || !inName(text[end])) {
			return true
		}
		at = start + 1
	}
	return false
}

// inName reports whether a byte may be part of a name. A full stop ends a sentence more
// often than it goes on with a name.
func inName(b byte) bool {
	return b == '-' || b == '_' || '0' <= b && b <= '9' || 'a' <= b && b <= 'z'
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
