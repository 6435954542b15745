package papers

import (
	"strings"
	"testing"

	"openness/audit"
)

// TestPaperOfFramework: the paper that a repository calls its own, and that is not
// named after the model, is of that repository's work.
func TestPaperOfFramework(t *testing.T) {
	const id = "acme/Quokka-8B"
	for _, c := range []struct{ repository, text, want string }{
		{"acme/handbook", "# The handbook\n\nRead the [technical report](https://arxiv.org/abs/2501.00001).\n\nWe made Quokka with it.\n", "related"},
		{"acme/handbook", "# The handbook\n\nQuokka is told of in its [technical report](https://arxiv.org/abs/2501.00001).\n", "own"},
		{"acme/quokka", "# Our model\n\nRead the [technical report](https://arxiv.org/abs/2501.00001) on Quokka and its songs.\n", "own"},
	} {
		readme := pageOf(audit.DocReadme, audit.RoleCode, c.repository, c.text)
		card := pageOf(audit.DocModelCard, audit.RoleEnd, id, "# Quokka\n\nIts code is at https://github.com/"+
			c.repository+".\n")
		if got := values(Read(newInput(model(id, ""), []audit.Document{card, readme})),
			"paper.preprint.scope"); got != c.want {
			t.Errorf("%s: %q: scope %q, want %q", c.repository, c.text, got, c.want)
		}
	}
}

// TestNamedPaper: a link gives the model's name or a part of it, or leads to a paper in another archive.
func TestNamedPaper(t *testing.T) {
	for text, want := range map[string]string{
		"[XLQ-R Paper](https://arxiv.org/abs/2501.00001)\n":                                       "archived own",
		"[Pelikan Paper](https://arxiv.org/abs/2501.00001)\n":                                     " ",
		"Please see our paper [Quokka: Songs Are All](https://openreview.net/pdf?id=r1xMH).\n":    "report own",
		"Please see our paper [Quokka: Songs Are All](https://www.biorxiv.org/content/10.1/1).\n": "archived own",
		"Please see our pages [Quokka: Songs Are All](https://openreview.net/group?id=r1xMH).\n":  " ",
	} {
		d := pageOf(audit.DocModelCard, audit.RoleEnd, "acme/quokka2-xlq-r-300m", "# Quokka2\n\nIt sings.\n\n"+text)
		found := Read(newInput(model("acme/quokka2-xlq-r-300m", ""), []audit.Document{d}))
		if got := values(found, "paper.preprint") + " " + values(found, "paper.preprint.scope"); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// TestPaperElsewhere: a paper in another archive than arXiv, or at its review, of which nothing was read, is the
// model's own where the page calls it so; that its title names the model leaves it open, as others write on a model too.
func TestPaperElsewhere(t *testing.T) {
	const doubt = " "
	for text, want := range map[string]string{
		"Reference paper: [Quokka mice of the East](https://www.biorxiv.org/content/10.1/1)\n":        doubt,
		"It is debated in [Quokka-7B on trial](https://papers.ssrn.com/sol3/papers.cfm?id=1).\n":      doubt,
		"Our field data comes from [the Quokka census](https://www.biorxiv.org/content/10.1/1).\n":    doubt,
		"Publications:\n\n- [Quokka in the clinic](https://www.medrxiv.org/content/10.1/1)\n":         doubt,
		"| Paper | [Quokka mice](https://hal.science/hal-1) |\n|---|---|\n":                           doubt,
		"Compare the [Quokka-7B report form](https://openreview.net/forum?id=x1).\n":                  doubt,
		"[Quokka-7B Paper](https://www.biorxiv.org/content/10.1/1)\n":                                 "archived own",
		"[Quokka-7B Technical Report](https://openreview.net/forum?id=x1)\n":                          "report own",
		"[Paper](https://www.biorxiv.org/content/10.1/1)\n":                                           "archived own",
		"It is told in our paper, [Quokka: a small one](https://www.biorxiv.org/content/10.1/1).\n":   "archived own",
		"[Quokka on trial](https://hal.science/hal-1)\n\n[Paper](https://arxiv.org/abs/2501.00001)\n": "archived own",
	} {
		d := pageOf(audit.DocModelCard, audit.RoleEnd, "acme/Quokka-7B", "# Quokka-7B\n\nIt sings.\n\n"+text)
		in := newInput(model("acme/Quokka-7B", ""), []audit.Document{d})
		found := Read(in)
		if got := values(found, "paper.preprint") + " " + values(found, "paper.preprint.scope"); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
		if got := len(in.Unread) > 0; want == doubt && !got {
			t.Errorf("%q is not left open", text)
		}
	}
}

// TestPaperOnFamily: where a citation names the family, one that has its name
// within another word is of another work.
func TestPaperOnFamily(t *testing.T) {
	const own = "@misc{q, title={Quokka: a suite of models}, eprint={2501.00001}, archivePrefix={arXiv}}\n"
	const other = "@inproceedings{p, title={PolyQuokkas: fifty runs}, booktitle={Proceedings of ICLR}}\n"
	d := pageOf(audit.DocModelCard, audit.RoleEnd, "acme/Quokka-8B", "# Quokka\n\n```bibtex\n"+own+other+"```\n")
	found := Read(newInput(model("acme/Quokka-8B", ""), []audit.Document{d}))
	if got := values(found, "paper.reviewed"); got != "" {
		t.Errorf("reviewed is %q: another work's", got)
	}
	if got := values(found, "paper.preprint.scope"); got != "own" {
		t.Errorf("scope %q, want own", got)
	}
}

// TestPaperOfAnother: of works that a page cites or links, those on the model before, on what it was made from and on
// an architecture are not the model's own, and works on the model are, whatever their titles hold.
func TestPaperOfAnother(t *testing.T) {
	const archived = "eprint={2501.00001}, archivePrefix={arXiv}}\n"
	const atVenue = "booktitle={Proceedings of the Conference on Nests}}\n"
	for name, c := range map[string]struct{ id, base, body, want string }{
		"the number in a title beside it": {"acme/quokka-v2-large", "",
			"@misc{a, title={Quokka: A Marsupial}, " + atVenue + "@misc{b, title={Quokka V2}, " + archived, "own related"},
		"the number within a name": {"acme/Quokka2-VL-7B", "",
			"@misc{b, title={Quokka2-VL}}\n@misc{a, title={Quokka-VL: Eyes}, " + archived, "related"},
		"in two words": {"acme/Small-Quokka-V2-Base", "",
			"@misc{a, title={Small Quokka: Songs}, " + atVenue + "@misc{b, title={Small Quokka V2}, " + archived, "own related"},
		"one title for both numbers": {"acme/quokka-v2-large", "",
			"@misc{a, title={Quokka: A Marsupial}, " + atVenue + "@misc{b, title={Quokka: A Marsupial}, " + archived, "own own"},
		"the name of a base in the model's": {"lab/songquokka_base_pwi", "acme/quokka-base",
			"@misc{a, title={QUOKKA: A MARSUPIAL}, " + atVenue, "base"},
		"the name of a base of the same makers": {"acme/songquokka_base_pwi", "acme/quokka-base",
			"@misc{a, title={QUOKKA: A MARSUPIAL}, " + atVenue, "own"},
		"an architecture in a key": {"lab/quokka_base_patch16", "",
			"@misc{b, title={Laws of Scale}, " + archived + "@misc{smith2030quokka, title={Leaves are Words}, " + atVenue,
			"related"},
		"the makers' own work before another": {"lab/quokka-base", "",
			"@misc{smith2030quokka, title={Leaves are Words}, " + atVenue + "@misc{b, title={Laws of Scale}, " + archived,
			"own"},
		"the makers' own work beside its data": {"lab/quokka-base", "",
			"@article{nest2023eggs, title={Eggs: A Corpus}, journal={Nests}}\n@misc{smith2030quokka, title={Leaves are Words}, " +
				atVenue, "own"},
		"the model in a key": {"lab/quokka-base", "",
			"@misc{quokka, title={Leaves are Words}, " + atVenue + "@misc{b, title={Laws of Scale}, " + archived, "own"},
		"the model behind a year in a key": {"lab/quokka-base", "",
			"@misc{2030quokka, title={Leaves are Words}, " + atVenue + "@misc{b, title={Laws of Scale}, " + archived, "own"},
		"a key of one work alone": {"lab/quokka-base", "",
			"@misc{smith2030quokka, title={Leaves are Words}, " + atVenue, "own"},
	} {
		d := pageOf(audit.DocModelCard, audit.RoleEnd, c.id, "# A model\n\nIt sings.\n\n```bibtex\n"+c.body+"```\n")
		found := Read(newInput(model(c.id, c.base), []audit.Document{d}))
		got := strings.TrimSpace(values(found, "paper.preprint.scope") + " " + values(found, "paper.reviewed.scope"))
		if got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// TestPaperOfWhatWasTakenUp: a link behind "based on" leads to the paper of something else, though it bears the
// family's name; a title, a paper and other words before the link tell nothing of that.
func TestPaperOfWhatWasTakenUp(t *testing.T) {
	for text, want := range map[string]string{
		"It is based on the [Quokka](https://arxiv.org/abs/2501.00001) large model.\n":                              "related",
		"It sees the pairs used\nin the original [QUOKKA](https://arxiv.org/abs/2501.00001) model.\n":               "related",
		"Its weights were initialized from [Quokka](https://arxiv.org/abs/2501.00001).\n":                           "related",
		"We present [Quokka](https://arxiv.org/abs/2501.00001), a large model.\n":                                   "own",
		"It is based on the [Quokka paper](https://arxiv.org/abs/2501.00001).\n":                                    "own",
		"It is based on Condor; see [Quokka](https://arxiv.org/abs/2501.00001).\n":                                  "own",
		"It is based on [Quokka: Songs for All of Us](https://arxiv.org/abs/2501.00001).\n":                         "own",
		"It is based on [Quokka](https://arxiv.org/abs/2501.00001).\n\n[Paper](https://arxiv.org/abs/2501.00002)\n": "own related",
	} {
		d := pageOf(audit.DocModelCard, audit.RoleEnd, "acme/quokka-large-songs", "# Quokka for songs\n\nIt sings.\n\n"+text)
		found := Read(newInput(model("acme/quokka-large-songs", ""), []audit.Document{d}))
		if got := values(found, "paper.preprint.scope"); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
