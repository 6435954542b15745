package crawl

import (
	"path"
	"slices"
	"sort"
	"strings"

	"openness/audit/github"
	"openness/audit/hub"
	"openness/audit/identity"
	"openness/audit/page"
	"openness/audit/papers"
	"openness/audit/pattern"
)

// A mention is a place named in a text, with the words around it.
type mention struct {
	id      string
	start   int    // byte offset in the page
	before  string // what stands before it on its line, marks taken out
	text    string // the link's own text
	heading string // of the section it stands in
	rest    string // what follows the id in the URL
}

var (
	githubLink = pattern.MustCompile(`(?i)github\.com[/:]([a-z0-9][a-z0-9-]{0,38})/([a-z0-9._-]+)([^\s)\]"'<>|]*)`)
	hubLink    = pattern.MustCompile(`(?i)https?://(?:www\.)?(?:huggingface\.co|hf\.co)/[^\s)\]"'<>|\\]+`)
	arxivLink  = pattern.MustCompile(`(?i)(?:arxiv\.org/(?:abs|pdf|html)/|huggingface\.co/papers/|hf\.co/papers/` +
		`|arxiv[:.\s]{1,2}(?:abs/)?|eprint\s*=\s*[{"']?)(\d{4}\.\d{4,5})`)
	markupMarks = strings.NewReplacer("*", "", "_", " ", "`", "", "<b>", "", "</b>", "", "<strong>", "", "</strong>",
		"")
	notOwners = []string{"features", "orgs", "topics", "sponsors", "user-attachments", "settings", "marketplace",
		"apps", "about", "login", "assets", "collections", "search"}
)

// maxMentions bounds how many links of one kind are weighed on one page. Real
// pages have a few hundred at most, and what matters stands near the top.
const maxMentions = 2000

// mentions finds the matches of a pattern in a page. id makes the place's id of
// the submatches, or "" for none.
func mentions(doc *page.Page, address *pattern.Regexp, id func(groups []string) (id, rest string)) []mention {
	matches := doc.Answer(address, func() [][]int { return address.FindAllSubmatchIndex(doc.Source, maxMentions) })
	if len(matches) == 0 {
		return nil
	}
	var found []mention
	source := string(doc.Source)
	for _, at := range matches {
		groups := make([]string, 0, len(at)/2)
		for i := 0; i < len(at); i += 2 {
			if at[i] < 0 {
				groups = append(groups, "")
				continue
			}
			groups = append(groups, source[at[i]:at[i+1]])
		}
		name, rest := id(groups)
		if name == "" || strings.ToLower(source[max(0, at[0]-len("gist.")):at[0]]) == "gist." {
			continue
		}
		m := mention{id: name, rest: rest, start: at[0], heading: headingAt(doc, at[0])}
		m.before, m.text = around(source, at[0])
		if strings.HasPrefix(m.before, "[^") {
			m.before = noted(source, at[0]) + " " + m.before
		}
		found = append(found, m)
	}
	return found
}

// noted is the paragraph that a footnote is of, which stands before it: a link in the
// note is spoken of there.
func noted(source string, at int) string {
	for range maxNotes {
		end := strings.LastIndexByte(source[:at], '\n')
		if end < 0 {
			return ""
		}
		begin := strings.LastIndexByte(source[:end], '\n') + 1
		line := strings.TrimSpace(source[max(begin, end-maxNoted):end])
		if line != "" && !strings.HasPrefix(line, "[^") && !strings.HasPrefix(line, "<!--") {
			return strings.ToLower(markupMarks.Replace(line))
		}
		at = end
	}
	return ""
}

const (
	maxNotes = 12  // lines between a note and its paragraph: other notes, blank lines, a break of pages
	maxNoted = 600 // bytes at the end of the paragraph
)

// words is what stands before a link, its own text and the heading that it stands under.
func (m *mention) words() string { return m.before + " " + m.text + " " + m.heading }

// contextBytes is how far back on its line the words before a link are read.
const contextBytes = 200

// around gives the words before a link and the link's own text.
func around(source string, at int) (before, text string) {
	line := source[max(0, at-contextBytes):at]
	if cut := strings.LastIndexByte(line, '\n'); cut >= 0 {
		line = line[cut+1:]
	}
	if anchorOpen.MatchString(line) {
		return strings.ToLower(markupMarks.Replace(line)), anchorText(source[at:min(len(source), at+maxAnchor)])
	}
	// [text](https://...: the text is the link's, what precedes it is before.
	if open := strings.LastIndex(line, "]("); open >= 0 && !strings.ContainsAny(line[open+2:], " )") {
		text = line[:open]
		if start := strings.LastIndexByte(text, '['); start >= 0 {
			line, text = text[:start], text[start+1:]
		}
	}
	return strings.ToLower(markupMarks.Replace(line)), strings.ToLower(markupMarks.Replace(text))
}

var (
	// anchorOpen is the beginning of a link in HTML, up to its address.
	anchorOpen = pattern.MustCompile(`(?i)<a\s[^>]*href=["']?(?:https?://)?(?:www\.)?$`)
	// anchorRest is the rest of such a link: its text may be a picture with words of its own.
	anchorRest = pattern.MustCompile(`(?is)^[^>]*>(.*?)(?:</a>|<a\s)`)
	badgeWords = pattern.MustCompile(`(?i)/badge/([a-z]+)`)
	tagOrText  = pattern.MustCompile(`(?is)<[^>]*?\balt=["']([^"'>]*)["'][^>]*>|<[^>]*>`)
)

// maxAnchor is how far a link in HTML is read for its text.
const maxAnchor = 400

// anchorText is the text of a link in HTML, given from its address on.
func anchorText(rest string) string {
	m := anchorRest.FindStringSubmatch(rest)
	if m == nil {
		return ""
	}
	text := tagOrText.ReplaceAllString(m[1], " $1 ")
	if badge := badgeWords.FindStringSubmatch(m[1]); badge != nil && strings.TrimSpace(text) == "" {
		text = badge[1]
	}
	return strings.ToLower(strings.Join(strings.Fields(markupMarks.Replace(text)), " "))
}

// headingAt is the heading of the section that holds an offset.
func headingAt(doc *page.Page, at int) string {
	next := sort.Search(len(doc.Sections), func(i int) bool { return doc.Sections[i].Title.Start > at })
	if next == 0 {
		return ""
	}
	return strings.ToLower(doc.Sections[next-1].Heading)
}

// repositoriesIn finds the repositories that a page links to.
func repositoriesIn(doc *page.Page) []mention {
	return mentions(doc, githubLink, func(groups []string) (string, string) {
		name := strings.TrimSuffix(strings.TrimRight(groups[2], ".,;:-_"), ".git")
		id := groups[1] + "/" + name
		if slices.Contains(notOwners, strings.ToLower(groups[1])) || !github.ValidID(id) {
			return "", ""
		}
		return id, groups[3]
	})
}

// modelsIn finds the models on the hub that a page links to.
func modelsIn(doc *page.Page) []mention {
	return mentions(doc, hubLink, func(groups []string) (string, string) {
		link := strings.TrimRight(groups[0], ".,;:!`*_/")
		id := hubOf(link)
		_, rest, _ := strings.Cut(link, id)
		return id, rest
	})
}

// joinedName matches a name of several parts that stands in prose by itself.
var joinedName = pattern.MustCompile(`(?:^|[\s(*\x60"'])([A-Za-z][\w.]*(?:-[\w.]+)+)`)

// siblingsNamed finds names in a page's prose, as ids of models of one owner.
func siblingsNamed(doc *page.Page, owner string) []mention {
	return mentions(doc, joinedName, func(groups []string) (string, string) {
		id := owner + "/" + strings.TrimRight(groups[1], ".")
		if !hub.ValidID(id) {
			return "", ""
		}
		return id, ""
	})
}

// loadedModel matches a hub id in code that loads a model.
var loadedModel = pattern.MustCompile(`["'\s=]([A-Za-z0-9][A-Za-z0-9._-]*/[A-Za-z0-9][A-Za-z0-9._-]*)["'\s,)]`)

// modelsLoaded finds the hub ids that the code of a README loads. Paths look
// like ids too, so only those count whose owner fits the repository's.
func modelsLoaded(doc *page.Page, repository string) []mention {
	return mentions(doc, loadedModel, func(groups []string) (string, string) {
		if !hub.ValidID(groups[1]) || strings.EqualFold(groups[1], repository) ||
			identity.OwnerLikeness(path.Dir(groups[1]), path.Dir(repository)) < 2 ||
			identity.Likeness(path.Base(repository), path.Base(groups[1])) < 2 ||
			strings.Contains(path.Base(groups[1]), ".py") {
			return "", ""
		}
		return groups[1], ""
	})
}

// datasetsIn finds the datasets on the hub that a page links to.
func datasetsIn(doc *page.Page) []mention {
	return mentions(doc, hubLink, func(groups []string) (string, string) {
		_, rest, ok := strings.Cut(strings.TrimRight(groups[0], ".,;:!`*_"), "/datasets/")
		if !ok {
			return "", ""
		}
		parts := strings.FieldsFunc(rest, func(r rune) bool { return r == '/' || r == '?' || r == '#' })
		if len(parts) < 2 || len(parts) > 2 && pictureFile.MatchString(parts[len(parts)-1]) {
			return "", ""
		}
		return datasetID(parts[0] + "/" + parts[1]), ""
	})
}

// pictureFile matches a file that a page shows or plays: cards keep theirs in datasets too.
var pictureFile = pattern.MustCompile(`(?i)\.(?:png|jpe?g|gif|svg|webp|avif|mp4|mov|webm)$`)

var (
	// collectionLink is a hub's collection; what is in it the hub's interface tells.
	collectionLink = pattern.MustCompile(
		`(?i)https?://(?:www\.)?(?:huggingface\.co|hf\.co)/collections/([\w.-]+/[\w.-]+)`,
	)
	// archiveLink is a page of data elsewhere.
	archiveLink = pattern.MustCompile(`(?i)https?://(?:www\.)?(?:(zenodo)\.org/records?/(\d+)` +
		`|doi\.org/10\.5281/(zenodo)\.(\d+)|(kaggle)\.com/datasets/([\w-]+/[\w-]+))`)
)

// collectionsIn finds the collections on the hub that a page links to.
func collectionsIn(doc *page.Page) []mention {
	return mentions(doc, collectionLink, func(groups []string) (string, string) { return groups[1], "" })
}

// archivesIn finds the data elsewhere that a page links to, each as the address of its page.
func archivesIn(doc *page.Page) []mention {
	return mentions(doc, archiveLink, func(groups []string) (string, string) {
		if id := groups[2] + groups[4]; id != "" {
			return "https://zenodo.org/records/" + id, ""
		}
		return "https://www.kaggle.com/datasets/" + groups[6], ""
	})
}

// namedData is the hub id of a dataset in prose, behind the word: "the dataset
// acme/falco-chat", or in the first cell of a row.
var namedData = pattern.MustCompile(`(?im)(?:\b(?:data ?sets?|corpus)[\s\x60*":]{1,4}` +
	`|^\|\s*)([a-z0-9][\w.-]*/[a-z0-9][\w.-]*[a-z0-9])(?:[\s\x60*",;:.)|]|$)`)

// placeholder is an id that stands for the reader's own.
var placeholder = pattern.MustCompile(`(?i)^(?:your|my|user|username|org|owner|path|namespace)\b`)

// dataNamed finds the datasets that a page names without a link: in a sentence that
// calls them so, or in a table below a heading on data.
func dataNamed(doc *page.Page) []mention {
	all := mentions(doc, namedData, func(groups []string) (string, string) {
		if !hub.ValidID(groups[1]) || notPage.MatchString(groups[1]) || placeholder.MatchString(groups[1]) {
			return "", ""
		}
		return groups[1], ""
	})
	return slices.DeleteFunc(all, func(m mention) bool {
		return doc.Source[m.start] == '|' && !dataHeading.MatchString(m.heading)
	})
}

// dataHeading is a heading below which a table lists what a model was trained on.
var dataHeading = pattern.MustCompile(`\b(?:data ?sets?|data ?mix\w*|training data|corpora|corpus)\b`)

// dataPages finds pages of the web that are about data: what a page links beside the
// hubs and what serves anybody.
func dataPages(doc *page.Page) []mention {
	return mentions(doc, webLink, func(groups []string) (string, string) {
		if address := siteAddress(groups[0]); !manual.MatchString(address) {
			return address, ""
		}
		return "", ""
	})
}

// manual is the address of a page that tells how to use something.
var manual = pattern.MustCompile(`(?i)://docs?\.|/docs?/|readthedocs|/terms|/policies/`)

// papersIn finds the arXiv ids that a page names.
func papersIn(doc *page.Page) []mention {
	return mentions(doc, arxivLink, func(groups []string) (string, string) { return groups[1], "" })
}

// recordsIn finds the publications that a page names where venues record them,
// each as the address of its page.
func recordsIn(doc *page.Page) []mention {
	return mentions(doc, papers.ReferencePattern, func(groups []string) (string, string) {
		if r, ok := papers.ReferenceOf(groups); ok {
			return r.Page(), ""
		}
		return "", ""
	})
}
