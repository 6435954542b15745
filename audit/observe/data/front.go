package data

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/observe/document"
	"openness/audit/page"
	"openness/audit/phrases"
)

// front reads the datasets that a card's front matter names.
func (r *dataReader) front(d *audit.Document, role audit.Role) {
	front := r.Card(d).Front
	value, note := "downloadable", FrontNote+"."
	if r.keptIn(d) {
		value, note = "listed", "The card lists it, by hub id, and says that the data that was used is the makers' own."
	}
	stages, listed := r.frontStages(d, role), false
	for _, f := range front.All("datasets") {
		if strings.TrimSpace(f.Value) == "" || evalStage.MatchString(strings.ToLower(path.Base(f.Value))) {
			continue // what measures a model did not train it
		}
		listed = true
		value, note := value, note
		switch {
		case unfindable.MatchString(strings.TrimSpace(f.Value)):
			value, note = "described", "The card's front matter calls the data the makers' own and gives no dataset."
		case value == "downloadable" && strings.ContainsRune(strings.TrimSpace(f.Value), ' '):
			value, note = "listed", "The card lists it as training data, by a name that is no id of the hub."
		case r.gone(f.Value):
			value, note = "listed", goneNote
		case value == "downloadable" && r.notShown(f.Value):
			value, note = "listed", unseenNote
		}
		if value == "downloadable" && r.shownByHub(f.Value) {
			note = FrontNote + ", and the hub shows a page of it."
		}
		for _, fact := range stages {
			if look := r.lostDataset(f.Value); note == unseenNote && look == nil && !r.asked(f.Value) {
				r.unseen = append(r.unseen, audit.From(d, fact, audit.NotFetched,
					"The hub was not asked for a dataset that the card lists."))
			} else if look != nil && note == unseenNote {
				finding, _ := document.Unseen(look)
				r.unseen = append(r.unseen, audit.From(look, fact, finding,
					"Whether the dataset that the card lists is there: "+document.Answer(look)))
			}
			if fact == FineData && r.lineage == kinBase && r.servedPretraining(f.Value) {
				continue // of its base, which lists it too
			}
			r.found = append(r.found, audit.Observe(d, fact, value, underKey(d.Body, f.Span), note))
		}
		r.found = append(r.found, audit.Observe(d, "data.datasets", f.Value, f.Span,
			"The card lists it as training data."))
	}
	if listed && len(stages) < len(r.stages(role, "")) {
		r.found = append(r.found, audit.From(d, PreData, audit.NotFetched,
			"The card lists data and does not say for which training."))
	}
}

// FrontNote begins the notes of datasets that front matter names.
const FrontNote = "The card lists it as training data, by hub id"

// underKey widens the quote of an entry of front matter to the line of its key, so
// that it says by itself what the entry is.
func underKey(body []byte, entry audit.Span) audit.Span {
	from := max(0, entry.Start-page.LongestQuote)
	if at := bytes.LastIndex(body[from:entry.Start], []byte("\ndatasets:")); at >= 0 {
		entry.Start = from + at + 1
	}
	return entry
}

// keptIn reports whether a card says that the model was trained on data that its
// makers keep: what the front matter then lists is where that came from.
func (r *dataReader) keptIn(d *audit.Document) bool {
	return slices.ContainsFunc(r.Prose(d), func(p page.Passage) bool { return keptData.MatchString(p.Text) })
}

var keptData = phrases.ExpressionOf("data.kept-data")
