package crawl

import "openness/audit"

// notPublic marks an answer that only the owner's token gets, or of which the host says that it serves
// nothing: what is read here is what everybody may read. It counts as refused.
func notPublic(d *audit.Document, why string) {
	notHad(d, audit.Refused, why)
}

// notHad takes the body from an answer that counts as not had.
func notHad(d *audit.Document, outcome audit.Outcome, why string) {
	d.Outcome, d.Detail, d.Body, d.SHA256 = outcome, why, nil, ""
}

// Why an answer is not public.
const (
	ownersAlone    = "the host shows it to its owners alone: it is private"
	hostDisabledIt = "disabled by the host"
)

// said reports whether an answer says true under a key that it may leave out.
func said(flag *bool) bool { return flag != nil && *flag }
