package reports

import (
	"strings"
)

// LongestQuote is how many characters of a quote are shown; the link leads to the rest.
const LongestQuote = 900

// LongestLink bounds addresses that are linked; longer ones, which no hub or
// paper has, are shown as text, cut.
const LongestLink = 2000

// WebLink lets through http and https URLs only.
func WebLink(url string) string {
	if len(url) > LongestLink {
		return ""
	}
	if strings.HasPrefix(url, "https://") || strings.HasPrefix(url, "http://") {
		return url
	}
	return ""
}
