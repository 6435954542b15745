package data

import (
	"strings"

	"openness/audit/observe/document"
	"openness/audit/page"
)

// What a dataset was used for is often said in one place and its address given in
// another: "the corpus was used to pre-train the base", and a link in a list. A link
// that tells of no training is read with what the pages say elsewhere of the dataset.

// A datasetUse says for which trainings pages say that a dataset served.
type datasetUse struct{ pre, fine bool }

// datasetUses reads the model's pages and its base's for what each dataset of a hub
// served for, by its id in small letters.
func (r *dataReader) datasetUses() map[string]datasetUse {
	if r.uses != nil {
		return r.uses
	}
	r.uses = make(map[string]datasetUse)
	note := func(id string, pre, fine bool) {
		use := r.uses[strings.ToLower(id)]
		r.uses[strings.ToLower(id)] = datasetUse{use.pre || pre, use.fine || fine}
	}
	for _, d := range r.Makers() {
		for _, p := range r.Prose(d) {
			for _, id := range datasetIDs(p) {
				pre, fine := r.speaksOf(p.Text + " " + p.Heading)
				note(id, pre, fine)
			}
		}
	}
	for _, d := range r.BasePages() {
		if r.TunedItself(d) {
			continue
		}
		for _, f := range r.Card(d).Front.All("datasets") {
			note(f.Value, true, false)
		}
		for _, p := range r.Prose(d) {
			for _, id := range datasetIDs(p) {
				pre, fine := r.speaksOf(p.Text + " " + p.Heading)
				note(id, pre || !fine, fine)
			}
		}
	}
	return r.uses
}

// datasetIDs lists the datasets of a hub that a passage links.
func datasetIDs(p page.Passage) []string {
	var ids []string
	for _, m := range document.HubDataset.FindAllSubmatch(p.Raw(), maxDatasets) {
		ids = append(ids, string(m[1]))
	}
	return ids
}

// maxDatasets bounds how many datasets of one passage are read.
const maxDatasets = 20

// servedPretraining reports whether the pages say of a dataset that it served the
// pre-training, and nowhere that it served a later one.
func (r *dataReader) servedPretraining(id string) bool {
	use := r.datasetUses()[strings.ToLower(id)]
	return use.pre && !use.fine
}

// ofPretraining reports whether a passage that tells of no training links nothing but
// data that served the pre-training, where the model was tuned by the base's makers.
func (r *dataReader) ofPretraining(p page.Passage, context string) bool {
	if r.lineage != kinBase {
		return false
	}
	if pre, fine := r.speaksOf(context); pre || fine {
		return false
	}
	ids := datasetIDs(p)
	for _, id := range ids {
		if !r.servedPretraining(id) {
			return false
		}
	}
	return len(ids) > 0
}
