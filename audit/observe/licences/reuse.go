package licences

import (
	"path"
	"strings"

	"openness/audit"
	"openness/audit/pattern"
)

// REUSE (reuse.software) keeps each licence of a repository as LICENSES/ID.txt and
// says in REUSE.toml which files are under which. A repository that follows it need
// have no licence at the top.

// inReuse reports whether a document is a licence in that folder.
func inReuse(d *audit.Document) bool {
	return d.Kind == audit.DocLicense && d.Place == audit.GitHubRepo && strings.EqualFold(path.Dir(d.Path), "LICENSES")
}

// An annotation says under which licence some files are.
type annotation struct {
	paths   []string
	licence string
}

var (
	reuseKey    = pattern.MustCompile(`^\s*(?:(path)|SPDX-License-Identifier)\s*=\s*(.+?)\s*$`)
	reuseString = pattern.MustCompile(`"([^"\n]*)"|'([^'\n]*)'`)
)

// maxAnnotations bounds how many are read of one file.
const maxAnnotations = 200

// annotations reads a REUSE.toml. Keys that are of no use here are passed over.
func annotations(body []byte) []annotation {
	var all []annotation
	for line := range strings.Lines(string(body)) {
		if strings.HasPrefix(strings.TrimSpace(line), "[[annotations]]") {
			if len(all) == maxAnnotations {
				break
			}
			all = append(all, annotation{})
			continue
		}
		m := reuseKey.FindStringSubmatch(line)
		if m == nil || len(all) == 0 {
			continue
		}
		a := &all[len(all)-1]
		for _, s := range reuseString.FindAllStringSubmatch(m[2], maxAnnotations) {
			if m[1] != "" {
				a.paths = append(a.paths, s[1]+s[2])
			} else {
				a.licence = s[1] + s[2]
			}
		}
	}
	return all
}

var (
	weightsPath = pattern.MustCompile(
		`(?i)(^|[/_.-])(weights?|checkpoints?|models?|ckpts?)([/_.*-]|$)|\.(safetensors|gguf|bin|pth?|ckpt|onnx)$`,
	)
	dataPath = pattern.MustCompile(`(?i)(^|[/_.-])(data(sets?)?|corpus|corpora)([/_.*-]|$)|\.(jsonl|parquet|csv)$`)
	docsPath = pattern.MustCompile(`(?i)(^|/)(docs?|README)([/_.*-]|$)|\.(md|rst)$`)
	codePath = pattern.MustCompile(`(?i)(^|/)(src|code|lib|scripts?)(/|$)|\.(py|cpp|cu|rs|go|js|ts)$`)
)

// annotated lists what an annotation covers.
func (a annotation) covers() []cover {
	var all []cover
	for _, p := range a.paths {
		switch {
		case strings.Trim(p, "*/") == "":
			all = append(all, cover{"code", true}, cover{"weights", true})
		case weightsPath.MatchString(p):
			all = append(all, cover{"weights", false})
		case dataPath.MatchString(p):
			all = append(all, cover{"data", false})
		case docsPath.MatchString(p):
			all = append(all, cover{"docs", false})
		case codePath.MatchString(p):
			all = append(all, cover{"code", false})
		}
	}
	return all
}

// reuseCovers says what a licence in the folder covers. told is false where the
// repository does not say it: of several licences any may be the weights'.
func (in *Reader) reuseCovers(d *audit.Document) (covers []cover, told bool) {
	id := strings.TrimSuffix(path.Base(d.Path), path.Ext(d.Path))
	alone, top := true, false
	for _, other := range in.ReadIn(d.PlaceID, audit.DocLicense, audit.DocConfig) {
		switch {
		case other.Kind == audit.DocConfig && strings.EqualFold(other.Path, "REUSE.toml"):
			told = true
			for _, a := range annotations(other.Body) {
				if names(a.licence, id) {
					covers = append(covers, a.covers()...)
				}
			}
		case other.Kind == audit.DocLicense && !strings.Contains(other.Path, "/"):
			top = true
		case other != d && inReuse(other):
			alone = false
		}
	}
	switch {
	case told, top:
		return covers, true
	case alone:
		return []cover{{"code", false}, {"weights", true}}, true
	}
	return nil, false
}

// names reports whether a licence expression names a licence.
func names(expression, id string) bool {
	for _, word := range strings.FieldsFunc(expression, func(r rune) bool { return strings.ContainsRune(" ()", r) }) {
		if strings.EqualFold(word, id) {
			return true
		}
	}
	return false
}

// reuseLicences reads a licence in the folder.
func (in *Reader) reuseLicences(d *audit.Document, id string, begin audit.Span) []licence {
	covers, told := in.reuseCovers(d)
	if !told {
		var out []licence
		for _, c := range []string{"code", "weights"} {
			out = append(out, licence{component: c, id: unreadTerms, source: fromText, doc: d, span: begin,
				unread: true})
		}
		return out
	}
	var out []licence
	for _, c := range covers {
		out = append(out, licence{component: c.name, id: id, source: fromText, doc: d, span: begin, general: c.general})
	}
	return out
}
