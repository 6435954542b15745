package sources

import (
	"strings"

	"openness/audit"
	"openness/audit/hub/header"
	"openness/audit/observe/document"
)

// readHeaders parses the documents that hold the beginning of a weights file.
func (in *Set) readHeaders() []document.Header {
	var all []document.Header
	for _, d := range in.Of(audit.DocOther) {
		if d.Place != audit.HubModel || !strings.HasSuffix(d.URL, document.HeaderMark) || !document.Readable(d) {
			continue
		}
		if h, err := header.Read(d.Body); err == nil {
			all = append(all, document.Header{Document: d, Header: h})
		}
	}
	return all
}
