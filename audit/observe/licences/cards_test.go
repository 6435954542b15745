package licences

import (
	"slices"
	"strings"
	"testing"

	"openness/audit"
)

// TestVerdictOnCards: what a few lines of a card, as they are read beside a tag, leave of an open licence. An empty
// answer is one that is left open.
func TestVerdictOnCards(t *testing.T) {
	for _, test := range []struct{ name, tag, card, want string }{
		{"a licence to come", "mit", "## License\n\nTBD. A licence for the weights will be announced with the paper.", ""},
		{"a part under a closed licence", "mit",
			"The image encoder, whose weights are in this repository, is taken from Owl-L (CC BY-NC 4.0).", ""},
		{"weights to be added to others", "apache-2.0",
			"These are delta weights. Add them to the original LLaMA weights to obtain the model.", ""},
		{"licensed anew", "apache-2.0",
			"2025-03-02: We have relicensed all Falco 4B weights from CC BY-NC 4.0 to Apache 2.0. You may sell it.", Open},
		{"licensed anew, in Chinese", "apache-2.0", "## 协议\n\n模型许可证已由 CC BY-NC 4.0 变更为 Apache 2.0。", Open},
		{"licensed anew, the other way", "apache-2.0",
			"We have relicensed all Falco 4B weights from Apache 2.0 to CC BY-NC 4.0.", noncommercial},
		{"a licence that gives the terms, in Chinese", "mit", "## 许可\n\n猎鹰权重许可由“CC BY-NC 4.0”授权。", noncommercial},
		{"a licence of two, in Chinese", "mit", "本猎鹰模型许可由 CC BY-NC 4.0 与 MIT 组成。", noncommercial},
		{"not to be licensed anew", "mit", "Its weights cannot be relicensed away from CC BY-NC 4.0.", noncommercial},
		{"not in another way", "mit",
			"Its weights may not be relicensed in any way that differs from CC BY-NC 4.0.", noncommercial},
		{"perhaps licensed anew", "cc-by-nc-4.0", "We are considering relicensing our model from CC BY-NC 4.0 to MIT.",
			noncommercial},
		{"not licensed anew", "cc-by-nc-4.0", "Acme has not changed the licence from CC BY-NC 4.0 to MIT.", noncommercial},
		{"a grant in French", "cc-by-4.0", "## Licence\n\nLe modèle est distribué sous licence CC BY 4.0 ; l'usage " +
			"commercial est autorisé avec attribution.", Open},
		{"a limit in French", "cc-by-4.0", "## Licence\n\nLe modèle est distribué sous licence CC BY 4.0 ; l'usage " +
			"commercial est soumis à un accord.", Restricted},
		{"a grant in Spanish", "apache-2.0", "## Licencia\n\nLos pesos se publican bajo la licencia Apache 2.0 y pueden " +
			"usarse con fines comerciales y de investigación.", Open},
	} {
		const id = "acme/falco-4b"
		in := newInput(model(id, ""), []audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, id,
			"---\nlicense: "+test.tag+"\n---\n# Falco 4B\n\nIt sings.\n\n"+test.card+"\n")})
		in.Look()
		got := ""
		for _, o := range Read(in) {
			if o.Fact == "license.weights.openness" && o.Finding == audit.Present {
				got = o.Value
			}
		}
		if got != test.want {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
}

// TestLicenceOfOneSize: what a repository's page says of the model by its name and size is said of the weights, and what
// it says of the code stands.
func TestLicenceOfOneSize(t *testing.T) {
	const id, page = "acme/Falco-7B", "# Falco\n\n## License\n\nThe source code is licensed under the Apache 2.0 License.\n\n" +
		"- Falco-13B and Falco-7B are licensed under CC BY-NC 4.0, found in each repository. " +
		"For commercial use, please fill out the form.\n"
	s := model(id, "")
	s.Places = append(s.Places, audit.Place{Kind: audit.GitHubRepo, ID: "acme/Falco", Role: audit.RoleCode, Reason: "linked"})
	in := newInput(s, []audit.Document{pageOf(audit.DocReadme, audit.RoleCode, "acme/Falco", page)})
	in.Look()
	got := make(map[string]string)
	for _, o := range Read(in) {
		if o.Finding == audit.Present {
			got[o.Fact] += o.Value
		}
	}
	if got["license.code.id"] != "Apache-2.0" || got["license.code.openness"] != Open ||
		got["license.weights.id"] != "CC-BY-NC-4.0" {
		t.Errorf("got %v", got)
	}
}

// TestWholeBesideOneSize: what a page says of its repository is said of the code too, though the sentence, or one beside
// it, names the model with its size.
func TestWholeBesideOneSize(t *testing.T) {
	const id = "acme/Falco-7B"
	for said, want := range map[string]string{
		"Scripts that train Falco-7B. This project may be used for non-commercial research only.": Restricted,
		"This project (Falco-7B) is for non-commercial research only.":                            Restricted,
		"You need a big machine for Falco-7B. This project is for research purposes only.":        Restricted,
		"Use of the Falco-7B scoreboard is for non-commercial purposes only.":                     noncommercial,
		"Falco-7B is for non-commercial purposes only.":                                           Open,
		"4. **自由**：Falco-7B 仅供学术研究使用，禁止商业用途。":                                                     Open,
		"The Falco-7B repository is licensed under CC BY-NC 4.0.":                                 noncommercial,
		"This repository, with which Falco-7B was made, is licensed under CC BY-NC 4.0.":          noncommercial,
		"Falco-7B is licensed under CC BY-NC 4.0.":                                                Open,
	} {
		s := model(id, "")
		s.Places = append(s.Places, audit.Place{Kind: audit.GitHubRepo, ID: "acme/falco-7b", Role: audit.RoleCode,
			Reason: "linked"})
		text := legal(audit.GitHubRepo, audit.RoleCode, "acme/falco-7b", "LICENSE", mitText)
		all := []audit.Document{pageOf(audit.DocReadme, audit.RoleCode, "acme/falco-7b", "# Falco\n\n"+said+"\n"), text}
		in := newInput(s, all)
		in.Look()
		got := ""
		for _, o := range Read(in) {
			if o.Fact == "license.code.openness" && o.Finding == audit.Present {
				got = o.Value
			}
		}
		if got != want {
			t.Errorf("%s: got %q, want %q", said, got, want)
		}
	}
}

// TestSetsWithoutLicence: of several data sets of which one states no licence, or was not read, nobody can say that all
// are open; what the others say stands.
func TestSetsWithoutLicence(t *testing.T) {
	const id = "acme/Falco-7B"
	set := func(name, card string) audit.Document {
		return pageOf(audit.DocDataCard, audit.RoleData, name, card)
	}
	gone := set("acme/owls", "")
	gone.Outcome, gone.Status, gone.Body, gone.SHA256 = audit.Refused, 401, nil, ""
	open := set("acme/songs", "---\nlicense: mit\n---\n# Songs\n")
	for _, test := range []struct {
		name  string
		other audit.Document
		told  bool
	}{
		{"open", set("acme/calls", "---\nlicense: cc-by-4.0\n---\n# Calls\n"), true},
		{"closed", set("acme/calls", "---\nlicense: cc-by-nc-4.0\n---\n# Calls\n"), true},
		{"silent", set("acme/calls", "# Calls\n\nCalls of birds.\n"), false},
		{"refused", gone, false},
	} {
		in := newInput(model(id, ""), []audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, id, "# Falco\n"), open,
			test.other})
		in.Look()
		all := Read(in)
		at := slices.IndexFunc(all, func(o audit.Observation) bool { return o.Fact == "license.data.openness" })
		if at < 0 || (all[at].Finding == audit.Present) != test.told {
			t.Errorf("%s: %+v", test.name, all)
		}
		if !slices.ContainsFunc(all, func(o audit.Observation) bool {
			return o.Fact == "license.data.id" && o.Value == "MIT"
		}) {
			t.Errorf("%s: the licence of the other set is lost", test.name)
		}
	}
}

// TestSetsPastTheBound: a data set that the card lists and that nobody asked for leaves what the others are under no word
// on all of them; what the card says of its data is one.
func TestSetsPastTheBound(t *testing.T) {
	const id = "acme/Falco-7B"
	for name, test := range map[string]struct {
		front, said string
		told        bool
	}{
		"all read":               {"- acme/songs", "It sings.", true},
		"moved to its maker":     {"- songs", "It sings.", true},
		"one more":               {"- acme/songs\n- acme/owls", "It sings.", false},
		"the card speaks for it": {"- acme/songs\n- acme/owls", "The training data is released under the MIT License.", true},
	} {
		in := newInput(model(id, ""), []audit.Document{
			pageOf(audit.DocModelCard, audit.RoleEnd, id, "---\ndatasets:\n"+test.front+"\n---\n# Falco\n\n"+test.said+"\n"),
			pageOf(audit.DocDataCard, audit.RoleData, "acme/songs", "---\nlicense: mit\n---\n# Songs\n")})
		in.Look()
		all := Read(in)
		at := slices.IndexFunc(all, func(o audit.Observation) bool { return o.Fact == "license.data.openness" })
		if at < 0 || (all[at].Finding == audit.Present) != test.told {
			t.Errorf("%s: %+v", name, all)
		}
	}
}

// TestTermsPastTheBound: terms in a folder of weights that nobody read leave an open licence open, whatever text lies at
// the top; those of a part do not.
func TestTermsPastTheBound(t *testing.T) {
	const id = "acme/Falco-7B"
	for file, want := range map[string]bool{
		"checkpoints/large/LICENSE": true, "src/vendor/LICENSE": false, "checkpoints/large/model.bin": false,
	} {
		in := newInput(model(id, ""), []audit.Document{answer(id, `"license:mit"`, []string{"LICENSE", file}),
			legal(audit.HubModel, audit.RoleEnd, id, "LICENSE", mitText)})
		in.Look()
		left := slices.ContainsFunc(Read(in), func(o audit.Observation) bool {
			return o.Fact == "license.weights.openness" && o.Finding == audit.NotFetched
		})
		if left != want {
			t.Errorf("%s: left open %v", file, left)
		}
	}
}

// TestUnreadParent: a parent that is named and that no page was read of leaves an open licence open, and what is known
// to be closed closed. Of one that a configuration alone gives the reader learns that.
func TestUnreadParent(t *testing.T) {
	const id = "acme/Falco-7B"
	loaded := model(id, "")
	loaded.Places = append(loaded.Places, audit.Place{Kind: audit.HubModel, Role: audit.RoleRelated, ID: "rival/Owl-7B",
		Reason: `The file config.json of "acme/Falco-7B" ` + audit.LoadedFrom})
	guess := newInput(loaded, []audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, id, "---\nlicense: mit\n---\n# F\n")})
	guess.Look()
	if !slices.ContainsFunc(Read(guess), func(o audit.Observation) bool {
		return o.Fact == "license.weights.openness" && o.Finding == audit.NotFetched && strings.Contains(o.Note, "may have been")
	}) {
		t.Errorf("by a configuration: %+v", Read(guess))
	}
	for tag, want := range map[string]audit.Finding{"apache-2.0": audit.NotFetched, "cc-by-nc-4.0": audit.Present} {
		s := model(id, "")
		s.Places = append(s.Places, audit.Place{Kind: audit.HubModel, Role: audit.RoleRelated, ID: "rival/Owl-7B",
			Reason: "It is merged. " + audit.PastTheBound})
		in := newInput(s, []audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, id, "---\nlicense: "+tag+"\n---\n# Falco\n")})
		in.Look()
		all := Read(in)
		at := slices.IndexFunc(all, func(o audit.Observation) bool { return o.Fact == "license.weights.openness" })
		if at < 0 || all[at].Finding != want {
			t.Errorf("%s: %+v", tag, all)
		}
	}
}
