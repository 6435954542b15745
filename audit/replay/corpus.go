package replay

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"net/http"
	"os"
	"path"
	"slices"
	"strings"
	"sync"
)

// A corpus is the index of a folder: which file answers what. Files are read
// when they are asked for, through an os.Root, so that nothing outside the
// folder can be reached whatever a path or a link says.
type corpus struct {
	root      *os.Root
	models    map[string]*hubRepo // by id
	datasets  map[string]*hubRepo
	moved     map[string]string   // old model id -> new id
	listed    map[string]bool     // models known from list entries of an older client only
	expanded  map[string]string   // "ID?PROPERTY" -> file
	repos     map[string]*gitCopy // by lower-case owner/name
	exchanges map[string]exchange // "METHOD path?query" -> recorded answer
	sites     map[string]bool     // hosts of the web of which there are pages
	scoped    map[string]string   // lower-case id of a ModelScope model -> its folder
	papers    map[string]string   // arXiv id without version -> file
	forms     bool                // some paper was captured in full
	mu        sync.Mutex          // guards the parsed answers within models, datasets and repos
}

// A hubRepo is what the folder holds of one Hugging Face repository.
type hubRepo struct {
	id      string
	dataset bool
	card    string    // file name, or empty
	files   string    // folder of files that were captured beside the card, or empty
	answer  string    // file name of the recorded API answer, or empty
	body    []byte    // of a recorded answer within an exchange
	parsed  *hubState // made at first use
}

// A gitCopy is one repository at one commit.
type gitCopy struct {
	dir    string // github/OWNER/NAME
	parsed *gitState
}

// exchange is a recorded request with its response.
type exchange struct {
	status int
	header http.Header
	body   []byte
}

func (c *corpus) empty() bool {
	return len(c.models)+len(c.datasets)+len(c.repos)+len(c.exchanges)+len(c.sites)+len(c.scoped)+len(c.papers) == 0 &&
		!c.forms
}

// indexCorpus walks the folders that a capture may have. Missing ones are
// skipped; unreadable ones are errors.
func indexCorpus(root *os.Root) (*corpus, error) {
	c := &corpus{root: root, models: map[string]*hubRepo{}, datasets: map[string]*hubRepo{}, moved: map[string]string{},
		listed: map[string]bool{}, expanded: map[string]string{}, repos: map[string]*gitCopy{},
		exchanges: map[string]exchange{}, sites: map[string]bool{},
		scoped: map[string]string{}, papers: map[string]string{}}
	const hf = "huggingface/"
	for _, step := range []struct {
		dir, ext string
		add      func(file, id string) error
	}{
		{hf + "cards", ".md", func(file, id string) error { c.model(id).card = file; return nil }},
		{hf + "dataset-cards", ".md", func(file, id string) error { c.dataset(id).card = file; return nil }},
		{hf + "api/models", ".json", c.addAnswer},
		{hf + "api/models-2025-09", ".json", c.addAnswer},
		{hf + "api/models-older", ".json", c.addAnswer},
		{hf + "api/datasets", ".json", func(file, id string) error { c.dataset(id).answer = file; return nil }},
		{hf + "api/models-2022", ".json", func(_, id string) error { c.listed[id] = true; return nil }},
		{hf + "api/expand", ".json", func(file, id string) error { c.addExpanded(file, id); return nil }},
		{hf + "api/http", ".json", c.addExchange},
		{hf + "api/errors", ".json", c.addExchange},
		{"github-api", ".json", c.addFixtures},
		{"arxiv", ".xml", func(file, id string) error { c.papers[id] = file; return nil }},
	} {
		if err := c.walk(step.dir, step.ext, step.add); err != nil {
			return nil, err
		}
	}
	for _, walk := range []func() error{c.walkFiles, c.walkForms, c.walkRepositories} {
		if err := walk(); err != nil {
			return nil, err
		}
	}
	if err := c.walkSites(); err != nil {
		return nil, err
	}
	if err := c.walkScope(); err != nil {
		return nil, err
	}
	return c, c.findMoved()
}

// walk calls add for each file of a folder with the id that its path spells:
// "_root/NAME" is an id without an organisation.
func (c *corpus) walk(dir, ext string, add func(file, id string) error) error {
	fsys := c.root.FS()
	if _, err := fs.Stat(fsys, dir); err != nil {
		return nil //nolint:nilerr // this capture has none
	}
	return fs.WalkDir(fsys, dir, func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(file) != ext {
			return err
		}
		id := strings.TrimSuffix(strings.TrimPrefix(file, dir+"/"), ext)
		if err := add(file, strings.TrimPrefix(id, "_root/")); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		return nil
	})
}

func (c *corpus) model(id string) *hubRepo {
	if c.models[id] == nil {
		c.models[id] = &hubRepo{id: id}
	}
	return c.models[id]
}

func (c *corpus) dataset(id string) *hubRepo {
	if c.datasets[id] == nil {
		c.datasets[id] = &hubRepo{id: id, dataset: true}
	}
	return c.datasets[id]
}

// addAnswer keeps a recorded answer where no better one is known. The folders
// are walked best first; within one folder "ID@DATE" files come in name order,
// so the latest wins.
func (c *corpus) addAnswer(file, id string) error {
	id, date, dated := strings.Cut(id, "@")
	m := c.model(id)
	if m.answer == "" || dated && strings.Contains(m.answer, "@") && date > m.answer[strings.Index(m.answer, "@")+1:] {
		m.answer = file
	}
	return nil
}

// addExpanded indexes "ID.PROPERTY.json"; copies of other dates are left out.
func (c *corpus) addExpanded(file, name string) {
	dot := strings.LastIndex(name, ".")
	if dot < 0 || strings.Contains(name[dot:], "@") || strings.Contains(name, "@") {
		return
	}
	c.expanded[name[:dot]+"?"+name[dot+1:]] = file
}

// readFile reads a file of the folder.
func (c *corpus) readFile(name string) ([]byte, error) { return c.root.ReadFile(name) }

// walkRepositories finds github/OWNER/NAME folders that hold a repo.json.
func (c *corpus) walkRepositories() error {
	fsys := c.root.FS()
	found, err := fs.Glob(fsys, "github/*/*/repo.json")
	if err != nil {
		return err
	}
	for _, file := range found {
		dir := path.Dir(file)
		c.repos[strings.ToLower(strings.TrimPrefix(dir, "github/"))] = &gitCopy{dir: dir}
	}
	return nil
}

// findMoved learns which models were renamed: from recorded redirects, from
// recorded answers whose id is not the one that was asked for, and from answers
// to two ids that carry the same internal _id. The card of an old name stands
// in where the new name has none.
func (c *corpus) findMoved() error {
	byInternal := map[string][]string{}
	for _, id := range slices.Sorted(maps.Keys(c.models)) {
		names, err := c.recordedNames(c.models[id])
		if err != nil {
			return err
		}
		if names.ID != "" && names.ID != id {
			c.moved[id] = names.ID
		}
		if names.Internal != "" {
			byInternal[names.Internal] = append(byInternal[names.Internal], id)
		}
	}
	for _, ids := range byInternal {
		c.moveWithin(ids)
	}
	for key, e := range c.exchanges {
		c.moveByRedirect(key, e)
	}
	c.settleMoved()
	return nil
}

type recordedNames struct {
	Internal string `json:"_id"`
	ID       string `json:"id"`
}

func (c *corpus) recordedNames(m *hubRepo) (names recordedNames, err error) {
	body := m.body
	if m.answer != "" {
		if body, err = c.readFile(m.answer); err != nil {
			return names, err
		}
	}
	if body == nil {
		return names, nil
	}
	if err := json.Unmarshal(body, &names); err != nil {
		return names, fmt.Errorf("%s: %w", m.answer, err)
	}
	return names, nil
}

// moveWithin takes ids of one repository: the one with an organisation stayed,
// as the hub moved names without one, never back.
func (c *corpus) moveWithin(ids []string) {
	at := slices.IndexFunc(ids, func(id string) bool { return strings.Contains(id, "/") })
	for _, id := range ids {
		if at >= 0 && id != ids[at] && !strings.Contains(id, "/") {
			c.moved[id] = ids[at]
		}
	}
}

func (c *corpus) moveByRedirect(key string, e exchange) {
	from, ok := strings.CutPrefix(key, "GET /api/models/")
	to, ok2 := strings.CutPrefix(e.header.Get("Location"), "/api/models/")
	if !ok || !ok2 || e.status < 300 || e.status > 399 {
		return
	}
	from, _, _ = strings.Cut(from, "?")
	to, _, _ = strings.Cut(to, "?")
	c.moved[from] = to
}

// settleMoved drops redirects to themselves or to names nobody knows, and
// hands the old name's card on.
func (c *corpus) settleMoved() {
	for from, to := range c.moved {
		old := c.models[from]
		if from == to || (old != nil && c.models[to] == nil && old.card == "") {
			delete(c.moved, from)
			continue
		}
		if old != nil && c.model(to).card == "" {
			c.model(to).card = old.card
		}
	}
}
