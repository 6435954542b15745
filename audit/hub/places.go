package hub

import (
	"net/url"
	"path"
	"slices"
	"strings"

	"openness/audit/legal"
	"openness/audit/pattern"
)

// Host is the hub's, and Public the base URL under which everything of it is recorded.
const (
	Host   = "huggingface.co"
	Public = "https://" + Host
)

// ModelAPI is the public URL of a model's API answer.
func ModelAPI(id string) string { return Public + "/api/models/" + escape(id) }

// DatasetAPI is the public URL of a dataset's API answer.
func DatasetAPI(id string) string { return Public + "/api/datasets/" + escape(id) }

// ModelPage is the page that people see.
func ModelPage(id string) string { return Public + "/" + escape(id) }

// DatasetPage is the page that people see.
func DatasetPage(id string) string { return Public + "/datasets/" + escape(id) }

// ModelFile is the URL of a file at a revision, which is a commit or "main".
func ModelFile(id, revision, file string) string {
	return ModelPage(id) + "/resolve/" + url.PathEscape(revision) + "/" + escape(file)
}

// DatasetFile is the URL of a dataset's file at a revision.
func DatasetFile(id, revision, file string) string {
	return DatasetPage(id) + "/resolve/" + url.PathEscape(revision) + "/" + escape(file)
}

// escape escapes each segment of a path.
func escape(p string) string {
	segments := strings.Split(p, "/")
	for i, s := range segments {
		segments[i] = url.PathEscape(s)
	}
	return strings.Join(segments, "/")
}

// Safe reports whether a listed name stays within its repository.
func Safe(file string) bool {
	return path.Clean("/"+file) == "/"+file && !strings.ContainsAny(file, "\\\x00")
}

// maxLicenseFiles bounds how many legal files of one repository are read.
const maxLicenseFiles = 8

// legalWords are what names of legal files start with or hold.
var legalWords = []string{"license", "licence", "notice", "copying", "use_policy", "use-policy", "usage_policy",
	"acceptable_use",
	"terms", "eula", "agreement", "prohibited", "policy"}

// textTypes are the extensions of legal files that are plain text.
var textTypes = []string{"", ".md", ".txt", ".rst", ".rtf"}

// IsLegal reports whether a file name is that of a licence, notice or policy.
func IsLegal(file string) bool {
	name := strings.ToLower(path.Base(file))
	ext := path.Ext(name)
	readable := slices.Contains(textTypes, ext) || legal.IsDocument(name)
	if strings.EqualFold(path.Dir(file), "LICENSES") && readable {
		return true // the folder of REUSE: its files are named after the licences
	}
	stem := strings.TrimSuffix(name, ext)
	if !readable {
		// LICENSE-2.0 and COPYING.weights are named with what looks like a type.
		if !strings.HasPrefix(name, "licen") && !strings.HasPrefix(name, "copying") || slices.Contains([]string{".json", ".py", ".png"}, ext) {
			return false
		}
		stem = name
	}
	return legal.InOtherWords(stem) || slices.ContainsFunc(legalWords, func(word string) bool {
		return strings.Contains(stem, word)
	})
}

// LegalFiles picks the legal files of a listing, those at the top first, and
// never more than a handful. Where none stands at the top or one folder below, one
// further down is the model's, unless it came with somebody else's code.
func LegalFiles(files []string) []string {
	var near, deep []string
	for _, f := range files {
		switch {
		case !IsLegal(f) || !Safe(f):
		case strings.Count(f, "/") <= 1:
			near = append(near, f)
		case strings.Count(f, "/") <= deepestLegal && !brought.MatchString(f):
			deep = append(deep, f)
		}
	}
	if near == nil {
		near = deep
	}
	slices.SortStableFunc(near, func(a, b string) int {
		return 4*(strings.Count(a, "/")-strings.Count(b, "/")) + strings.Compare(strings.ToLower(a), strings.ToLower(b))
	})
	return near[:min(len(near), maxLicenseFiles)]
}

// deepestLegal is how many folders down a legal file is looked for.
const deepestLegal = 3

// brought matches folders of what was taken from others.
var brought = pattern.MustCompile(`(?i)(^|/)(third[-_]?part(y|ies)|3rd[-_]?party|vendor(ed)?|external|extern|deps` +
	`|node_modules|submodules|examples?|demos?|tests?)/`)

// maxProseFiles bounds how many pages of one repository are read beside its card.
const maxProseFiles = 3

// aside are pages that say nothing of how a model was made, and files of text that
// are no pages.
var aside = pattern.MustCompile(`(?i)^(readme\.md$|requirements|vocab|merges|tokeniz|special|added|config|changelog` +
	`|contributing|code_of_conduct|security|install|usage|quick|faq|release|todo|prompt|log|eval|result|bench|example` +
	`|sample|args|command)|[-_.](zh|cn|ja|jp|ko|kr|fr|es|de|pt|ru|vi|ar|it)\.md$`)

// ProseFiles picks the pages of a listing that may say how the model was made, beside
// its card: those at the top and one folder below.
func ProseFiles(files []string) []string {
	var pages []string
	for _, f := range files {
		ext := strings.ToLower(path.Ext(f))
		page := ext == ".md" || ext == ".rst" || ext == ".mdx" || ext == ".txt" && telling.MatchString(path.Base(f))
		if page && !aside.MatchString(path.Base(f)) && !IsLegal(f) && strings.Count(f, "/") <= 1 && Safe(f) {
			pages = append(pages, f)
		}
	}
	slices.SortStableFunc(pages, func(a, b string) int {
		return 4*(strings.Count(a, "/")-strings.Count(b, "/")) + strings.Compare(strings.ToLower(a), strings.ToLower(b))
	})
	return pages[:min(len(pages), maxProseFiles)]
}

// telling are names of plain texts that are pages.
var telling = pattern.MustCompile(`(?i)(readme|card|data(set)?s?|train(ing)?|report|about|info)[-_.]`)
