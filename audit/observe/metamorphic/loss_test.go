package metamorphic

import (
	"cmp"
	"encoding/xml"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"openness/audit"
	"openness/rubric"
)

// A loss is how a source is lost: it refuses, or the way to it fails.
var losses = []struct {
	outcome audit.Outcome
	status  int
}{{audit.Refused, 403}, {audit.Failed, 503}}

// lossSample is how many hub models and how many repositories a plain run
// takes, beside those whose pages the other test changes: a draw by hash. It
// is chosen for half a minute; OPENNESS_METAMORPHIC=all takes every captured one.
const (
	lossModels       = 20
	lossRepositories = 10
)

// TestLostSourceTellsNothing: when one source of a captured subject can no
// longer be looked at, each class of each built-in rubric stays or becomes
// undetermined. None becomes closed, none falls to partial, none rises.
func TestLostSourceTellsNothing(t *testing.T) {
	if testing.Short() {
		t.Skip("losing each source of many subjects takes half a minute: left out of the short run")
	}
	all := os.Getenv("OPENNESS_METAMORPHIC") == "all"
	texts, repos := cards(t), shuffled(repositories(t))
	var ids []string
	for id := range texts {
		ids = append(ids, id)
	}
	ids = shuffled(ids)
	if !all {
		ids, repos = ids[:lossModels], repos[:lossRepositories]
		ids = append(ids, listedAndCaptured(t, texts)...)
	}
	subjects := gatherAll(t, slices.Concat(ids, repos))
	rubrics := rubric.Builtin()
	found := make([][]flip, len(subjects))
	lost := make([]map[string]int, len(subjects))
	each(len(subjects), func(i int) { found[i], lost[i] = lossesOf(subjects[i], i, all, rubrics) })
	made := map[string]int{}
	for _, m := range lost {
		for kind, n := range m {
			made[kind] += n
		}
	}
	flipped := slices.Concat(found...)
	t.Logf("%d subjects", len(subjects))
	writeReport(t, "OPENNESS_LOSS_REPORT", flipped)
	holdBounds(t, flipped, made, atMostLost, all)
}

// listedAndCaptured are the first half of the experts' models by hash.
func listedAndCaptured(t testing.TB, texts map[string]string) []string {
	var ids []string
	for _, id := range shuffled(listed(t)) {
		if texts[id] != "" {
			ids = append(ids, id)
		}
	}
	return ids[:len(ids)/2]
}

// lossesOf loses each source of a subject alone, in a plain run by the one or the
// other way in turn, and counts the losses by kind of source. No record of arXiv was
// captured: a made one, which names no venue, stands in for each paper that is asked
// for, so that it can be lost.
func lossesOf(c captured, turn int, all bool, rubrics []*rubric.Rubric) ([]flip, map[string]int) {
	docs := withRecords(c.docs)
	before := read(c.subject, docs, rubrics)
	made := map[string]int{}
	var found []flip
	for i := range docs {
		if !docs[i].Outcome.Looked() {
			continue
		}
		for k, l := range losses {
			if !all && !slow && (turn+i+k)%len(losses) != 0 {
				continue
			}
			kind := fmt.Sprintf("%s lost", docs[i].Kind)
			made[kind]++
			without := slices.Clone(docs)
			without[i] = gone(without[i], l.outcome, l.status)
			for _, f := range flips(before, read(c.subject, without, rubrics), moved) {
				f.subject, f.kind, f.name = c.target, kind, fmt.Sprintf("%s, %s: %s", l.outcome, docs[i].Outcome,
					docs[i].URL)
				found = append(found, f)
			}
		}
	}
	return found, made
}

// gone is a document that an attempt to fetch did not give.
func gone(d audit.Document, outcome audit.Outcome, status int) audit.Document {
	d.Outcome, d.Status, d.Body, d.SHA256, d.Size, d.ETag, d.Modified, d.Partial = outcome, status, nil, "", 0, "", "",
		false
	d.Detail = "not looked at in this test"
	return d
}

// withRecords puts a record in the place of each paper's that was not captured,
// under the title that the pages give it.
func withRecords(docs []audit.Document) []audit.Document {
	docs = slices.Clone(docs)
	for i := range docs {
		d := &docs[i]
		if d.Kind != audit.DocPaper || d.Place != audit.ArXivPaper || d.Outcome.Looked() {
			continue
		}
		var title strings.Builder
		if err := xml.EscapeText(&title, []byte(titleOf(d.PlaceID, docs))); err != nil {
			continue // a builder takes every text
		}
		d.Body = []byte(`<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>http://arxiv.org/abs/` + d.PlaceID +
			`v1</id><title>` + title.String() + `</title></entry></feed>`)
		d.Outcome, d.Status, d.SHA256, d.Detail, d.ContentType = audit.Fetched, 200, audit.Hash(d.Body), "",
			"application/atom+xml"
	}
	return docs
}

// bibTitle matches the title of a BibTeX entry.
var bibTitle = regexp.MustCompile(`(?i)\btitle\s*=\s*[{"]+([^}"]{8,200})`)

// titleOf is a paper's title in an entry of BibTeX that gives its number, else
// the text of a link to it.
func titleOf(id string, docs []audit.Document) string {
	linked := regexp.MustCompile(`\[([^\]]{4,200})\]\([^)\s]*` + regexp.QuoteMeta(id))
	text := ""
	for i := range docs {
		body := string(docs[i].Body)
		for _, entry := range strings.Split(body, "\n@")[1:] {
			entry, _, _ = strings.Cut(entry, "```")
			if m := bibTitle.FindStringSubmatch(entry); m != nil && strings.Contains(entry, id) {
				return strings.Join(strings.Fields(m[1]), " ")
			}
		}
		if m := linked.FindStringSubmatch(body); m != nil && text == "" {
			text = m[1]
		}
	}
	return cmp.Or(text, "A report")
}
