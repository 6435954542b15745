package licences

import (
	"slices"
	"strings"
	"testing"

	"openness/audit"
)

// A dispute is documents and the kinds of conflict that they hold.
type dispute struct {
	name  string
	docs  []audit.Document
	kinds string
}

func TestConflictsOfSources(t *testing.T) {
	apache := apacheText(t)
	limited := strings.Replace(apache, "worldwide, non-exclusive",
		"worldwide, for non-commercial purposes only, non-exclusive", 1)
	if limited == apache {
		t.Fatal("the text of the licence is not what this test changes")
	}
	readme := func(text string) audit.Document {
		return pageOf(audit.DocReadme, audit.RoleCode, "acme/falco", text+"\n")
	}
	repository := pageOf(audit.DocRepoAPI, audit.RoleCode, "acme/falco",
		`{"full_name":"acme/falco","license":{"spdx_id":"MIT"}}`)
	file := func(path, text string) audit.Document {
		return legal(audit.GitHubRepo, audit.RoleCode, "acme/falco", path, text)
	}
	const research = "FALCO MODEL AGREEMENT\nYou may use the model and its weights for research. A model made from the model keeps these terms. Models are not for sale.\n"
	const neutral = "FALCO MODEL AGREEMENT\nYou may use the model and its weights. A model made from the model keeps these terms. Models keep their names.\n"
	checkDisputes(t, model(tuned, ""), []dispute{
		{"tag against text", []audit.Document{front(audit.RoleEnd, tuned, "license: mit", ""),
			legal(audit.HubModel, audit.RoleEnd, tuned, "LICENSE", apache)}, "tag_text"},
		{"tag and text agree", []audit.Document{front(audit.RoleEnd, tuned, "license: apache-2.0", ""),
			legal(audit.HubModel, audit.RoleEnd, tuned, "LICENSE", apache)}, ""},
		{"tag against text that was not fetched", []audit.Document{front(audit.RoleEnd, tuned, "license: mit", ""),
			lost(audit.DocLicense, audit.RoleEnd, tuned, audit.Refused)}, ""},
		{"a tag of other", []audit.Document{front(audit.RoleEnd, tuned, "license: other\nlicense_name: falco", ""),
			legal(audit.HubModel, audit.RoleEnd, tuned, "LICENSE", apache)}, ""},
		{"tag against a text that nobody knows", []audit.Document{front(audit.RoleEnd, tuned, "license: mit", ""),
			legal(audit.HubModel, audit.RoleEnd, tuned, "LICENSE", strings.Repeat(neutral, 5))}, ""},
		{"tag against such a text that limits", []audit.Document{front(audit.RoleEnd, tuned, "license: mit", ""),
			legal(audit.HubModel, audit.RoleEnd, tuned, "LICENSE", strings.Repeat(research, 5))}, "tag_text"},
		{"a changed text under the original's tag", []audit.Document{front(audit.RoleEnd, tuned, "license: apache-2.0",
			""), legal(audit.HubModel, audit.RoleEnd, tuned, "LICENSE", limited)}, "modified_text"},
		{"a changed text under another's tag", []audit.Document{front(audit.RoleEnd, tuned, "license: mit", ""),
			legal(audit.HubModel, audit.RoleEnd, tuned, "LICENSE", limited)}, "tag_text"},
		{"two texts of which one is the tag's", []audit.Document{front(audit.RoleEnd, tuned, "license: mit", ""),
			legal(audit.HubModel, audit.RoleEnd, tuned, "LICENSE", apache),
			legal(audit.HubModel, audit.RoleEnd, tuned, "LICENSE-MIT", mitText)}, ""},
		{"the forge's guess against the text", []audit.Document{repository, readme("# Falco"), file("LICENSE", apache)},
			"forge_text"},
		{"the forge's guess and the text agree", []audit.Document{repository, readme("# Falco"),
			file("LICENSE", mitText)}, ""},
		{"the forge's guess alone", []audit.Document{repository, readme("# Falco")}, ""},
		{"prose against the tag", []audit.Document{front(audit.RoleEnd, tuned, "license: apache-2.0",
			"The model weights are released under the CC BY-NC 4.0 license.")}, "prose"},
		{"prose on others", []audit.Document{front(audit.RoleEnd, tuned, "license: apache-2.0",
			"The models with `-x-` are under the CC BY-NC 4.0 license.")}, ""},
		{"prose on the base's weights", []audit.Document{front(audit.RoleEnd, tuned, "license: apache-2.0",
			"License for base weights: CC BY-NC 4.0 license.")}, ""},
		{"the hub's tag against the repository's statement on the weights",
			[]audit.Document{front(audit.RoleEnd, tuned, "license: mit", ""),
				readme("# Falco\nThe model weights are released under the CC BY-NC 4.0 license.")}, "hub_repository"},
		{"the hub's tag against the licence file for the weights",
			[]audit.Document{front(audit.RoleEnd, tuned, "license: mit", ""), readme("# Falco"),
				file("MODEL_LICENSE", apache)}, "hub_repository"},
		{"the repository's code under another licence", []audit.Document{front(audit.RoleEnd, tuned, "license: mit",
			""), readme("# Falco"), file("LICENSE", apache)}, ""},
		{"a repository of other makers", []audit.Document{front(audit.RoleEnd, tuned, "license: mit", ""),
			pageOf(audit.DocReadme, audit.RoleCode, "someone/falco-tools",
				"# Falco tools\nThe model weights are released under the CC BY-NC 4.0 license.\n")}, ""},
	})
}

func TestConflictsOfLineage(t *testing.T) {
	base := func(tag string) audit.Document { return front(audit.RoleBase, ground, "license: "+tag, "") }
	own := func(tag, prose string) audit.Document {
		return front(audit.RoleEnd, tuned, "license: "+tag+"\nbase_model: "+ground, prose)
	}
	files := []string{"README.md", "model.safetensors"}
	checkDisputes(t, model(tuned, ground), []dispute{
		{"commercial use that the base excludes", []audit.Document{own("mit", ""), base("cc-by-nc-4.0")},
			"claims_more"},
		{"community terms that the base has", []audit.Document{own("apache-2.0", ""), base("llama2")}, "claims_more"},
		{"adapted versions that the base excludes", []audit.Document{own("cc-by-4.0", ""), base("cc-by-nd-4.0")},
			"claims_more"},
		{"the base's licence named in prose",
			[]audit.Document{own("apache-2.0", "The model weights are subject to the Llama 2 Community License."),
				base("llama2")}, "prose"},
		{"the same licence", []audit.Document{own("cc-by-nc-4.0", ""), base("cc-by-nc-4.0")}, ""},
		{"a narrower licence", []audit.Document{own("cc-by-nc-4.0", ""), base("apache-2.0")}, ""},
		{"open licences of two kinds", []audit.Document{own("mit", ""), base("apache-2.0")}, ""},
		{"another version of one family", []audit.Document{own("llama2", ""), base("llama3.1"), answer(tuned, "", nil)},
			"attribution naming"},
		{"a base whose licence could not be read", []audit.Document{own("mit", ""),
			lost(audit.DocModelCard, audit.RoleBase, ground, audit.Refused)}, ""},
		{"a base under terms that nobody knows", []audit.Document{own("mit", ""), front(audit.RoleBase, ground,
			"license: other\nlicense_name: condor-terms", "")}, ""},
		{"a base that is inferred only", []audit.Document{front(audit.RoleEnd, tuned, "license: mit", ""),
			base("cc-by-nc-4.0")}, ""},
		{"a base that a sentence names", []audit.Document{front(audit.RoleEnd, tuned, "license: mit",
			"The backbone is a Condor-13B transformer that we trained further."), base("cc-by-nc-4.0")}, "claims_more"},
		{"a base in a table of bases", []audit.Document{front(audit.RoleEnd, tuned, "license: mit",
			"\n| Model | Base model |\n|---|---|\n| Falco-7B-Chat | [Condor-13B](https://huggingface.co/rival/Condor-13B) |"), base("cc-by-nc-4.0")}, "claims_more"},
		{"a model that it is compared with", []audit.Document{front(audit.RoleEnd, tuned, "license: mit",
			"It is better than Condor-13B."), base("cc-by-nc-4.0")}, ""},
		{"use restrictions dropped", []audit.Document{own("mit", ""), base("creativeml-openrail-m")},
			"restrictions_dropped"},
		{"use restrictions kept", []audit.Document{own("bigscience-openrail-m", ""), base("creativeml-openrail-m")},
			""},
		{"share-alike broken", []audit.Document{own("cc-by-4.0", ""), base("cc-by-sa-4.0")}, "share_alike"},
		{"share-alike kept", []audit.Document{own("cc-by-sa-4.0", ""), base("cc-by-sa-3.0")}, ""},
		{"no copy among the files", []audit.Document{own("apache-2.0", ""), base("apache-2.0"),
			answer(tuned, "", files)}, "missing_text"},
		{"a copy among the files", []audit.Document{own("apache-2.0", ""), base("apache-2.0"),
			answer(tuned, "", append([]string{"LICENSE"}, files...))}, ""},
		{"files that are not known", []audit.Document{own("apache-2.0", ""), base("apache-2.0"),
			answer(tuned, "", nil)}, ""},
		{"a base that asks for no copy", []audit.Document{own("cc-by-4.0", ""), base("cc-by-4.0"),
			answer(tuned, "", files)}, ""},
		{"a name and a phrase that the base asks for", []audit.Document{own("llama3", ""), base("llama3"),
			answer(tuned, "", nil)}, "attribution naming"},
		{"the phrase is shown", []audit.Document{own("llama3", "**Built with Meta Llama 3**"), base("llama3"),
			answer(tuned, "", nil)}, "naming"},
		{"a copy in another format keeps its name", []audit.Document{own("llama3", "Built with Meta Llama 3"),
			base("llama3"), answer(tuned, `"base_model:quantized:`+ground+`"`, nil)}, ""},
		{"a card that was not fetched", []audit.Document{lost(audit.DocModelCard, audit.RoleEnd, tuned, audit.Refused),
			base("llama3"), answer(tuned, `"base_model:`+ground+`"`, nil)}, "naming"},
	})
}

func TestConflictsBindOthersOnly(t *testing.T) {
	const sibling = "acme/Falco-7B"
	docs := []audit.Document{front(audit.RoleEnd, tuned, "license: mit\nbase_model: "+sibling, ""),
		front(audit.RoleBase, sibling, "license: cc-by-nc-4.0", "")}
	checkDisputes(t, model(tuned, sibling), []dispute{{"the makers' own base", docs, ""}})
	const named = "acme/Llama-3-Falco"
	docs = []audit.Document{front(audit.RoleEnd, named, "license: llama3\nbase_model: "+ground,
		"Built with Meta Llama 3"), front(audit.RoleBase, ground, "license: llama3", ""), answer(named, "", nil)}
	checkDisputes(t, model(named, ground), []dispute{{"a name as asked", docs, ""}})
}

// checkDisputes demands the kinds, a sentence and two quoted sides of each,
// and that license.conflicts lists the same.
func checkDisputes(t *testing.T, s audit.Subject, cases []dispute) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := Read(newInput(s, c.docs))
			checkObservations(t, got)
			sides := map[string]int{}
			for _, o := range got {
				kind, ok := strings.CutPrefix(o.Fact, "license.conflict.")
				if !ok {
					continue
				}
				sides[kind]++
				if o.Quote == "" || o.Value == "" || o.Note == "" {
					t.Errorf("%s: value %q, note %q, quote %q", kind, o.Value, o.Note, o.Quote)
				}
			}
			var kinds []string
			for kind, n := range sides {
				if n != 2 {
					t.Errorf("%s has %d sides", kind, n)
				}
				kinds = append(kinds, kind)
			}
			slices.Sort(kinds)
			if joined := strings.Join(kinds, " "); joined != c.kinds {
				t.Errorf("conflicts %q, want %q", joined, c.kinds)
			}
			if listed := values(got, "license.conflicts"); c.kinds != "" && listed != c.kinds {
				t.Errorf("license.conflicts = %q, want %q", listed, c.kinds)
			}
		})
	}
}

// TestNoTagConflict: that tag and text agree is said, so that a policy can ask
// for it, and is not said where the text could not be looked at.
func TestNoTagConflict(t *testing.T) {
	card := front(audit.RoleEnd, tuned, "license: apache-2.0", "")
	text := legal(audit.HubModel, audit.RoleEnd, tuned, "LICENSE", apacheText(t))
	refused := text
	refused.Outcome, refused.Body = audit.Refused, nil
	for name, c := range map[string]struct {
		docs []audit.Document
		want []audit.Finding
	}{
		"agree": {[]audit.Document{card, text}, []audit.Finding{audit.NotThere}},
		"differ": {[]audit.Document{front(audit.RoleEnd, tuned, "license: mit", ""), text},
			[]audit.Finding{audit.Present, audit.Present}},
		"refused":  {[]audit.Document{card, refused}, []audit.Finding{audit.Denied}},
		"no words": {[]audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, tuned, "# A model\n")}, nil},
	} {
		if got := findings(Read(newInput(model(tuned, ""), c.docs)), "license.tag_conflict"); !slices.Equal(got,
			c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

// TestManyStatements: readings that say the same are compared once, and a page of
// thousands of licences costs what its different ones do.
func TestManyStatements(t *testing.T) {
	d := pageOf(audit.DocModelCard, audit.RoleEnd, tuned, "# Falco\n")
	in := newInput(model(tuned, ""), []audit.Document{d})
	var all []licence
	for i := range 20_000 {
		id := []string{"MIT", "Apache-2.0", "CC-BY-NC-4.0"}[i%3]
		at := audit.Span{Start: 0, End: i % 8}
		all = append(all, licence{component: "weights", id: id, source: fromProse, doc: &in.Docs[0], span: at,
			address: i%2 == 0})
	}
	all = append(all, licence{component: "weights", id: "CC-BY-NC-4.0", source: fromText, doc: &in.Docs[0]})
	if left := distinct(all); len(left) < 4 || len(left) > maxDistinct {
		t.Errorf("%d of %d readings are left to compare", len(left), len(all))
	}
	if found := in.disagreements("weights", all); len(found) == 0 {
		t.Error("a text against prose is no conflict any more")
	}
}
