package serve

import (
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// secure sets what browsers are told before anything else is decided: nothing
// but this server's own scripts and styles may be used, no page may be framed,
// read or loaded by another site, and no type may be guessed.
func secure(h http.Header, path string) {
	policy := "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; base-uri 'none'; " +
		"form-action 'self'; frame-ancestors 'none'"
	switch {
	case strings.HasPrefix(path, "/api/"):
		policy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"
	case strings.HasPrefix(path, "/figures/") && strings.HasSuffix(path, ".svg"):
		policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
	}
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
}

// refusal says why a request is not answered at all, or nil.
func (s *Server) refusal(r *http.Request) error {
	if !s.hostAllowed(r.Host) {
		return &refused{http.StatusForbidden, "This server is not known by the name that the request was sent to. " +
			"Open it at the address that it printed; to allow another name, start it with --host NAME."}
	}
	// Browsers say where a request comes from. Another site's page may link
	// here, but not load anything: a search costs time, and times tell.
	if r.Header.Get("Sec-Fetch-Site") == "cross-site" && r.Header.Get("Sec-Fetch-Mode") != "navigate" {
		return &refused{http.StatusForbidden,
			"Pages of other sites may link here, but may not load anything from here."}
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		return &refused{http.StatusMethodNotAllowed,
			"Only GET and HEAD are answered: nothing can be changed from here."}
	}
	return nil
}

// hostAllowed reports whether the Host of a request is a name of this server. A
// page that rebinds its own DNS name to this machine sends that name, and never
// an IP address.
func (s *Server) hostAllowed(host string) bool {
	name := host
	if h, _, err := net.SplitHostPort(host); err == nil {
		name = h
	}
	name = strings.ToLower(strings.TrimSuffix(strings.Trim(name, "[]"), "."))
	if name == "localhost" || slices.ContainsFunc(s.Hosts, func(h string) bool { return strings.EqualFold(h, name) }) {
		return true
	}
	ip, err := netip.ParseAddr(name)
	return err == nil && (ip.Unmap().IsLoopback() || s.Remote)
}
