package github

import (
	"cmp"
	"math"
	"path"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/legal"
	"openness/audit/pattern"
)

// Bounds of what is read of one repository. A repository has a handful of
// files that speak of openness; reading more costs time and adds noise.
const (
	maxFiles     = 28
	maxFileBytes = 1 << 20
	maxBytes     = 4 << 20
)

// A Choice is a file worth reading, and as what.
type Choice struct {
	Entry
	Kind audit.DocKind
	rank int // smaller is read first
}

// Choose picks the files to read from a tree: legal texts, READMEs, model and
// data documentation, citations, manifests, and prose about training and data.
// The order is by kind, then depth, then name, and does not depend on the
// order of the tree.
func Choose(t Tree) []Choice {
	var all []Choice
	for _, e := range t.Entries {
		if kind, rank, ok := classify(e); ok && e.Size <= mostBytes(e.Path) {
			all = append(all, Choice{e, kind, rank})
		}
	}
	slices.SortFunc(all, func(a, b Choice) int {
		return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(depth(a.Path), depth(b.Path)),
			cmp.Compare(a.Path, b.Path))
	})
	return bound(all)
}

// mostBytes is how large a file may be to be read. A legal text as a document is asked
// for however large it is: that it could not be had is to be seen.
func mostBytes(file string) int64 {
	if legal.IsDocument(file) {
		return math.MaxInt64
	}
	return maxFileBytes
}

// maxLinks bounds how many symbolic links of one repository are followed.
const maxLinks = 3

// ChooseLinks picks the symbolic links at the top of a tree and one folder below
// that have the name of a file worth reading. Their content is the path of what is
// to be read.
func ChooseLinks(t Tree) []Choice {
	var all []Choice
	for _, e := range t.Entries {
		file := e
		file.Mode = "100644"
		if kind, rank, ok := classify(file); ok && e.Type == "blob" && e.Link() && depth(e.Path) <= 1 &&
			len(all) < maxLinks {
			all = append(all, Choice{e, kind, rank})
		}
	}
	return all
}

// Linked is the entry that a symbolic link leads to; from is where the link lies.
// Links that lead out of the repository, or to no file, lead nowhere.
func (t Tree) Linked(from, target string) (Entry, bool) {
	target = strings.TrimSpace(target)
	if len(target) > 1024 || target == "" || strings.HasPrefix(target, "/") || strings.ContainsAny(target, "\\\x00") {
		return Entry{}, false
	}
	target = path.Join(path.Dir(from), target)
	if !safe(target) {
		return Entry{}, false
	}
	for _, e := range t.Entries {
		if e.Path == target && e.File() && e.Size <= maxFileBytes {
			return e, true
		}
	}
	return Entry{}, false
}

// bound keeps files while number and bytes allow, and never lets one rank of
// many files (a folder of READMEs) crowd out the ranks behind it.
func bound(all []Choice) []Choice {
	var kept []Choice
	var bytes int64
	perRank := make(map[int]int)
	for _, c := range all {
		size := max(c.Size, 0)
		if legal.IsDocument(c.Path) {
			size = 0 // of a few such, each with a bound of its own
		}
		if len(kept) == maxFiles || bytes+size > maxBytes || perRank[c.rank] == mostOfRank(c.rank) {
			continue
		}
		kept, bytes = append(kept, c), bytes+size
		perRank[c.rank]++
	}
	return kept
}

func mostOfRank(rank int) int {
	switch rank {
	case rankReadme, rankLegal:
		return 5
	case rankTranslation:
		return 8
	}
	return 6
}

// The ranks, in reading order.
const (
	rankReadme = iota
	rankLegal
	rankTranslation
	rankModelCard
	rankDatasheet
	rankCitation
	rankTopicReadme
	rankTopicProse
	rankManifest
	rankOtherReadme
)

func depth(p string) int { return strings.Count(p, "/") }

var (
	prose = []string{"", ".md", ".markdown", ".rst", ".txt", ".mdx", ".org", ".adoc"}
	terms = pattern.MustCompile(`(^|[-_. ])(licen[cs]es?|notice|copying|eula|terms|use[-_]policy|usage[-_]policy` +
		`|acceptable[-_]use([-_]policy)?|policy|agreement)([-_. ]|$)`)
	modelCard = pattern.MustCompile(`model[-_ ]?card|^model_?details|system[-_ ]?card`)
	datasheet = pattern.MustCompile(`data[-_ ]?sheet|data[-_ ]?card|dataset[-_ ]?card|data[-_ ]?statement` +
		`|data[-_ ]?summary|training[-_ ]?content[-_ ]?summary|summary[-_ ]?of[-_ ]?training`)
	topics = pattern.MustCompile(`(^|[-_./ ])(train(ing)?|pre-?train(ing)?|fine-?tun(e|ing)|sft|rlhf|dpo|ppo|grpo` +
		`|rl|reward|post-?train(ing)?|align(ment)?|instruct(ion)?|data(sets?)?|data[-_]?(prep|processing|collection` +
		`|pipeline)|corpus|corpora|preprocess(ing)?|tokeniz(er|ation)|recipes?|hardware|architecture` +
		`|tech(nical)?[-_ ]?report|report|reproduc(e|ing|tion|ibility))([-_./ 0-9]|$)`)
	// weights are pages that say where the files of each model are.
	weights  = pattern.MustCompile(`^(models?|checkpoints?|(model[-_ ]?)?weights|model[-_ ]?zoo)([-_. ]|$)`)
	notHave  = pattern.MustCompile(`conver|export|format|process`)
	vendored = pattern.MustCompile(`(^|/)(third[-_]?party|vendor|node_modules|external|submodules|site-packages` +
		`|\.github|test(s|data)?|examples?_data)/`)
	// Translations of the README are read for what they say of licences: a limit may stand in one language alone.
	// Those of other pages repeat them.
	translated = pattern.MustCompile(
		`[-_.](zh|cn|ja|jp|ko|kr|fr|es|de|pt|ru|vi|ar|it|tr|th|id|chinese|japanese|korean` +
			`|(zh|pt|es|fr)[-_](cn|tw|hk|br|es|fr|hans|hant))$`,
	)
)

// A candidate is a file by what its name tells, in lower case.
type candidate struct {
	path, name, stem, ext string
	depth                 int
	prose, readme         bool
}

// classify says as what an entry is read and how early, or that it is not.
func classify(e Entry) (kind audit.DocKind, rank int, ok bool) {
	lower := strings.ToLower(e.Path)
	if !e.File() || depth(e.Path) > 4 || vendored.MatchString(lower) {
		return "", 0, false
	}
	c := candidate{path: lower, name: path.Base(lower), ext: path.Ext(lower), depth: depth(e.Path)}
	c.stem = strings.TrimSuffix(c.name, c.ext)
	c.prose, c.readme = slices.Contains(prose, c.ext), strings.HasPrefix(c.stem, "readme")
	if kind, rank = c.byName(); kind == "" {
		kind, rank = c.byTopic()
	}
	return kind, rank, kind != ""
}

// byName is what a file is that is named for what it is.
func (c *candidate) byName() (audit.DocKind, int) {
	top := c.depth == 0
	switch {
	case c.readme && c.prose && top && translated.MatchString(c.stem):
		return audit.DocReadme, rankTranslation
	case c.readme && c.prose && top:
		return audit.DocReadme, rankReadme
	case path.Dir(c.path) == "licenses" && c.prose, legalName(c.stem, c.ext, c.prose) && c.depth <= 2,
		top && legal.IsDocument(c.path) && legal.Promises(c.stem):
		return audit.DocLicense, rankLegal
	case top && c.name == "reuse.toml", c.path == ".reuse/dep5":
		return audit.DocConfig, rankLegal
	case c.name == "citation.cff", strings.HasPrefix(c.stem, "citation") && c.prose, top && c.ext == ".bib":
		return audit.DocCitation, rankCitation
	case c.prose && (modelCard.MatchString(c.stem) || top && c.name == "model.md"):
		return audit.DocProse, rankModelCard
	case c.prose && datasheet.MatchString(c.stem):
		return audit.DocProse, rankDatasheet
	case top && c.manifest():
		return audit.DocConfig, rankManifest
	}
	return "", 0
}

// manifest reports whether a file says what the code needs.
func (c *candidate) manifest() bool {
	return c.name == "pyproject.toml" || c.name == "setup.py" || c.name == "setup.cfg" ||
		strings.HasPrefix(c.name, "requirements") && c.ext == ".txt"
}

// byTopic is what a file of prose is by its subject.
func (c *candidate) byTopic() (audit.DocKind, int) {
	switch {
	case !c.prose || c.ext == "" || c.ext == ".txt" && !c.readme, translated.MatchString(c.stem):
	case c.readme && topics.MatchString(path.Dir(c.path)):
		return audit.DocReadme, rankTopicReadme
	case !c.readme && (topics.MatchString(c.stem) || strings.HasPrefix(c.path, "docs/") && topics.MatchString(c.path)),
		c.depth <= 1 && weights.MatchString(c.stem) && !notHave.MatchString(c.stem):
		return audit.DocProse, rankTopicProse
	case c.readme && c.depth <= 2:
		return audit.DocReadme, rankOtherReadme
	}
	return "", 0
}

// legalName reports whether a file of text is named as a legal one.
func legalName(stem, ext string, isProse bool) bool {
	if isProse {
		return terms.MatchString(stem) || legal.InOtherWords(stem)
	}
	// LICENSE-APACHE-2.0 and LICENSE.MIT only look as if they had a type.
	return strings.HasPrefix(stem, "license") && !legal.IsDocument(stem+ext) &&
		!slices.Contains([]string{".py", ".json", ".png", ".svg", ".js", ".go", ".sh", ".yml", ".yaml"}, ext)
}
