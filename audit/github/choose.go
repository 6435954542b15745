package github

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/pattern"
)

// Bounds of what is read of one repository. A repository has a handful of
// files that speak of openness; reading more costs time and adds noise.
const (
	maxFiles     = 24
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
		if kind, rank, ok := classify(e); ok && e.Size <= maxFileBytes {
			all = append(all, Choice{e, kind, rank})
		}
	}
	slices.SortFunc(all, func(a, b Choice) int {
		return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(depth(a.Path), depth(b.Path)),
			cmp.Compare(a.Path, b.Path))
	})
	return bound(all)
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
		if len(kept) == maxFiles || bytes+size > maxBytes || perRank[c.rank] == mostOfRank(c.rank) {
			continue
		}
		kept, bytes = append(kept, c), bytes+size
		perRank[c.rank]++
	}
	return kept
}

func mostOfRank(rank int) int {
	if rank == rankReadme || rank == rankLegal {
		return 5
	}
	return 6
}

// The ranks, in reading order.
const (
	rankReadme = iota
	rankLegal
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
	legal = pattern.MustCompile(`(^|[-_.])(licen[cs]es?|notice|copying|eula|terms|use[-_]policy|usage[-_]policy` +
		`|acceptable[-_]use([-_]policy)?|policy|agreement)([-_.]|$)`)
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
	// Translations repeat the README; the English one is enough where there is one.
	translated = pattern.MustCompile(
		`[-_.](zh|cn|ja|jp|ko|kr|fr|es|de|pt|ru|vi|ar|it|tr|th|id|chinese|japanese|korean|zh[-_](cn|tw|hans|hant))$`,
	)
)

// classify says as what an entry is read and how early, or that it is not.
func classify(e Entry) (kind audit.DocKind, rank int, ok bool) {
	lower := strings.ToLower(e.Path)
	name := path.Base(lower)
	ext := path.Ext(name)
	stem := strings.TrimSuffix(name, ext)
	if !e.File() || depth(e.Path) > 4 || vendored.MatchString(lower) {
		return "", 0, false
	}
	isProse := slices.Contains(prose, ext)
	readme := strings.HasPrefix(stem, "readme")
	top := depth(e.Path) == 0
	switch {
	case readme && isProse && top && !translated.MatchString(stem):
		return audit.DocReadme, rankReadme, true
	case path.Dir(lower) == "licenses" && isProse, legalName(stem, ext, isProse) && depth(e.Path) <= 2:
		return audit.DocLicense, rankLegal, true
	case top && name == "reuse.toml", lower == ".reuse/dep5":
		return audit.DocConfig, rankLegal, true
	case name == "citation.cff", strings.HasPrefix(stem, "citation") && isProse, top && ext == ".bib":
		return audit.DocCitation, rankCitation, true
	case isProse && (modelCard.MatchString(stem) || top && name == "model.md"):
		return audit.DocProse, rankModelCard, true
	case isProse && datasheet.MatchString(stem):
		return audit.DocProse, rankDatasheet, true
	case top && (name == "pyproject.toml" || name == "setup.py" || name == "setup.cfg" ||
		strings.HasPrefix(name, "requirements") && ext == ".txt"):
		return audit.DocConfig, rankManifest, true
	case !isProse || ext == "" || ext == ".txt" && !readme:
		return "", 0, false
	case translated.MatchString(stem):
		return "", 0, false
	case readme && topics.MatchString(path.Dir(lower)):
		return audit.DocReadme, rankTopicReadme, true
	case !readme && topics.MatchString(stem), !readme && strings.HasPrefix(lower, "docs/") && topics.MatchString(lower):
		return audit.DocProse, rankTopicProse, true
	case depth(e.Path) <= 1 && weights.MatchString(stem) && !notHave.MatchString(stem):
		return audit.DocProse, rankTopicProse, true
	case readme && depth(e.Path) <= 2:
		return audit.DocReadme, rankOtherReadme, true
	}
	return "", 0, false
}

// legalName reports whether a file is named as a legal text.
func legalName(stem, ext string, isProse bool) bool {
	if isProse {
		return legal.MatchString(stem)
	}
	// LICENSE-APACHE-2.0 and LICENSE.MIT only look as if they had a type.
	return strings.HasPrefix(stem, "license") && !slices.Contains([]string{".py", ".json", ".html", ".pdf", ".png",
		".svg", ".js", ".go", ".sh", ".yml", ".yaml"}, ext)
}
