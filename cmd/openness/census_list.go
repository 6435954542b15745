package main

import "openness/audit/hub"

// A listReading is how far a list was read in this run. It doubts pages that a list which is read whole does
// not have: nothing else would tell that models are missing, for a list does not say how many there are.
type listReading struct {
	pager   *hub.Pager
	at      string          // cursor of the page that is due
	before  string          // cursor of the page that led there
	led     bool            // one did, in this run
	seen    map[string]bool // cursors of pages that were taken
	doubted bool            // the page that is due was asked for before, and was doubted
	back    bool            // the list was gone back in, from an end without entries
}

func newListReading(pager *hub.Pager, at string) *listReading {
	return &listReading{pager: pager, at: at, seen: make(map[string]bool)}
}

// believe reports whether a page is taken. One that is doubted is asked for again, an entry shorter; fault says
// what is wrong with the list where it comes so again.
func (l *listReading) believe(page *hub.Page, entries int) (ok bool, fault string) {
	switch last := page.Next == ""; {
	case !last && l.seen[page.Next]:
		return false, "leads back to a page that was read: the list goes round"
	case last && entries == page.Most:
		// A full page is seldom the last. Where it is, one that lacks an entry tells where the list goes on.
		return l.doubt("is full and does not tell where the list goes on (does a proxy take the header Link away?)")
	case !last && entries == 0:
		return l.doubt("is empty and leads on to others: its models are missing")
	case last && entries == 0 && l.at != "":
		return l.doubtEnd()
	}
	if l.at != l.before || !l.led {
		l.back = false
	}
	l.seen[l.at] = true
	l.before, l.at, l.led, l.doubted = l.at, page.Next, true, false
	return true, ""
}

// doubt has a page asked for again, the first time.
func (l *listReading) doubt(fault string) (ok bool, said string) {
	if l.doubted {
		return false, fault
	}
	l.doubted = true
	l.pager.Less()
	return false, ""
}

// doubtEnd doubts a last page without entries. A page led to it, and may have done so for being full; asked for
// an entry shorter it leads to its own last entry, and to what follows. Where that page is not known any more,
// the end is asked for again, and believed.
func (l *listReading) doubtEnd() (ok bool, fault string) {
	switch {
	case l.back:
		return false, "is empty, though the page before it leads there"
	case l.led:
		l.back, l.at = true, l.before
		l.pager.Less()
		return false, ""
	case l.doubted:
		return true, ""
	}
	return l.doubt("")
}
