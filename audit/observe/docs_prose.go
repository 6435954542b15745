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

// A passage is one sentence or table row in its context: what every prose
// theme reads. Text and headings are lower case, without marks.
type passage struct {
	doc     *audit.Document
	span    audit.Span
	text    string
	heading string // headings from the outermost, joined by " / "
	kind    page.BlockKind
}

// maxPassage is the longest text that is quoted and matched as one passage; a
// longer one is a list or a table that was written without line breaks.
const maxPassage = 1500

// passages lists the prose of the pages in reading order.
func (in *input) passages(pages []*audit.Document) []passage {
	var all []passage
	for _, d := range pages {
		if !readable(d) {
			continue
		}
		all = append(all, in.prose(d)...)
	}
	return all
}

// prose returns the passages of one document; they are cut once.
func (in *input) prose(d *audit.Document) []passage {
	if p, ok := in.cut[d]; ok {
		return p
	}
	c := in.card(d)
	headings := make(map[int]string)
	var all []passage
	for s := range c.Sentences() {
		h, ok := headings[s.Section]
		if !ok {
			h = strings.ToLower(below(c, s.Section))
			headings[s.Section] = h
		}
		if s.Span.End-s.Span.Start <= maxPassage {
			all = append(all, passage{d, s.Span, strings.ToLower(s.Plain), h, s.Kind})
		}
	}
	in.cut[d] = all
	return all
}

// below returns the headings of a section without the page's title: a title
// speaks for the whole page and says nothing of the passage.
func below(c *page.Page, section int) string {
	h := c.Heading(section)
	if len(c.Sections) > 1 && c.Sections[1].Level == 1 {
		h = strings.TrimPrefix(h, c.Sections[1].Heading)
	}
	return strings.TrimPrefix(h, " / ")
}

// contentsEntry is a line of a table of contents, which names what stands elsewhere.
var contentsEntry = pattern.MustCompile(`^\s*(?:[-*+•]|\d+[.)])?\s*\[[^\]]*\]\(#[^)]*\)\s*$`)

// inContents reports whether a passage is a line of a table of contents.
func inContents(p passage) bool {
	return contentsEntry.Match(p.doc.Body[p.span.Start:p.span.End])
}

// asideFolders hold prose about something other than how the model was made:
// its evaluation, its use, somebody else's code.
var asideFolders = pattern.MustCompile(`(?i)(^|/)[^/]*(eval|bench|infer|demo|deploy|serv|test|third|3rdparty|external|vendor|communit|environment|integration|website|docker|discord|frontend|backend|metric|example|recipe|cookbook|tutorial|api|plugin|client|app|ui|quant|gguf|comfy|onnx|mobile|ios|android|template)[^/]*/`)

// asideFiles are prose files that never say how a model was made.
var asideFiles = pattern.MustCompile(`(?i)(contributing|code_of_conduct|security|changelog|pull_request|issue_template|install|faq|troubleshoot|release|support|governance|maintainers|deploy|infer|quick ?start|getting[-_]started|usage|guide|privacy|use_policy|acceptable|agents|claude)`)

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
		if !background(d) || in.otherVersion(d) || d.Kind != audit.DocModelCard && in.speaker.siblingsPath(belowPackage(d.Path, d.PlaceID)) {
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
