package crawl

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/github"
	"openness/audit/hub"
	"openness/audit/identity"
	"openness/audit/pattern"
)

// ErrTarget is why a text or a target cannot be audited.
var ErrTarget = errors.New("unusable target")

// The kinds of target.
const (
	Hub        = "hub"        // a Hugging Face model
	GitHub     = "github"     // a repository
	ModelScope = "modelscope" // a ModelScope model
	ArXiv      = "arxiv"      // a paper
	Catalogue  = "catalogue"  // a name that the catalogue may know
)

// A Target is one thing that the user asked to be audited.
type Target struct {
	Text         string // as it was given
	Kind         string // Hub, GitHub, ModelScope, ArXiv, Catalogue
	ID           string // "org/name", "owner/repo", arXiv id, or the name
	Label        string // the id column of a list
	Bases        []string
	Repositories []string
	Places       []audit.Place // known beforehand, such as a catalogue's
	Twin         string        // the id under which ModelScope is known to have the model
	Hint         string        // what a name that leads nowhere may have meant
	Note         string        // what else a name may have meant that leads somewhere

	// What is known of a model that no hub describes; empty otherwise.
	Name, Organisation, Released string
}

// SubjectID is the id of the subject that a target leads to, as far as it can be told
// without looking.
func (t Target) SubjectID() string {
	prefix := map[string]string{GitHub: "github:", ModelScope: "modelscope:", ArXiv: "arxiv:", Catalogue: "catalogue:"}
	return prefix[t.Kind] + t.ID
}

// arxivDOI is what the DOIs start with that arXiv gives its papers.
const arxivDOI = "10.48550/arxiv."

// hint is what a message adds on a name that leads nowhere.
func (t Target) hint() string {
	if t.Hint == "" {
		return ": give org/name, a URL, or a name that openness catalogue lists"
	}
	return ": " + t.Hint
}

// maxListed bounds one list of targets, in bytes.
const maxListed = 64 << 20

var (
	arxivID     = pattern.MustCompile(`^(\d{4}\.\d{4,5}|[a-z][a-z.-]{1,20}(\.[A-Z]{2})?/\d{7})(v\d{1,3})?$`)
	newArXivID  = pattern.MustCompile(`^\d{4}\.\d{4,5}(v\d{1,3})?$`)
	nameLike    = pattern.MustCompile(`^[\p{L}\p{N}][\p{L}\p{N} ._+-]{0,99}$`)
	hubReserved = []string{"datasets", "spaces", "collections", "papers", "docs", "blog", "organizations", "api",
		"settings",
		"join", "login", "pricing", "tasks", "models", "posts", "learn", "chat", "search", "new", "enterprise",
		"buckets"}
)

// ParseTarget reads a target as the user may write it: a hub id, a URL of one
// of the hubs, a prefixed id, or a name of the catalogue. A bare name without
// a slash is of the catalogue; whether it knows it is for the caller to ask.
func ParseTarget(s string) (Target, error) {
	text := WithoutCredentials(strings.TrimSpace(s))
	t, err := parseTarget(text)
	if err != nil {
		return Target{}, err
	}
	t.Text = text
	return t, nil
}

// WithoutCredentials is an address without the user, the query and the fragment that it may bear, as one
// has that was copied to clone from: either may hold a token, which is nothing to keep or
// to print. Other texts stay as they are.
func WithoutCredentials(text string) string {
	scheme, rest, address := strings.Cut(text, "://")
	if !address {
		scheme, rest = "", text
	}
	end := strings.IndexAny(rest, "/?#")
	if end < 0 {
		end = len(rest)
	}
	at := strings.LastIndexByte(rest[:end], '@')
	if address {
		query := strings.IndexAny(rest, "?#")
		if query < 0 {
			query = len(rest)
		}
		return scheme + "://" + rest[at+1:max(query, at+1)]
	}
	if at >= 0 && strings.Contains(rest[:at], ":") {
		return rest[at+1:]
	}
	return text
}

func parseTarget(text string) (Target, error) {
	if text == "" {
		return Target{}, fmt.Errorf("%w: it is empty: give org/name, a URL, or a name of the catalogue", ErrTarget)
	}
	if len(text) > 500 || strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r == 0x7f }) {
		return Target{}, fmt.Errorf("%w: %.60q is too long or has control characters", ErrTarget, text)
	}
	lower := strings.ToLower(text)
	switch {
	case strings.Contains(text, "://"):
		return parseURL(text)
	case strings.HasPrefix(lower, "git@github.com:"):
		return checked(GitHub, text[len("git@github.com:"):])
	case hasHost(lower):
		return parseURL("https://" + text)
	}
	for prefix, kind := range map[string]string{"hf:": Hub, "huggingface:": Hub, "github:": GitHub,
		"modelscope:": ModelScope,
		"arxiv:":      ArXiv, "catalogue:": Catalogue} {
		if strings.HasPrefix(lower, prefix) {
			return checked(kind, strings.Trim(strings.TrimSpace(text[len(prefix):]), "/"))
		}
	}
	switch {
	case strings.HasPrefix(lower, "datasets/") || strings.HasPrefix(lower, "spaces/"):
		return Target{}, noModel(text, lower[:strings.IndexByte(lower, '/')])
	case strings.Contains(text, "/"):
		return checked(Hub, strings.Trim(text, "/"))
	case newArXivID.MatchString(text):
		return checked(ArXiv, text)
	}
	return checked(Catalogue, text)
}

// noModel says what a page of Hugging Face is that is not a model's.
func noModel(text, kind string) error {
	what := map[string]string{"datasets": ", but a dataset: name the model, and datasets that it names are read with it", "spaces": ", but a demo: name the model behind it",
		"collections": ", but a collection: name its models one by one"}[kind]
	return fmt.Errorf("%w: %q is no model page (%s)%s: give https://huggingface.co/org/name", ErrTarget, text, kind,
		what)
}

// hasHost reports whether a text starts with the host of a hub, without scheme.
func hasHost(lower string) bool {
	for _, host := range []string{"huggingface.co/", "hf.co/", "github.com/", "modelscope.cn/", "modelscope.ai/",
		"arxiv.org/",
		"www.huggingface.co/", "www.github.com/", "www.modelscope.cn/", "www.modelscope.ai/", "www.arxiv.org/"} {
		if strings.HasPrefix(lower, host) {
			return true
		}
	}
	return false
}

// checked makes a target of a kind and an id that fits it. An address to clone
// from ends in .git, which no name does.
func checked(kind, id string) (Target, error) {
	ok, want := false, ""
	if kind == Hub || kind == GitHub {
		id = strings.TrimSuffix(id, ".git")
	}
	switch kind {
	case Hub:
		ok, want = hub.ValidID(id), "org/name"
	case ModelScope:
		ok, want = hub.ValidID(id) && strings.Contains(id, "/"), "modelscope:namespace/name"
	case GitHub:
		ok, want = github.ValidID(id), "github:owner/repository"
	case ArXiv:
		ok, want = arxivID.MatchString(id), "arxiv:2310.16944"
	case Catalogue:
		ok, want = nameLike.MatchString(id), "org/name, nor that of a catalogue's name (letters, digits, dots, hyphens)"
	}
	if !ok {
		return Target{}, fmt.Errorf("%w: %q does not have the form %s", ErrTarget, id, want)
	}
	return Target{Kind: kind, ID: id}, nil
}

func parseURL(text string) (Target, error) {
	if rest, ok := strings.CutPrefix(text, "hf://"); ok {
		return parseURL(hub.Public + "/" + rest)
	}
	u, err := url.Parse(text)
	clone := err == nil && (u.Scheme == "ssh" || u.Scheme == "git" ||
		u.Scheme == "git+https") && u.Hostname() == "github.com"
	if err != nil || (u.Scheme != "http" && u.Scheme != "https" && !clone) || u.Host == "" {
		return Target{}, fmt.Errorf("%w: %q is no web address: give one that starts with https://", ErrTarget, text)
	}
	parts := strings.FieldsFunc(u.Path, func(r rune) bool { return r == '/' })
	switch host := strings.TrimPrefix(strings.ToLower(u.Hostname()), "www."); host {
	case "huggingface.co", "hf.co":
		return hubURL(text, parts)
	case "github.com":
		if len(parts) < 2 {
			return Target{}, fmt.Errorf("%w: %q names no repository: give https://github.com/owner/repository",
				ErrTarget, text)
		}
		return checked(GitHub, parts[0]+"/"+parts[1])
	case "modelscope.cn", "modelscope.ai":
		if len(parts) < 3 || parts[0] != "models" {
			return Target{}, fmt.Errorf("%w: %q is no model page: give https://modelscope.cn/models/namespace/name",
				ErrTarget, text)
		}
		return checked(ModelScope, parts[1]+"/"+parts[2])
	case "arxiv.org":
		id, ok := arxivOf(u.Path)
		if !ok {
			return Target{}, fmt.Errorf("%w: %q names no paper: give https://arxiv.org/abs/ID", ErrTarget, text)
		}
		return Target{Kind: ArXiv, ID: id}, nil
	case "doi.org", "dx.doi.org":
		if id, ok := strings.CutPrefix(strings.ToLower(strings.Trim(u.Path, "/")), arxivDOI); ok {
			return checked(ArXiv, id)
		}
		return Target{}, fmt.Errorf("%w: %q is a DOI: name the model, and the papers that it names are looked up",
			ErrTarget, text)
	default:
		return Target{}, fmt.Errorf("%w: %q is on %s: pages of huggingface.co, github.com, modelscope.cn and arxiv.org are understood "+
			"(a mirror of a hub is set in its variable, such as HF_ENDPOINT, and the model named org/name)", ErrTarget,
			text, host)
	}
}

// hubURL reads the path of a Hugging Face page.
func hubURL(text string, parts []string) (Target, error) {
	if len(parts) >= 2 && parts[0] == "api" && parts[1] == "models" {
		parts = parts[2:]
	}
	switch {
	case len(parts) == 0:
		return Target{}, fmt.Errorf("%w: %q names no model: give https://huggingface.co/org/name", ErrTarget, text)
	case len(parts) == 2 && parts[0] == "papers" && arxivID.MatchString(parts[1]):
		return checked(ArXiv, parts[1])
	case slices.Contains(hubReserved, parts[0]):
		return Target{}, noModel(text, parts[0])
	case len(parts) == 1:
		return checked(Hub, parts[0])
	}
	return checked(Hub, parts[0]+"/"+parts[1])
}

// arxivOf reads the id out of a path such as /abs/2310.16944v2 or /pdf/2310.16944.pdf.
func arxivOf(p string) (string, bool) {
	p = strings.Trim(p, "/")
	kind, id, ok := strings.Cut(p, "/")
	if !ok || !slices.Contains([]string{"abs", "pdf", "html"}, kind) {
		return "", false
	}
	id = strings.TrimSuffix(id, ".pdf")
	return id, arxivID.MatchString(id)
}

// ReadTargets reads a list: one target per line with # comments, or CSV with a
// target column and optional id, base and repository columns, of which the
// last two hold several places separated by spaces. name is for messages.
// Every fault of the list is reported, each with its line.
func ReadTargets(r io.Reader, name string) ([]Target, error) {
	body, err := io.ReadAll(io.LimitReader(r, maxListed+1))
	if err != nil {
		return nil, fmt.Errorf("list %q: %w", name, err)
	}
	if len(body) > maxListed {
		return nil, fmt.Errorf("list %q: more than %d bytes: split it", name, maxListed)
	}
	body = bytes.TrimPrefix(body, []byte("\xef\xbb\xbf"))
	if why := audit.NotText(body); why != "" {
		return nil, fmt.Errorf("list %q: this %s; write one model on each line, or CSV with a column target",
			name, why)
	}
	if header, ok, err := csvHeader(body); ok || err != nil {
		if err != nil {
			return nil, fmt.Errorf("%s:1: %w", name, err)
		}
		return readCSV(body, name, header)
	}
	if err := otherColumns(body, name); err != nil {
		return nil, err
	}
	var targets []Target
	var faults []error
	line := 0
	for row := range bytes.Lines(body) {
		line++
		text, _, _ := strings.Cut(strings.TrimRight(string(row), "\r\n"), "#")
		if strings.TrimSpace(text) == "" {
			continue
		}
		t, err := ParseTarget(text)
		if err != nil {
			faults = append(faults, fmt.Errorf("%s:%d: %w%s", name, line, err, columnsHint(text)))
			continue
		}
		targets = append(targets, t)
	}
	return targets, errors.Join(faults...)
}

// columnsHint says what a line lacks that looks like one of a table.
func columnsHint(line string) string {
	if strings.ContainsAny(line, ",;\t") {
		return " (a table is separated by commas, and its first line names a column target)"
	}
	return ""
}

// otherColumns finds a table whose first line names columns, and none of them
// target: what to rename is said once, in place of a fault for every line.
func otherColumns(body []byte, name string) error {
	head, first := twoRows(body)
	if first == nil || !namesColumns(head) {
		return nil
	}
	for i, text := range first {
		if _, err := ParseTarget(text); err == nil && strings.Contains(text, "/") {
			return fmt.Errorf("%s:1: no column target among %s: rename %s, which holds models, to target",
				name, audit.ColumnNames(head), head[i])
		}
	}
	return fmt.Errorf("%s:1: no column target among %s: rename the one that holds the models to target",
		name, audit.ColumnNames(head))
}

// twoRows are the first rows of a table; row is nil of what is none.
func twoRows(body []byte) (head, row []string) {
	r := csv.NewReader(bytes.NewReader(body))
	r.Comment = '#'
	head, err := r.Read()
	if err == nil {
		row, err = r.Read()
	}
	if err != nil {
		return nil, nil
	}
	return head, row
}

// namesColumns tells a line of column names from one of models.
func namesColumns(head []string) bool {
	for _, field := range head {
		if strings.Trim(strings.ToLower(field), "abcdefghijklmnopqrstuvwxyz_ ") != "" {
			return false
		}
	}
	return len(head) > 1
}

// csvHeader finds the columns of a list whose first line, comments and empty
// lines aside, has one called target. Which of two columns of one name is meant, nobody can tell.
func csvHeader(body []byte) (columns map[string]int, ok bool, err error) {
	first, rest, more := bytes.Cut(body, []byte("\n"))
	for aside := bytes.TrimSpace(first); more && (len(aside) == 0 || aside[0] == '#'); aside = bytes.TrimSpace(first) {
		first, rest, more = bytes.Cut(rest, []byte("\n"))
	}
	fields, err := csv.NewReader(bytes.NewReader(first)).Read()
	if err != nil {
		return nil, false, nil //nolint:nilerr // no table: its lines are read as names
	}
	columns = make(map[string]int)
	twice := ""
	for i, f := range fields {
		column := strings.ToLower(strings.TrimSpace(f))
		if _, there := columns[column]; there && slices.Contains(listColumns, column) {
			twice = column
		}
		columns[column] = i
	}
	if _, ok = columns["target"]; ok && twice != "" {
		return nil, false, fmt.Errorf("the column %s is there twice: take one out, or rename it", twice)
	}
	return columns, ok, nil
}

// listColumns are the columns of a list that are read.
var listColumns = []string{"target", "id", "base", "repository"}

func readCSV(body []byte, name string, columns map[string]int) ([]Target, error) {
	reader := csv.NewReader(bytes.NewReader(body))
	reader.FieldsPerRecord = -1
	reader.Comment = '#'
	var targets []Target
	var faults []error
	for first := true; ; first = false {
		record, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return targets, errors.Join(faults...)
		}
		if err != nil {
			return targets, errors.Join(append(faults, fmt.Errorf("list %q: %w", name, err))...)
		}
		if first {
			continue
		}
		line, _ := reader.FieldPos(0)
		t, err := csvTarget(record, columns)
		if err != nil {
			faults = append(faults, fmt.Errorf("%s:%d: %w", name, line, err))
			continue
		}
		targets = append(targets, t)
	}
}

// csvTarget makes a target of one record.
func csvTarget(record []string, columns map[string]int) (Target, error) {
	field := func(name string) string {
		if i, ok := columns[name]; ok && i < len(record) {
			return strings.TrimSpace(record[i])
		}
		return ""
	}
	t, err := ParseTarget(field("target"))
	if err != nil {
		return Target{}, err
	}
	t.Label = field("id")
	for _, text := range strings.Fields(field("base")) {
		base, err := ParseTarget(text)
		if err != nil || (base.Kind != Hub && base.Kind != Catalogue) {
			return Target{}, fmt.Errorf("base column: %w: %q is no hub id", ErrTarget, text)
		}
		t.Bases = append(t.Bases, base.ID)
	}
	for _, text := range strings.Fields(field("repository")) {
		repository, err := ParseTarget(text)
		if err != nil || (repository.Kind != GitHub && repository.Kind != Hub) {
			return Target{}, fmt.Errorf("repository column: %w: %q is no repository", ErrTarget, text)
		}
		t.Repositories = append(t.Repositories, repository.ID)
	}
	t.turnRound()
	return t, nil
}

// turnRound takes a row the other way round that is called after its base and not
// after its model, and says so. Pages of a model that a row is not about would
// answer for it otherwise. A repository of the model's makers speaks against it.
func (t *Target) turnRound() {
	if t.Kind != Hub || len(t.Bases) != 1 || !identity.Swapped(t.Label, t.ID, t.Bases[0]) ||
		slices.ContainsFunc(t.Repositories, func(id string) bool {
			return identity.SameMaker(identity.Owner(id), identity.Owner(t.ID))
		}) {
		return
	}
	t.ID, t.Bases[0] = t.Bases[0], t.ID
	t.Note = fmt.Sprintf("%q is called after %s, which the list gives as its base, and not after %s: taken the other way round; turn the columns target and base if that is right",
		t.Label, t.ID, t.Bases[0])
}
