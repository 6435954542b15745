package crawl

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"openness/audit"
	"openness/audit/page"
	"openness/audit/replay/faults"
)

// quiet is a gathering that asks nobody.
func quiet(models []*model, docs ...audit.Document) *gathering {
	return &gathering{c: &Crawler{opts: Options{Progress: func(Event) {}}}, models: models, docs: docs}
}

// chosenOf lists the ids of a kind and role among the places.
func chosenOf(g *gathering, kind audit.PlaceKind, role audit.Role) []string {
	ids := []string{}
	for _, p := range g.subject.Places {
		if p.Kind == kind && p.Role == role {
			ids = append(ids, p.ID)
		}
	}
	return ids
}

// TestAnchorText: a link in HTML has its own text: words, those of a picture, or of a badge.
func TestAnchorText(t *testing.T) {
	for rest, want := range map[string]string{
		`arxiv.org/abs/2401.00001">Paper</a> and more`:                                                    "paper",
		`arxiv.org/abs/2401.00001"><img src="x.png" alt="Technical Report"/></a>`:                         "technical report",
		`arxiv.org/abs/2401.00001"><img src="https://img.shields.io/badge/arXiv-2401.00001-red.svg"></a>`: "arxiv",
		`acme.example/x"><img src="b.svg"> <a href="https://acme.example/y">other</a>`:                    "",
		`acme.example/x">cut off`: "",
	} {
		before, text := around(`see <a target="_blank" href="https://`+rest,
			len(`see <a target="_blank" href="https://`))
		if text != want || !strings.HasPrefix(before, "see") {
			t.Errorf("%q: %q before %q, want %q", rest, text, before, want)
		}
	}
}

// TestDefinedPaper: what the links called "paper" refer to is the paper, however short
// the model's name; another definition is not.
func TestDefinedPaper(t *testing.T) {
	text := "# N5\nSee the [paper].\n\n[paper]: https://arxiv.org/abs/2401.00001\n[optimizer]: https://arxiv.org/abs/2401.00002\n"
	ranked := rankPapers(page.Parse([]byte(text)), "acme/n5", papersIn(page.Parse([]byte(text))))
	if len(ranked) != 2 || ranked[0].id != "2401.00001" || ranked[0].score < ownPaper || ranked[1].score >= ownPaper {
		t.Errorf("%+v", ranked)
	}
}

// TestAskMentioned: where no page calls a paper the model's own, those that are only
// named are asked about at once, and the title tells; where one does, nobody is asked.
func TestAskMentioned(t *testing.T) {
	entry := func(id, title string) string {
		return "<entry><id>http://arxiv.org/abs/" + id + "v1</id><title>" + title + "</title></entry>"
	}
	for name, test := range map[string]struct {
		card, title string
		asked       int
		own         []string
	}{
		"its title names the model": {"Text.", "Wallaby 2: Small Models of the Bush", 1, []string{"2401.00001"}},
		"another version":           {"Text.", "Wallaby 25: Small Models", 1, []string{}},
		"a work that uses it":       {"Text.", "Measuring Wallaby 2 on Tasks", 1, []string{}},
		"a page names its own": {"## Citation\n[Wallaby paper](https://arxiv.org/abs/2401.00009)",
			"Wallaby 2: Small Models", 0, []string{"2401.00009"}},
	} {
		t.Run(name, func(t *testing.T) {
			asked := 0
			server := faults.Serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				asked++
				body := `<feed xmlns="http://www.w3.org/2005/Atom">` + entry("2401.00001", test.title) +
					entry("2401.00002", "Attention for Birds") + "</feed>"
				faults.Answer(200, body, "Content-Type: application/atom+xml")(w, r)
			}))
			c, err := New(Options{ArXiv: server.URL, MaxWait: -1, Now: time.Now})
			if err != nil {
				t.Fatal(err)
			}
			defer c.Close()
			m := pageOf("acme/Wallaby-2-7B-Chat", test.card)
			m.tagged = []string{"2401.00001", "2401.00002"}
			g := quiet([]*model{m})
			g.c = c
			g.namePapers()
			if err := g.askMentioned(t.Context()); err != nil {
				t.Fatal(err)
			}
			if own := chosenOf(g, audit.ArXivPaper, audit.RolePaper); asked != test.asked ||
				!slices.Equal(own, test.own) {
				t.Errorf("asked %d times, own %q; want %d, %q", asked, own, test.asked, test.own)
			}
		})
	}
}

// TestTitledAfter: a title that begins with the name of a model's series is of the
// model's paper, but for one that gives another version; one that uses the model is not.
func TestTitledAfter(t *testing.T) {
	for _, test := range []struct {
		model, title string
		want         bool
	}{
		{"acme/Lapwing-7B-Instruct-v1.1", "The Lapwing-7B Model and the Lapwing Data: Open Resources", true},
		{"acme/Lapwing-7B", "Lapwing: Open Models of Birds", true},
		{"acme/Lapwing-2-7B", "Lapwing 2: Open Models of Birds", true},
		{"acme/Lapwing-2-7B", "Lapwing 3: Open Models of Birds", false},
		{"acme/Lapwing-7B-v1.1", "Lapwing 2: Open Models of Birds", false},
		{"acme/Lapwing-7B", "Measuring Lapwing on Long Texts", false},
		{"acme/Lapwing-7B", "Birds in Prose: A Study of Models like Lapwing", false},
		{"acme/Lapwing-7B", "lapwing", false},
		{"acme/base-7b", "Base Models of the World: A Survey", false},
	} {
		if got := titledAfter(test.title, test.model); got != test.want {
			t.Errorf("%q of %q: %v, want %v", test.title, test.model, got, test.want)
		}
	}
}

// TestPapersBelow: a page below the front page names the model's paper by its title.
func TestPapersBelow(t *testing.T) {
	below := audit.Document{Kind: audit.DocProse, Place: audit.GitHubRepo, PlaceID: "acme/lapwing-train",
		Path: "assets/card.md", SHA256: "x",
		Body: []byte("# Card\n```bibtex\n@article{a, title={The Lapwing-7B Model: Open " +
			"Resources for Birds}, eprint={2401.00001}}\n```\nWe follow [Attention for All Kinds of Birds]" +
			"(https://arxiv.org/abs/2401.00002).\n")}
	g := quiet([]*model{pageOf("acme/Lapwing-7B-Instruct", "# Lapwing\n")}, below)
	g.repos = []*repository{{id: "acme/lapwing-train", role: audit.RoleCode, readme: page.Parse(nil)}}
	g.namePapers()
	own, related := chosenOf(g, audit.ArXivPaper, audit.RolePaper), chosenOf(g, audit.ArXivPaper, audit.RoleRelated)
	if !slices.Equal(own, []string{"2401.00001"}) || !slices.Equal(related, []string{"2401.00002"}) {
		t.Errorf("own %q, related %q", own, related)
	}
}

// TestRecordBesidePreprint: the publication that the head of a page calls the paper is
// the model's where the row of links has the model's own preprint; not where there are
// several, where it stands alone, or further down.
func TestRecordBesidePreprint(t *testing.T) {
	const (
		badge = `<a href="https://openreview.net/forum?id=aB3dE5fG7h">` +
			`<img src="https://img.example/badge/Paper-BIRDS-red.svg" alt="Paper"/></a> `
		preprint = `<a href="https://arxiv.org/abs/2401.00001">` +
			`<img src="https://img.example/badge/arXiv-2401.00001-red.svg"></a>` + "\n"
		cited = "\n## Citation\n```bibtex\n@article{a, title={Self-Taught Birds}, eprint={2401.00001}}\n```\n"
	)
	for name, test := range map[string]struct {
		page string
		want []string
	}{
		"a row of links": {"# Birdwork\n" + badge + preprint + cited,
			[]string{"https://openreview.net/forum?id=aB3dE5fG7h"}},
		"no own preprint":    {"# Birdwork\n" + badge + preprint, []string{}},
		"no preprint beside": {"# Birdwork\n" + badge + cited, []string{}},
		"several works": {"# Birdwork\n" + badge + strings.ReplaceAll(badge, "aB3dE5fG7h", "zZ3dE5fG7h") + preprint +
			cited, []string{}},
		"further down": {"# Birdwork\n" + preprint + "## Thanks\n" + badge + cited, []string{}},
	} {
		g := quiet([]*model{pageOf("acme/sandgrouse-7b", test.page)})
		g.nameRecords()
		if got := chosenOf(g, audit.PaperPage, audit.RolePaper); !slices.Equal(got, test.want) {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

// TestDataFound: data is found in lists below a heading on data, by its bare id, on
// pages below the front page that are about the model, and on the web; what guides a
// reader or measures is none.
func TestDataFound(t *testing.T) {
	below := func(path, text string) audit.Document {
		return audit.Document{Kind: audit.DocReadme, Place: audit.GitHubRepo, PlaceID: "acme/falcon-kit", Path: path,
			Body: []byte(text), SHA256: "x"}
	}
	const listed = "# %s\nIt was trained on https://huggingface.co/datasets/acme/talks\n"
	for name, test := range map[string]struct {
		card string
		docs []audit.Document
		data []string
		web  []string
	}{
		"a list below a heading": {card: "## Datasets\n- [Talks](https://huggingface.co/datasets/zoo/talks)\n",
			data: []string{"zoo/talks"}},
		"tests below such a heading": {card: "## Datasets\nWe evaluate on [Quiz](https://huggingface.co/datasets/zoo/quiz)\n"},
		"an id in a sentence": {card: "We used the open source dataset zoo/slim-talks to tune it.\n",
			data: []string{"zoo/slim-talks"}},
		"the reader's own": {card: "Then pass --dataset your-name/new-data to it.\n"},
		"a table below a heading": {card: "## Data mix\n| Subset | rows |\n|---|---|\n| zoo/evolved_70k | 7 |\n",
			data: []string{"zoo/evolved_70k"}},
		"a table of anything": {card: "## Speed\n| Model | rows |\n|---|---|\n| zoo/other-7b | 7 |\n"},
		"a page on the web":   {card: "It was trained on a subset of the dataset [Birds-5B](https://birds.example/blog/birds-5b/).\n", web: []string{"https://birds.example/blog/birds-5b/"}},
		"a manual on the web": {card: "For training see the dataset [formats](https://docs.birds.example/docs/dataset-formats/).\n"},
		"a page of the repository": {docs: []audit.Document{below("tune/README.md", strings.ReplaceAll(listed, "%s",
			"Falcon Chat"))}, data: []string{"acme/talks"}},
		"a page on another matter": {docs: []audit.Document{below("tune/README.md", strings.ReplaceAll(listed, "%s",
			"Tuning"))}},
		"a guide": {docs: []audit.Document{below("docs/falcon.md", strings.ReplaceAll(listed, "%s",
			"Falcon"))}},
	} {
		g := quiet([]*model{pageOf("acme/falcon-7b", test.card)}, test.docs...)
		g.repos = []*repository{{id: "acme/falcon-kit", role: audit.RoleCode, readme: page.Parse(nil)}}
		g.nameDatasets()
		data, web := chosenOf(g, audit.HubDataset, audit.RoleData), chosenOf(g, audit.WebPage, audit.RoleData)
		if !slices.Equal(data, append([]string{}, test.data...)) ||
			!slices.Equal(web, append([]string{}, test.web...)) {
			t.Errorf("%s: %q and %q, want %q and %q", name, data, web, test.data, test.web)
		}
	}
}

// TestSitesFound: which pages of the makers' are read.
func TestSitesFound(t *testing.T) {
	for name, test := range map[string]struct {
		model, card, want string
	}{
		"a part of the owner's name": {"nimbus-llama/Llama-9-7b",
			"Read the [research paper](https://ai.nimbus.example/research/publications/llama-9-chat-models/).",
			"https://ai.nimbus.example/research/publications/llama-9-chat-models/"},
		"where weights are given out": {"nimbus-llama/Llama-9-7b",
			"To download the weights visit the [site](https://ai.nimbus.example/llama-downloads/).",
			"https://ai.nimbus.example/llama-downloads/"},
		"a post on the hub": {"zoo/falcon-3", "For more see our blog post: https://hf.co/blog/falcon3",
			"https://hf.co/blog/falcon3"},
		"a post named after it": {"zoo/falcon",
			"For more see our [blog post](https://huggingface.co/blog/zoo/falcon-2).",
			"https://huggingface.co/blog/zoo/falcon-2"},
		"a page of the model's": {"zoolabs/falcon-2-7b",
			"A model with 7 billion words. Its data is told on [the page of Falcon 2](https://zoolabs.example/models/falcon-2).",
			"https://zoolabs.example/models/falcon-2"},
		"a page that it is used with": {"zoolabs/falcon-2-7b",
			"Falcon 2 can be used with [Nest](https://zoolabs.example/models/falcon-2).", ""},
		"all that they do": {"nimbus-llama/Llama-9-7b", "[Blog](https://ai.nimbus.example/blog/)", ""},
		"a place to talk to it": {"nimbus-llama/Llama-9-7b", "[Try it](https://ai.nimbus.example/chat/llama)",
			""},
	} {
		g := quiet([]*model{pageOf(test.model, test.card)})
		got := ""
		if sites := sitesIn(g.speakings(), audit.RolePaper, 1); len(sites) > 0 {
			got = sites[0].ID
		}
		if got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

// TestFrontPage: others at the top are named like a front page.
func TestFrontPage(t *testing.T) {
	for file, want := range map[string]bool{"README.md": true, "readme.rst": true, "README": true,
		"README-DEV.md": false, "demo/README.md": false} {
		if frontPage(file) != want {
			t.Errorf("%s: %v", file, !want)
		}
	}
}
