package observe

import (
	"encoding/binary"
	"strings"
	"testing"

	"openness/audit"
	"openness/audit/observe/document"
)

// withHeader is the beginning of a safetensors file with some metadata.
func withHeader(id, metadata string) audit.Document {
	text := `{"__metadata__":` + metadata + `,"a.weight":{"dtype":"F16","shape":[1],"data_offsets":[0,2]}}`
	body := append(binary.LittleEndian.AppendUint64(nil, uint64(len(text))), text...)
	return audit.Document{URL: "https://huggingface.co/" + id + "/resolve/main/model.safetensors" + document.HeaderMark,
		Kind: audit.DocOther, Place: audit.HubModel, PlaceID: id,
		Role: audit.RoleEnd, Path: "model.safetensors", Outcome: audit.Fetched, Partial: true, Body: body,
		SHA256: audit.Hash(body)}
}

// TestHeaders: a header that names another licence or a base of another family than the
// card is a conflict with both quotes; one that agrees, or names an ancestor, is none.
func TestHeaders(t *testing.T) {
	for _, c := range []struct{ name, card, metadata, licence, base string }{
		{"agrees", "license: mit\nbase_model: reeds/heron-2b\n",
			`{"modelspec.license":"MIT","base_model":"reeds/heron-2b"}`, "", ""},
		{"another licence", "license: mit\nbase_model: reeds/heron-2b\n", `{"license":"cc-by-nc-4.0"}`,
			"weights: the tag says MIT, the header of model.safetensors says CC-BY-NC-4.0", ""},
		{"another base", "license: mit\nbase_model: reeds/heron-2b\n",
			`{"base_model":"https://huggingface.co/others/pipit-3b"}`, "",
			"base: the model's pages say reeds/heron-2b, the header of model.safetensors says others/pipit-3b"},
		{"an ancestor of the family", "license: mit\nbase_model: reeds/heron-2b\n",
			`{"base_model":"reeds/heron-base-2b"}`, "", ""},
		{"no licence's name", "license: mit\nbase_model: reeds/heron-2b\n", `{"license":"see the page"}`, "", ""},
		{"a file format", "license: mit\nbase_model: reeds/heron-2b\n", `{"format":"pt"}`, "", ""},
	} {
		copied := quantised(c.card, c.metadata)
		card, h := copied.docs[0], copied.docs[1]
		got := map[string][]string{}
		for _, o := range All(copied.s, copied.docs) {
			if o.Fact != "license.conflict.file_header" && o.Fact != "weights.conflicts" || o.Finding != audit.Present {
				continue
			}
			d := card
			if o.URL == h.URL {
				d = h
			}
			if o.Quote != string(d.Body[o.Start:o.End]) || o.Quote == "" {
				t.Errorf("%s: the quote %q is not what is stored", c.name, o.Quote)
			}
			got[o.Fact] = append(got[o.Fact], o.Value)
		}
		for fact, want := range map[string]string{"license.conflict.file_header": c.licence,
			"weights.conflicts": c.base} {
			sides := 2
			if want == "" {
				sides = 0
			}
			if len(got[fact]) != sides || sides > 0 && (got[fact][0] != want || got[fact][1] != want) {
				t.Errorf("%s: %s is %q, want %q twice", c.name, fact, got[fact], want)
			}
		}
	}
}

// quantised is a copy of a model with fewer bits: its card, with this front matter,
// and a file with this header.
func quantised(front, metadata string) together {
	const id = "mudflats/heron-2b-GGUF"
	card := pageOf(audit.DocModelCard, audit.RoleEnd, id,
		"---\n"+front+"---\n# Heron 2B, smaller\n\nA copy of a model with fewer bits.\n")
	s := audit.Subject{ID: id, Name: "heron-2b-GGUF", Organisation: "mudflats", Base: "reeds/heron-2b",
		Places: []audit.Place{
			{Kind: audit.HubModel, Role: audit.RoleEnd, ID: id}, {Kind: audit.HubModel, Role: audit.RoleBase,
				ID: "reeds/heron-2b"}}}
	return together{"a copy with fewer bits", s, []audit.Document{card, withHeader(id, metadata)}}
}

// TestHeaderTells: where no page says it, a header's licence and architecture are the model's.
func TestHeaderTells(t *testing.T) {
	const id = "mudflats/heron-2b"
	card := pageOf(audit.DocModelCard, audit.RoleEnd, id, "# Heron 2B\n\nA model of the delta.\n")
	h := withHeader(id, `{"general.architecture":"wader","architecture":"wader","license":"apache-2.0"}`)
	s := audit.Subject{ID: id, Name: "heron-2b", Organisation: "mudflats",
		Places: []audit.Place{{Kind: audit.HubModel, Role: audit.RoleEnd, ID: id}}}
	said := map[string]string{}
	for _, o := range All(s, []audit.Document{card, h}) {
		if o.Finding == audit.Present && o.URL == h.URL {
			said[o.Fact] = o.Value + " from " + o.Quote
		}
	}
	for fact, want := range map[string]string{"license.weights.id": "Apache-2.0 from apache-2.0",
		"docs.architecture": "mentioned from wader"} {
		if said[fact] != want {
			t.Errorf("%s: %q, want %q", fact, said[fact], want)
		}
	}
}

// TestTwinsDiffer: a licence, a gate or a file of weights that differs between two hubs
// is a conflict with both quotes, and twins that agree are none.
func TestTwinsDiffer(t *testing.T) {
	const list = `{"Code":200,"Success":true,"Data":{"Files":[{"Path":"model.safetensors","Type":"blob"},{"Path":"configuration.json","Type":"blob"}]}}`
	hashed := strings.Replace(list, `"Type":"blob"}`, `"Type":"blob","Sha256":"`+strings.Repeat("AB", 32)+
		`","Size":90}`, 1)
	for _, c := range []struct{ name, card, info, list, want string }{
		{"the same bytes", "", `"License":"Apache License 2.0"`, hashed, ""},
		{"other bytes", "", `"License":"Apache License 2.0"`, strings.Replace(hashed, "AB", "CD", 1),
			"weights.conflicts: files: model.safetensors has SHA-256 abababababab on Hugging Face and cdababababab on ModelScope"},
		{"another size", "", `"License":"Apache License 2.0"`, strings.Replace(list, `"Type":"blob"}`,
			`"Type":"blob","Size":91}`, 1),
			"weights.conflicts: files: model.safetensors has 90 bytes on Hugging Face and 91 on ModelScope"},
		{"public on both", "", `"License":"Apache License 2.0","Visibility":5`, list, ""},
		{"by application on one", "", `"License":"Apache License 2.0","Visibility":1,"ProtectedMode":1`, list,
			"weights.conflicts: gate: none on Hugging Face, manual on ModelScope"},
		{"agree", "license: Apache License 2.0\n", `"License":"Apache License 2.0"`, list, ""},
		{"licence of the card", "license: mit\n", `"License":"MIT License"`, list,
			"license.conflict.twin: weights: Hugging Face says Apache-2.0, ModelScope says MIT"},
		{"licence of the answer", "", `"License":"cc-by-nc-4.0"`, list,
			"license.conflict.twin: weights: Hugging Face says Apache-2.0, ModelScope says CC-BY-NC-4.0"},
		{"gate", "license: Apache License 2.0\nextra_gated_fields:\n  Company: text\n",
			`"License":"Apache License 2.0"`, list,
			"weights.conflicts: gate: none on Hugging Face, ModelScope asks for an application"},
		{"file", "license: Apache License 2.0\n", `"License":"Apache License 2.0"`,
			strings.Replace(list, "model.safetensors", "model-00001.safetensors", 1),
			"weights.conflicts: files: model.safetensors is on Hugging Face and not on ModelScope"},
	} {
		both := twins(c.card, c.info, c.list)
		var got []string
		for _, o := range All(both.s, both.docs) {
			if (o.Fact == "license.conflict.twin" || o.Fact == "weights.conflicts") && o.Finding == audit.Present {
				got = append(got, o.Fact+": "+o.Value)
				if o.Quote == "" {
					t.Errorf("%s: %s without a quote", c.name, o.Fact)
				}
			}
		}
		if c.want == "" && len(got) > 0 || c.want != "" && (len(got) != 2 || got[0] != c.want || got[1] != c.want) {
			t.Errorf("%s: %q, want %q twice", c.name, got, c.want)
		}
	}
}

// twins is a model on two hubs: as the second has it, the front matter of its card, what
// its answer says, and its files.
func twins(front, info, list string) together {
	const id = "reeds/heron-2b"
	second := func(kind audit.DocKind, url, body string) audit.Document {
		d := pageOf(kind, audit.RoleEnd, id, body)
		d.Place, d.URL = audit.ModelScopeModel, url
		return d
	}
	docs := []audit.Document{
		pageOf(audit.DocModelAPI, audit.RoleEnd, id,
			`{"id":"reeds/heron-2b","gated":false,"siblings":[{"rfilename":"model.safetensors","size":90,"lfs":{"sha256":"`+strings.Repeat("ab", 32)+`"}},{"rfilename":"README.md"}]}`),
		pageOf(audit.DocModelCard, audit.RoleEnd, id,
			"---\nlicense: apache-2.0\n---\n# Heron 2B\n\nA model of the delta.\n"),
		second(audit.DocModelAPI, "https://modelscope.cn/api/v1/models/reeds/heron-2b",
			`{"Code":200,"Success":true,"Data":{"Id":7,"Name":"heron-2b","Visibility":5,"Revision":"master",`+info+
				`}}`),
		second(audit.DocModelAPI,
			"https://modelscope.cn/api/v1/models/reeds/heron-2b/repo/files?Revision=master&Recursive=true", list),
		second(audit.DocModelCard, "https://modelscope.cn/models/reeds/heron-2b/resolve/master/README.md",
			"---\n"+front+"---\n# Heron 2B\n\nA model of the delta.\n")}
	return together{"a model on two hubs", audit.Subject{ID: id, Name: "heron-2b", Organisation: "reeds",
		Places: []audit.Place{
			{Kind: audit.HubModel, Role: audit.RoleEnd, ID: id}, {Kind: audit.ModelScopeModel, Role: audit.RoleEnd,
				ID: id}}}, docs}
}
