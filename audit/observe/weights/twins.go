package weights

import (
	"fmt"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/hub"
	"openness/audit/observe/document"
	"openness/audit/page"
	"openness/audit/pattern"
)

// told reports whether Hugging Face answered about the model in a role. What
// stands before its weights is then known from there.
func (in *Reader) told(role audit.Role) bool {
	return slices.ContainsFunc(in.Of(audit.DocModelAPI), func(d *audit.Document) bool {
		return d.Place == audit.HubModel && d.Role == role && document.Readable(d)
	})
}

// published keeps of what a second hub shows that the weights are there.
func published(found []audit.Observation, s Slot) []audit.Observation {
	return slices.DeleteFunc(found, func(o audit.Observation) bool {
		return o.Fact != s.Published || o.Finding != audit.Present
	})
}

// twinsDiffer lists where one model's two hubs differ in the files of weights that they
// hold or in what stands before them, both sides quoted.
func (in *Reader) twinsDiffer() []audit.Observation {
	var out []audit.Observation
	differ := func(said string, a *audit.Document, at audit.Span, b *audit.Document, bt audit.Span) {
		out = append(out, audit.Observe(a, "weights.conflicts", said, at, "what Hugging Face says"),
			audit.Observe(b, "weights.conflicts", said, bt, "what ModelScope says"))
	}
	for _, hf := range in.Of(audit.DocModelAPI) {
		if hf.Place != audit.HubModel || hf.Role != audit.RoleEnd || !document.Readable(hf) || hf.Partial {
			continue
		}
		fields := document.JSONFields(hf.Body)
		gate, gated := gateOf(hf, fields)
		for _, d := range in.Of(audit.DocModelAPI, audit.DocModelCard) {
			if d.Place != audit.ModelScopeModel || d.Role != audit.RoleEnd || !document.Readable(d) || d.Partial {
				continue
			}
			switch {
			case d.Kind == audit.DocModelCard:
				if f, asked := in.scopeGate(d); asked && gated && gate.Value == "none" {
					differ("gate: none on Hugging Face, ModelScope asks for an application", hf, gate.Span, d, f)
				}
			case strings.Contains(d.URL, "/repo/files"):
				if said, at, bt := filesDiffer(hf, d); said != "" {
					differ("files: "+said, hf, at, d, bt)
				}
			default:
				if m, err := hub.ParseScope(d.Body); err == nil && m.Gate != "" && gated &&
					(m.Gate == "none") != (gate.Value == "none") {
					differ("gate: "+gate.Value+" on Hugging Face, "+m.Gate+" on ModelScope", hf, gate.Span, d,
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
func (in *Reader) scopeGate(d *audit.Document) (audit.Span, bool) {
	c := in.Card(d)
	front := d.Body[:c.Body.Start]
	at := scopeGated.FindIndex(front)
	if at == nil {
		return audit.Span{}, false
	}
	return page.Line(d.Body, at[0]), true
}

// scopeGated matches the entries of such a form.
var scopeGated = pattern.MustCompile(`(?m)^\s*extra[-_]gated(?:[-_](?:fields|prompt|licen[cs]e))?:`)
