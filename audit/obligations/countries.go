package obligations

import (
	_ "embed"
	"fmt"
	"strings"
)

// countriesText has the codes of ISO 3166-1 with a name in English, one a line.
//
//go:embed countries.txt
var countriesText string

// countries are the names by their codes.
var countries = func() map[string]string {
	names := make(map[string]string)
	for line := range strings.Lines(countriesText) {
		code, name, _ := strings.Cut(strings.TrimSpace(line), " ")
		names[code] = name
	}
	return names
}()

// otherwise are codes that people use for countries that have another one.
var otherwise = map[string]string{"EL": "GR", "EN": "GB", "SP": "ES", "JA": "JP", "KO": "KR", "ZH": "CN", "CS": "CZ",
	"DA": "DK", "SV": "SE", "GER": "DE", "USA": "US", "ENGLAND": "GB", "GREAT BRITAIN": "GB", "EUROPE": "EU"}

// reserved are codes that are kept apart for what is no country, or has another code, and
// that everybody understands.
var reserved = map[string]string{"EU": "European Union", "UK": "United Kingdom"}

// isPlace reports whether a code is one that a territory can be compared with. A place that
// is nowhere would be outside of every territory.
func isPlace(code string) bool { return countries[code] != "" || reserved[code] != "" }

// nearestPlace says which code may have been meant, in words that go behind an error.
func nearestPlace(text string) string {
	if code := otherwise[text]; code != "" {
		return fmt.Sprintf("; did you mean %s?", code)
	}
	for line := range strings.Lines(countriesText) {
		code, name, _ := strings.Cut(strings.TrimSpace(line), " ")
		if len(text) > 2 && strings.HasPrefix(strings.ToUpper(name), text) {
			return fmt.Sprintf("; did you mean %s?", code)
		}
	}
	return ""
}
