package fetch

import (
	"net/http"

	"openness/audit"
)

// usable reports whether a stored answer may stand for one of the network.
// Where there is no network, a refusal of then is the best that is known: it
// says more than that nothing was stored.
func (c *Client) usable(r Request, d audit.Document) bool {
	if c.opts.Offline && (d.Outcome == audit.Refused || d.Outcome == audit.Failed) {
		return true
	}
	return r.lasting(d) && c.holds(r, d)
}

// recheck judges a stored answer by what this request is due, as a new one
// would be: other tools keep whatever a server sent, such as a sign-in page in
// place of a file.
func (c *Client) recheck(r Request, d audit.Document) audit.Document {
	switch {
	case d.Outcome == audit.Absent && r.Listed:
		d.Outcome, d.Detail = audit.Failed, "a listing names this file, but the stored answer is that it is not there"
	case !r.Head && (d.Outcome == audit.Fetched || d.Outcome == audit.NotModified):
		x := exchange{status: http.StatusOK, header: http.Header{"Content-Type": {d.ContentType}}, body: d.Body}
		if a := c.fetched(r, d, x); a.doc.Outcome == audit.Failed {
			d.Outcome, d.Detail, d.Body, d.SHA256 = audit.Failed, a.doc.Detail, nil, ""
		}
	}
	return d
}
