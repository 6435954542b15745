package fetch

import (
	"net/url"
	"strings"
	"testing"
)

// TestPrivateName holds the names that a proxy must not be asked for: it dials
// in our place, inside of the network that it serves.
func TestPrivateName(t *testing.T) {
	for _, private := range []string{"http://localhost/", "http://LOCALHOST./", "http://127.0.0.1/", "http://[::1]/",
		"http://10.1.2.3/", "http://169.254.169.254/latest",
		"http://[::ffff:10.0.0.1]/", "http://2130706433/", "http://0x7f.1/", "http://0x7f000001/", "http://intranet/",
		"http://wiki.corp/", "http://metadata.google.internal/",
		"http://printer.local/", "http://example.com:8080/", "http://example.com:22/", "http://127.1/"} {
		u, err := url.Parse(private)
		if err != nil {
			t.Fatal(err)
		}
		if privateName(u) == "" {
			t.Errorf("%s passes for a public host", private)
		}
	}
	for _, public := range []string{"https://example.com/", "https://example.com:443/", "http://93.184.215.14/",
		"https://xn--bcher-kva.example/", "https://bücher.example/",
		"https://locale.example/", "https://internal-affairs.example/"} {
		u, err := url.Parse(public)
		if err != nil {
			t.Fatal(err)
		}
		if why := privateName(u); why != "" {
			t.Errorf("%s is refused: %s", public, why)
		}
	}
}

func TestNetworkFromKeepsSecrets(t *testing.T) {
	_, err := NetworkFrom(func(name string) string {
		if name == "HTTPS_PROXY" {
			return "ftp://user:secret@host"
		}
		return ""
	})
	if err == nil || strings.Contains(err.Error(), "secret") {
		t.Errorf("%v", err)
	}
}
