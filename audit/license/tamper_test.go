package license_test

import (
	"regexp"
	"strings"
	"testing"

	"openness/audit/license"
)

// A tampering changes what a licence allows or asks. It returns the changed
// text and the span of the added words (empty at the place where words are
// missing), or an empty text where it does not apply.
type tampering struct {
	name string
	do   func(text string) (changed string, start, end int)
}

var tamperings = []tampering{
	{"no commercial use, first", insertAt(0.15, "The Software may not be used for commercial purposes.")},
	{"no commercial use, middle", insertAt(0.5, "Use is permitted for non-commercial purposes only.")},
	{"no commercial use, last", insertAt(0.85, "Commercial use requires a separate agreement with the licensor.")},
	{"no commercial use, behind",
		appended("Notwithstanding the above, this work may only be used for non-commercial research.")},
	{"no commercial use, before", func(s string) (string, int, int) {
		clause := "This work is made available for academic research only. You may not use it commercially."
		return clause + "\n\n" + s, 0, len(clause)
	}},
	{"field of use, middle", insertAt(0.4, "The Software must not be used by the military or for surveillance.")},
	{"field of use, behind",
		appended("Additional terms: you agree not to use the model to provide medical or legal advice.")},
	{"geography, middle", insertAt(0.6, "This license does not apply in the European Union.")},
	{"geography, behind", appended("The rights granted above are not available to persons or companies located in Freedonia or the European Union.")},
	{"threshold, middle", insertAt(0.55,
		"If you have more than 1000000 monthly active users, you must request a license.")},
	{"threshold, behind", appended("Companies with annual revenue above 5 million dollars must obtain a commercial license.")},
	{"outputs, middle", insertAt(0.45, "You will not use the outputs to improve any other model.")},
	{"one word: non-commercial", replaceNth(regexp.MustCompile(`(?i)\b(use|purposes?|copies|distribution)\b`), 0.5,
		"non-commercial $0")},
	{"may not for may", replaceNth(regexp.MustCompile(`\bmay\b( not)?`), 0.5, "may not")},
	{"may for must not", replaceNth(regexp.MustCompile(`\b(must|shall|may|will) not\b`), 0.5, "may")},
	{"must for may", replaceNth(regexp.MustCompile(`\bmay\b`), 0.3, "must")},
	{"a not less", replaceNth(regexp.MustCompile(` not\b`), 0.5, "")},
	{"a not more", replaceNth(regexp.MustCompile(`\b(is|are|shall|will|does)\b( not)?`), 0.5, "$1 not")},
	{"another number", replaceNth(regexp.MustCompile(`\b([1-9]\d{2,3}) (million|thousand|billion|monthly|users)\b`),
		0.5, "35 $2")},
	{"restriction for no restriction", replaceNth(regexp.MustCompile(`(?i)\bwithout (restriction|limitation|fee)\b`),
		0.5, "subject to $1")},
	{"a permission less", replaceNth(regexp.MustCompile(`(?i)(,| and| or)? (modify|sublicense|sell|distribute`+
		`|reproduce|commercial)\b`), 0.5, "")},
	{"for research only", replaceNth(regexp.MustCompile(`(?i)\b(use|reproduce|copy|distribute)\b`), 0.3,
		"$0 for research only")},
	{"a clause less", func(s string) (string, int, int) {
		ends := sentences(s)
		for i := len(ends) / 2; i+1 < len(ends); i++ {
			if words := len(strings.Fields(s[ends[i]:ends[i+1]])); words >= 12 {
				return s[:ends[i]] + s[ends[i+1]:], ends[i], ends[i]
			}
		}
		return "", 0, 0
	}},
	{"a paragraph less", func(s string) (string, int, int) {
		all := paragraphs.FindAllStringIndex(s, -1)
		for i := len(all) / 2; i+1 < len(all); i++ {
			if words := len(strings.Fields(s[all[i][1]:all[i+1][0]])); words >= 15 {
				return s[:all[i][1]] + s[all[i+1][1]:], all[i][1], all[i][1]
			}
		}
		return "", 0, 0
	}},
}

// insertAt puts a sentence behind the sentence that ends after a share of the
// text.
func insertAt(share float64, clause string) func(string) (string, int, int) {
	return func(s string) (string, int, int) {
		for _, end := range sentences(s) {
			if float64(end) >= share*float64(len(s)) {
				return s[:end] + " " + clause + s[end:], end + 1, end + 1 + len(clause)
			}
		}
		return "", 0, 0
	}
}

func appended(clause string) func(string) (string, int, int) {
	return func(s string) (string, int, int) {
		s = strings.TrimRight(s, " \n") + "\n\n"
		return s + clause + "\n", len(s), len(s) + len(clause)
	}
}

// replaceNth replaces the match that stands after a share of all matches by a
// template; what stays as it is does not count as a change.
func replaceNth(re *regexp.Regexp, share float64, template string) func(string) (string, int, int) {
	template = strings.ReplaceAll(strings.ReplaceAll(template, "$0", "${0}"), "$1 ", "${1} ")
	return func(s string) (string, int, int) {
		all := re.FindAllStringSubmatchIndex(s, -1)
		for i := int(share * float64(len(all))); i < len(all); i++ {
			m := all[i]
			with := string(re.ExpandString(nil, template, s, m))
			if word := s[strings.LastIndexAny(s[:m[0]], " \n")+1 : m[0]]; strings.Contains(word, "/") {
				continue // part of an address
			}
			if with == s[m[0]:m[1]] || strings.HasSuffix(strings.ToLower(s[:m[0]]), "non") ||
				strings.HasSuffix(strings.ToLower(s[:m[0]]), "non-") {
				continue
			}
			return s[:m[0]] + with + s[m[1]:], m[0], m[0] + len(with)
		}
		return "", 0, 0
	}
}

// What a clause added to an open licence limits shows in its terms.
func TestAddedClausesShowInTerms(t *testing.T) {
	var mit string
	eachText(t, func(row, text []byte) {
		if strings.HasPrefix(string(row), "texts/MIT/") {
			mit = string(text)
		}
	})
	if mit == "" {
		t.Skip("the shared corpus is not here")
	}
	for clause, check := range map[string]func(license.Terms) bool{
		"You may not use the Software for commercial purposes.": func(x license.Terms) bool {
			return x.CommercialUse == license.Forbidden
		},
		"The Software may be used for academic research purposes only.": func(x license.Terms) bool {
			return x.CommercialUse == license.Forbidden
		},
		"If you have more than 5 million monthly active users, you must request a license from the licensor.": func(x license.Terms) bool {
			return x.UserThreshold != nil && *x.UserThreshold == 5_000_000 && x.CommercialUse == license.Conditional
		},
		"You must not use the outputs of the model to train other models.": func(x license.Terms) bool {
			return x.OutputRestriction != nil && *x.OutputRestriction
		},
		"You shall not use the Software for military purposes or surveillance.": func(x license.Terms) bool {
			return x.UseRestrictions != nil && *x.UseRestrictions
		},
		"The rights are not granted to persons in the European Union.": func(x license.Terms) bool {
			return x.GeographicLimit != nil
		},
		"Commercial use requires written permission; contact the licensor to register.": func(x license.Terms) bool {
			return x.CommercialUse != license.Allowed
		},
	} {
		for where, text := range map[string]string{"behind": mit + "\n\n" + clause + "\n",
			"within": strings.Replace(mit, "\n\nTHE SOFTWARE", "\n\n"+clause+"\n\nTHE SOFTWARE", 1)} {
			res := license.Identify([]byte(text))
			terms, _ := res.Terms()
			if !res.Modified || terms.OSIApproved || !check(terms) {
				t.Errorf("%s: %q: %s, %+v", where, clause, verdict(res), terms)
			}
		}
	}
}

// An invented licence of a kind that no list has: its terms are read off its
// wording, marked as derived, and it is never approved.
func TestDerivedFromUnknownLicense(t *testing.T) {
	text := []byte(`Brambletide Community Licence

1. Grant. Subject to these terms, Quillfeather grants you a worldwide, royalty-free licence to use, copy, modify and distribute the Model.
2. Conditions. Redistribution must retain this licence and all copyright notices. Any derived model shall include "Brambletide" at the beginning of its name.
3. Scale. If your products exceed 2 million monthly active users, you must obtain a separate licence from Quillfeather.
4. Restrictions. You shall not use the Model for military purposes, unlawful surveillance or in violation of applicable laws. You shall not use the output of the Model to train any other language model.
5. Territory. The rights under this licence are not granted to companies in the European Union.
6. Warranty. The Model is provided without warranty, and Quillfeather is not liable for any damages. By downloading the Model you agree to these terms.
`)
	if res := license.Identify(text); res.License != "" {
		t.Fatalf("the licence is invented, got %s", verdict(res))
	}
	terms, signals, ok := license.Derive(text)
	yes := func(b *bool) bool { return b != nil && *b }
	if !ok || !terms.Derived || terms.OSIApproved || terms.CommercialUse != license.Conditional ||
		terms.Redistribution != license.Conditional || terms.Modification == license.Forbidden ||
		terms.UserThreshold == nil || *terms.UserThreshold != 2_000_000 || !yes(terms.NamingRequirement) ||
		!yes(terms.UseRestrictions) || !yes(terms.OutputRestriction) || !yes(terms.Attribution) ||
		!yes(terms.AcceptanceRequired) || terms.GeographicLimit == nil {
		t.Errorf("%+v", terms)
	}
	checkSignals(t, text, signals)
}
