package crawl_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"openness/audit"
	"openness/audit/crawl"
)

// paperHTML is a paper in the form of arXiv's HTML edition: sections, of which each is a
// heading and paragraphs, and notes within them.
func paperHTML(title string, sections ...[2]string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<html><body><article class="ltx_document">`+
		`<h1 class="ltx_title ltx_title_document">%s</h1>`, title)
	for i, s := range sections {
		fmt.Fprintf(&b, `<section class="ltx_section"><h2 class="ltx_title ltx_title_section">`+
			`<span class="ltx_tag">%d </span>%s</h2>`+
			`<div class="ltx_para"><p class="ltx_p">%s</p></div></section>`, i+1, s[0], s[1])
	}
	b.WriteString(`</article></body></html>`)
	return b.String()
}

func linkTo(address string) string {
	return fmt.Sprintf(`<a class="ltx_ref ltx_href" href="%s">%s</a>`, address, address)
}

func noteOf(text string) string {
	return `<span class="ltx_note ltx_role_footnote"><sup class="ltx_note_mark">1</sup><span class="ltx_note_outer">` +
		`<span class="ltx_note_content"><sup class="ltx_note_mark">1</sup>` + text + `</span></span></span>`
}

// TestDataOfPapers: data that only the model's paper gives the address of is asked for,
// where the paper speaks of training, in the text or in a note; not what it measures by,
// compares with or refers to. A page of the work that its head names is read too.
func TestDataOfPapers(t *testing.T) {
	const set = "https://huggingface.co/datasets/"
	filler := strings.Repeat("Wagtails are small birds that live beside water and eat what swims there. ", 10)
	body := paperHTML("Wagtail 2: A Model of Small Birds",
		[2]string{"Introduction", "Project page: " + linkTo("https://wagtail.zoo.example/wagtail-2/") + ". " + filler},
		[2]string{"Pre-training", "We trained the model on the corpus at " + linkTo(set+"pond/reeds") +
			" for two days."},
		[2]string{"Data", "The instruction data that we tuned it on is public." + noteOf(linkTo(set+"pond/notes"))},
		[2]string{"Release", "All of our own data is at " + linkTo(set+"zoo/songs") + "."},
		[2]string{"Archive", "The training data is kept at " + linkTo("https://zenodo.org/records/4711") + "."},
		[2]string{"Evaluation", "The model was trained before, and tested on the dataset " +
			linkTo(set+"pond/quiz") + "."},
		[2]string{"Related Work", "Others trained on the corpus " + linkTo(set+"pond/others") + "."},
		[2]string{"Chat", "Talk to it at " + linkTo(set+"pond/unrelated") + "."},
		[2]string{"References", "Reed. The training corpus of reeds. " + linkTo(set+"pond/cited")})
	card := "# Wagtail 2\nSee the [blog post](https://zoo.example/blog/wagtail-2). " + filler +
		"\n## Citation\nOur [paper](https://arxiv.org/abs/2401.00001), Wagtail 2.\n"
	asked := make(map[string]bool)
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked[r.URL.Path] = true
		switch {
		case r.URL.Path == "/api/models/zoo/wagtail-2-7b":
			w.Header().Set("Content-Type", "application/json")
			fmt.Fprint(w, `{"id":"zoo/wagtail-2-7b","sha":"0123456789012345678901234567890123456789","gated":false,`+
				`"siblings":[{"rfilename":"README.md"},{"rfilename":"model.safetensors"}]}`)
		case strings.HasSuffix(r.URL.Path, "/README.md") && !strings.Contains(r.URL.Path, "datasets"):
			fmt.Fprint(w, card)
		case strings.Contains(r.URL.Path, "/html/2401.00001"):
			w.Header().Set("Content-Type", "text/html")
			fmt.Fprint(w, body)
		default:
			http.NotFound(w, r)
		}
	}))
	t.Cleanup(web.Close)
	for name, test := range map[string]struct {
		budget    string
		data, web []string
	}{
		"as ever": {"", []string{"pond/reeds", "pond/notes", "zoo/songs"},
			[]string{"https://zoo.example/blog/wagtail-2", "https://wagtail.zoo.example/wagtail-2/",
				"https://zenodo.org/records/4711"}},
		"no room":   {"datasets=1,archives=0,sites=0", []string{"pond/reeds"}, nil},
		"no papers": {"papers=0", nil, []string{"https://zoo.example/blog/wagtail-2"}},
	} {
		t.Run(name, func(t *testing.T) {
			c := crawler(t, web.URL, func(o *crawl.Options) {
				b, err := crawl.ParseBudget(test.budget)
				if err != nil {
					t.Fatal(err)
				}
				o.Budget = b
			})
			r := gather(t, c, "zoo/wagtail-2-7b")
			var data, pages []string
			for _, p := range r.Subject.Places {
				switch {
				case p.Kind == audit.HubDataset && p.Role == audit.RoleData:
					data = append(data, p.ID)
				case p.Kind == audit.WebPage:
					pages = append(pages, p.ID)
				}
			}
			if !slices.Equal(data, test.data) || !slices.Equal(pages, test.web) {
				t.Errorf("%q and %q, want %q and %q", data, pages, test.data, test.web)
			}
			once := make(map[string]bool)
			for _, d := range r.Documents {
				if once[d.URL] {
					t.Errorf("%s is in the record twice", d.URL)
				}
				once[d.URL] = true
			}
			for _, id := range data {
				if !asked["/api/datasets/"+id] {
					t.Errorf("%s was not asked for", id)
				}
			}
		})
	}
}

// TestPaperAsTarget: a paper leads to the model that it introduces and gives the address of, and is asked for once.
func TestPaperAsTarget(t *testing.T) {
	const id = "zoo/wagtail-2-7b"
	asked := make(map[string]int)
	body := ""
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked[r.URL.Path]++
		switch {
		case r.URL.Path == "/arxiv/api/query":
			w.Header().Set("Content-Type", "application/atom+xml")
			fmt.Fprint(w, `<feed><entry><id>http://arxiv.org/abs/2401.00001v1</id><title>Wagtail 2 Technical Report</title>`+
				`<summary>We present Wagtail 2, a language model.</summary></entry></feed>`)
		case r.URL.Path == "/api/models/"+id:
			w.Header().Set("Content-Type", "application/json")
			fmt.Fprint(w, `{"id":"`+id+`","sha":"0123456789012345678901234567890123456789","gated":false,`+
				`"siblings":[{"rfilename":"README.md"},{"rfilename":"model.safetensors"}]}`)
		case strings.HasSuffix(r.URL.Path, "/README.md"):
			fmt.Fprint(w, "# Wagtail 2\nIt sings of many things.\n")
		case strings.Contains(r.URL.Path, "/html/2401.00001"):
			w.Header().Set("Content-Type", "text/html")
			fmt.Fprint(w, body)
		default:
			http.NotFound(w, r)
		}
	}))
	t.Cleanup(web.Close)
	filler := strings.Repeat("Wagtails are small birds that live beside water and eat what swims there. ", 10)
	for address, want := range map[string][2]string{
		"It is at " + linkTo("https://huggingface.co/"+id) + ". ": {id, "wagtail-2-7b"},
		"It is nowhere. ": {"arxiv:2401.00001", "Wagtail 2"},
	} {
		clear(asked)
		body = paperHTML("Wagtail 2 Technical Report", [2]string{"Introduction", address + filler})
		r := gather(t, crawler(t, web.URL, nil), "arxiv:2401.00001")
		if got := [2]string{r.Subject.ID, r.Subject.Name}; got != want {
			t.Errorf("%s: %q, want %q", address, got, want)
		}
		for path, n := range asked {
			if strings.HasPrefix(path, "/arxiv/") && n > 1 {
				t.Errorf("%s: %s was asked for %d times", address, path, n)
			}
		}
	}
}
