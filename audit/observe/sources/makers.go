package sources

import (
	"path"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/identity"
	"openness/audit/observe/document"
	"openness/audit/observe/whose"
	"openness/audit/page"
	"openness/audit/pattern"
)

// Passages lists the prose of the pages in reading order.
func (in *Set) Passages(pages []*audit.Document) []page.Passage {
	var all []page.Passage
	for _, d := range pages {
		if !document.Readable(d) {
			continue
		}
		all = append(all, in.Prose(d)...)
	}
	return all
}

// Prose returns the passages of one document; they are cut once.
func (in *Set) Prose(d *audit.Document) []page.Passage {
	in.Speaker.Ends.Check()
	return in.prose.Of(d, func(d *audit.Document) []page.Passage { return page.Passages(d, in.Card(d)) })
}

// Makers are the pages that say how the audited model was made: its card and
// the prose of its own repositories, as far as they speak of the model at all.
// A repository that never names the model is a tool, and so is a page below
// the top that does not.
func (in *Set) Makers() []*audit.Document {
	if in.made != nil {
		return in.made
	}
	in.made = slices.DeleteFunc(in.OwnPages(), func(d *audit.Document) bool {
		if !document.Background(d) || in.Apart(d) {
			return true
		}
		if d.Place != audit.GitHubRepo || in.IsSubject(d.PlaceID) && !strings.Contains(d.Path, "/") {
			return false
		}
		return strings.Contains(d.Path, "/") && !in.FamilyWord.Match(d.Body) || !in.Names(d.PlaceID)
	})
	return in.made
}

// OpeningPassages is how far into a page its opening reaches, in sentences.
const OpeningPassages = 15

// SpeaksFor reports whether a page's silence says something of the model: its
// card, and the pages of a repository whose name the model or its makers bear, and a
// README that names the model in its opening. The makers' trainer or runtime, which names
// the model among others further down, would not tell of its paper or its
// hardware.
func (in *Set) SpeaksFor(d *audit.Document) bool {
	return in.speaks.Of(d, in.decideSpeaks)
}

func (in *Set) decideSpeaks(d *audit.Document) bool {
	if d.Kind == audit.DocModelCard || in.IsSubject(d.PlaceID) || document.CardFile.MatchString(d.Path) {
		return true
	}
	if runtimeName.MatchString(d.PlaceID) {
		return false
	}
	family, repository := in.FamilyName(), identity.Family(path.Base(d.PlaceID))
	if identity.Holds(path.Base(d.PlaceID), family) || identity.Holds(in.ID(), repository) {
		return true
	}
	if c := in.Card(d); !document.MainPage(d) || len(c.Sections) > 1 && in.Family.MatchString(c.Sections[1].Heading) {
		return document.MainPage(d)
	}
	for i, p := range in.Prose(d) {
		if i == OpeningPassages {
			break
		}
		if in.Family.MatchString(p.Text) {
			return !in.namesOthersMore(d)
		}
	}
	return false
}

// namesOthersMore reports whether a page names other models, of more families than one,
// more often than this one and its base: it is of all that its makers train.
func (in *Set) namesOthersMore(d *audit.Document) bool {
	others, families, own := 0, make(map[string]bool), 0
	for _, m := range in.Speaker.Mentions(string(in.ServedBody(d))) {
		if who := in.Speaker.Class(m.Name); !whose.Others(who) {
			own++
		} else if m.Sized && who == audit.AboutOther {
			others++
			families[identity.Family(m.Name)] = true
		}
	}
	return len(families) > 1 && others > own
}

// runtimeName matches names of repositories that run a model elsewhere.
var runtimeName = pattern.MustCompile(`(?i)\.(cpp|js|rs|c|mojo|swift)$|-(mlx|onnx|gguf|runtime|server)$`)
