package fetch

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/netip"
	"net/url"
	"os"
	"slices"
	"strings"

	"golang.org/x/net/http/httpproxy"
)

// A Network says how hosts are reached: directly, or through a proxy as networks
// of companies demand, and which certificates are trusted. The zero value is
// directly, with the certificates of the system.
type Network struct {
	proxy func(*url.URL) (*url.URL, error) // nil for none
	roots *x509.CertPool                   // nil for the system's
}

// NetworkFrom reads HTTP_PROXY, HTTPS_PROXY and NO_PROXY, in capitals or not, as
// other programs do, and OPENNESS_CA_FILE, whose certificates are trusted besides
// the system's (which SSL_CERT_FILE replaces).
func NetworkFrom(getenv func(string) string) (Network, error) {
	either := func(name string) string {
		if value := getenv(name); value != "" {
			return value
		}
		return getenv(strings.ToLower(name))
	}
	var n Network
	settings := httpproxy.Config{HTTPProxy: either("HTTP_PROXY"), HTTPSProxy: either("HTTPS_PROXY"),
		NoProxy: either("NO_PROXY")}
	for name, text := range map[string]string{"HTTP_PROXY": settings.HTTPProxy, "HTTPS_PROXY": settings.HTTPSProxy} {
		if text == "" {
			continue
		}
		full := text
		if !strings.Contains(full, "://") {
			full = "http://" + full
		}
		u, err := url.Parse(full)
		if err != nil || u.Host == "" || !slices.Contains([]string{"http", "https", "socks5", "socks5h"}, u.Scheme) {
			// it may hold a password
			return n, fmt.Errorf("%s is no proxy's address: give one such as http://proxy.example:3128", name)
		}
		n.proxy = settings.ProxyFunc()
	}
	file := getenv("OPENNESS_CA_FILE")
	if file == "" {
		return n, nil
	}
	text, err := readCertificates(file)
	if err != nil {
		return n, fmt.Errorf("OPENNESS_CA_FILE: %w", err)
	}
	if n.roots, err = x509.SystemCertPool(); err != nil {
		n.roots = x509.NewCertPool()
	}
	if !n.roots.AppendCertsFromPEM(text) {
		return n, fmt.Errorf("OPENNESS_CA_FILE: %q holds no certificate in PEM form", file)
	}
	return n, nil
}

// largestCertificates bounds a file of certificates, in bytes: a system's own bundle has some 200 kB.
const largestCertificates = 16 << 20

func readCertificates(file string) ([]byte, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, largestCertificates+1))
	if err == nil && len(text) > largestCertificates {
		return nil, fmt.Errorf("%q has more than %d MiB: give a file of certificates", file, largestCertificates>>20)
	}
	return text, err
}

// through is the proxy for an address, nil for none.
func (n Network) through(u *url.URL) (*url.URL, error) {
	if n.proxy == nil {
		return nil, nil //nolint:nilnil // no proxy is no fault
	}
	return n.proxy(u)
}

// trust makes a transport trust what the network trusts.
func (n Network) trust(t *http.Transport) *http.Transport {
	if n.roots != nil {
		t.TLSClientConfig = &tls.Config{RootCAs: n.roots, MinVersion: tls.VersionTLS12}
	}
	return t
}

// proxied returns a transport that asks the network's proxy. The proxy's own
// address is dialled, wherever it is: the user named it.
func (n Network) proxied() *http.Transport {
	t := n.trust(newTransport(nil))
	t.Proxy = func(r *http.Request) (*url.URL, error) { return n.through(r.URL) }
	return t
}

// A guard lets requests for public hosts through. Without a proxy that is checked
// on the address that is dialled; through one, which dials in our place, only the
// name can be judged.
type guard struct {
	network        Network
	direct, behind http.RoundTripper
	names          bool // judge names too: the host is not one that the user configured
}

func (g *guard) RoundTrip(r *http.Request) (*http.Response, error) {
	proxy, err := g.network.through(r.URL)
	switch {
	case err != nil:
		return nil, fmt.Errorf("proxy for %q: %w", r.URL.Redacted(), err)
	case proxy == nil:
		return g.direct.RoundTrip(r)
	case g.names && privateName(r.URL) != "":
		return nil, fmt.Errorf("%w: %s", errPrivate, privateName(r.URL))
	}
	response, err := g.behind.RoundTrip(r)
	if err != nil {
		return nil, &proxyError{proxy.Host, err}
	}
	return response, nil
}

func (g *guard) CloseIdleConnections() {
	for _, t := range []http.RoundTripper{g.direct, g.behind} {
		if t, ok := t.(*http.Transport); ok {
			t.CloseIdleConnections()
		}
	}
}

// A proxyError is a failure on the way through a proxy.
type proxyError struct {
	proxy string // host and port, without credentials
	err   error
}

func (e *proxyError) Error() string { return fmt.Sprintf("proxy %s: %v", e.proxy, e.err) }
func (e *proxyError) Unwrap() error { return e.err }

// proxySays adds to the words of a failure that a proxy stood in between.
func proxySays(said string, err error) string {
	var through *proxyError
	if !errors.As(err, &through) {
		return said
	}
	return fmt.Sprintf("through the proxy %s: %s (check HTTPS_PROXY, HTTP_PROXY and NO_PROXY)", through.proxy, said)
}

// privateEnds are ends of names that no public host has.
var privateEnds = []string{"localhost", "local", "internal", "intranet", "lan", "home", "corp", "private", "home.arpa",
	"test", "invalid"}

// privateName says why the host of an address is not taken for a public one, or "".
func privateName(u *url.URL) string {
	if port := u.Port(); port != "" && port != "80" && port != "443" {
		return fmt.Sprintf("port %s is neither 80 nor 443", port)
	}
	host := strings.TrimSuffix(strings.ToLower(u.Hostname()), ".")
	if ip, err := netip.ParseAddr(host); err == nil {
		ip = ip.Unmap().WithZone("")
		for _, p := range notPublic {
			if p.Contains(ip) {
				return ip.String()
			}
		}
		return ""
	}
	if !strings.ContainsFunc(host, func(r rune) bool { return r >= 'a' && r <= 'z' || r > 127 }) {
		return fmt.Sprintf("%q is an address in an unusual form", host) // 0x7f.1, 2130706433
	}
	if !strings.Contains(host, ".") {
		return fmt.Sprintf("%q is a name of the local network", host)
	}
	if strings.HasPrefix(host, "0x") {
		return fmt.Sprintf("%q is an address in an unusual form", host)
	}
	for _, end := range privateEnds {
		if strings.HasSuffix(host, "."+end) {
			return fmt.Sprintf("%q is a name of the local network", host)
		}
	}
	return ""
}
