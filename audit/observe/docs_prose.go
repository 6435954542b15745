package observe

import (
	"path"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/identity"
	"openness/audit/page"
	"openness/audit/pattern"
)

// passages lists the prose of the pages in reading order.
func (in *input) passages(pages []*audit.Document) []page.Passage {
	var all []page.Passage
	for _, d := range pages {
		if !readable(d) {
			continue
		}
		all = append(all, in.prose(d)...)
	}
	return all
}

// prose returns the passages of one document; they are cut once.
func (in *input) prose(d *audit.Document) []page.Passage {
	in.speaker.ends.check()
	if p, ok := in.cut[d]; ok {
		return p
	}
	all := page.Passages(d, in.card(d))
	in.cut[d] = all
	return all
}

// asideFolders hold prose about something other than how the model was made:
// its evaluation, its use, somebody else's code.
var asideFolders = pattern.MustCompile(`(?i)(^|/)[^/]*(eval|bench|infer|demo|deploy|serv|test|third|3rdparty|external` +
	`|vendor|communit|environment|integration|website|docker|discord|frontend|backend|metric|example|recipe|cookbook` +
	`|tutorial|api|plugin|client|app|ui|quant|gguf|comfy|onnx|mobile|ios|android|template)[^/]*/`)

// asideFiles are prose files that never say how a model was made.
var asideFiles = pattern.MustCompile(`(?i)(contributing|code_of_conduct|security|changelog|pull_request` +
	`|issue_template|install|faq|troubleshoot|release|support|governance|maintainers|deploy|infer|quick ?start` +
	`|getting[-_]started|usage|guide|privacy|use_policy|acceptable|agents|claude)`)

// translations are READMEs in a language that these patterns do not read.
var translations = pattern.MustCompile(`(?i)readme[-_.]?(zh|cn|ja|jp|ko|kr|fr|es|de|ru|pt|it|tr|vi|ar|hant|chs)`)

// formerPages are READMEs that were kept beside the one that replaced them: in a
// fork they are its origin's, elsewhere they are out of date.
var formerPages = pattern.MustCompile(`(?i)^readme[-_.]?(?:orig(?:inal)?|old|former|upstream|backup|bak)\b`)

// maxFolderDepth is how deep in a repository prose still speaks for the model.
const maxFolderDepth = 3

// background reports whether the document may say how the model was made.
func background(d *audit.Document) bool {
	if d.Path == "" || d.Kind == audit.DocModelCard {
		return true
	}
	return strings.Count(d.Path, "/") <= maxFolderDepth && !asideFolders.MatchString(d.Path) &&
		!asideFiles.MatchString(path.Base(d.Path)) && !translations.MatchString(path.Base(d.Path))
}

// makers are the pages that say how the audited model was made: its card and
// the prose of its own repositories, as far as they speak of the model at all.
// A repository that never names the model is a tool, and so is a page below
// the top that does not.
func (in *input) makers() []*audit.Document {
	if in.made != nil {
		return in.made
	}
	in.made = slices.DeleteFunc(in.ownPages(), func(d *audit.Document) bool {
		if !background(d) || in.otherVersion(d) ||
			d.Kind != audit.DocModelCard && in.speaker.siblingsPath(belowPackage(d.Path, d.PlaceID)) {
			return true
		}
		if d.Place != audit.GitHubRepo || in.subject.ID == "github:"+d.PlaceID && !strings.Contains(d.Path, "/") {
			return false
		}
		return strings.Contains(d.Path, "/") && !in.familyWord.Match(d.Body) || !in.names(d.PlaceID)
	})
	return in.made
}

// familyWord matches a family's name as a word of its own.
func familyWord(s audit.Subject) *pattern.Regexp {
	return pattern.MustCompile(`(?i)(^|[^a-z])` + identity.FamilyPattern(s) + `([^a-z]|$)`)
}

// familyNumber matches a family's name and the number behind it.
func familyNumber(s audit.Subject) *pattern.Regexp {
	return pattern.MustCompile(familyOf(s).String() + `[-_ ]?v?(\d+(?:\.\d+)?)([A-Za-z]?)`)
}

// otherVersion reports whether the title of a page below the top names another
// version of the model's family: the report on version 1 does not say how
// version 2 was made.
func (in *input) otherVersion(d *audit.Document) bool {
	c := in.card(d)
	if !strings.Contains(d.Path, "/") || len(c.Sections) < 2 {
		return false
	}
	return in.otherNumber(c.Sections[1].Heading)
}

// otherNumber reports whether a text gives the family another number than the
// model's.
func (in *input) otherNumber(text string) bool {
	name := in.subject.Name
	if name == "" {
		name = path.Base(in.id())
	}
	mine, theirs := in.versionOf(name), in.versionOf(text)
	return mine > 0 && theirs > 0 && int(mine) != int(theirs)
}

// names reports whether any prose of the repository names the model's family.
func (in *input) names(repository string) bool {
	known, ok := in.named[repository]
	if ok {
		return known
	}
	for _, d := range in.of(audit.DocReadme, audit.DocProse) {
		if d.PlaceID == repository && readable(d) && in.familyWord.Match(d.Body) {
			known = true
			break
		}
	}
	in.named[repository] = known
	return known
}
