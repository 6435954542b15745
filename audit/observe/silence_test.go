package observe

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"openness/audit"
	"openness/rubric"
)

// The documents of these tests spread what they say: each says what no other
// does, so that each is missed when it cannot be looked at.

const cardOfAll = "---\nlicense: apache-2.0\ndatasets:\n- acme/falco-tune\nlibrary_name: transformers\n---\n# Falco 7B Chat\n" +
	"Falco 7B Chat is a language model for dialogue, developed by Acme.\n\n## Uses\nIt is intended for research on dialogue in English and is designed for that.\n\n" +
	"## Limitations\nThe model may give biased or harmful answers, and it hallucinates facts.\n\n## Evaluation\nIts accuracy on a public benchmark of questions is 61.2 percent.\n\n" +
	"## Training data\nThe model was trained on 40 thousand dialogues, a dataset of text in English.\n\n## Training procedure\nIt was fine-tuned for 3 epochs with a learning rate of 0.0001.\n\n" +
	"## Citation\n```bibtex\n@inproceedings{falco2024, title={Falco: A Dialogue Model}, booktitle={Proceedings of ICLR}, year={2024}}\n```\n"

// together is a subject and everything that was read of it.
type together struct {
	name string
	s    audit.Subject
	docs []audit.Document
}

func inRepository(kind audit.DocKind, id, path, body string) audit.Document {
	d := pageOf(kind, audit.RoleCode, id, body)
	d.Place, d.Path, d.URL = audit.GitHubRepo, path, "https://example.org/"+id+"/"+path
	return d
}

// spread are subjects of every kind.
func spread() []together {
	const end, base, repo = "acme/Falco-7B-Chat", "acme/Falco-7B", "acme/falco"
	api := func(id string) string {
		return `{"id":"` + id + `","gated":false,"createdAt":"2024-05-01T10:00:00.000Z","tags":["license:apache-2.0"],"siblings":[{"rfilename":"model.safetensors"}]}`
	}
	readme := inRepository(audit.DocReadme, repo, "README.md",
		"# Falco\nCode for Falco.\n\n## Training\nFalco was trained on 64 A100 GPUs for two weeks. It has 32 layers and a hidden size of 4096.\n```\npython train.py --config base\n```\n"+
			"Paper: [Falco report](https://arxiv.org/abs/2401.00001)\n\npip install falco\n")
	training := inRepository(audit.DocProse, repo, "docs/data.md",
		"# Data of Falco\nFalco was pre-trained on The Pile dataset and on [our corpus](https://huggingface.co/datasets/acme/falco-corpus).\n")
	sheet := inRepository(audit.DocProse, repo, "DATASHEET.md",
		"# Datasheet for Falco\n## Motivation\nThe corpus was created for research.\n## Composition\nThe number of tokens is 2T.\n## Collection\nText was collected by a crawl.\n"+
			"## Preprocessing\nWe filtered and deduplicated the text.\n## Uses\nIt should not be used for other ends.\n## Distribution\nIt is distributed under an open licence.\n## Maintenance\nContact the authors for updates.\n")
	files := tree(repo, "README.md", "train.py", "finetune/sft.py", "data/prepare_corpus.py", "setup.py",
		"openai_api.py")
	files.URL = "https://example.org/" + repo + "/tree"
	archive := pageOf(audit.DocPaper, audit.RolePaper, "2401.00001",
		`<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>http://arxiv.org/abs/2401.00001v2</id><title>Falco report</title><comment>Accepted at ICLR 2024</comment></entry></feed>`)
	repoAPI := inRepository(audit.DocRepoAPI, repo, "", `{"full_name":"acme/falco","license":{"spdx_id":"MIT"}}`)
	baseCard := pageOf(audit.DocModelCard, audit.RoleBase, base,
		"---\nlicense: apache-2.0\nlibrary_name: transformers\ndatasets: [acme/falco-corpus]\n---\n# Falco 7B\nThe base model of the Falco family, trained on 2T tokens of text.\n")
	data := pageOf(audit.DocDataCard, audit.RoleData, "acme/falco-tune",
		"---\nlicense: mit\n---\n# Falco Tune\n## Purpose\nIt was created for tuning.\n## Splits\nThere are 40 thousand examples.\n## Source data\nCollected from volunteers.\n## Cleaning\nWe filtered it.\n## Uses\nIntended use is research.\n")
	lone := func(kind audit.DocKind, id, body string) audit.Document { return pageOf(kind, audit.RoleEnd, id, body) }
	github := audit.Subject{ID: "github:acme/falco", Places: []audit.Place{{Kind: audit.GitHubRepo, Role: audit.RoleEnd,
		ID: repo}}}
	return []together{
		{"a tuned model with everything", model(end, base), []audit.Document{lone(audit.DocModelAPI, end, api(end)),
			lone(audit.DocModelCard, end, cardOfAll),
			pageOf(audit.DocModelAPI, audit.RoleBase, base, api(base)), baseCard, repoAPI, files, readme, training,
			sheet, data}},
		{"a base of other makers", model("lab/Kestrel-7B-Chat", "acme/Falco-7B"), []audit.Document{
			lone(audit.DocModelAPI, "lab/Kestrel-7B-Chat", api("lab/Kestrel-7B-Chat")),
			lone(audit.DocModelCard, "lab/Kestrel-7B-Chat",
				"---\nlicense: mit\nlibrary_name: transformers\n---\n# Kestrel\nKestrel was fine-tuned from [Falco](https://huggingface.co/acme/Falco-7B).\n"),
			pageOf(audit.DocModelAPI, audit.RoleBase, base, api(base)), baseCard,
			inRepository(audit.DocReadme, "lab/kestrel", "README.md",
				"# Kestrel\nWe release the training code.\n\nKestrel was trained on 8 A100 GPUs for a day. The model was trained on the KestrelSet dataset.\n"),
			inRepository(audit.DocRepoAPI, "lab/kestrel", "",
				`{"full_name":"lab/kestrel","license":{"spdx_id":"MIT"}}`)}},
		{"a repository alone", github, []audit.Document{repoAPI, files, readme, training, sheet, archive}},
		{"a repository that is known by what its README says", model("lab/Merlin-7B", ""), []audit.Document{
			lone(audit.DocModelCard, "lab/Merlin-7B", "---\nlicense: mit\n---\n# Merlin\nA model.\n"),
			inRepository(audit.DocReadme, "stack/trainer", "README.md", "# Trainer\nThe code that trained Merlin.\n"),
			tree("stack/trainer", "train.py", "README.md")}},
		{"a hub page alone", model(end, ""), []audit.Document{lone(audit.DocModelAPI, end, api(end)),
			lone(audit.DocModelCard, end, cardOfAll)}},
		{"a card without words beside a repository with many", model(end, ""), []audit.Document{
			lone(audit.DocModelCard, end,
				"---\nlicense: mit\n---\n# Falco\nSee the repository for all that is known of this model.\n"), repoAPI,
			files, readme, training, sheet}},
		{"a vendor's pages", audit.Subject{ID: "catalogue:x"}, []audit.Document{
			vendorPage("https://vendor.example/model",
				"<html><body><h1>X system card</h1><h2>Evaluation</h2><h2>Safety</h2><h2>Training data</h2><p>X was trained on publicly available data.</p></body></html>"),
			vendorPage("https://vendor.example/api",
				"<html><body><p>X is available through our API; get an API key.</p><p>X was trained on TPUs.</p></body></html>")}},
	}
}

func vendorPage(url, body string) audit.Document {
	d := vendorDocument(body, audit.Fetched)
	d.URL = url
	return d
}

// unsee makes a document one that could not be looked at.
func unsee(d audit.Document, o audit.Outcome) audit.Document {
	d.Outcome, d.Status, d.Body, d.SHA256, d.Detail = o, 0, nil, "", "not looked at in this test"
	return d
}

// TestUnseenNeverCloses: whatever cannot be looked at any more, no judgement
// under any built-in rubric becomes "closed" that was not when all was read.
func TestUnseenNeverCloses(t *testing.T) {
	plainRunOnly(t)
	for _, c := range spread() {
		t.Run(c.name, func(t *testing.T) {
			seen := judged(All(c.s, c.docs))
			for _, lost := range losses(len(c.docs)) {
				docs := slices.Clone(c.docs)
				var what []string
				for i, o := range lost {
					docs[i] = unsee(docs[i], o)
					what = append(what, string(o)+" "+docs[i].URL)
				}
				for dimension, class := range judged(All(c.s, docs)) {
					if class == rubric.Closed && seen[dimension] != rubric.Closed {
						t.Errorf("%s: %s becomes closed without %v", dimension, seen[dimension], what)
					}
				}
			}
		})
	}
}

// TestArchiveLost: an archive's record may name the venue that reviewed a
// paper, so without the record nobody can say that none did. That the paper is
// archived is known from the page that names it.
func TestArchiveLost(t *testing.T) {
	const id = "acme/Falco-7B"
	card := pageOf(audit.DocModelCard, audit.RoleEnd, id,
		"# Falco 7B\nFalco is described in [Falco report](https://arxiv.org/abs/2401.00001).\n")
	record := pageOf(audit.DocPaper, audit.RolePaper, "2401.00001",
		`<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>http://arxiv.org/abs/2401.00001v2</id><title>Falco report</title></entry></feed>`)
	portal := record
	portal.Body = []byte("<html>Sign in to this network</html>")
	for _, c := range []struct {
		name   string
		record audit.Document
		paper  rubric.Class
	}{
		{"read, and it names no venue", record, rubric.Closed},
		{"refused", unsee(record, audit.Refused), rubric.Undetermined},
		{"failed", unsee(record, audit.Failed), rubric.Undetermined},
		{"not an answer of the archive", portal, rubric.Undetermined},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := judged(All(model(id, ""), []audit.Document{card, c.record}))
			if got["osai-2026 paper"] != c.paper || got["osai-2026 preprint"] != rubric.Open {
				t.Errorf("paper %s, preprint %s; want %s and open", got["osai-2026 paper"], got["osai-2026 preprint"],
					c.paper)
			}
		})
	}
}

// TestSilenceQualified: what a repository does not say is said together with
// the hub page that could not be looked at.
func TestSilenceQualified(t *testing.T) {
	const id, repo = "acme/Falco-7B-Chat", "acme/falco"
	readme := inRepository(audit.DocReadme, repo, "README.md", "# Falco\nFalco-7B-Chat is a model for dialogue.\n")
	card := pageOf(audit.DocModelCard, audit.RoleEnd, id, "# Falco 7B Chat\nA model for dialogue.\n")
	note := func(docs ...audit.Document) string {
		for _, o := range All(model(id, ""), docs) {
			if o.Fact == "paper.reviewed" && o.Role == audit.RoleCode {
				return o.Note
			}
		}
		return "nothing observed"
	}
	const lost = "The page of acme/Falco-7B-Chat on the hub, which might, could not be looked at (refused)."
	if got := note(unsee(pageOf(audit.DocModelAPI, audit.RoleEnd, id, ""), audit.Refused),
		readme); !strings.HasSuffix(got, lost) {
		t.Errorf("note without the hub's page: %q", got)
	}
	if got := note(card, readme); strings.Contains(got, "could not be looked at") {
		t.Errorf("note with the hub's page: %q", got)
	}
}

// TestBasePageRefused: a repository that keeps silent on the base's data settles
// nothing while the base's page on the hub is refused. The page of a model that was
// tuned from another maker's is no place where that is looked for.
func TestBasePageRefused(t *testing.T) {
	const repo, says = "acme/falco",
		"# Falco\nFalco is a model of language that Acme made in a year of work, to sing and to answer.\n"
	card := func(role audit.Role, id string) audit.Document { return pageOf(audit.DocModelCard, role, id, says) }
	refused := func(role audit.Role, id string) audit.Document {
		return unsee(pageOf(audit.DocModelAPI, role, id, ""), audit.Refused)
	}
	readme := inRepository(audit.DocReadme, repo, "README.md", says)
	for _, c := range []struct {
		name, base string
		docs       []audit.Document
		want       rubric.Class
	}{
		{"all read", "acme/Falco-7B", []audit.Document{card(audit.RoleEnd, "acme/Falco-7B-Chat"),
			card(audit.RoleBase, "acme/Falco-7B")}, rubric.Closed},
		{"base refused", "acme/Falco-7B", []audit.Document{card(audit.RoleEnd, "acme/Falco-7B-Chat"),
			refused(audit.RoleBase, "acme/Falco-7B")}, rubric.Undetermined},
		{"own refused", "acme/Falco-7B", []audit.Document{refused(audit.RoleEnd, "acme/Falco-7B-Chat"),
			card(audit.RoleBase, "acme/Falco-7B")}, rubric.Undetermined},
		{"own refused, another maker's base", "lab/Kestrel-7B",
			[]audit.Document{refused(audit.RoleEnd, "acme/Falco-7B-Chat"), card(audit.RoleBase, "lab/Kestrel-7B")},
			rubric.Closed},
	} {
		got := judged(All(model("acme/Falco-7B-Chat", c.base),
			append(c.docs, readme)))["osai-2026 datasources_basemodel"]
		if got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// losses are which of n documents are lost, and how: each alone, and several
// at random, always the same ones.
func losses(n int) []map[int]audit.Outcome {
	outcomes := []audit.Outcome{audit.Refused, audit.Failed, audit.Skipped}
	random := rand.New(rand.NewPCG(3, 4))
	var all []map[int]audit.Outcome
	for i := range n {
		all = append(all, map[int]audit.Outcome{i: outcomes[i%len(outcomes)]})
	}
	for range 60 {
		lost := make(map[int]audit.Outcome)
		for i := range n {
			if random.IntN(3) == 0 {
				lost[i] = outcomes[random.IntN(len(outcomes))]
			}
		}
		all = append(all, lost)
	}
	return all
}

// judged judges by every built-in rubric.
func judged(observations []audit.Observation) map[string]rubric.Class {
	all := make(map[string]rubric.Class)
	for _, r := range rubric.Builtin() {
		for _, j := range r.Judge(observations).Judgements {
			all[r.ID+" "+j.Dimension] = j.Class
		}
	}
	return all
}

// alone gives what one theme finds, and what silence is worth for its facts.
func alone(theme func(*input) []audit.Observation, in *input) []audit.Observation {
	found := theme(in)
	return append(found, in.silence(found)...)
}

// TestLooksOfTable: each look that the table of facts names is one, each is named,
// and a fact that silence may close names a look for it.
func TestLooksOfTable(t *testing.T) {
	named := make(map[string]bool)
	for _, f := range audit.Facts() {
		for _, name := range slices.Concat(f.Looks, f.More) {
			named[name] = true
			if looks[name] == nil {
				t.Errorf("%s names the look %q, which is none", f.Name, name)
			}
		}
		if (f.Silence == "") != (len(f.Looks) == 0) {
			t.Errorf("%s: silence %q with the looks %v", f.Name, f.Silence, f.Looks)
		}
	}
	for name := range looks {
		if !named[name] {
			t.Errorf("no fact names the look %q", name)
		}
	}
}

// TestKnownPaperLost: a paper that is known and that no page names is not missing
// because the archive did not answer.
func TestKnownPaperLost(t *testing.T) {
	const id = "acme/Falco-7B"
	card := pageOf(audit.DocModelCard, audit.RoleEnd, id, "# Falco 7B\nFalco is a model of language.\n")
	record := pageOf(audit.DocPaper, audit.RolePaper, "2401.00001", "")
	record.URL = "https://export.arxiv.org/api/query?id_list=2401.00001"
	s := model(id, "")
	s.Places = append(s.Places, audit.Place{Kind: audit.ArXivPaper, Role: audit.RolePaper, ID: "2401.00001"})
	for _, o := range []audit.Outcome{audit.Refused, audit.Failed, audit.Skipped} {
		if got := judged(All(s, []audit.Document{card,
			unsee(record, o)}))["osai-2026 preprint"]; got != rubric.Undetermined {
			t.Errorf("%s: preprint is %s, want undetermined", o, got)
		}
	}
	if got := judged(All(s, []audit.Document{card}))["osai-2026 preprint"]; got != rubric.Closed {
		t.Errorf("where none is known: preprint is %s, want closed", got)
	}
}

// TestCardUnread: a card in PDF that was served and not read does not close the
// question for a card.
func TestCardUnread(t *testing.T) {
	pdf := vendorPage("https://vendor.example/x-system-card.pdf", "%PDF-1.7\n...")
	site := vendorPage("https://vendor.example/x",
		"<html><body><p>X is available through our API; get an API key.</p></body></html>")
	got := judged(All(audit.Subject{ID: "catalogue:x"}, []audit.Document{pdf, site}))["osai-2026 modelcard"]
	if got == rubric.Closed || got == rubric.Partial {
		t.Errorf("model card is %s though the card was not read", got)
	}
}

// TestNamedAndUnread: what the front page names as the model's own and nobody
// looked at leaves open what it would tell.
func TestNamedAndUnread(t *testing.T) {
	const id, says = "acme/Falco-7B", "# Falco 7B\nFalco is a model of language that Acme made in a year of work.\n\n"
	for _, c := range []struct {
		link, dimension string
		want            rubric.Class
	}{
		{"It is told of in [a post](https://acme.example/blog/falco-7b).", "preprint", rubric.Undetermined},
		{"It is told of in [a post](https://acme.example/blog/our-summer).", "preprint", rubric.Closed},
		{"Try it [here](https://chat.acme.example/falco).", "preprint", rubric.Closed},
		{"Its data came from [falco-data-prep](https://github.com/acme/falco-data-prep).", "trainingcode",
			rubric.Undetermined},
		{"The [training code](https://github.com/acme/nest) is public.", "trainingcode", rubric.Undetermined},
		{"It runs on [a server](https://github.com/rival/trainer).", "trainingcode", rubric.Closed},
	} {
		card := pageOf(audit.DocModelCard, audit.RoleEnd, id, says+c.link+"\n")
		if got := judged(All(model(id, ""), []audit.Document{card}))["osai-2026 "+c.dimension]; got != c.want {
			t.Errorf("%s: %s is %s, want %s", c.link, c.dimension, got, c.want)
		}
	}
}

// TestHubPageLost: where the hub refused the model, so that nobody asked for its
// card, its makers' README closes neither the hardware nor the paper.
func TestHubPageLost(t *testing.T) {
	const id = "acme/Falco-7B"
	readme := inRepository(audit.DocReadme, "acme/falco", "README.md",
		"# Falco\nFalco-7B is a model of language. The code of Falco runs it on any machine.\n")
	refused := unsee(pageOf(audit.DocModelAPI, audit.RoleEnd, id, ""), audit.Refused)
	got := judged(All(model(id, ""), []audit.Document{refused, readme}))
	for _, dimension := range []string{"preprint", "hardware_architecture", "modelcard"} {
		if got["osai-2026 "+dimension] != rubric.Undetermined {
			t.Errorf("%s is %s, want undetermined", dimension, got["osai-2026 "+dimension])
		}
	}
}
