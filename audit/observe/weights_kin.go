package observe

import (
	"path"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/pattern"
)

// A place can belong to the audited model, to its base, or to neither: a
// repository named among a model's links may be the base's, or a general tool.
// Names decide, since nothing else is given: the same organisation or the same
// family name makes two names kin.

// kin reports whether two ids ("org/name") belong to the same makers or family.
func kin(a, b string) bool {
	if a == "" || b == "" {
		return false
	}
	return sameMaker(path.Dir(a), path.Dir(b)) || sameFamily(a, b)
}

// minKin is the length below which a common name part says nothing ("ai", "lm").
const minKin = 4

// sameMaker compares organisations without case, hyphens and common endings.
func sameMaker(a, b string) bool {
	a, b = makerName(a), makerName(b)
	if len(a) < minKin || len(b) < minKin {
		return a == b && len(a) > 2
	}
	return strings.HasPrefix(a, b) || strings.HasPrefix(b, a)
}

func makerName(org string) string {
	s := squash(org)
	for _, tail := range []string{"research", "project", "workshop", "models", "labs", "lab", "org", "team", "tec", "ai", "inc"} {
		if rest := strings.TrimSuffix(s, tail); rest != s && len(rest) >= minKin {
			return rest
		}
	}
	return s
}

// sameFamily reports whether one id's family name occurs in the other id.
func sameFamily(a, b string) bool {
	fa, fb := familyName(path.Base(a)), familyName(path.Base(b))
	in := func(f, id string) bool { return len(f) >= minKin && strings.Contains(squash(id), f) }
	return in(fa, path.Base(b)) || in(fb, path.Base(a)) || in(fa, path.Dir(b)) || in(fb, path.Dir(a))
}

// familyName is the leading word of a model's name: "Olmo" of "Olmo-3-32B-Think",
// "stable-vicuna" of "stable-vicuna-13b-delta"; it ends where numbers or words
// of a variant begin.
func familyName(name string) string {
	var kept []string
	for _, part := range strings.FieldsFunc(name, func(r rune) bool { return r == '-' || r == '_' || r == ' ' }) {
		if variantWord(part) || len(kept) > 0 && (startsWithDigit(part) || shortCode.MatchString(part)) {
			break
		}
		kept = append(kept, strings.TrimRight(part, "0123456789."))
		if startsVersion(part) {
			break
		}
	}
	return squash(strings.Join(kept, ""))
}

// shortCode matches a part that tells series apart ("CL", "S"); "LM" names a kind
// of model and belongs to the name.
var shortCode = pattern.MustCompile(`^(?:[A-KM-Z]|[A-Z][A-LN-Z])$`)

func startsWithDigit(s string) bool { return s != "" && '0' <= s[0] && s[0] <= '9' }

// startsVersion reports whether a part ends in digits, as "Baichuan2" does.
func startsVersion(s string) bool { return s != "" && '0' <= s[len(s)-1] && s[len(s)-1] <= '9' }

// variantWords are parts of a name that tell variants of one model apart.
var variantWords = map[string]bool{
	"base": true, "pt": true, "pretrain": true, "pretrained": true, "foundation": true,
	"chat": true, "instruct": true, "instruction": true, "it": true, "sft": true, "dpo": true, "rl": true, "rlhf": true,
	"think": true, "thinking": true, "reasoning": true, "delta": true, "hf": true, "gguf": true, "fp8": true, "preview": true,
	"large": true, "small": true, "medium": true, "tiny": true, "mini": true, "xl": true, "turbo": true,
	"train": true, "training": true, "code": true, "models": true, "src": true, "inference": true, "cpp": true,
}

func variantWord(s string) bool { return variantWords[strings.ToLower(s)] }

// squash keeps lower-case letters and digits.
func squash(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case 'a' <= r && r <= 'z', '0' <= r && r <= '9':
			return r
		case 'A' <= r && r <= 'Z':
			return r + ('a' - 'A')
		}
		return -1
	}, s)
}

// ownRepository reports whether a repository is the audited model's own rather
// than its base's or a general tool's.
func (in *input) ownRepository(id string) bool {
	own, known := in.owned[id]
	if !known {
		own = in.decideOwn(id)
		in.owned[id] = own
	}
	return own
}

func (in *input) decideOwn(id string) bool {
	if in.subject.ID == "github:"+id || in.offersSubject(id) {
		return true
	}
	if base := in.subject.Base; base != "" && sameFamily(base, id) && !sameFamily(in.id(), id) {
		return false // the makers' repository of the base
	}
	for _, role := range []audit.Role{audit.RoleEnd} {
		for _, kind := range []audit.PlaceKind{audit.HubModel, audit.ModelScopeModel, audit.GitHubRepo} {
			if p, ok := in.subject.Place(kind, role); ok && (p.ID == id || ownName(p.ID, id)) {
				return true
			}
		}
	}
	return len(in.repositories()) == 1 && !kin(in.subject.Base, id) && !in.baseNamed(id) && in.speaksOfSubject(id)
}

// offersSubject reports whether a repository that the user named for the model
// offers that very model: its front page links or loads it by its hub id, and
// not among what others made of the makers' work.
func (in *input) offersSubject(id string) bool {
	given := slices.ContainsFunc(in.subject.Places, func(p audit.Place) bool { return p.Kind == audit.GitHubRepo && p.Given && p.ID == id })
	if !given {
		return false
	}
	for _, d := range in.of(audit.DocReadme) {
		if d.PlaceID != id || !readable(d) || !mainPage(d) {
			continue
		}
		for _, m := range mentions(d.Body, hubID(in, audit.RoleEnd)) {
			if _, plain := offerAt(d.Body, m); plain > 1 && !othersModels.MatchString(in.headingAt(d, m.Start)) {
				return true
			}
		}
	}
	return false
}

// headingAt gives the headings over an offset of a page, in small letters.
func (in *input) headingAt(d *audit.Document, at int) string {
	c := in.card(d)
	for i, s := range c.Sections {
		if s.Body.Start <= at && at < s.Body.End {
			return strings.ToLower(below(c, i))
		}
	}
	return ""
}

// speaksOfSubject reports whether a repository's README names the model's family.
func (in *input) speaksOfSubject(repository string) bool {
	for _, d := range in.of(audit.DocReadme) {
		if d.PlaceID == repository && readable(d) && in.namesFamily(d) {
			return true
		}
	}
	return false
}

// namesFamily reports whether a page names the model's family.
func (in *input) namesFamily(d *audit.Document) bool {
	family := familyName(path.Base(in.id()))
	return len(family) >= minKin && strings.Contains(squash(string(d.Body)), family)
}

// ownName reports whether a repository's name makes it the model's own: the same
// makers, the model's family in the repository's name, or a model's name that
// begins with the repository's. A family further back in the model's name is
// what the model was made from.
func ownName(model, repository string) bool {
	family, name := familyName(path.Base(model)), familyName(path.Base(repository))
	return sameMaker(path.Dir(model), path.Dir(repository)) ||
		len(family) >= minKin && strings.Contains(squash(repository), family) ||
		len(name) >= minKin && strings.Contains(squash(path.Dir(model)), name) || namedAfter(model, repository)
}

// namedAfter reports whether a model's name begins with a repository's.
func namedAfter(model, repository string) bool {
	name := familyName(path.Base(repository))
	return len(name) >= minKin && strings.HasPrefix(squash(path.Base(model)), name)
}

// id is the subject's own id without the mark of where it lies: "owner/name"
// for "github:owner/name".
func (in *input) id() string {
	if _, rest, ok := strings.Cut(in.subject.ID, ":"); ok {
		return rest
	}
	return in.subject.ID
}

// repositories lists the ids of the source repositories among the documents.
func (in *input) repositories() []string {
	var ids []string
	seen := make(map[string]bool)
	for i := range in.docs {
		d := &in.docs[i]
		if d.Place == audit.GitHubRepo && !seen[d.PlaceID] {
			seen[d.PlaceID] = true
			ids = append(ids, d.PlaceID)
		}
	}
	return ids
}

// mainPage reports whether a document is a model's card or the README at the
// root of a repository: the page that speaks for the whole.
func mainPage(d *audit.Document) bool {
	return d.Kind == audit.DocModelCard || d.Kind == audit.DocReadme && !strings.Contains(d.Path, "/")
}

// ownPages are the prose documents that speak for the audited model: its card
// and the pages of its own repositories. The main pages come first.
func (in *input) ownPages() []*audit.Document {
	var main, rest []*audit.Document
	for _, kind := range []audit.DocKind{audit.DocModelCard, audit.DocReadme, audit.DocProse} {
		for _, d := range in.of(kind) {
			switch {
			case !readable(d), formerPages.MatchString(path.Base(d.Path)), kind == audit.DocModelCard && d.Role != audit.RoleEnd,
				kind != audit.DocModelCard && (d.Place != audit.GitHubRepo || !in.ownRepository(d.PlaceID)):
			case mainPage(d):
				main = append(main, d)
			default:
				rest = append(rest, d)
			}
		}
	}
	return append(main, rest...)
}

// basePages are the prose documents that speak for the base model.
func (in *input) basePages() []*audit.Document {
	var pages []*audit.Document
	for _, d := range in.of(audit.DocModelCard, audit.DocReadme, audit.DocProse) {
		if readable(d) && (d.Role == audit.RoleBase || d.Place == audit.GitHubRepo && !in.ownRepository(d.PlaceID) && in.baseRepository(d.PlaceID)) {
			pages = append(pages, d)
		}
	}
	return pages
}

// baseRepository reports whether a repository that is not the model's own is
// its base's: the base's id or the model's own card names its family.
func (in *input) baseRepository(id string) bool { return kin(in.subject.Base, id) || in.baseNamed(id) }

// baseNamed reports whether the model's id, card or own README names the family
// that a repository is named after.
func (in *input) baseNamed(repository string) bool {
	family := familyName(path.Base(repository))
	if len(family) < minKin {
		return false
	}
	if strings.Contains(squash(path.Base(in.id())), family) {
		return true
	}
	for _, d := range in.of(audit.DocModelCard, audit.DocReadme) {
		own := d.Role == audit.RoleEnd || d.Place == audit.GitHubRepo && d.PlaceID != repository && ownName(in.id(), d.PlaceID)
		if own && readable(d) && strings.Contains(squash(string(d.Body)), family) {
			return true
		}
	}
	return false
}
