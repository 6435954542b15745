package page

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"openness/reports"
)

// Cut is a text as pages show it: an address leads to the rest of a long one.
func Cut(s string) string { return reports.Shorten(s, reports.LongestQuote) }

// capitalised writes a word of a rubric as a heading.
func capitalised(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// ShortHash is the first characters of a hash or revision, enough to compare by eye.
func ShortHash(s string) string {
	if len(s) > 12 {
		return reports.Visible(s[:12])
	}
	return reports.Visible(s)
}

func dateOf(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("2 January 2006")
}

// FileOf names a document by the end of its URL, with its host.
func FileOf(url string) string {
	rest := url[:min(len(url), reports.LongestLink)]
	if _, after, ok := strings.Cut(url, "://"); ok {
		rest = after
	}
	host, path, _ := strings.Cut(rest, "/")
	path, _, _ = strings.Cut(path, "?")
	parts := strings.Split(strings.Trim(path, "/"), "/")
	last := parts[len(parts)-1]
	if last == "" {
		return reports.Label(host)
	}
	return reports.Label(last + " (" + host + ")")
}
