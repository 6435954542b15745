package warc

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"openness/audit"
)

// A Writer writes an archive. Payloads that it has written before become
// revisit records, so it remembers one digest and URL for each.
type Writer struct {
	out  io.Writer
	zip  bool
	info string            // id of the warcinfo record
	seen map[string]origin // by SHA-256 of the payload
}

// origin is where a payload was written in full.
type origin struct {
	id, uri string
	date    time.Time
}

// NewWriter writes to out, each record in a gzip member of its own if zip.
func NewWriter(out io.Writer, zip bool) *Writer {
	return &Writer{out: out, zip: zip, seen: map[string]origin{}}
}

// Info writes the record that describes the archive. It comes first.
func (w *Writer) Info(software string, at time.Time) error {
	block := fieldsBlock([]Field{
		{"software", software}, {"format", "WARC File Format 1.1"},
		{"conformsTo", "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"},
		{"description", "What an audit of AI models fetched. Of each answer the status, the content type, the validators " +
			"and the decoded body were stored; other HTTP headers and requests' headers were not, and are not here."},
	})
	w.info = recordID(TypeInfo, "", at, block)
	return w.record(TypeInfo, w.info, "", at, "application/warc-fields", block)
}

// Subject writes what was audited, where it was looked for and which documents
// were used, as a metadata record from which the audit can be repeated. The
// documents' bytes are in records of their own (Document).
func (w *Writer) Subject(s audit.Subject, documents []audit.Document, at time.Time) error {
	block, err := json.Marshal(subjectBlock{s, documents})
	if err != nil {
		return fmt.Errorf("subject %q: %w", s.ID, err)
	}
	uri := subjectURI(s)
	return w.record(TypeMetadata, recordID(TypeMetadata, uri, at, block), uri, at, subjectType, block)
}

// A subjectBlock is what a subject's record holds.
type subjectBlock struct {
	audit.Subject
	Documents []audit.Document `json:"documents,omitempty"` // in the order in which they were observed
}

// subjectType marks the metadata records that hold a subject.
const subjectType = "application/json; profile=openness-subject"

func subjectURI(s audit.Subject) string {
	return "urn:openness:subject:" + url.PathEscape(s.ID) + ":" + url.PathEscape(s.Label)
}

// Document writes one exchange: a request, and a response with the body, or a
// revisit where this payload is in the archive already. An attempt without an
// answer becomes a metadata record that says how it ended.
func (w *Writer) Document(d audit.Document, body []byte) error {
	if err := w.document(d, body); err != nil {
		return fmt.Errorf("write %q: %w", d.URL, err)
	}
	return nil
}

func (w *Writer) document(d audit.Document, body []byte) error {
	before, again := w.seen[d.SHA256]
	switch {
	case d.Status == 0 && d.SHA256 == "":
		return w.Known(d)
	case d.Kind == audit.DocWeights || d.Status == 0 || d.Status == http.StatusNotModified && !again && d.SHA256 != "":
		// A probe's bytes are the headers that the server told, no payload; the
		// text of a PDF was made here and never served; and a 304 whose first
		// answer is not in the archive still names its bytes.
		return w.resource(d, body)
	case d.SHA256 == "":
		return w.answer(TypeResponse, d, responseHead(d, -1), append(told(d), Field{"WARC-Truncated", "unspecified"}))
	case again:
		fields := append(told(d), Field{"WARC-Payload-Digest", digest(body)})
		return w.answer(TypeRevisit, d, responseHead(d, len(body)), append(fields, revisited(d, before)...))
	}
	block := append(responseHead(d, len(body)), body...)
	w.seen[d.SHA256] = origin{recordID(TypeResponse, d.URL, d.RetrievedAt, block), d.URL, d.RetrievedAt}
	return w.answer(TypeResponse, d, block, append(told(d), Field{"WARC-Payload-Digest", digest(body)}))
}

// Known writes that a document was asked for and how that ended, without its
// bytes: there are none, or they were never stored.
func (w *Writer) Known(d audit.Document) error {
	block := fieldsBlock([]Field{{"outcome", string(d.Outcome)}, {"status", fmt.Sprint(d.Status)}, {"detail", d.Detail},
		{"sha256", d.SHA256}})
	return w.record(TypeMetadata, recordID(TypeMetadata, d.URL, d.RetrievedAt, block), d.URL, d.RetrievedAt,
		"application/warc-fields", block, told(d)...)
}

// resource writes bytes without the answer that they came in.
func (w *Writer) resource(d audit.Document, body []byte) error {
	id := recordID(TypeResource, d.URL, d.RetrievedAt, body)
	if _, again := w.seen[d.SHA256]; !again && d.SHA256 != "" {
		w.seen[d.SHA256] = origin{id, d.URL, d.RetrievedAt}
	}
	contentType := d.ContentType
	if contentType == "" {
		contentType = "application/octet-stream"
	}
	return w.record(TypeResource, id, d.URL, d.RetrievedAt, contentType, body, told(d)...)
}

// answer writes a request and its response or revisit.
func (w *Writer) answer(kind string, d audit.Document, block []byte, fields []Field) error {
	id := recordID(kind, d.URL, d.RetrievedAt, block)
	if err := w.request(d, id); err != nil {
		return err
	}
	return w.record(kind, id, d.URL, d.RetrievedAt, "application/http;msgtype=response", block, fields...)
}

// request writes the request that an answer belongs to, as far as it is known.
func (w *Writer) request(d audit.Document, response string) error {
	u, err := url.Parse(d.URL)
	if err != nil {
		return err
	}
	block := fmt.Appendf(nil, "GET %s HTTP/1.1\r\nHost: %s\r\n\r\n", u.RequestURI(), u.Host)
	return w.record(TypeRequest, recordID(TypeRequest, d.URL, d.RetrievedAt, block), d.URL, d.RetrievedAt,
		"application/http;msgtype=request", block, Field{"WARC-Concurrent-To", "<" + response + ">"})
}

// responseHead renders the status line and the headers that are known. A length
// below 0 is unknown: the body was not stored.
func responseHead(d audit.Document, length int) []byte {
	var b bytes.Buffer
	reason := http.StatusText(d.Status)
	if reason == "" {
		reason = "Status"
	}
	fmt.Fprintf(&b, "HTTP/1.1 %d %s\r\n", d.Status, reason)
	for _, f := range []Field{{"Content-Type", d.ContentType}, {"ETag", d.ETag}, {"Last-Modified", d.Modified}} {
		if f.Value != "" {
			fmt.Fprintf(&b, "%s: %s\r\n", f.Name, oneLine(f.Value))
		}
	}
	if d.Status != http.StatusNotModified && length >= 0 {
		fmt.Fprintf(&b, "Content-Length: %d\r\n", length)
	}
	b.WriteString("\r\n")
	return b.Bytes()
}

// revisited says which earlier record has the payload.
func revisited(d audit.Document, before origin) []Field {
	profile := ProfileSamePayload
	if d.Outcome == audit.NotModified {
		profile = ProfileNotModified
	}
	return []Field{{"WARC-Profile", profile}, {"WARC-Refers-To", "<" + before.id + ">"},
		{"WARC-Refers-To-Target-URI", before.uri}, {"WARC-Refers-To-Date", dateText(before.date)}}
}

// told are the fields of a stored document that WARC has none for. Readers
// ignore field names that they do not know.
func told(d audit.Document) []Field {
	fields := []Field{{"Openness-Outcome", string(d.Outcome)}, {"Openness-Kind", string(d.Kind)},
		{"Openness-Place", string(d.Place)},
		{"Openness-Place-ID", d.PlaceID}, {"Openness-Role", string(d.Role)}, {"Openness-Path", d.Path},
		{"Openness-Revision", d.Revision}, {"Openness-Detail", d.Detail}}
	if d.Partial {
		fields = append(fields, Field{"Openness-Partial", "true"})
	}
	known := fields[:0]
	for _, f := range fields {
		if f.Value != "" {
			known = append(known, f)
		}
	}
	return known
}

// record writes one record.
func (w *Writer) record(kind, id, uri string, at time.Time, contentType string, block []byte, more ...Field) error {
	fields := []Field{{"WARC-Type", kind}, {"WARC-Record-ID", "<" + id + ">"}, {"WARC-Date", dateText(at)}}
	if uri != "" {
		fields = append(fields, Field{"WARC-Target-URI", uri})
	}
	if w.info != "" && kind != TypeInfo {
		fields = append(fields, Field{"WARC-Warcinfo-ID", "<" + w.info + ">"})
	}
	fields = append(fields, more...)
	fields = append(fields, Field{"WARC-Block-Digest", digest(block)}, Field{"Content-Type", contentType},
		Field{"Content-Length", fmt.Sprint(len(block))})
	var b bytes.Buffer
	b.WriteString("WARC/1.1\r\n")
	b.Write(fieldsBlock(fields))
	b.WriteString("\r\n")
	b.Write(block)
	b.WriteString("\r\n\r\n")
	return w.flush(b.Bytes())
}

func (w *Writer) flush(record []byte) error {
	if !w.zip {
		_, err := w.out.Write(record)
		return err
	}
	z := gzip.NewWriter(w.out)
	if _, err := z.Write(record); err != nil {
		return err
	}
	return z.Close()
}

func fieldsBlock(fields []Field) []byte {
	var b bytes.Buffer
	for _, f := range fields {
		fmt.Fprintf(&b, "%s: %s\r\n", f.Name, oneLine(f.Value))
	}
	return b.Bytes()
}

// oneLine keeps a value from ending its line.
func oneLine(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == '\r' || r == '\n' || r == 0 }), " ")
}
