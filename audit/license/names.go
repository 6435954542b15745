package license

import (
	"net/url"
	"strings"
	"sync"
	"unicode"

	"openness/audit/pattern"
)

// hubTags are the licence tags of model hubs that are no id of ours or of SPDX
// in another case, and names that say a family without a version, which SPDX
// reads as "the first version or any later".
var hubTags = map[string]string{
	"gpl": "GPL-1.0-or-later", "gpl-1.0": "GPL-1.0-only", "gpl-2.0": "GPL-2.0-only", "gpl-3.0": "GPL-3.0-only",
	"openmdw-1.0": "LicenseRef-openmdw-1.0", // its text has been known by this id since before the list of SPDX had one
	"gplv2":       "GPL-2.0-only", "gplv3": "GPL-3.0-only",
	"lgpl": "LGPL-2.0-or-later", "lgpl-2.0": "LGPL-2.0-only", "lgpl-2.1": "LGPL-2.1-only", "lgpl-3.0": "LGPL-3.0-only",
	"lgplv3": "LGPL-3.0-only",
	"agpl":   "AGPL-1.0-or-later", "agpl-3.0": "AGPL-3.0-only", "agplv3": "AGPL-3.0-only", "gfdl": "GFDL-1.1-or-later",
	"lgpl-lr": "LGPLLR",
	"cc0":     "CC0-1.0", "cc-by": "CC-BY-4.0", "cc-by-sa": "CC-BY-SA-4.0", "cc-by-nc": "CC-BY-NC-4.0",
	"cc-by-nd": "CC-BY-ND-4.0", "cc-by-nc-sa": "CC-BY-NC-SA-4.0", "cc-by-nc-nd": "CC-BY-NC-ND-4.0",
	"odc-by": "ODC-By-1.0", "odbl": "ODbL-1.0", "pddl": "PDDL-1.0", "apache": "Apache-2.0", "apache2": "Apache-2.0",
	"apache-2": "Apache-2.0", "apache2.0": "Apache-2.0", "apache-license": "Apache-2.0", "apache-v2": "Apache-2.0",
	"expat": "MIT", "mit-license": "MIT", "bsl": "BSL-1.0", "boost": "BSL-1.0", "zlib": "Zlib",
	"simplified-bsd": "BSD-2-Clause", "new-bsd": "BSD-3-Clause", "modified-bsd": "BSD-3-Clause",
	"bsd-2": "BSD-2-Clause", "bsd-3": "BSD-3-Clause", "bsd2": "BSD-2-Clause", "bsd3": "BSD-3-Clause",
	"eupl": "EUPL-1.2", "epl": "EPL-2.0", "mpl": "MPL-2.0", "mpl2": "MPL-2.0", "lppl": "LPPL-1.3c", "osl": "OSL-3.0",
	"afl": "AFL-3.0", "ofl": "OFL-1.1", "artistic": "Artistic-2.0", "cdla-permissive": "CDLA-Permissive-2.0",
	"cdla-sharing": "CDLA-Sharing-1.0", "etalab": "etalab-2.0", "bsd-3-clause-clear": "BSD-3-Clause-Clear",
}

// noLicense are tags that name none: they say that it is elsewhere, or unknown.
var noLicense = map[string]bool{"": true, "other": true, "unknown": true, "none": true, "custom": true,
	"noassertion": true, "n/a": true, "na": true, "null": true, "see license": true, "-": true}

// nameIndex finds an id by the words of a name.
var nameIndex = sync.OnceValue(func() map[string]string {
	index := make(map[string]string)
	add := func(name, id string) {
		if key := nameKey(name); key != "" && index[key] == "" {
			index[key] = id
		}
	}
	for tag, id := range hubTags {
		add(tag, id)
	}
	for _, t := range base().order {
		if t.Deprecated {
			continue
		}
		add(t.ID, t.ID)
		add(strings.TrimPrefix(t.ID, "LicenseRef-"), t.ID)
		for _, alias := range t.Aliases {
			add(alias, t.ID)
		}
	}
	for _, t := range base().order {
		if !t.Deprecated {
			add(t.Name, t.ID)
		}
	}
	return index
})

// fillers are words that names carry or leave out at will.
var fillers = map[string]bool{"the": true, "license": true, "licence": true, "licenses": true, "version": true,
	"v": true, "agreement": true, "international": true, "public": true, "unported": true,
	"only": true, "ver": true, "a": true, "under": true, "meta": true, "generic": true, "software": true}

// longNames are words of names and the short forms that ids have for them.
var longNames = strings.NewReplacer("creative commons zero", "cc0", "creative commons", "cc", "attribution", "by",
	"non commercial", "nc", "noncommercial", "nc", "noncommerical", "nc", "share alike", "sa", "sharealike", "sa",
	"no derivatives", "nd", "noderivatives", "nd", "noderivs", "nd", "gnu affero general", "agpl", "affero general",
	"agpl", "gnu lesser general", "lgpl", "lesser general", "lgpl", "gnu library general", "lgpl", "gnu general", "gpl",
	"gnu gpl", "gpl", "gnu agpl", "agpl", "gnu lgpl", "lgpl",
	"open data commons by", "odc by", "mozilla", "mpl", "eclipse", "epl", "european union", "eupl", "open rail",
	"openrail", "2 0", "2.0")

// nameKey reduces a name to the words that tell licences apart, in their order.
func nameKey(name string) string {
	var words []string
	var word strings.Builder
	flush := func() {
		if word.Len() > 0 {
			words = append(words, word.String())
			word.Reset()
		}
	}
	runes := []rune(strings.ToLower(name))
	for i, r := range runes {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || r == '+':
			if i > 0 && unicode.IsDigit(r) && word.Len() == 1 && word.String() == "v" {
				word.Reset() // v2 is 2
			}
			word.WriteRune(r)
		case r == '.' && i > 0 && i+1 < len(runes) && unicode.IsDigit(runes[i-1]) && unicode.IsDigit(runes[i+1]):
			word.WriteRune(r)
		default:
			flush()
		}
	}
	flush()
	return reduce(strings.Join(words, " "))
}

func reduce(key string) string {
	key = strings.TrimSpace(longNames.Replace(" " + key + " "))
	var kept []string
	for _, w := range strings.Fields(key) {
		if !fillers[w] {
			kept = append(kept, w)
		}
	}
	for i, w := range kept { // "apache 2" is "apache 2.0"
		if i == len(kept)-1 && i > 0 && len(w) == 1 && w[0] >= '1' && w[0] <= '9' && (kept[0] == "apache" ||
			kept[0] == "cc" || strings.HasSuffix(kept[0], "pl")) {
			kept[i] = w + ".0"
		}
	}
	return strings.Join(kept, " ")
}

// Normalize maps a tag, a name, a URL or an SPDX expression to licence ids:
// "llama3.1", "Apache License 2.0", "https://opensource.org/licenses/MIT",
// "MIT OR Apache-2.0". It reports false where the text names no licence that
// is known; then id is empty.
func Normalize(tag string) (id string, ok bool) {
	tag = strings.Trim(strings.TrimSpace(tag), `"'`)
	key := strings.ToLower(tag)
	if noLicense[key] {
		return "", false
	}
	if id, ok := single(tag, key); ok {
		return id, true
	}
	if strings.Contains(key, "://") || strings.HasPrefix(key, "www.") {
		return fromURL(tag)
	}
	return expression(tag)
}

// single maps a text that names one licence.
func single(tag, key string) (string, bool) {
	k := base()
	if id, ok := hubTags[key]; ok {
		return id, true
	}
	if id, ok := k.lower[key]; ok {
		if t := k.terms[id]; !t.Deprecated || strings.HasSuffix(id, "+") {
			return undated(id), true
		}
	}
	if id, ok := k.lower["licenseref-"+key]; ok {
		return id, true
	}
	if strings.Contains(key, "://") {
		return "", false
	}
	if id, ok := nameIndex()[nameKey(tag)]; ok {
		return id, true
	}
	return laterVersions(key)
}

// orLaterWords ends the name of a licence whose later versions are allowed too.
var orLaterWords = pattern.MustCompile(
	`[\s,(]*(\+|\bor \(?(at your option\)? )?(any )?(later|newer|greater)( versions?)?)\)?$`,
)

// laterVersions maps the name of a GNU licence with "or later" or "+" behind it.
func laterVersions(key string) (string, bool) {
	at := orLaterWords.FindStringIndex(key)
	if at == nil || at[0] == 0 {
		return "", false
	}
	id, ok := single(key[:at[0]], key[:at[0]])
	plain, only := strings.CutSuffix(id, "-only")
	if !ok || !only {
		return "", false
	}
	id, ok = base().lower[strings.ToLower(plain+"-or-later")]
	return id, ok
}

// undated writes the deprecated "+" of an id as SPDX does now.
func undated(id string) string {
	if plain, ok := strings.CutSuffix(id, "+"); ok {
		return plain + "-or-later"
	}
	return id
}

// expression maps an SPDX expression, keeping its operators and parentheses.
func expression(tag string) (string, bool) {
	spaced := strings.NewReplacer("(", " ( ", ")", " ) ").Replace(tag)
	fields := strings.Fields(spaced)
	var out []string
	var operand []string
	operators, operands, exceptions := 0, 0, 0
	flush := func() bool {
		if len(operand) == 0 {
			return true
		}
		name := strings.Join(operand, " ")
		id, ok := single(name, strings.ToLower(name))
		out, operand = append(out, id), nil
		operands++
		return ok
	}
	for i := 0; i < len(fields); i++ {
		switch f := fields[i]; f {
		case "AND", "OR", "and", "or", "(", ")":
			if !flush() {
				return "", false
			}
			if f != "(" && f != ")" {
				operators++
			}
			out = append(out, strings.ToUpper(f))
		case "WITH", "with":
			if !flush() || i+1 == len(fields) {
				return "", false
			}
			i++
			exceptions++
			out = append(out, "WITH", fields[i])
		default:
			operand = append(operand, f)
		}
	}
	if !flush() || operators+exceptions == 0 || operands != operators+1 {
		return "", false
	}
	joined := strings.NewReplacer("( ", "(", " )", ")").Replace(strings.Join(out, " "))
	return joined, Parts(joined) != nil
}

// fromURL maps the address of a licence.
func fromURL(address string) (string, bool) {
	if !strings.Contains(address, "://") {
		address = "https://" + address
	}
	u, err := url.Parse(address)
	if err != nil {
		return "", false
	}
	host := strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
	path := strings.ToLower(strings.Trim(u.Path, "/"))
	if id, ok := knownURLs()[host+"/"+strings.TrimSuffix(path, ".html")]; ok {
		return id, true
	}
	parts := strings.Split(path, "/")
	last := strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(parts[len(parts)-1], ".html"), ".txt"), ".php")
	switch host {
	case "creativecommons.org":
		return fromCreativeCommons(parts)
	case "opensource.org", "spdx.org", "choosealicense.com", "opensource.apple.com", "licenses.nuget.org":
		if len(parts) > 1 {
			return single(last, last)
		}
	case "gnu.org", "fsf.org":
		if len(parts) > 1 && strings.Contains(path, "licenses/") {
			return single(last, last)
		}
	case "apache.org":
		if rest, ok := strings.CutPrefix(last, "license-"); ok {
			return single("apache-"+rest, "apache-"+rest)
		}
	case "opendatacommons.org":
		if len(parts) > 1 && parts[0] == "licenses" {
			return single("odc-"+parts[1], strings.NewReplacer("odc-odbl", "odbl", "odc-pddl",
				"pddl").Replace("odc-"+parts[1]))
		}
	case "mozilla.org":
		return single("mpl-2.0", "mpl-2.0")
	case "unlicense.org":
		return "Unlicense", true
	case "cdla.dev":
		return single("", strings.NewReplacer("-2-0", "-2.0", "-1-0", "-1.0").Replace("cdla-"+last))
	}
	return "", false
}

var knownURLs = sync.OnceValue(func() map[string]string {
	known := make(map[string]string)
	for _, t := range base().order {
		for _, u := range t.URLs {
			known[strings.TrimPrefix(strings.Trim(strings.ToLower(u), "/"), "www.")] = t.ID
		}
	}
	return known
})

// fromCreativeCommons reads licenses/by-nc/4.0 and publicdomain/zero/1.0.
func fromCreativeCommons(parts []string) (string, bool) {
	if len(parts) < 3 {
		return "", false
	}
	id := "cc-" + parts[1] + "-" + parts[2]
	if parts[0] == "publicdomain" {
		if parts[1] != "zero" {
			return "LicenseRef-public-domain", true
		}
		id = "cc0-" + parts[2]
	}
	return single(id, id)
}
