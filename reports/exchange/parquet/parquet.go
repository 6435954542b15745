// Package parquet writes a store as Apache Parquet files, for DuckDB, Spark and
// whatever else reads columns: models, their scores and judgements by rubric, what
// was observed, and which documents were looked at (by hash, without their bytes).
//
// Files are written as models come, a row group at a time, so that memory does not
// grow with the store. The same store gives the same bytes.
package parquet

import (
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/zstd"

	"openness/audit"
	"openness/rubric"
)

// Schema names the shape of the files; it stands in the metadata of each, under
// "openness.schema".
const Schema = "openness.parquet/1"

// licence is what the metadata of each file says of rights.
const licence = "Quotes, reasons that quote and values of texts are of the documents that they were read from, whose own terms hold; " +
	"see url and documents.parquet. The rest is facts and judgements."

// A Model is a row of models.parquet.
type Model struct {
	Model        string `parquet:"model"`
	Label        string `parquet:"label,dict"`
	Name         string `parquet:"name"`
	Organisation string `parquet:"organisation,dict"`
	Base         string `parquet:"base"`
	Released     string `parquet:"released"`
	Target       string `parquet:"target"`
	Documents    int32  `parquet:"documents"`
	Observations int32  `parquet:"observations"`
}

// A Score is a row of scores/rubric=ID/scores.parquet.
type Score struct {
	Model         string  `parquet:"model"`
	Label         string  `parquet:"label,dict"`
	RubricVersion string  `parquet:"rubric_version,dict"`
	RubricSHA256  string  `parquet:"rubric_sha256,dict"`
	Strict        float64 `parquet:"strict"`
	Determined    float64 `parquet:"determined"`
	Max           float64 `parquet:"max"`
	Percent       float64 `parquet:"percent"`
	Coverage      float64 `parquet:"coverage"`
	Low           float64 `parquet:"low"`
	High          float64 `parquet:"high"`
	Ranked        bool    `parquet:"ranked"`
	Verdict       string  `parquet:"verdict,dict"`
}

// An Assessment is a row of assessments/rubric=ID/assessments.parquet: the class of one
// dimension of one model.
type Assessment struct {
	Model     string  `parquet:"model"`
	Label     string  `parquet:"label,dict"`
	Dimension string  `parquet:"dimension,dict"`
	Class     string  `parquet:"class,dict"`
	Points    float64 `parquet:"points"`
	Weight    float64 `parquet:"weight"`
	Reason    string  `parquet:"reason"`
	Origin    string  `parquet:"origin,dict"`
	Rule      string  `parquet:"rule,dict"`
	Cause     string  `parquet:"cause,dict"`
}

// An Observation is a row of observations.parquet.
type Observation struct {
	Model       string    `parquet:"model"`
	Label       string    `parquet:"label,dict"`
	Fact        string    `parquet:"fact,dict"`
	Finding     string    `parquet:"finding,dict"`
	Value       string    `parquet:"value,dict"`
	URL         string    `parquet:"url,dict"`
	Revision    string    `parquet:"revision,dict"`
	RetrievedAt time.Time `parquet:"retrieved_at,optional,timestamp(microsecond)"`
	SHA256      string    `parquet:"sha256,dict"`
	StartByte   int64     `parquet:"start_byte"`
	EndByte     int64     `parquet:"end_byte"`
	Quote       string    `parquet:"quote"`
	Note        string    `parquet:"note,dict"`
	Role        string    `parquet:"role,dict"`
	About       string    `parquet:"about,dict"`
	Mode        string    `parquet:"mode,dict"`
	Stage       string    `parquet:"stage,dict"`
	Indirect    bool      `parquet:"indirect"`
}

// A Document is a row of documents.parquet: one document that was looked at for one
// model.
type Document struct {
	Model       string    `parquet:"model"`
	Label       string    `parquet:"label,dict"`
	URL         string    `parquet:"url"`
	Kind        string    `parquet:"kind,dict"`
	Place       string    `parquet:"place,dict"`
	PlaceID     string    `parquet:"place_id,dict"`
	Role        string    `parquet:"role,dict"`
	Path        string    `parquet:"path,dict"`
	Revision    string    `parquet:"revision,dict"`
	RetrievedAt time.Time `parquet:"retrieved_at,optional,timestamp(microsecond)"`
	Status      int32     `parquet:"status"`
	Outcome     string    `parquet:"outcome,dict"`
	Detail      string    `parquet:"detail"`
	SHA256      string    `parquet:"sha256"`
	Bytes       int64     `parquet:"bytes"`
}

// Columns are the columns of each table, in order.
func Columns() map[string][]string {
	of := func(row any) (names []string) {
		for _, field := range parquet.SchemaOf(row).Fields() {
			names = append(names, field.Name())
		}
		return names
	}
	return map[string][]string{"models": of(Model{}), "scores": of(Score{}), "assessments": of(Assessment{}),
		"observations": of(Observation{}), "documents": of(Document{})}
}

// Rows of a group are held in memory until it is written.
const rowsOfGroup = 5_000

// A file is one Parquet file that is being written.
type file[T any] struct {
	out  *os.File
	rows *parquet.GenericWriter[T]
	n    int
	one  [1]T
}

func create[T any](w *Writer, name, table string) (*file[T], error) {
	tool := w.tool
	path := filepath.Join(w.dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return nil, err
	}
	out, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if err != nil {
		return nil, err
	}
	rows := parquet.NewGenericWriter[T](out, parquet.Compression(w.codec), parquet.PageBufferSize(64<<10),
		parquet.WriteBufferSize(32<<10), parquet.CreatedBy("openness", tool, ""),
		parquet.KeyValueMetadata("openness.schema", Schema), parquet.KeyValueMetadata("openness.table", table),
		parquet.KeyValueMetadata("openness.tool", tool), parquet.KeyValueMetadata("openness.licence", licence),
		parquet.KeyValueMetadata("openness.provenance",
			"written by openness export --format parquet; each row of observations names url, revision, time, SHA-256 and bytes of what was read"))
	return &file[T]{out: out, rows: rows}, nil
}

func (f *file[T]) add(row T) error {
	f.one[0] = row
	if _, err := f.rows.Write(f.one[:]); err != nil {
		return err
	}
	if f.n++; f.n%rowsOfGroup == 0 {
		return f.rows.Flush()
	}
	return nil
}

func (f *file[T]) close() error {
	if f == nil {
		return nil
	}
	return errors.Join(f.rows.Close(), f.out.Close())
}

// A Writer writes the files of one folder.
type Writer struct {
	dir, tool    string
	codec        *zstd.Codec // of all files: its encoder keeps a megabyte, and only one page is compressed at a time
	models       *file[Model]
	observations *file[Observation]
	documents    *file[Document]
	scores       map[string]*file[Score]
	assessments  map[string]*file[Assessment]
}

// Create makes the files in an empty folder.
func Create(dir, tool string) (*Writer, error) {
	w := &Writer{dir: dir, tool: tool, codec: &zstd.Codec{Concurrency: 1}, scores: map[string]*file[Score]{},
		assessments: map[string]*file[Assessment]{}}
	var err error
	if w.models, err = create[Model](w, "models.parquet", "models"); err != nil {
		return w, err
	}
	if w.observations, err = create[Observation](w, "observations.parquet", "observations"); err != nil {
		return w, err
	}
	w.documents, err = create[Document](w, "documents.parquet", "documents")
	return w, err
}

// Add writes what is known of a model.
func (w *Writer) Add(r *audit.Record, assessments []rubric.Assessment) error {
	s := &r.Subject
	err := w.models.add(Model{s.ID, s.Label, s.Name, s.Organisation, s.Base, s.Released, s.Target,
		int32(len(r.Documents)), int32(len(r.Observations))})
	for i := range r.Observations {
		if err != nil {
			return err
		}
		o := &r.Observations[i]
		err = w.observations.add(Observation{s.ID, s.Label, o.Fact, string(o.Finding), o.Value, o.URL, o.Revision,
			o.RetrievedAt.UTC(), o.SHA256, int64(o.Start), int64(o.End),
			o.Quote, o.Note, string(o.Role), string(o.About), string(o.Mode), string(o.Stage), o.Indirect})
	}
	for i := range r.Documents {
		if err != nil {
			return err
		}
		d := &r.Documents[i]
		err = w.documents.add(Document{s.ID, s.Label, d.URL, string(d.Kind), string(d.Place), d.PlaceID, string(d.Role),
			d.Path, d.Revision, d.RetrievedAt.UTC(),
			int32(d.Status), string(d.Reported()), d.Said(), d.SHA256, int64(d.Bytes())})
	}
	for i := range assessments {
		if err != nil {
			return err
		}
		err = w.assess(s, &assessments[i])
	}
	return err
}

// assess writes a model's score and classes under one rubric, each rubric into a
// folder of its own: readers take rubric=ID for a column.
func (w *Writer) assess(s *audit.Subject, a *rubric.Assessment) error {
	scores, err := partition(w, w.scores, "scores", a.Rubric.ID)
	if err != nil {
		return err
	}
	rows, err := partition(w, w.assessments, "assessments", a.Rubric.ID)
	if err != nil {
		return err
	}
	verdict := ""
	if a.Verdict != nil {
		verdict = a.Verdict.ID
	}
	if err := scores.add(Score{s.ID, s.Label, a.Rubric.Version, a.Rubric.SHA256, a.Score.Strict, a.Score.Determined,
		a.Score.Max, a.Score.Percent,
		a.Score.Coverage, a.Score.Range[0], a.Score.Range[1], a.Score.Ranked, verdict}); err != nil {
		return err
	}
	for i := range a.Judgements {
		j := &a.Judgements[i]
		if err := rows.add(Assessment{s.ID, s.Label, j.Dimension, string(j.Class), j.Class.Points(), j.Weight, j.Reason,
			string(j.Origin), j.Rule, string(j.Cause)}); err != nil {
			return err
		}
	}
	return nil
}

func partition[T any](w *Writer, files map[string]*file[T], table, id string) (*file[T], error) {
	if f := files[id]; f != nil {
		return f, nil
	}
	f, err := create[T](w, filepath.Join(table, "rubric="+url.PathEscape(id), table+".parquet"), table)
	if err == nil {
		files[id] = f
	}
	return f, err
}

// Close ends the files.
func (w *Writer) Close() error {
	err := errors.Join(w.models.close(), w.observations.close(), w.documents.close())
	for _, f := range w.scores {
		err = errors.Join(err, f.close())
	}
	for _, f := range w.assessments {
		err = errors.Join(err, f.close())
	}
	return err
}
