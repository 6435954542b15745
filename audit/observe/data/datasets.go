package data

import (
	"cmp"
	"encoding/json"
	"path"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/hub"
	"openness/audit/identity"
	"openness/audit/observe/document"
	"openness/audit/pattern"
	"openness/audit/phrases"
)

// What a page links is there only if it was seen to be: a dataset may be empty, a
// sample, closed, or never uploaded. Here is said what was found where the pages
// link to, and what they claim is held against it.

// A holding is what was found at a place that a page links.
type holding int

const (
	notSeen     holding = iota // nothing was asked, or nothing came back
	keptClosed                 // it is refused to the public, or disabled
	holdsNone                  // it is there and holds nothing, or only a promise
	holdsSample                // a part that is said to be no more than that
	holdsAll
)

// A find is what was found, and where.
type find struct {
	what holding
	doc  *audit.Document // of what was not seen: what was asked for in vain, or nil
	note string
}

var (
	// promisedData are words on a data card that nothing is there yet.
	promisedData = phrases.ExpressionOf("data.promised-data")
	// sampledData are words that what is there is a part of what a model was trained on.
	sampledData = phrases.ExpressionOf("data.sampled-data")
	// wholeWithheld are words that the whole is not given out.
	wholeWithheld = phrases.ExpressionOf("data.whole-withheld")
	// besideData are files of a dataset's repository that hold no data.
	besideData = phrases.ExpressionOf("data.beside-data")
	// sampleFile is the name of a file that holds a part.
	sampleFile = phrases.ExpressionOf("data.sample-file")
	// scriptOnly is code that fetches data from elsewhere.
	scriptOnly = pattern.MustCompile(`(?i)\.(?:py|sh|ipynb)$`)
	hubModelAt = pattern.MustCompile(`(?i)(?:huggingface\.co|hf\.co)/([\w.-]+/[\w.-]*\w)`)
	zenodoLink = pattern.MustCompile(`(?i)zenodo\.org/records?/(\d+)|10\.5281/zenodo\.(\d+)`)
)

// dataAt says what was found at a dataset of the hub.
func (in *Reader) dataAt(id string) find {
	var api, card *audit.Document
	for _, d := range in.Of(audit.DocDatasetAPI, audit.DocDataCard) {
		if !strings.EqualFold(d.PlaceID, id) {
			continue
		}
		if d.Kind == audit.DocDatasetAPI {
			api = d
		} else {
			card = d
		}
	}
	said := in.cardFind(card)
	if api == nil || !document.Readable(api) {
		switch {
		case said.what != notSeen:
			return said
		case api != nil && (document.OwnersAlone(api) || document.ShutOut(api) && in.makersData(id) ||
			api.Outcome == audit.Absent):
			return find{what: keptClosed, doc: api,
				note: "The hub refuses the dataset that the page links: it is private, or not there."}
		case api != nil && !document.ShutOut(api) && (card == nil || !document.Readable(card)):
			return find{doc: api}
		}
		return find{}
	}
	m, err := hub.ParseModel(api.Body)
	if err != nil {
		return said
	}
	switch {
	case m.Disabled != nil && *m.Disabled:
		return find{keptClosed, api, "The hub has disabled the dataset."}
	case !m.SiblingsKnown:
		return said
	}
	files, samples, scripts := countData(m.Siblings)
	switch {
	case files+samples+scripts == 0:
		return find{holdsNone, api, "The dataset's list of files holds no data."}
	case said.what == holdsSample && wholeWithheld.Match(card.Body), files+scripts == 0:
		if said.what == holdsSample {
			return said
		}
		return find{holdsSample, api, "All that the dataset holds is named a sample."}
	case files > 0:
		return find{holdsAll, api, "The dataset's files are listed."}
	}
	return find{}
}

// countData counts the files of a dataset: whole ones, samples, and scripts that fetch data from elsewhere.
func countData(names []string) (files, samples, scripts int) {
	for _, f := range names {
		switch {
		case besideData.MatchString(f):
		case scriptOnly.MatchString(f):
			scripts++
		case sampleFile.MatchString(f):
			samples++
		default:
			files++
		}
	}
	return files, samples, scripts
}

// makersData reports whether a dataset is the model's makers' own: a link of theirs
// that is refused is a promise, where one to what others publish may be out of date.
func (in *Reader) makersData(id string) bool {
	return in.OfMakers(id) || identity.SameMaker(identity.Owner(id), identity.Owner(in.Subject.Base))
}

// cardFind is what a data card says of what is there.
func (in *Reader) cardFind(card *audit.Document) find {
	if card == nil || !document.Readable(card) {
		return find{}
	}
	for _, p := range in.Prose(card) {
		text := p.Raw()
		switch {
		case wholeWithheld.Match(text), sampledData.Match(text) && wholeWithheld.Match(card.Body):
			return find{holdsSample, card, "The data card says that not all of it is there."}
		case promisedData.Match(text):
			return find{holdsNone, card, "The data card says that the data is still to come."}
		}
	}
	return find{}
}

// archiveAt says what was found at a record of an archive of data.
func (in *Reader) archiveAt(id string) find {
	for _, d := range in.Of(audit.DocOther) {
		if d.Place != audit.WebPage || path.Base(d.PlaceID) != id || !strings.Contains(d.PlaceID, "zenodo.org/") {
			continue
		}
		if d.Outcome == audit.Absent {
			return find{what: keptClosed, doc: d, note: "The archive has no such record."}
		}
		var record struct {
			Files    []struct{ Key string }
			Metadata struct {
				AccessRight string `json:"access_right"`
			}
		}
		if !document.Readable(d) || json.Unmarshal(d.Body, &record) != nil {
			return find{doc: d}
		}
		switch {
		case record.Metadata.AccessRight != "" && record.Metadata.AccessRight != "open":
			return find{what: keptClosed, doc: d, note: "The archive gives access to the record as " +
				record.Metadata.AccessRight + "."}
		case len(record.Files) == 0:
			return find{what: holdsNone, doc: d, note: "The archive's record lists no files."}
		}
		return find{what: holdsAll, doc: d, note: "The archive lists the record's files."}
	}
	return find{}
}

// confirmData holds what pages claim of data that can be downloaded against what was
// found there: a claim of which every link leads to nothing is one of a name.
func (in *Reader) confirmData(found []audit.Observation) []audit.Observation {
	for i := range found {
		o := &found[i]
		if o.Finding != audit.Present || o.Value != "downloadable" {
			continue
		}
		var finds []find
		for _, id := range dataIDs(o.Quote) {
			finds = append(finds, in.dataAt(id))
		}
		for _, m := range zenodoLink.FindAllStringSubmatch(o.Quote, -1) {
			finds = append(finds, in.archiveAt(m[1]+m[2]))
		}
		best := bestFind(finds)
		switch best.what {
		case notSeen:
			if best.doc != nil {
				o.Value, o.Note = "listed", "The page names a dataset, and that it is there was not seen."
				found = append(found, audit.From(best.doc, o.Fact, audit.NotFetched,
					"The dataset could not be looked at."))
			}
		case holdsNone, holdsSample:
			o.Value = "listed"
			o.Note = "The page names a dataset, of which nothing can be downloaded. " + best.note
			if best.what == holdsSample {
				o.Note = "The page names a dataset, of which a sample can be downloaded. " + best.note
			}
		case keptClosed:
			finding := audit.Denied
			if best.doc.Outcome == audit.Absent {
				finding = audit.NotFetched
			}
			*o = audit.From(best.doc, o.Fact, finding, best.note)
		}
	}
	return found
}

// bestFind is the most that was found at any of several places. Where one of them was not seen, more
// may be there, and that one is given; but not where all that can be was found at another.
func bestFind(finds []find) find {
	if len(finds) == 0 {
		return find{}
	}
	best := slices.MaxFunc(finds, func(a, b find) int { return cmp.Compare(a.what, b.what) })
	if best.what == holdsAll {
		return best
	}
	for _, f := range slices.Backward(finds) {
		if f.what == notSeen {
			return f
		}
	}
	return best
}

// dataIDs are the datasets of the hub that a quote names: by links, or as the whole
// of it, as an entry of front matter does.
func dataIDs(quote string) []string {
	var ids []string
	for _, m := range document.HubDataset.FindAllStringSubmatch(quote, -1) {
		ids = append(ids, m[1])
	}
	if strings.HasPrefix(quote, "datasets:") { // a quote from front matter begins with its key and ends with its entry
		quote = quote[strings.LastIndexAny(quote, "\n:,[")+1:]
	}
	if id := strings.Trim(strings.TrimSpace(quote), `"'-[], `); len(ids) == 0 && hub.ValidID(id) &&
		strings.Contains(id, "/") {
		ids = append(ids, id)
	}
	return ids
}

// RefusedLinks takes back what pages say of weights that lie at a link which the hub
// refuses: a promise is no download. A sentence that links several models stands as
// long as one of them is there.
func (in *Reader) RefusedLinks(found []audit.Observation) {
	for i := range found {
		o := &found[i]
		if o.Finding != audit.Present || !strings.HasPrefix(o.Fact, "weights.") ||
			!slices.Contains([]string{"published", "gate"}, path.Ext(o.Fact)[1:]) {
			continue
		}
		var refused *audit.Document
		there := false
		for _, m := range hubModelAt.FindAllStringSubmatch(o.Quote, -1) {
			d := in.modelAnswer(m[1])
			if d == nil || in.Given(m[1]) || d.Outcome != audit.Absent && !document.ShutOut(d) {
				there = true
				continue
			}
			refused = d
		}
		if refused == nil || there {
			continue
		}
		finding, _ := document.Unseen(refused)
		*o = audit.From(refused, o.Fact, cmp.Or(finding, audit.NotFetched),
			"A page offers the files there, and the hub refuses the link: it is private, or not there.")
	}
}

// modelAnswer is what the hub's interface answered on a model, or nil.
func (in *Reader) modelAnswer(id string) *audit.Document {
	for _, d := range in.Of(audit.DocModelAPI) {
		if strings.EqualFold(d.PlaceID, id) {
			return d
		}
	}
	return nil
}

// Data sets that front matter names, and that the hub did not show or was not asked for.

// unseenNote is the note of a dataset that front matter names and the hub did not show.
const unseenNote = FrontNote + "; that it is there was not seen."

// unseenData lists the looks at datasets that were in vain, of facts that they could raise: nothing shows other data of
// that training yet, nor that a part of it is kept back.
func (r *dataReader) unseenData() []audit.Observation {
	return slices.DeleteFunc(r.unseen, func(look audit.Observation) bool {
		return slices.ContainsFunc(r.found, func(o audit.Observation) bool {
			return o.Fact == look.Fact && (o.Value == "downloadable" || o.Note == PartNote)
		})
	})
}

// hubPages are the hub's pages of a dataset that were asked for: its answer and its card.
func (r *dataReader) hubPages(id string) []*audit.Document {
	return slices.DeleteFunc(r.Of(audit.DocDatasetAPI, audit.DocDataCard), func(d *audit.Document) bool {
		return !strings.EqualFold(d.PlaceID, strings.TrimSpace(id))
	})
}

// shownByHub reports whether the hub showed a page of a dataset, or its answer on it: a
// name in front matter is what somebody wrote, and not yet data.
func (r *dataReader) shownByHub(id string) bool {
	return slices.ContainsFunc(r.hubPages(id), document.Readable)
}

// notShown reports whether the hub was asked for datasets and showed nothing of this one.
func (r *dataReader) notShown(id string) bool {
	return len(r.Of(audit.DocDatasetAPI, audit.DocDataCard)) > 0 && !r.shownByHub(id)
}

// asked reports whether the hub was asked for a dataset.
func (r *dataReader) asked(id string) bool { return len(r.hubPages(id)) > 0 }

// lostDataset is the hub's page of a dataset that could not be looked at, or nil: what
// it would have shown is not known.
func (r *dataReader) lostDataset(id string) *audit.Document {
	if !r.notShown(id) {
		return nil
	}
	for _, d := range r.hubPages(id) {
		if _, lost := document.Unseen(d); lost {
			return d
		}
	}
	return nil
}
