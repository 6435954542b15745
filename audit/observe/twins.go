package observe

import (
	"fmt"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/hub"
	"openness/audit/page"
	"openness/audit/page/jsonspan"
	"openness/audit/pattern"
)

// A model may live on two hubs. What either shows counts; but where the first
// hub answered in full, a copy elsewhere that could not be looked at, or is not
// there, takes nothing away: its page would have been the same page again. Nor
// does one that nobody named and the crawl tried for want of the first.

// spareCopies returns the documents without those of the second hub that gave
// nothing and are not missed.
func spareCopies(s audit.Subject, docs []audit.Document) []audit.Document {
	had := make(map[audit.DocKind]bool)
	for i := range docs {
		if d := &docs[i]; d.Place == audit.HubModel && d.Role == audit.RoleEnd && readable(d) {
			had[d.Kind] = true
		}
	}
	p, _ := s.Place(audit.ModelScopeModel, audit.RoleEnd)
	if p.Given && (!had[audit.DocModelAPI] || !had[audit.DocModelCard]) {
		return docs
	}
	return slices.DeleteFunc(slices.Clone(docs), func(d audit.Document) bool {
		return d.Place == audit.ModelScopeModel && d.Role == audit.RoleEnd && !readable(&d)
	})
}

// told reports whether Hugging Face answered about the model in a role. What
// stands before its weights is then known from there.
func (in *input) told(role audit.Role) bool {
	return slices.ContainsFunc(in.of(audit.DocModelAPI), func(d *audit.Document) bool {
		return d.Place == audit.HubModel && d.Role == role && readable(d)
	})
}

// published keeps of what a second hub shows that the weights are there.
func published(found []audit.Observation, s slot) []audit.Observation {
	return slices.DeleteFunc(found, func(o audit.Observation) bool {
		return o.Fact != s.published || o.Finding != audit.Present
	})
}

// scopeLicence reads the licence that ModelScope states of a model. A card that
// was read speaks for itself.
func scopeLicence(d *audit.Document, carded bool) []licence {
	if carded {
		return nil
	}
	return scopeTag(d)
}

// scopeTag is the licence that ModelScope's answer on a model names, in its own words
// ("Apache License 2.0").
func scopeTag(d *audit.Document) []licence {
	values, err := jsonspan.Values(d.Body)
	if err != nil {
		return nil
	}
	for _, v := range values {
		if v.Path != "Data.License" || v.Kind != 's' {
			continue
		}
		if id := normalizeTag(v.Text); understood(id) {
			return []licence{{component: whose(d), id: id, source: fromTag, doc: d, span: v.Span}}
		}
	}
	return nil
}

// twinLicences lists where the pages of one model on two hubs name different
// licences, both sides quoted.
func (in *input) twinLicences(all []licence) []conflict {
	sides := make(map[audit.PlaceKind][]licence)
	for _, d := range in.of(audit.DocModelAPI) {
		if d.Place == audit.ModelScopeModel && d.Role == audit.RoleEnd && readable(d) {
			all = append(all, scopeTag(d)...)
		}
	}
	for _, l := range all {
		if l.component == "weights" && l.source == fromTag && l.doc.Role == audit.RoleEnd && l.understood() &&
			!l.vague && l.limit == nil {
			sides[l.doc.Place] = append(sides[l.doc.Place], l)
		}
	}
	for _, one := range sides[audit.HubModel] {
		for _, other := range sides[audit.ModelScopeModel] {
			if one.id != other.id && !slices.ContainsFunc(sides[audit.HubModel], func(l licence) bool {
				return l.id == other.id
			}) {
				return []conflict{{"twin", fmt.Sprintf("weights: Hugging Face says %s, ModelScope says %s", one.id,
					other.id), one.side(), other.side()}}
			}
		}
	}
	return nil
}

// twinsDiffer lists where one model's two hubs differ in the files of weights that they
// hold or in what stands before them, both sides quoted.
func (in *input) twinsDiffer() []audit.Observation {
	var out []audit.Observation
	differ := func(said string, a *audit.Document, at audit.Span, b *audit.Document, bt audit.Span) {
		out = append(out, audit.Observe(a, "weights.conflicts", said, at, "what Hugging Face says"),
			audit.Observe(b, "weights.conflicts", said, bt, "what ModelScope says"))
	}
	for _, hf := range in.of(audit.DocModelAPI) {
		if hf.Place != audit.HubModel || hf.Role != audit.RoleEnd || !readable(hf) || hf.Partial {
			continue
		}
		fields := jsonFields(hf.Body)
		gate, gated := gateOf(hf, fields)
		for _, d := range in.of(audit.DocModelAPI, audit.DocModelCard) {
			if d.Place != audit.ModelScopeModel || d.Role != audit.RoleEnd || !readable(d) || d.Partial {
				continue
			}
			switch {
			case d.Kind == audit.DocModelCard:
				if f, asked := in.scopeGate(d); asked && gated && gate.value == "none" {
					differ("gate: none on Hugging Face, ModelScope asks for an application", hf, gate.span, d, f)
				}
			case strings.Contains(d.URL, "/repo/files"):
				if said, at, bt := filesDiffer(hf, d); said != "" {
					differ("files: "+said, hf, at, d, bt)
				}
			default:
				if m, err := hub.ParseScope(d.Body); err == nil && m.Gate != "" && gated &&
					(m.Gate == "none") != (gate.value == "none") {
					differ("gate: "+gate.value+" on Hugging Face, "+m.Gate+" on ModelScope", hf, gate.span, d,
						m.GateSpan)
				}
			}
		}
	}
	return out
}

// A twinFile is a file of weights as a hub lists it. Hash and size are empty where the
// list does not tell them.
type twinFile struct {
	path, hash, size string
	at               audit.Span // of the path, or of the hash where there is one
}

// filesDiffer compares the files of weights that two hubs list of one model: which are
// there, and of those on both sides hash and size. It says what differs, and where
// either list says so.
func filesDiffer(hf, scope *audit.Document) (said string, at, bt audit.Span) {
	ours, theirs := hubFiles(hf), scopeFiles(scope)
	if len(ours) == 0 || len(theirs) == 0 {
		return "", at, bt // where neither side has any, the theme of weights says so
	}
	if f, only := missingIn(ours, theirs); only {
		return f.path + " is on Hugging Face and not on ModelScope", f.at, theirs[0].at
	}
	if f, only := missingIn(theirs, ours); only {
		return f.path + " is on ModelScope and not on Hugging Face", ours[0].at, f.at
	}
	for _, a := range ours {
		b := theirs[slices.IndexFunc(theirs, func(o twinFile) bool { return o.path == a.path })]
		switch {
		case a.hash != "" && b.hash != "" && a.hash != b.hash:
			return fmt.Sprintf("%s has SHA-256 %.12s on Hugging Face and %.12s on ModelScope", a.path, a.hash, b.hash),
				a.at, b.at
		case (a.hash == "" || b.hash == "") && a.size != "" && b.size != "" && a.size != b.size:
			return fmt.Sprintf("%s has %s bytes on Hugging Face and %s on ModelScope", a.path, a.size, b.size), a.at,
				b.at
		}
	}
	return "", at, bt
}

// hubFiles are the files of weights that Hugging Face's answer lists. It tells sizes
// and hashes only where they were asked for.
func hubFiles(d *audit.Document) []twinFile {
	m, err := hub.ParseModel(d.Body)
	if err != nil {
		return nil
	}
	byEntry := make(map[int]*twinFile)
	var order []int
	for _, v := range m.Values {
		f := byEntry[v.Entry]
		if f == nil && strings.HasPrefix(v.Path, "siblings.") {
			f = &twinFile{}
			byEntry[v.Entry], order = f, append(order, v.Entry)
		}
		switch v.Path {
		case "siblings.rfilename":
			f.path = v.Text
			if f.hash == "" {
				f.at = v.Span
			}
		case "siblings.size":
			f.size = v.Text
		case "siblings.lfs.sha256":
			f.hash, f.at = strings.ToLower(v.Text), v.Span
		}
	}
	var files []twinFile
	for _, e := range order {
		if weightsFile(byEntry[e].path) {
			files = append(files, *byEntry[e])
		}
	}
	return files
}

// scopeFiles are the files of weights that ModelScope lists.
func scopeFiles(d *audit.Document) []twinFile {
	entries, err := hub.ParseScopeFiles(d.Body)
	if err != nil {
		return nil
	}
	var files []twinFile
	for _, e := range entries {
		f := twinFile{e.Path, e.SHA256, e.Size, e.Span}
		if f.hash != "" {
			f.at = e.Hash
		}
		if weightsFile(f.path) {
			files = append(files, f)
		}
	}
	return files
}

// missingIn gives the first file of one list that another lacks.
func missingIn(list, other []twinFile) (twinFile, bool) {
	for _, f := range list {
		if !slices.ContainsFunc(other, func(o twinFile) bool { return o.path == f.path }) {
			return f, true
		}
	}
	return twinFile{}, false
}

// scopeGate finds in a card's front matter on ModelScope the form that is to be filled
// in before the download (modelscope.cn's pages on gated models: "extra_gated_fields").
func (in *input) scopeGate(d *audit.Document) (audit.Span, bool) {
	c := in.card(d)
	front := d.Body[:c.Body.Start]
	at := scopeGated.FindIndex(front)
	if at == nil {
		return audit.Span{}, false
	}
	return page.Line(d.Body, at[0]), true
}

// scopeGated matches the entries of such a form.
var scopeGated = pattern.MustCompile(`(?m)^\s*extra[-_]gated(?:[-_](?:fields|prompt|licen[cs]e))?:`)
