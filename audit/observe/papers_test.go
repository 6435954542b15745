package observe

import (
	"strings"
	"testing"

	"openness/audit"
	"openness/audit/observe/sources"
)

// kept are the values that the rubric sees of a paper: kind, scope, review and
// what the reviewed paper is about.
func kept(list []audit.Observation) string {
	return values(list, "paper.preprint") + "/" + values(list, "paper.preprint.scope") + " " +
		values(list, "paper.reviewed") + "/" + values(list, "paper.reviewed.scope")
}

// TestPaperOfCard: what one page says of papers. All pages are invented.
func TestPaperOfCard(t *testing.T) {
	none := "absent/ absent/"
	for name, c := range map[string]struct{ body, want string }{
		"citation of a preprint":  {"# Quokka\n\n```\n@misc{q, title={Quokka: A Model}, eprint={2501.00001}, archivePrefix={arXiv}}\n```\n", "archived/own absent/"},
		"citation in proceedings": {"# Quokka\n\n```\n@inproceedings{q, title={Quokka: A Model}, booktitle={Proceedings of the 41st International Conference on Machine Learning}}\n```\n", "absent/ true/own"},
		"another version's paper": {"# Quokka3\n\n```\n@misc{q, title={Quokka 2 Technical Report}, eprint={2501.00001}, archivePrefix={arXiv}}\n```\n", "archived/related absent/"},
		"link with another version": {"# Quokka3\n\nSee the [Quokka2 paper](https://arxiv.org/abs/2501.00001).\n",
			"archived/related absent/"},
		"size is no version":  {"# Quokka3\n\nSee the [Quokka-3 paper](https://arxiv.org/abs/2501.00001) of quokka 8B.\n", "archived/own absent/"},
		"badge of a venue":    {"# Quokka3\n\n<a href=\"https://openreview.net/forum?id=abc\"><img src=\"https://img.shields.io/badge/Paper-NeurIPS'24-blue.svg?style=flat\" alt=\"Paper\"/></a>\n", "report/own true/own"},
		"badge of a workshop": {"# Quokka3\n\n<a href=\"https://openreview.net/forum?id=abc\"><img src=\"https://img.shields.io/badge/Paper-NeurIPS_2024_Workshop-blue.svg\"/></a>\n", "report/own absent/"},
		"unreviewed record": {"# Quokka3\n\nOur [paper](https://openreview.net/forum?id=abc).\n",
			"report/own absent/"},
		"record of a venue": {"# Quokka3\n\nOur [paper](https://aclanthology.org/2024.acl-long.1/).\n",
			"report/own true/own"},
		"others' record":       {"# Quokka3\n\n## Acknowledgements\n\nThe [paper](https://aclanthology.org/2024.acl-long.1/) of others.\n", none},
		"list of publications": {"# Quokka3\n\n[Quokka 3](https://labs.example.org/research/publications/quokka-3-open-models/) is here.\n", "report/own absent/"},
		"bare address": {"# Quokka3\n\n## Links\n\n**Quokka preprint** https://arxiv.org/abs/2501.00001\n",
			"archived/own absent/"},
		"a work cited by venue": {"# Quokka3\n\nIt uses NestAttention ([Wombat, ICLR 2024](https://example.org/n)), as in Numbat et al. (ICML 2023).\n", none},
		"others' test of it":    {"# Quokka3\n\nA reader tested our model in [How Deep?](https://example.org/n) (EMNLP 2025).\n", none},
		"a method by two words": {"# Quokka3\n\nWith the idea of the [Pouch Vector paper](https://arxiv.org/abs/2501.00001), I tuned another.\n", none},
		"a sibling by its name": {"# Quokka3-Mini-4B\n\nIt is pruned from [Quokka3 15B](https://arxiv.org/abs/2501.00001).\n", "archived/related absent/"},
		"a sibling's paper":     {"# Quokka3\n\n[Quokka3-Coder paper](https://arxiv.org/abs/2501.00001)\n", "archived/related absent/"},
		"the predecessor's citation": {"# Quokka3\n\nThe predecessor is described in:\n\n```\n@inproceedings{q, title={Quokka: Songs}, booktitle={Proc. Interspeech 2023}}\n```\n",
			"absent/ true/related"},
		"its own below a word on the predecessor": {"# Quokka3\n\nQuokka3 replaces its predecessor.\n\nCite:\n\n```\n@inproceedings{q, title={Quokka3: Songs}, booktitle={Proc. Interspeech 2023}}\n```\n",
			"absent/ true/own"},
		"in its place, whatever its name": {"# Quokka3 Large\n\nLa version Large remplace Quokka-S, présenté à Interspeech 2023.\n", "absent/ true/related"},
		"the earlier one's venue":         {"# Quokka3\n\nQuokka3 replaces Quokka-2, presented at Interspeech 2023.\n", "absent/ true/related"},
		"its venue, beside the earlier":   {"# Quokka3\n\nQuokka3 replaces Quokka-2 and was presented at Interspeech 2025.\n", "absent/ true/own"},
		"its venue, with its own number":  {"# Quokka3\n\nThis is Quokka3, presented at Interspeech 2025.\n", "absent/ true/own"},
		"unlike the version before": {"# Quokka3\n\n## News\n\nUnlike the previous version published in 2022, Quokka3 was accepted at ACL 2024.\n",
			"absent/ true/own"},
		"better than the version before": {"# Quokka3\n\n## News\n\nOur paper on Quokka3, which improves on the previous version in speed, was accepted at ACL 2024.\n",
			"absent/ true/own"},
		"with the one before": {"# Quokka3\n\n## News\n\nOur paper on Quokka3 and Quokka2, presented at ACL 2024, was accepted.\n",
			"absent/ true/own"},
		"compared with the one before": {"# Quokka3\n\n## News\n\nOur paper was accepted at ACL 2024; it compares Quokka3 with Quokka2, introduced a year before.\n",
			"absent/ true/own"},
		"unlike it, in German": {"# Quokka3\n\n## News\n\nQuokka3 wurde anders als der Vorgänger bei ACL 2024 angenommen; our paper was accepted at ACL 2024.\n",
			"absent/ true/own"},
		"its own citation of two": {"# Quokka3\n\nQuokka3 is the first, and its predecessor is described in the second of:\n\n```\n@inproceedings{q, title={Quokka3: Songs}, booktitle={Proc. Interspeech 2025}}\n```\n",
			"absent/ true/own"},
		"its own citation beside one": {"# Quokka3\n\nCite the paper of Quokka3 and, if you like, the paper on the predecessor:\n\n```\n@inproceedings{q, title={Quokka3: Songs}, booktitle={Proc. Interspeech 2025}}\n```\n",
			"absent/ true/own"},
		"accepted":              {"# Quokka3\n\nQuokka3 has been accepted to ICLR 2026!\n", "absent/ true/own"},
		"a tutorial at a venue": {"# Quokka3\n\nA [tutorial](t.ipynb) on Quokka3 given at the NeurIPS 2025 EXPO.\n", none},
		"a venue's reviews are no archive": {"# Quokka3\n\n```\n@inproceedings{q, title={Quokka 3: On Songs}, booktitle={The Twelfth International Conference on Learning}, url={https://openreview.net/forum?id=abc}}\n```\n",
			"absent/ true/own"},
		"the one work is on a benchmark": {"# Quokka3\n\n```\n@misc{z, title={Judging Songs with SongBench and Nest Arena}, eprint={2501.00001}, archivePrefix={arXiv}}\n```\n",
			"archived/related absent/"},
		"submitted":                {"# Quokka3\n\nQuokka3 was submitted to ICLR 2026.\n", none},
		"the makers' other paper":  {"# Quokka3\n\nA model.\n\n## News\n\nOur Wombat paper has been accepted to ICLR 2026!\n", none},
		"a workshop's proceedings": {"# Quokka3\n\n```\n@inproceedings{q, title={Quokka 3}, booktitle={Proceedings of the 8th Workshop on Marsupials}}\n```\n", none},
		"the paper of its data":    {"# Quokka3\n\n[Paper](https://arxiv.org/abs/2501.00001)\n\n```\n@misc{p, title={Heap: A Dataset}, eprint={2501.00001}, archivePrefix={arXiv}}\n@misc{w, title={Wombats}}\n```\n", "archived/related absent/"},
		"defined far below": {"# Quokka3\n\n- [Quokka 3 report][tech]\n\n" +
			strings.Repeat("## Section\n\nText.\n\n", 20) + "[tech]: https://acme.example/quokka.pdf\n",
			"report/own absent/"},
		"used far below": {"# Quokka3\n\nA model.\n\n" + strings.Repeat("## Section\n\nText.\n\n", 20) +
			"Wombats: [report][tech]\n\n[tech]: https://acme.example/wombat.pdf\n", none},
		"a survey that it cites":     {"# Quokka3\n\n```\n@article{s, title={A Survey of Marsupials}, journal={arXiv preprint arXiv:2501.00003}}\n@article{w, title={Wombats}, booktitle={Zoo}}\n```\n", none},
		"software in an archive":     {"# Quokka3\n\n```\n@software{q, title={Quokka 3: code}, url={https://doi.org/10.5281/zenodo.1}}\n```\n", none},
		"a row of links":             {"# Quokka3\n\n[Hub](https://example.org/a) • [Page](https://example.org/b) • [Wombat@ACL 2022](https://example.org/c)\n", none},
		"a part's method":            {"# Quokka3\n\nThe rotary positional embedding follows [Wombats](https://arxiv.org/abs/2501.00002).\n", none},
		"how its tools are used":     {"# Quokka3\n\n## Software\n\nLoops are run as described in [Wombats](https://arxiv.org/abs/2501.00002).\n", none},
		"what it builds on":          {"# Quokka3\n\nIt is based on the method of [Wombats](https://arxiv.org/abs/2501.00002).\n", "archived/related absent/"},
		"a paper of what was used":   {"# Quokka3\n\n* Modified from Wombat 2 (see [paper](https://arxiv.org/abs/2401.00009), [code](https://github.com/acme/wombat))\n", none},
		"a paper in brackets":        {"# Quokka3\n\nWe present Quokka3 (see our [paper](https://arxiv.org/abs/2401.00009)).\n", "archived/own absent/"},
		"the paper of a corpus":      {"# Quokka3\n\nSee [section 6 of the Nest paper](https://arxiv.org/abs/2401.00009).\n", none},
		"a numbered reference":       {"# Quokka3\n\nTrained on songs\\[1\\].\n\n\\[1\\]: A. Author, Songs of birds. In Proceedings of the tenth conference \\(LREC 2016\\)\n", none},
		"a page that names no paper": {"# Quokka3\n\nA model of language, trained with care.\n", none},
	} {
		d := pageOf(audit.DocModelCard, audit.RoleEnd, "acme/Quokka3-8B", c.body)
		if got := kept(alone(papersTheme, newInput(model("acme/Quokka3-8B", ""), []audit.Document{d}))); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

// TestPaperOfALaterVersion: on the page of a repository of several versions the
// paper of a later one is not that of a model without a number.
func TestPaperOfALaterVersion(t *testing.T) {
	const cite = "# Quokka\n\n```\n@misc{q, title={Quokka4: A Model}, eprint={2501.00001}, archivePrefix={arXiv}}\n```\n"
	for id, want := range map[string]string{"acme/Quokka-2B-Chat": "archived/related absent/",
		"acme/Quokka4-8B": "archived/own absent/", "github:acme/quokka": "archived/own absent/"} {
		docs := []audit.Document{pageOf(audit.DocReadme, audit.RoleCode, "acme/quokka", cite)}
		if got := kept(alone(papersTheme, newInput(model(id, ""), docs))); got != want {
			t.Errorf("%s: got %q, want %q", id, got, want)
		}
	}
}

// TestReportBesideAnArchivedPaper: the model's own report and the archived paper of
// another version are not together an archived paper of the model's.
func TestReportBesideAnArchivedPaper(t *testing.T) {
	docs := []audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, "acme/Quokka-2B-Chat",
		"# Quokka\n\nSee the [Quokka technical report](https://acme.example/quokka.pdf).\n"),
		pageOf(audit.DocReadme, audit.RoleCode, "acme/quokka",
			"# Quokka\n\n```\n@misc{q, title={Quokka4: A Model}, eprint={2501.00001}, archivePrefix={arXiv}}\n```\n")}
	if got := kept(alone(papersTheme, newInput(model("acme/Quokka-2B-Chat", ""), docs))); got != "report/own absent/" {
		t.Errorf("got %s", got)
	}
}

// TestPaperBesideTheOwn: a paper that bears the repository's name is the model's,
// unless the pages cite one that bears the model's.
func TestPaperBesideTheOwn(t *testing.T) {
	const ours = "@inproceedings{k, title={Kangaroo: Learning}, booktitle={Proceedings of the ACL}}\n"
	for own, want := range map[string]string{"": "own",
		"@misc{q, title={Quokka: Sums}, eprint={2501.00001}, archivePrefix={arXiv}}\n": "related"} {
		top := pageOf(audit.DocReadme, audit.RoleCode, "acme/kangaroo",
			"# Kangaroo\n\nQuokka is a model of language.\n\n```\n"+ours+own+"@misc{w, title={Wombats}}\n```\n")
		if got := values(alone(papersTheme, newInput(model("acme/Quokka-8B", ""), []audit.Document{top})),
			"paper.reviewed.scope"); got != want {
			t.Errorf("beside %q: scope is %q, want %q", own, got, want)
		}
	}
}

// TestPaperOfPart: the only citation of a page below the top is not the
// model's paper, unless the page bears the model's name.
func TestPaperOfPart(t *testing.T) {
	cite := "Cite:\n\n```\n@inproceedings{p, title={Tuning with Prompts}, booktitle={Proceedings of the ACL}}\n```\nQuokka uses it.\n"
	for path, want := range map[string]string{"tuning/README.md": "absent", "docs/quokka.md": "true"} {
		top := pageOf(audit.DocReadme, audit.RoleCode, "acme/quokka", "# Quokka\n\nA model of language.\n")
		part := pageOf(audit.DocProse, audit.RoleCode, "acme/quokka", cite)
		if path == "tuning/README.md" {
			part.Kind = audit.DocReadme
		}
		part.Path, part.URL = path, "https://example.org/"+path
		got := values(alone(papersTheme, newInput(model("acme/Quokka-8B", ""), []audit.Document{top, part})),
			"paper.reviewed")
		if got != want {
			t.Errorf("%s: reviewed is %q, want %q", path, got, want)
		}
	}
}

// TestShownAt reads a file's name in a repository's tree.
func TestShownAt(t *testing.T) {
	for name, want := range map[string]string{
		"figures/QUOKKA_ACL2023_POSTER.pdf":     "true",
		"figures/QUOKKA_ACL2023_results.pdf":    "absent",
		"related/wombat_icml2024_poster.pdf":    "absent",
		"figures/quokka-neurips-24-slides.pptx": "true",
	} {
		top := pageOf(audit.DocReadme, audit.RoleCode, "acme/quokka", "# Quokka\n\nA model of language.\n")
		tree := pageOf(audit.DocTree, audit.RoleCode, "acme/quokka", `{"sha":"1","tree":[{"path":"`+name+
			`","type":"blob"}],"truncated":false}`)
		got := values(alone(papersTheme, newInput(model("acme/Quokka-8B", ""), []audit.Document{top, tree})),
			"paper.reviewed")
		if got != want {
			t.Errorf("%s: reviewed is %q, want %q", name, got, want)
		}
	}
}

// TestSilenceOfTools: that a runtime or a trainer names no paper says nothing
// of the model whose own card was refused.
func TestSilenceOfTools(t *testing.T) {
	filler := ""
	for range sources.OpeningPassages {
		filler += "It is a tool for everybody.\n\n"
	}
	for id, want := range map[string]string{"acme/quokka": "refused", "acme/trainer": "refused",
		"acme/quokka.cpp": "refused"} {
		readme := pageOf(audit.DocReadme, audit.RoleCode, id, "# A tool\n\n"+filler+"It can load Quokka.\n")
		refused := lost(audit.DocModelAPI, audit.RoleEnd, "acme/Quokka-8B", audit.Refused)
		got := values(alone(papersTheme, newInput(model("acme/Quokka-8B", ""), []audit.Document{refused, readme})),
			"paper.preprint")
		if got != want {
			t.Errorf("%s: preprint is %q, want %q", id, got, want)
		}
	}
}

// TestPaperOfBase: what the base's page names tells of a model whose own pages
// were read, and not of one whose pages could not be looked at.
func TestPaperOfBase(t *testing.T) {
	const end, base = "acme/Quokka-8B-Chat", "rival/Wombat-8B"
	of := pageOf(audit.DocModelCard, audit.RoleBase, base,
		"# Wombat\n\nOur [paper](https://arxiv.org/abs/2501.00001).\n")
	for want, own := range map[string]audit.Document{
		"archived/base absent/": pageOf(audit.DocModelCard, audit.RoleEnd, end,
			"# Quokka\n\nA model of language.\n"),
		"archived/refused refused/refused": lost(audit.DocModelAPI, audit.RoleEnd, end, audit.Refused),
	} {
		if got := kept(alone(papersTheme, newInput(model(end, base), []audit.Document{own, of}))); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// TestPageWithoutText: a card that is front matter or a title alone is silent on
// everything, and closes nothing but the question for a card.
func TestPageWithoutText(t *testing.T) {
	const front = "---\nlicense: mit\n---\n"
	for body, want := range map[string]string{front: "", front + "# Quokka\n": "",
		front + "# Quokka\n\nHome of Quokka!\n":                  "",
		front + "A model of language, of which no more is told.": "absent"} {
		d := pageOf(audit.DocModelCard, audit.RoleEnd, "acme/Quokka-8B", "")
		d.Body, d.SHA256 = []byte(body), audit.Hash([]byte(body))
		list := All(model("acme/Quokka-8B", ""), []audit.Document{d})
		for _, fact := range []string{"paper.preprint", "paper.reviewed", "docs.hardware", "datasheet.published",
			"data.finetuning.disclosure"} {
			if got := values(list, fact); got != want {
				t.Errorf("%q: %s is %q, want %q", body, fact, got, want)
			}
		}
		if got := values(list, "card.substance"); got != "absent" && want == "" {
			t.Errorf("%q: card.substance is %q, want absent", body, got)
		}
	}
}

// TestPaperQuotes: the quote of a link shows what a reader clicks.
func TestPaperQuotes(t *testing.T) {
	for body, want := range map[string]string{
		"# Quokka\n\nRead our [paper](https://arxiv.org/abs/2501.00001) on it.\n":             "Read our [paper](https://arxiv.org/abs/2501.00001) on it.",
		"# Quokka\n\n<p><a href=\"https://arxiv.org/abs/2501.00001\">Quokka</a> is out</p>\n": "<a href=\"https://arxiv.org/abs/2501.00001\">Quokka</a>",
	} {
		d := pageOf(audit.DocModelCard, audit.RoleEnd, "acme/Quokka-8B", body)
		for _, o := range alone(papersTheme, newInput(model("acme/Quokka-8B", ""), []audit.Document{d})) {
			if o.Fact == "paper.preprint" && o.Quote != want {
				t.Errorf("quote %q, want %q", o.Quote, want)
			}
		}
	}
}

// TestLongerName: a link whose text begins with the family's name and goes on
// is to another work.
func TestLongerName(t *testing.T) {
	d := pageOf(audit.DocModelCard, audit.RoleEnd, "acme/Quokka-8B",
		"# Quokka\n\nIt shares a block with [QuokkaSpeech](https://arxiv.org/abs/2501.00001).\n")
	if got := values(alone(papersTheme, newInput(model("acme/Quokka-8B", ""), []audit.Document{d})),
		"paper.preprint"); got != "absent" {
		t.Errorf("preprint is %q, want absent", got)
	}
}

// TestVenueOfOthers: a venue in a reference to a work, or of what was used, tells of no paper of the model's.
func TestVenueOfOthers(t *testing.T) {
	for text, want := range map[string]string{
		"It was trained with AdamW ([Hawk & Owl, ICLR 2019](https://arxiv.org/abs/1111.01101)).": "absent",
		"Positions are told as by Hawk et al. (ICLR 2022).":                                      "absent",
		"It uses a head from NeurIPS 2023.":                                                      "absent",
		"Our paper was accepted at ICLR 2024.":                                                   "true",
		"Quokka3 is at ICLR 2024.":                                                               "true",
	} {
		docs := []audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, "acme/Quokka3", "# Quokka3\n\n"+text+"\n")}
		if got := values(alone(papersTheme, newInput(model("acme/Quokka3", ""), docs)), "paper.reviewed"); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// TestPaperOfItsOwnModel: a paper that was asked for by itself is that of the model which it introduces.
func TestPaperOfItsOwnModel(t *testing.T) {
	record := pageOf(audit.DocPaper, audit.RolePaper, "2501.00001",
		`<feed><entry><id>http://arxiv.org/abs/2501.00001v1</id><title>Quokka: A Model</title></entry></feed>`)
	record.Place, record.URL = audit.ArXivPaper, "https://export.arxiv.org/api/query?id_list=2501.00001"
	for name, want := range map[string]string{"Quokka-7B": "archived/own", "2501.00001": "archived/related"} {
		s := audit.Subject{ID: "arxiv:2501.00001", Name: name}
		list := alone(papersTheme, newInput(s, []audit.Document{record}))
		if got := values(list, "paper.preprint") + "/" + values(list, "paper.preprint.scope"); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}

// TestPaperCitedInFront: where a page called after the model cites its preprint, the front page's citation by the
// model's name counts as well: that may be of what became of it.
func TestPaperCitedInFront(t *testing.T) {
	part := inRepository(audit.DocReadme, "acme/marsupials", "Quokka/README.md",
		"# Quokka\n\n```\n@misc{q, title={Quokka: A Model}, eprint={2501.00001}, archivePrefix={arXiv}}\n```\n")
	front := inRepository(audit.DocReadme, "acme/marsupials", "README.md", "# Marsupials\n\nQuokka and Wombat are models.\n\n```\n"+
		"@inproceedings{q24, title={Quokka: A Model}, booktitle={The Twelfth International Conference on Learning}}\n"+
		"@inproceedings{x24, title={Small Birds Beat Quokka}, booktitle={Proceedings of the ACL}}\n"+
		"@inproceedings{w24, title={Wombat: A Model}, booktitle={Proceedings of the ACL}}\n```\n")
	got := alone(papersTheme, newInput(model("acme/Quokka-8B", ""), []audit.Document{front, part}))
	if s := kept(got); s != "archived/own true/own" {
		t.Errorf("got %s", s)
	}
	if venue := values(got, "paper.venue"); !strings.Contains(venue, "Twelfth") || strings.Contains(venue, "ACL") {
		t.Errorf("venue %q", venue)
	}
}

// TestPaperUnderSameTitle: what the base's page cites under the title of the paper that a copy's card cites is that paper.
func TestPaperUnderSameTitle(t *testing.T) {
	const preprint = "@misc{q, title={Quokka: A Model}, eprint={2501.00001}, archivePrefix={arXiv}}\n"
	for title, want := range map[string]string{"Quokka: A Model": "archived/own true/own", "Quokka: Songs": "archived/own absent/"} {
		docs := []audit.Document{
			pageOf(audit.DocModelCard, audit.RoleEnd, "rival/Quokka-8B-GGUF", "# Quokka 8B GGUF\n\nFiles of it.\n\n```\n"+preprint+"```\n"),
			pageOf(audit.DocModelCard, audit.RoleBase, "acme/Quokka-8B", "# Quokka 8B\n\nA model.\n\n```\n@inproceedings{q24, title={"+
				title+"}, booktitle={The Twelfth International Conference on Learning}}\n```\n")}
		if got := kept(alone(papersTheme, newInput(model("rival/Quokka-8B-GGUF", "acme/Quokka-8B"), docs))); got != want {
			t.Errorf("%s: got %s, want %s", title, got, want)
		}
	}
}
