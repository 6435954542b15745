package sources

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/observe/document"
	"openness/audit/page"
	arxiv "openness/audit/papers"
)

// A Look is what came of looking in the places where a fact would be said: the
// pages that were read, whose silence says something, and what could not be
// looked at.
type Look struct {
	Read []*audit.Document
	Lost []Unread
}

// And is both of two looks.
func (l Look) And(m Look) Look {
	return Look{append(l.Read[:len(l.Read):len(l.Read)], m.Read...), append(l.Lost[:len(l.Lost):len(l.Lost)],
		m.Lost...)}
}

// Lost gives the documents of some kinds that were not, or not wholly, looked at.
func (in *Set) Lost(which func(*audit.Document) bool) []Unread {
	var lost []Unread
	for i := range in.Docs {
		d := &in.Docs[i]
		if !which(d) {
			continue
		}
		if u, missing := Unlooked(in, d); missing {
			lost = append(lost, u)
		}
	}
	return lost
}

// MayBeOwn reports whether a repository is the model's own, or could turn out
// to be if its front page could be read.
func (in *Set) MayBeOwn(id string) bool {
	if in.OwnRepository(id) {
		return true
	}
	if in.BaseRepository(id) || in.siblingsUnread(id) {
		return false
	}
	return slices.ContainsFunc(in.Of(audit.DocReadme), func(d *audit.Document) bool {
		_, missing := document.Unseen(d)
		return missing && d.PlaceID == id && document.MainPage(d)
	})
}

// LostHubPage lists the answers of hubs on a model that were not had, where no hub
// told what its card says or that it has none: then nobody asked for the card, which may say what
// no other page does. What other parents' cards say is not told of the base.
func (in *Set) LostHubPage(of audit.Role) []Unread {
	asked := func(d *audit.Document) bool {
		return d.Role == of && (of != audit.RoleBase || in.Subject.Base == "" ||
			strings.EqualFold(d.PlaceID, in.Subject.Base))
	}
	for _, d := range in.Of(audit.DocModelCard) {
		if _, missing := document.Unseen(d); asked(d) && !missing {
			return nil
		}
	}
	return in.Lost(func(d *audit.Document) bool { return d.Kind == audit.DocModelAPI && asked(d) })
}

// UnreadPrincipal lists the model's own documents that could not be looked at,
// when no page that speaks for the model could be read instead.
func (in *Set) UnreadPrincipal() []Unread {
	if slices.ContainsFunc(in.Makers(), in.SpeaksFor) {
		return nil
	}
	return in.Lost(func(d *audit.Document) bool {
		_, missing := document.Unseen(d)
		return missing && (d.Role == audit.RoleEnd || d.Role == audit.RoleCode)
	})
}

// BrokenFront gives a card whose front matter could not be read.
func (in *Set) BrokenFront(d *audit.Document) []Unread {
	if front := &in.Card(d).Front; front.Broken() {
		return []Unread{Unreadable(d, "its front matter could not be read: "+front.Errors[0]+".")}
	}
	return nil
}

// UnreadRecord says why an answer on papers cannot be read.
func UnreadRecord(d *audit.Document) error {
	if d.Kind == audit.DocPaper {
		_, err := arxiv.Read(d.Body)
		return err
	}
	_, err := arxiv.ParseRecord(d.URL, d.Body)
	if errors.Is(err, arxiv.ErrNoRecord) {
		return nil
	}
	return err
}

// An Unread is a document that could not be looked at, and why.
type Unread struct {
	*audit.Document
	Finding audit.Finding
	Why     string
}

// NotFetched is a document that leaves something open because what would tell it was not fetched.
func NotFetched(d *audit.Document, why string) Unread { return Unread{d, audit.NotFetched, why} }

// Unreadable is a document that leaves something open because it could not be parsed.
func Unreadable(d *audit.Document, why string) Unread { return Unread{d, audit.Unreadable, why} }

// Unlooked says why a document, or a part of it, could not be looked at.
func Unlooked(in *Set, d *audit.Document) (u Unread, missing bool) {
	if f, missing := document.Unseen(d); missing {
		return Unread{d, f, "it could not be looked at; " + document.Answer(d) + "."}, true
	}
	if !document.Readable(d) {
		return Unread{}, false
	}
	if len(in.ServedBody(d)) > page.MaxRead && document.ProsePage(d) {
		return NotFetched(d, fmt.Sprintf("only its first %d bytes were read.", page.MaxRead)), true
	}
	switch d.Kind {
	case audit.DocLicense:
		if d.Partial {
			return NotFetched(d, fmt.Sprintf("only a part of it was read (%s).", d.Detail)), true
		}
	case audit.DocTree:
		tree := in.Tree(d)
		if !tree.Listed {
			return Unreadable(d, "the answer holds no tree of files."), true
		}
		if tree.Cut {
			return NotFetched(d, "the tree of files is cut."), true
		}
	case audit.DocPaper, audit.DocVenue:
		if err := UnreadRecord(d); err != nil {
			return Unreadable(d, "the archive's answer could not be read: "+err.Error()+"."), true
		}
	}
	return Unread{}, false
}
