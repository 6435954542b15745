package data

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"openness/audit"
	"openness/rubric"
)

// Experts is a list of systems that people judged, as published.
type Experts struct {
	Name    string         // of the file
	Systems []ExpertSystem // in the order of the file
	index   map[string]int // position of each system by id
	judged  map[[2]string]bool
}

// An ExpertSystem is what the experts say of one system.
type ExpertSystem struct {
	ID           string
	Name         string // from the systems file; the id where there is none
	Organisation string
	License      string // as the index states it
	Released     string
	Base         string
	Link         string            // where the index says that the system is
	Judgements   []ExpertJudgement // in the order of the file, without those not applicable
}

// An ExpertJudgement is one class that experts gave, and their links.
type ExpertJudgement struct {
	Dimension string
	Class     rubric.Class
	Links     []string
}

// Classes gives the experts' classes by dimension.
func (s *ExpertSystem) Classes() map[string]rubric.Class {
	classes := make(map[string]rubric.Class, len(s.Judgements))
	for _, j := range s.Judgements {
		classes[j.Dimension] = j.Class
	}
	return classes
}

// Dimensions lists the dimensions that any system was judged on, sorted.
func (e *Experts) Dimensions() []string {
	var all []string
	for i := range e.Systems {
		for _, j := range e.Systems[i].Judgements {
			all = append(all, j.Dimension)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// ReadExperts reads a file of judgements (system,dimension,class,links, of which
// links may be left out) and,
// where it lies beside it, the file of systems that its name gives
// ("x-judgements.csv" has "x-systems.csv"). Errors name file and line.
func ReadExperts(path string) (experts Experts, err error) {
	experts = Experts{Name: filepath.Base(path), index: make(map[string]int), judged: make(map[[2]string]bool)}
	if err = readTable(path, []string{"system", "dimension", "class"}, experts.judgement); err != nil {
		return Experts{}, err
	}
	if len(experts.Systems) == 0 {
		return Experts{}, fmt.Errorf("experts %q: no judgements", path)
	}
	defer func() { experts.index, experts.judged = nil, nil }() // of use while reading only
	beside, ok := strings.CutSuffix(path, "-judgements.csv")
	if !ok {
		return experts, nil
	}
	err = readTable(beside+"-systems.csv", []string{"system", "name", "organisation"}, experts.system)
	if errors.Is(err, os.ErrNotExist) {
		err = nil // classes alone are enough to compare
	}
	return experts, err
}

func (e *Experts) find(id string) *ExpertSystem {
	if i, ok := e.index[id]; ok {
		return &e.Systems[i]
	}
	return nil
}

func (e *Experts) judgement(row map[string]string) error {
	id, dimension := row["system"], row["dimension"]
	if id == "" || dimension == "" {
		return errors.New("system or dimension is empty")
	}
	system := e.find(id)
	if system == nil {
		e.index[id] = len(e.Systems)
		e.Systems = append(e.Systems, ExpertSystem{ID: id, Name: id})
		system = &e.Systems[len(e.Systems)-1]
	}
	if row["class"] == "" {
		return nil // not applicable
	}
	class, err := rubric.ParseClass(row["class"])
	if err != nil {
		return err
	}
	if e.judged[[2]string{id, dimension}] {
		return fmt.Errorf("system %q has dimension %q twice", id, dimension)
	}
	e.judged[[2]string{id, dimension}] = true
	system.Judgements = append(system.Judgements, ExpertJudgement{Dimension: dimension, Class: class,
		Links: strings.Fields(row["links"])})
	return nil
}

func (e *Experts) system(row map[string]string) error {
	s := e.find(row["system"])
	if s == nil {
		return nil // listed but not judged
	}
	if row["name"] != "" {
		s.Name = row["name"]
	}
	s.Organisation, s.Released, s.Link = row["organisation"], row["releasedate"], row["link"]
	s.License = row["endmodellicense"] + row["license"]
	s.Base = row["basemodelname"] + row["llmbase"]
	return nil
}

// ReadCaptured reads a list of targets with a column "captured" and gives the
// ids whose sources were captured (1): agreement on the rest says nothing
// about the observers.
func ReadCaptured(path string) (map[string]bool, error) {
	captured := make(map[string]bool)
	err := readTable(path, []string{"id", "captured"}, func(row map[string]string) error {
		captured[row["id"]] = row["captured"] == "1"
		return nil
	})
	return captured, err
}

// readTable calls f for each line of a CSV file, by column name. The columns
// wanted must be there; more are passed on.
func readTable(path string, wanted []string, f func(map[string]string) error) error {
	text, err := readTableText(path)
	if err != nil {
		return err
	}
	if why := audit.NotText(text); why != "" {
		return fmt.Errorf("table %q: this %s; its first line names the columns %s", path, why, strings.Join(wanted, ", "))
	}
	r := csv.NewReader(bytes.NewReader(text))
	r.ReuseRecord = true
	head, err := r.Read()
	if errors.Is(err, io.EOF) {
		return fmt.Errorf("table %q: is empty; its first line names the columns %s", path, strings.Join(wanted, ", "))
	}
	if err != nil {
		return fmt.Errorf("table %q: %w", path, err)
	}
	columns := slices.Clone(head)
	for _, name := range wanted {
		if !slices.Contains(columns, name) {
			return fmt.Errorf("table %q: no column %q among %s: its first line must name %s", path, name,
				audit.ColumnNames(columns), strings.Join(wanted, ", "))
		}
	}
	row := make(map[string]string, len(columns))
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("table %q: %w", path, err)
		}
		for i, cell := range record {
			row[columns[i]] = strings.TrimSpace(cell)
		}
		if err := f(row); err != nil {
			line, _ := r.FieldPos(0)
			return fmt.Errorf("table %q: line %d: %w", path, line, err)
		}
	}
}

// maxTable bounds a table that somebody gives: real ones have some hundred KB.
const maxTable = 64 << 20

// readTableText reads a whole table, without the byte order mark that
// spreadsheets put before it. A file is given only once where it is a pipe.
func readTableText(path string) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, maxTable+1))
	if err != nil {
		return nil, fmt.Errorf("table %q: %w", path, err)
	}
	if len(text) > maxTable {
		return nil, fmt.Errorf("table %q: more than %d MiB, which no table of systems has: split it", path,
			maxTable>>20)
	}
	return bytes.TrimPrefix(text, []byte("\xef\xbb\xbf")), nil
}
