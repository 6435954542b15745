package evidence

import (
	"fmt"
	"net/url"
	"path"
	"strings"

	"openness/reports"
)

// Evidence is read where programs read: raw files and answers of interfaces. A
// person opens the page that shows the same: see openable.

// openable is the address that a person opens to see a quote: the page of the
// file with its lines, the hub's page for an answer of its interface, the words
// themselves on a page of the web. What is not known by its form is given as it
// is; "" is given where a browser may not follow it.
func openable(e *Evidence) string {
	link := reports.WebLink(e.URL)
	if link == "" {
		return ""
	}
	u, err := url.Parse(link)
	if err != nil || u.User != nil {
		return link
	}
	parts := strings.Split(strings.Trim(u.EscapedPath(), "/"), "/")
	if kind := hosts[u.Host]; kind != nil {
		if page := kind(parts, e); page != "" {
			return "https://" + page
		}
		return link
	}
	return textFragment(link, e)
}

// hosts are the places whose addresses tell which page shows a file. Each gets
// the parts of the path and gives the page without its scheme, "" for none.
var hosts = map[string]func([]string, *Evidence) string{
	"huggingface.co":            hubPage,
	"hf.co":                     hubPage,
	"raw.githubusercontent.com": rawPage,
	"api.github.com":            repositoryPage,
	"github.com":                blobPage,
	"export.arxiv.org":          paperPage,
	"arxiv.org":                 paperPage,
	"modelscope.cn":             modelScopePage,
	"www.modelscope.cn":         modelScopePage,
}

// hubPage is a page of Hugging Face: of a file, or of the model, data set or
// collection that an answer of the interface is about.
func hubPage(parts []string, e *Evidence) string {
	const host = "huggingface.co/"
	if len(parts) >= 4 && parts[0] == "api" {
		home := strings.Join(parts[2:4], "/")
		if parts[1] != "models" {
			home = parts[1] + "/" + home
		}
		if file := fileQuoted(e); file != "" && e.Revision != "" {
			return host + home + "/blob/" + e.Revision + "/" + file
		}
		return host + home
	}
	for i, p := range parts {
		if (p == "resolve" || p == "raw" || p == "blob") && i >= 1 && i+2 < len(parts) {
			file := host + strings.Join(parts[:i], "/") + "/blob/" + strings.Join(parts[i+1:], "/")
			return file + sourceView(parts[len(parts)-1], "?code=true", e) + lineAnchor(e)
		}
	}
	return ""
}

// rawPage is GitHub's page of a raw file.
func rawPage(parts []string, e *Evidence) string {
	if len(parts) < 4 {
		return ""
	}
	return "github.com/" + strings.Join(parts[:2], "/") + "/blob/" + strings.Join(parts[2:], "/") +
		sourceView(parts[len(parts)-1], "?plain=1", e) + lineAnchor(e)
}

// blobPage is GitHub's own page of a file, with its lines.
func blobPage(parts []string, e *Evidence) string {
	if len(parts) < 5 || parts[2] != "blob" && parts[2] != "raw" {
		return ""
	}
	return "github.com/" + strings.Join(parts[:2], "/") + "/blob/" + strings.Join(parts[3:], "/") +
		sourceView(parts[len(parts)-1], "?plain=1", e) + lineAnchor(e)
}

// repositoryPage is the page of the repository that an answer is about, or of
// the file that the answer lists.
func repositoryPage(parts []string, e *Evidence) string {
	if len(parts) < 3 || parts[0] != "repos" {
		return ""
	}
	home := "github.com/" + parts[1] + "/" + parts[2]
	if len(parts) < 5 || parts[3] != "git" || e.Revision == "" {
		return home
	}
	if file := fileQuoted(e); file != "" {
		return home + "/blob/" + e.Revision + "/" + file
	}
	return home + "/tree/" + e.Revision
}

// paperPage is arXiv's page of a paper.
func paperPage(parts []string, e *Evidence) string {
	if len(parts) < 2 {
		return ""
	}
	id := strings.Join(parts[1:], "/")
	switch parts[0] {
	case "pdf":
		return "arxiv.org/pdf/" + id
	case "html":
		return textFragment("arxiv.org/html/"+id, e)
	case "abs", "e-print", "src":
		return "arxiv.org/abs/" + id
	}
	return ""
}

// modelScopePage is ModelScope's page of a model or data set.
func modelScopePage(parts []string, _ *Evidence) string {
	for i, p := range parts {
		if (p == "models" || p == "datasets") && i+2 < len(parts) {
			return "modelscope.cn/" + strings.Join(parts[i:i+3], "/")
		}
	}
	return ""
}

// fileQuoted is the path of a file that an answer lists and the quote names.
func fileQuoted(e *Evidence) string {
	name := strings.Trim(e.Quote, `"`)
	if len(e.Quote) < 3 || e.Quote[0] != '"' || strings.ContainsAny(name, "\"\\ \t\n:?#<>") || path.Ext(name) == "" ||
		path.Clean(name) != name ||
		strings.HasPrefix(name, "/") || strings.HasPrefix(name, "..") {
		return ""
	}
	return (&url.URL{Path: name}).EscapedPath()
}

// rendered are files that pages show set, where only the source has lines.
var rendered = map[string]bool{".md": true, ".markdown": true, ".rst": true, ".mdx": true, ".ipynb": true,
	".adoc": true}

// sourceView asks for the source of a file that is shown set otherwise.
func sourceView(file, view string, e *Evidence) string {
	if e.Lines[0] == 0 || !rendered[strings.ToLower(path.Ext(file))] {
		return ""
	}
	return view
}

// lineAnchor leads to the lines of a quote, where they are known.
func lineAnchor(e *Evidence) string {
	switch e.Lines[0] {
	case 0:
		return ""
	case e.Lines[1]:
		return fmt.Sprintf("#L%d", e.Lines[0])
	}
	return fmt.Sprintf("#L%d-L%d", e.Lines[0], e.Lines[1])
}

// A text fragment names words of a page whole, or where there are many the
// first and the last of them.
const (
	wholeFragment = 8
	endOfFragment = 4
)

// textFragment leads to the words of a quote on a page of the web.
func textFragment(link string, e *Evidence) string {
	link, _, _ = strings.Cut(link, "#")
	words := strings.Fields(Readable(e.Quote))
	if len(words) == 0 || strings.HasSuffix(strings.ToLower(link), ".pdf") {
		return link
	}
	if len(words) <= wholeFragment {
		return link + "#:~:text=" + fragmentWords(words)
	}
	return link + "#:~:text=" + fragmentWords(words[:endOfFragment]) + "," +
		fragmentWords(words[len(words)-endOfFragment:])
}

// fragmentWords writes words as a fragment has them: what means something in a
// directive, or would end the address, is encoded.
func fragmentWords(words []string) string {
	var b strings.Builder
	for _, c := range []byte(strings.Join(words, " ")) {
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '_' {
			b.WriteByte(c)
			continue
		}
		fmt.Fprintf(&b, "%%%02X", c)
	}
	return b.String()
}
