package exchange

import (
	"net/url"
	"path/filepath"
	"strings"
)

// web reports whether an address leads to the web.
func web(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != ""
}

// uri is an address in the characters that a URI may have.
func uri(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return url.PathEscape(address)
	}
	return u.String()
}

// fileURI is the name of a file as a relative URI, or a file URI.
func fileURI(name string) string {
	u := url.URL{Path: filepath.ToSlash(name)}
	if filepath.IsAbs(name) {
		u.Scheme = "file"
	}
	return strings.TrimPrefix(u.String(), "./")
}

// purlPart escapes a part of a package URL.
func purlPart(s string) string {
	return strings.NewReplacer("+", "%2B", "@", "%40", ":", "%3A").Replace(url.PathEscape(s))
}
