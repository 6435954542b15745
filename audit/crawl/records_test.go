package crawl_test

import (
	"net/http"
	"strings"
	"testing"

	"openness/audit"
	"openness/audit/replay/faults"
)

// ofWallaby is a card that names the model's paper in the way that is given.
func ofWallaby(paper string) map[string]string {
	return card("---\nlicense: mit\n---\n# Wallaby\nWallaby is a model of language that Acme made in a year of work.\n\n## Citation\n" + paper + "\n")
}

// bibtex asks for one paper to be cited.
func bibtex(fields string) map[string]string {
	return ofWallaby("```bibtex\n@misc{wallaby, title={The Wallaby model}, " + fields + "}\n```")
}

const (
	note      = `{"notes":[{"id":"aBcDeFgHiJ","content":{"title":{"value":"The Wallaby model"},"venue":{"value":"VENUE"}}}]}`
	oldNote   = `{"notes":[{"id":"aBcDeFgHiJ","content":{"title":"The Wallaby model","venue":"ICLR 2021 Poster"}}]}`
	crossref  = `{"status":"ok","message":{"DOI":"10.1000/wallaby.7","type":"journal-article","title":["The Wallaby model"],"container-title":["Journal of Marsupial Computing"]}}`
	citation  = "@inproceedings{w,\n title = \"The Wallaby model\",\n booktitle = \"Proceedings of the 62nd Annual Meeting\"\n}\n"
	atomFeed  = `<feed><entry><id>http://arxiv.org/abs/2401.00001v3</id><title>The Wallaby model</title>MORE</entry></feed>`
	abstract  = `<!DOCTYPE html><html><head><meta name="citation_title" content="The Wallaby model"/><meta name="citation_arxiv_id" content="2401.00001"/></head><body><td class="tablecell jref">Journal of Marsupial Computing, 7</td><strong>[v3]</strong></body></html>`
	noteAt    = "/web/api2.openreview.net/notes"
	oldNoteAt = "/web/api.openreview.net/notes"
	workAt    = "/web/api.crossref.org/works/"
	paperAt   = "/web/aclanthology.org/"
	absAt     = "/web/arxiv.org/abs/"
	arxivAt   = "/arxiv"
	dblpAt    = "/web/dblp.org/search/publ/api"
	dblpHits  = `{"result":{"query":"the wallaby model","hits":{"@total":"3","hit":[{"@score":"9","info":{"authors":{"author":{"text":"Ada Example"}},"title":"The Wallaby Model, Again.","venue":"ACL","year":"2024","type":"Conference and Workshop Papers"}},` +
		`{"info":{"title":"The Wallaby Model.","venue":"CoRR","type":"Informal and Other Publications"}},{"info":{"title":"The Wallaby Model.","venue":["ICML","PMLR"],"type":"Conference and Workshop Papers","doi":"10.1000/w"}}]}}}`
)

// onSites gives hosts of the web the answers of a case, and no robots.txt.
func onSites(answers map[string]http.Handler) map[string]http.Handler {
	all := map[string]http.Handler{}
	for _, host := range []string{"aclanthology.org", "arxiv.org"} {
		all["/web/"+host+"/robots.txt"] = faults.Answer(404, "")
	}
	for path, h := range answers {
		all[path] = h
	}
	return all
}

func jsonOf(body string) http.Handler {
	return faults.Answer(200, body, "Content-Type: application/json")
}

// undecided demands that a lost record is a document and that, without it, it
// is not known whether a reviewed paper exists.
func undecided(kind audit.DocKind, part string, outcome audit.Outcome, says ...string) func(*testing.T, *result) {
	return func(t *testing.T, r *result) {
		t.Helper()
		ends(kind, part, outcome, says...)(t, r)
		for dimension, class := range classes(t, r) {
			if dimension == "paper" && class != "undetermined" {
				t.Errorf("paper is %s although the look-up was lost", class)
			}
		}
	}
}

// paperIs demands the class of the dimension.
func paperIs(want string) func(*testing.T, *result) {
	return func(t *testing.T, r *result) {
		t.Helper()
		if got := classes(t, r)["paper"]; got != want {
			t.Errorf("paper is %s, want %s", got, want)
		}
	}
}

// recordHazards are what becomes of a paper's record: part of the battery.
var recordHazards = []hazard{
	{name: "record of a DOI", files: bibtex("doi={10.1000/Wallaby.7}"), over: at(workAt, jsonOf(crossref)),
		check: all(ends(audit.DocVenue, "crossref.org/works/10.1000%2Fwallaby.7", audit.Fetched),
			fact("paper.reviewed", audit.Present, "true"), fact("paper.venue", audit.Present,
				"Journal of Marsupial Computing"), paperIs("open"))},
	{name: "record of the anthology",
		files: ofWallaby("Our [paper](https://aclanthology.org/2024.acl-long.7.pdf) on this model."),
		over:  onSites(at(paperAt, faults.Answer(200, citation, "Content-Type: text/plain"))),
		check: all(ends(audit.DocVenue, "aclanthology.org/2024.acl-long.7.bib", audit.Fetched),
			fact("paper.venue", audit.Present, "Proceedings of the 62nd Annual Meeting"), paperIs("open"))},
	{name: "note of an accepted paper", files: bibtex("url={https://openreview.net/forum?id=aBcDeFgHiJ}"),
		over: at(noteAt, jsonOf(strings.Replace(note, "VENUE", "ICLR 2024 poster", 1))),
		check: all(ends(audit.DocVenue, "api2.openreview.net/notes?id=aBcDeFgHiJ", audit.Fetched),
			fact("paper.venue", audit.Present, "ICLR 2024 poster"), asks(oldNoteAt, false), paperIs("open"))},
	{name: "note of a submission", files: bibtex("url={https://openreview.net/forum?id=aBcDeFgHiJ}"),
		over: at(noteAt, jsonOf(strings.Replace(note, "VENUE", "Submitted to ICLR 2025", 1))),
		check: all(ends(audit.DocVenue, "api2.openreview.net", audit.Fetched), fact("paper.reviewed", audit.NotThere,
			""), paperIs("closed"))},
	{name: "note behind the older interface", files: bibtex("url={https://openreview.net/forum?id=aBcDeFgHiJ}"),
		over: map[string]http.Handler{noteAt: faults.Answer(404, `{"name":"NotFoundError"}`),
			oldNoteAt: jsonOf(oldNote)},
		check: all(ends(audit.DocVenue, "api2.openreview.net", audit.Absent),
			ends(audit.DocVenue, "//api.openreview.net", audit.Fetched), fact("paper.venue", audit.Present,
				"ICLR 2021 Poster"))},
	{name: "note that neither interface has", files: bibtex("url={https://openreview.net/forum?id=aBcDeFgHiJ}"),
		over:  map[string]http.Handler{noteAt: jsonOf(`{"notes":[]}`), oldNoteAt: jsonOf(`{"notes":[]}`)},
		check: all(ends(audit.DocVenue, "//api.openreview.net", audit.Fetched), paperIs("closed"))},
	{name: "note refused", files: bibtex("url={https://openreview.net/forum?id=aBcDeFgHiJ}"),
		over:  at(noteAt, faults.Answer(403, `{"name":"ForbiddenError"}`)),
		check: all(undecided(audit.DocVenue, "api2.openreview.net", audit.Refused, "403"), asks(oldNoteAt, false))},
	{name: "record limited for an hour", files: bibtex("doi={10.1000/wallaby.7}"),
		over: at(workAt, faults.Answer(429, "", "Retry-After: 3600")), check: undecided(audit.DocVenue, "crossref",
			audit.Refused, "limits requests", "--max-wait")},
	{name: "record fails", files: bibtex("doi={10.1000/wallaby.7}"), over: at(workAt, faults.Answer(503, "")),
		check: undecided(audit.DocVenue, "crossref", audit.Failed, "503")},
	{name: "record behind a portal", files: bibtex("doi={10.1000/wallaby.7}"), over: at(workAt, faults.Portal()),
		check: undecided(audit.DocVenue, "crossref", audit.Failed, "HTML page")},
	{name: "record of something else", files: bibtex("doi={10.1000/wallaby.7}"),
		over: at(workAt, jsonOf(`{"status":"ok","message":{"items":[]}}`)), check: undecided(audit.DocVenue, "crossref",
			audit.Failed, "not a record")},
	{name: "record that is not there", files: bibtex("doi={10.1000/wallaby.7}"),
		over:  at(workAt, faults.Answer(404, "Resource not found.")),
		check: all(ends(audit.DocVenue, "crossref", audit.Absent), paperIs("closed"))},
	{name: "record that robots.txt keeps",
		files: ofWallaby("Our [paper](https://aclanthology.org/2024.acl-long.7) on this model."),
		over: at("/web/aclanthology.org/robots.txt", faults.Answer(200, "User-agent: *\nDisallow: /",
			"Content-Type: text/plain")),
		check: all(ends(audit.DocVenue, "aclanthology", audit.Refused, "robots.txt"), asks(".bib", false))},
	{name: "DOI that climbs", files: bibtex("doi={10.1000/../../../etc/passwd}"), check: asks("etc", false)},
	{name: "a hundred DOIs",
		files: ofWallaby(numbered("Our paper on this model: https://doi.org/10.1000/wallaby.%d\n\n", 100)),
		over:  at(workAt, jsonOf(crossref)), check: func(t *testing.T, r *result) {
			countKind(t, r, audit.DocVenue, 3)
		}},
	{name: "DOI of another's paper", files: ofWallaby("We use the method of [Ada](https://doi.org/10.1000/ada.1)."),
		check: asks(workAt, false)},

	// arXiv: its interface, its abstract pages, and what its answers lead to.
	{name: "archive leads to a DOI", files: card(cited), over: map[string]http.Handler{arxivAt: faults.Answer(200,
		strings.Replace(atomFeed, "MORE", "<doi>10.1000/wallaby.7</doi>", 1), "Content-Type: application/atom+xml"),
		workAt: jsonOf(crossref)},
		check: all(ends(audit.DocPaper, "export.arxiv.org", audit.Fetched), ends(audit.DocVenue, "crossref",
			audit.Fetched), fact("paper.venue", audit.Present, "Journal of Marsupial Computing"), asks(absAt, false))},
	{name: "archive names no venue and DBLP does", files: card(cited),
		over: map[string]http.Handler{arxivAt: faults.Answer(200, atomFeed, "Content-Type: application/atom+xml"),
			dblpAt: jsonOf(dblpHits)},
		check: all(ends(audit.DocVenue, "dblp.org/search", audit.Fetched), fact("paper.venue", audit.Present, "ICML"),
			paperIs("open"))},
	{name: "DBLP lists the preprint only", files: card(cited), over: map[string]http.Handler{arxivAt: faults.Answer(200,
		atomFeed, "Content-Type: application/atom+xml"), dblpAt: jsonOf(strings.ReplaceAll(dblpHits, "ICML", "CoRR"))},
		check: all(ends(audit.DocVenue, "dblp.org/search", audit.Fetched), paperIs("closed"))},
	{name: "DBLP fails", files: card(cited), over: map[string]http.Handler{arxivAt: faults.Answer(200, atomFeed,
		"Content-Type: application/atom+xml"), dblpAt: faults.Portal()},
		check: func(t *testing.T, r *result) { countKind(t, r, audit.DocVenue, 0) }},
	{name: "archive names the venue itself", files: card(cited),
		over: at(arxivAt, faults.Answer(200, strings.Replace(atomFeed, "MORE",
			"<journal_ref>Journal of Marsupial Computing, 7</journal_ref>", 1), "Content-Type: application/atom+xml")),
		check: all(asks(dblpAt, false), paperIs("open"))},
	{name: "abstract page for a failing archive", files: card(cited),
		over: onSites(map[string]http.Handler{arxivAt: faults.Answer(503, "", "Retry-After: 3600"),
			absAt: faults.Answer(200, abstract, "Content-Type: text/html")}),
		check: all(ends(audit.DocPaper, "export.arxiv.org", audit.Failed, "503"),
			ends(audit.DocPaper, "https://arxiv.org/abs/2401.00001", audit.Fetched),
			fact("paper.reviewed", audit.Present, "true"), paperIs("open"))},
	{name: "abstract page without a venue", files: card(cited),
		over: onSites(map[string]http.Handler{arxivAt: faults.Answer(429, "", "Retry-After: 3600"),
			absAt: faults.Answer(200, strings.Replace(abstract, "jref", "other", 1), "Content-Type: text/html")}),
		check: all(ends(audit.DocPaper, "export.arxiv.org", audit.Refused, "limits requests"),
			ends(audit.DocPaper, "arxiv.org/abs/", audit.Fetched), paperIs("closed"))},
	{name: "abstract page behind a portal", files: card(cited),
		over:  onSites(map[string]http.Handler{arxivAt: faults.Answer(500, ""), absAt: faults.Portal()}),
		check: undecided(audit.DocPaper, "arxiv.org/abs/", audit.Failed, "not an abstract page")},
	{name: "archive refuses and so do its pages", files: card(cited),
		over:  onSites(map[string]http.Handler{arxivAt: faults.Answer(403, ""), absAt: faults.Answer(403, "")}),
		check: undecided(audit.DocPaper, "arxiv.org/abs/", audit.Refused, "403")},
	{name: "archive answers with HTML", files: card(cited),
		over:  onSites(map[string]http.Handler{arxivAt: faults.Portal(), absAt: faults.Answer(404, "")}),
		check: undecided(audit.DocPaper, "export.arxiv.org", audit.Failed, "Atom")},
	{name: "archive drops the line", files: card(cited), over: onSites(map[string]http.Handler{arxivAt: faults.Reset(),
		absAt: faults.Reset()}), check: undecided(audit.DocPaper, "export.arxiv.org", audit.Failed, "broke off")},
	{name: "archive answers for another paper", files: card(cited),
		over: onSites(map[string]http.Handler{arxivAt: faults.Answer(200, strings.Replace(atomFeed, "2401.00001v3",
			"2401.99999v1", 1), "Content-Type: application/atom+xml")}),
		check: all(ends(audit.DocPaper, "export.arxiv.org", audit.Fetched), asks(absAt, false),
			func(t *testing.T, r *result) {
				for _, o := range r.Observations {
					if o.Finding == audit.Present && strings.HasPrefix(o.URL, "https://export.arxiv.org/") {
						t.Errorf("%s was read from an answer about another paper", o.Fact)
					}
				}
			})},
}
