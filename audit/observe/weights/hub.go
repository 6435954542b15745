package weights

import (
	"bytes"
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/hub"
	"openness/audit/identity"
	"openness/audit/observe/document"
	"openness/audit/observe/sources"
	"openness/audit/observe/whose"
	"openness/audit/page"
	"openness/audit/pattern"
	"openness/audit/phrases"
)

// hubWeights reads what the hub itself says of one model: its answer, its card
// and the attempts to fetch its files.
func hubWeights(in *Reader, s Slot, id string) []audit.Observation {
	var out []audit.Observation
	for _, d := range in.Of(audit.DocModelAPI, audit.DocModelCard, audit.DocWeights) {
		if d.Role != s.Role || (id != "" && d.PlaceID != id && d.Place != audit.ModelScopeModel) {
			continue
		}
		switch {
		case d.Place == audit.ModelScopeModel && in.told(s.Role):
			out = append(out, published(scopeWeights(d, s), s)...)
		case d.Kind == audit.DocModelAPI && d.Place == audit.ModelScopeModel:
			out = append(out, scopeWeights(d, s)...)
		case d.Kind == audit.DocModelAPI:
			out = append(out, ApiWeights(d, s)...)
		case d.Kind == audit.DocModelCard:
			out = append(out, cardWeights(in, d, s, out)...)
		case document.Readable(d) || d.Status == 200:
			out = append(out, audit.From(d, s.Gate, audit.NotThere, "a weights file was served to an anonymous reader"))
		}
	}
	return out
}

// ApiWeights reads the answer of GET /api/models/ID.
func ApiWeights(d *audit.Document, s Slot) []audit.Observation {
	if f, lost := document.Unseen(d); lost {
		note := "the hub's answer on this model: " + document.Answer(d)
		return []audit.Observation{audit.From(d, s.Published, f, note), audit.From(d, s.Gate, f, note)}
	}
	if d.Outcome == audit.Absent {
		return []audit.Observation{noModel(d, s, "the hub knows no such model")}
	}
	fields := document.JSONFields(d.Body)
	if fields == nil {
		return []audit.Observation{audit.From(d, s.Published, audit.Unreadable, "the hub's answer is no JSON object"),
			audit.From(d, s.Gate, audit.Unreadable, "the hub's answer is no JSON object")}
	}
	if note := withheld(d.Body, fields); note != "" {
		return []audit.Observation{audit.From(d, s.Published, audit.NotThere, note)}
	}
	out := listedWeights(d, s, fields)
	if gate, ok := gateOf(d, fields); ok {
		if out[0].Finding == audit.Present {
			out[0] = withGate(d, out[0], fields["id"], gate)
		}
		out = append(out, audit.Observe(d, s.Gate, gate.Value, gate.Span, "the hub's gate for this model"))
	} else {
		out = append(out, audit.From(d, s.Gate, audit.NotFetched,
			"the hub's answer, as it was kept, does not tell whether anything is asked for"))
	}
	return out
}

// noModel reads that a hub knows no model of a name. Where nobody has seen one, the name
// may be wrong: nothing is known of the weights then.
func noModel(d *audit.Document, s Slot, note string) audit.Observation {
	if d.LastSeen.IsZero() {
		return audit.From(d, s.Published, audit.NotFetched, note+", and no earlier look found one")
	}
	return audit.From(d, s.Published, audit.NotThere, note)
}

// withheld says why the public gets no file of a model of which the hub answers all the same, or nothing.
func withheld(body []byte, fields map[string]audit.Span) string {
	says := func(key string) bool {
		v, ok := fields[key]
		return ok && string(body[v.Start:v.End]) == "true"
	}
	switch {
	case says("disabled"):
		return "the hub has disabled this model: it serves none of its files"
	case says("private"):
		return "the hub shows this model to its owners alone"
	}
	return ""
}

// withGate widens the quote of a list of files to what the same answer tells of the gate:
// who reads that files are there asks whether anybody may have them. Where the two stand
// too far apart to be read at a glance, it shows the model and its gate, and the note the
// files; else the files alone, since the gate is quoted for itself.
func withGate(d *audit.Document, listed audit.Observation, id audit.Span, gate document.Reading) audit.Observation {
	from := sources.WithKey(d.Body, gate.Span.Start)
	listed.Note += fmt.Sprintf(`; the same answer says "gated": %s`, d.Body[gate.Span.Start:gate.Span.End])
	for _, shown := range []audit.Span{
		{Start: min(from, listed.Start), End: max(gate.Span.End, listed.End)},
		{Start: min(from, listed.Start), End: max(gate.Span.End, firstNameEnd(d.Body, listed))},
		{Start: sources.WithKey(d.Body, min(from, id.Start)), End: max(gate.Span.End, id.End)},
	} {
		if shown.End-shown.Start <= page.LongestQuote {
			return audit.Observe(d, listed.Fact, listed.Value, shown, listed.Note)
		}
	}
	return listed
}

// firstNameEnd is where the first name of a file ends in a quote of several.
func firstNameEnd(body []byte, listed audit.Observation) int {
	if end := bytes.IndexByte(body[listed.Start:listed.End], '}'); end > 0 {
		return listed.Start + end
	}
	return listed.End
}

func gateOf(d *audit.Document, fields map[string]audit.Span) (document.Reading, bool) {
	span, ok := fields["gated"]
	if !ok {
		return document.Reading{}, false
	}
	switch strings.Trim(string(d.Body[span.Start:span.End]), `"`) {
	case "false":
		return document.Reading{Value: "none", Span: span}, true
	case "auto":
		return document.Reading{Value: "automatic", Span: span}, true
	case "manual", "true":
		return document.Reading{Value: "manual", Span: span}, true
	}
	return document.Reading{}, false
}

// listedWeights looks for weights in the list of files.
func listedWeights(d *audit.Document, s Slot, fields map[string]audit.Span) []audit.Observation {
	siblings, ok := fields["siblings"]
	if !ok {
		return []audit.Observation{audit.From(d, s.Published, audit.NotFetched,
			"the recorded answer leaves the list of files out")}
	}
	if d.Body[siblings.Start] != '[' {
		return []audit.Observation{audit.From(d, s.Published, audit.Unreadable, "the hub's list of files is no list")}
	}
	return weighFiles(d, s, document.JSONStrings(d.Body, siblings, "rfilename"))
}

// scopeWeights reads ModelScope's list of a model's files, and of its answer on the
// model whether it is kept from the public. That it is public is not read as no gate:
// a file that is served to everybody shows that.
func scopeWeights(d *audit.Document, s Slot) []audit.Observation {
	if f, lost := document.Unseen(d); lost {
		return []audit.Observation{audit.From(d, s.Published, f, "ModelScope's answer on this model: "+document.Answer(d))}
	}
	if d.Outcome == audit.Absent {
		return []audit.Observation{noModel(d, s, "ModelScope knows no such model")}
	}
	if !strings.Contains(d.URL, "/repo/files") {
		if m, err := hub.ParseScope(d.Body); err == nil && m.Gate == "manual" {
			return []audit.Observation{audit.Observe(d, s.Gate, m.Gate, m.GateSpan,
				"ModelScope's visibility of this model")}
		}
		return nil
	}
	data, ok := document.JSONFields(d.Body)["Data"]
	if !ok {
		return nil
	}
	out := weighFiles(d, s, document.JSONStrings(d.Body, data, "Path"))
	return append(out, audit.From(d, s.Gate, audit.NotFetched, "the list of files does not tell of a gate"))
}

// weighFiles looks for weights among the listed files of a model.
func weighFiles(d *audit.Document, s Slot, files []document.Reading) []audit.Observation {
	adapter, found := document.Reading{}, false
	for _, f := range usualFirst(files) {
		if !weightsFile(f.Value) {
			continue
		}
		if strings.HasPrefix(path.Base(f.Value), "adapter_model") {
			adapter, found = f, true
			continue
		}
		shown, whole := filesAround(d.Body, files, f)
		out := []audit.Observation{audit.Observe(d, s.Published, "true", shown,
			fmt.Sprintf("the hub's list of %s holds %d files of weights among %d", d.PlaceID, whole, len(files)))}
		if s.Delta != "" && !deltaName.MatchString(d.PlaceID) {
			out = append(out, audit.From(d, s.Delta, audit.NotThere,
				"whole weights are listed under a name that claims no difference"))
		}
		return out
	}
	if found {
		out := []audit.Observation{audit.Observe(d, s.Published, "true", adapter.Span, "an adapter is listed")}
		if s.Delta != "" {
			out = append(out, audit.Observe(d, s.Delta, "true", adapter.Span, "only an adapter is listed"))
		}
		return out
	}
	if d.Partial {
		return []audit.Observation{audit.From(d, s.Published, audit.NotFetched, "the list of files is not complete")}
	}
	if i := slices.IndexFunc(files, func(f document.Reading) bool { return !plainFile.MatchString(f.Value) }); i >= 0 {
		return []audit.Observation{audit.From(d, s.Published, audit.Unreadable,
			fmt.Sprintf("whether %q or another of the %d files that the hub lists holds weights is not known",
				files[i].Value, len(files)))}
	}
	return []audit.Observation{audit.From(d, s.Published, audit.NotThere,
		fmt.Sprintf("none of the %d files that the hub lists holds weights", len(files)))}
}

// filesAround is a file of a list with those of its kind behind it, as far as a quote
// goes, and how many files of weights the list holds. One name of many shows less.
func filesAround(body []byte, files []document.Reading, first document.Reading) (shown audit.Span, whole int) {
	shown = first.Span
	for _, f := range files {
		if !weightsFile(f.Value) {
			continue
		}
		whole++
		next := f.Span.Start >= shown.End && f.Span.End-shown.Start <= page.LongestQuote &&
			path.Ext(f.Value) == path.Ext(first.Value)
		if next && !bytes.ContainsRune(body[shown.End:f.Span.Start], '[') && bytes.Count(body[shown.End:f.Span.Start],
			[]byte("{")) == 1 {
			shown.End = f.Span.End
		}
	}
	return shown, whole
}

// plainFile matches a file that holds no weights for certain: text, settings,
// code, pictures, sound, a tokenizer, the state of a trainer, or a name without
// any type.
var plainFile = phrases.ExpressionOf("weights.plain-file")

// usualFirst puts the formats first that a reader knows for weights.
func usualFirst(files []document.Reading) []document.Reading {
	rank := func(f document.Reading) int {
		return slices.Index([]string{".onnx", ".tflite", ".h5", ".msgpack", ".gguf", ".bin", ".safetensors"},
			path.Ext(f.Value))
	}
	sorted := slices.Clone(files)
	slices.SortStableFunc(sorted, func(a, b document.Reading) int { return cmp.Compare(rank(b), rank(a)) })
	return sorted
}

// deltaName matches an id that says that its files are a difference to others.
var deltaName = pattern.MustCompile(`(?i)(^|[-_/.])(delta|diff|adapter|lora|qlora)([-_.]|$)`)

// weightsFile reports whether a file of this name holds model parameters.
func weightsFile(name string) bool {
	base := strings.ToLower(path.Base(name))
	switch path.Ext(base) {
	case ".safetensors", ".gguf", ".ggml", ".ckpt", ".pth", ".pt", ".h5", ".msgpack", ".nemo", ".onnx", ".tflite",
		".llamafile", ".pdparams", ".distcp", ".npz":
		return !strings.Contains(base, "optimizer") && !strings.Contains(base, "scheduler")
	case ".bin":
		return !strings.HasPrefix(base, "training_args") && !strings.Contains(base, "optimizer")
	}
	return false
}

// hubHoldsNone reports whether the hub itself said that it has no weights of a
// model: no such model, or a list of files without any. A card that loads the
// model and a page that links it were then written for files that are gone, or
// have not come yet.
func (in *Reader) hubHoldsNone(known []audit.Observation, s Slot) bool {
	none := slices.ContainsFunc(known, func(o audit.Observation) bool {
		if o.Fact != s.Published {
			return false
		}
		d := in.Document(&o)
		return o.Finding == audit.NotThere || o.Finding == audit.NotFetched && d != nil && d.Outcome == audit.Absent
	})
	return none && !sources.Found(known, s.Published)
}

// cardWeights reads a model's own card: a snippet that loads it, or front
// matter that declares how it is loaded. What the hub said before of its files
// goes before what the card says of them.
func cardWeights(in *Reader, d *audit.Document, s Slot, known []audit.Observation) []audit.Observation {
	if !document.Readable(d) {
		return nil
	}
	var out []audit.Observation
	none := in.hubHoldsNone(known, s)
	form := gateForm(d) && !sources.Found(known, s.Gate)
	if form {
		out = append(out, audit.From(d, s.Gate, audit.NotFetched,
			"the card holds the text of a form before the download; whether it stands, the hub's answer alone tells"))
	}
	if !none && !sources.Found(out, s.Published) && !sources.Found(known, s.Published) {
		if span, note, ok := loadable(in, d); ok {
			out = append(out, audit.Observe(d, s.Published, "true", span, note))
			if whose.ModeOf(string(d.Body[span.Start:span.End])) == audit.Conditional {
				out = append(out, audit.Observe(d, s.Gate, "manual", span, note+"; it gives them on request"))
			} else if logsIn.Match(d.Body) {
				out = append(out, audit.From(d, s.Gate, audit.NotFetched, afterLogIn))
			} else if in.onlyClaims(d, span, s.Role) {
				out = append(out, audit.From(d, s.Gate, audit.NotFetched, unshown))
			} else if _, gated := in.gateSentence(d); !gated && !form {
				out = append(out, audit.Observe(d, s.Gate, "none", span, note+"; the card asks for nothing first"))
			}
		}
	}
	if s.Delta != "" {
		if span, ok := deltaSentence(d.Body); ok {
			out = append(out, audit.Observe(d, s.Delta, "true", span,
				"the card says that the files are a difference to other weights"))
		} else if span, ok := adapterAt(d); ok && !wholeListed(known, s) {
			out = append(out, audit.Observe(d, s.Delta, "true", span,
				"the card loads the files as an adapter of other weights"))
		}
	}
	return out
}

// gateForm reports whether a card's front matter holds the text that the hub
// shows before a download. It stays in the card when the gate is taken away, so
// it tells of no gate; but its card does not show that there is none.
func gateForm(d *audit.Document) bool {
	for _, key := range []string{"extra_gated_fields", "extra_gated_prompt", "extra_gated_heading",
		"extra_gated_button_content"} {
		if _, ok := page.FrontLine(d.Body, key); ok {
			return true
		}
	}
	return false
}

// offerNotes say what a mention of a model's own id on its card is, by how
// plainly it offers the files.
var offerNotes = [...]string{"the card names the model by its hub id", "the card links the model by its hub id"}

// loadable finds the text of a card that shows the weights can be loaded.
func loadable(in *Reader, d *audit.Document) (audit.Span, string, bool) {
	var best audit.Span
	most := -1
	for _, m := range document.Mentions(d.Body, d.PlaceID) {
		if span, plain := in.OfferAt(d, m); plain > most {
			best, most = span, plain
		}
	}
	if most > 0 {
		if most > len(offerNotes) {
			return best, offerNote(string(document.Bytes(d, best)), d.PlaceID), true
		}
		return best, offerNotes[most-1], true
	}
	for _, at := range fromPretrained.FindAllIndex(d.Body, 20) {
		span := document.CallAt(d.Body, at[0])
		other := quotedID.FindSubmatch(d.Body[at[0]:span.End])
		if !document.LoadsOther.Match(d.Body[span.Start:span.End]) && (other == nil && !in.loadsOriginal(d) ||
			other != nil && identity.SameName(string(other[1]), d.PlaceID)) {
			return span, offerNote(string(document.Bytes(d, span)), d.PlaceID), true
		}
	}
	if s, parts := in.releaseSentence(d, d.PlaceID, ""); parts >= 0 {
		return s, "the card says that the weights are released", true
	}
	if span, ok := page.FrontLine(d.Body, "library_name"); ok {
		return span, "the card declares what loads the hub's files", true
	}
	return audit.Span{}, "", false
}

var fromPretrained = pattern.MustCompile(`from_pretrained\(|vllm serve|snapshot_download\(|pipeline\(\s*["']`)

// delta matches a statement that the files are useless without others.
var delta = phrases.ExpressionOf("weights.delta")

func deltaSentence(body []byte) (audit.Span, bool) {
	found := delta.FindAllIndex(body, 10)
	if found == nil {
		return audit.Span{}, false
	}
	for _, at := range found {
		if span := page.Line(body, at[0]); body[span.Start] != '#' {
			return span, true
		}
	}
	return page.Line(body, found[0][0]), true // a heading alone
}

// adapterCall matches the call that loads an adapter, up to the id of it.
var adapterCall = phrases.ExpressionOf("weights.adapter-call")

// adapterAt finds where a card shows that its files are an adapter: in its front
// matter, or as the call that loads them onto another model.
func adapterAt(d *audit.Document) (audit.Span, bool) {
	for _, field := range [][2]string{{"base_model_relation", "adapter"}, {"library_name", "peft"}} {
		if span, ok := page.FrontLine(d.Body, field[0]); ok &&
			strings.HasSuffix(strings.TrimRight(string(document.Bytes(d, span)), " '\""), field[1]) {
			return span, true
		}
	}
	for _, m := range adapterCall.FindAllSubmatchIndex(d.Body, 20) {
		if strings.EqualFold(string(d.Body[m[2]:m[3]]), d.PlaceID) {
			return document.CallAt(d.Body, m[0]), true
		}
	}
	return audit.Span{}, false
}

// wholeListed reports whether the hub lists whole weights of the model.
func wholeListed(known []audit.Observation, s Slot) bool {
	return slices.ContainsFunc(known, func(o audit.Observation) bool {
		return o.Fact == s.Delta && o.Finding == audit.NotThere
	})
}
