package pdf

import (
	"slices"
	"strings"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
)

// Bounds on links: the references of a survey link some hundred places.
const (
	maxPageLinks = 1_000
	maxLinks     = 5_000
	maxAddress   = 2_000 // bytes
)

// addLinks gathers the web addresses that a page's annotations lead to. A page
// whose links cannot be read still has its text.
func (d *document) addLinks(in pdfium.Pdfium, doc references.FPDF_DOCUMENT, page requests.Page) {
	next := 0
	for range maxPageLinks {
		link, err := in.FPDFLink_Enumerate(&requests.FPDFLink_Enumerate{Page: page, StartPos: next})
		if err != nil || link.Link == nil || link.NextStartPos == nil || len(d.links) == maxLinks {
			return
		}
		next = *link.NextStartPos
		action, err := in.FPDFLink_GetAction(&requests.FPDFLink_GetAction{Link: *link.Link})
		if err != nil || action.Action == nil {
			continue
		}
		uri, err := in.FPDFAction_GetURIPath(&requests.FPDFAction_GetURIPath{Document: doc, Action: *action.Action})
		if err != nil || uri.URIPath == nil {
			continue
		}
		address := strings.TrimRight(*uri.URIPath, "\x00")
		web := strings.HasPrefix(address, "https://") || strings.HasPrefix(address, "http://")
		if web && len(address) <= maxAddress && !slices.Contains(d.links, address) {
			d.links = append(d.links, address)
		}
	}
}
