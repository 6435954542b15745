package warc

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/http"
	"net/url"
	"strings"

	"openness/audit"
)

// An Item is one thing read from an archive: a document with its body, or a
// subject that was audited from it.
type Item struct {
	Document audit.Document
	Subject  *audit.Record // its documents without bytes, no observations; nil for a document
	Location string        // where the answer redirects to, as sent; empty for all others
}

// Documents reads an archive as documents, in the order of the file, and the
// subjects that an archive written here names. Records that are damaged give
// an error and the reading goes on; a fatal error ends it. Records that hold no
// answer (requests, logs) are passed over.
//
// Answers of other tools are understood too: chunked and compressed bodies are
// decoded, redirects give a document of their own with the status 3xx, and a
// revisit has the body of the record it refers to if that was within the last
// keptPayloads bytes; otherwise its body is left empty and its SHA256 unknown.
func Documents(r *Reader) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		payloads := newPayloads()
		for {
			record, err := r.Next()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				var damaged *RecordError
				if !yield(Item{}, err) || !errors.As(err, &damaged) || damaged.Fatal {
					return
				}
				continue
			}
			item, ok, err := payloads.item(&record)
			if err != nil {
				err = r.fault(record.TargetURI, err)
			}
			if (ok || err != nil) && !yield(item, err) {
				return
			}
		}
	}
}

// keptPayloads bounds the payloads that are remembered for revisits.
const keptPayloads = 64 << 20

type payloads struct {
	byID, byURI map[string]*kept
	order       []*kept
	size        int
}

type kept struct {
	id, uri string
	doc     audit.Document
}

func newPayloads() *payloads {
	return &payloads{byID: map[string]*kept{}, byURI: map[string]*kept{}}
}

func (p *payloads) keep(record *Record, d audit.Document) {
	k := &kept{record.ID, record.TargetURI, d}
	p.byID[k.id], p.byURI[k.uri] = k, k
	p.order = append(p.order, k)
	for p.size += len(d.Body); p.size > keptPayloads && len(p.order) > 1; {
		old := p.order[0]
		p.order = p.order[1:]
		p.size -= len(old.doc.Body)
		delete(p.byID, old.id)
		if p.byURI[old.uri] == old {
			delete(p.byURI, old.uri)
		}
	}
}

// item turns a record into a document or subject; ok is false for records that
// are neither.
func (p *payloads) item(record *Record) (item Item, ok bool, err error) {
	switch {
	case record.Type == TypeMetadata && record.Field("Content-Type") == subjectType:
		var s subjectBlock
		if err := json.Unmarshal(record.Block, &s); err != nil {
			return Item{}, false, fmt.Errorf("subject: %w", err)
		}
		return Item{Subject: &audit.Record{Subject: s.Subject, Documents: s.Documents}}, true, nil
	case record.Type == TypeMetadata && record.Field("Openness-Outcome") != "",
		record.Type == TypeResource && record.Field("Openness-Outcome") != "":
		d := described(record)
		if err := known(&d); err != nil {
			return Item{}, false, err
		}
		if record.Type == TypeMetadata && (d.Outcome == audit.Fetched || d.Outcome == audit.NotModified) {
			return Item{}, false, nil // its bytes were never stored: nothing can be read from it
		}
		if record.Type == TypeResource {
			d.Body, d.SHA256 = record.Block, audit.Hash(record.Block)
			d.Status, d.ContentType = http.StatusOK, record.Field("Content-Type")
			p.keep(record, d)
		}
		return Item{Document: d}, true, nil
	case record.Type == TypeResponse || record.Type == TypeRevisit:
		if u, err := url.Parse(record.TargetURI); err != nil || u.Scheme != "http" && u.Scheme != "https" {
			return Item{}, false, nil //nolint:nilerr // DNS lookups and the like
		}
		item, err := p.answer(record)
		return item, err == nil, err
	}
	return Item{}, false, nil
}

// answer reads a response or revisit.
func (p *payloads) answer(record *Record) (Item, error) {
	d := described(record)
	if err := known(&d); err != nil {
		return Item{}, err
	}
	response, err := http.ReadResponse(bufio.NewReader(bytes.NewReader(record.Block)), nil)
	if err != nil {
		return Item{}, fmt.Errorf("no HTTP answer: %w", noEOF(err))
	}
	defer response.Body.Close()
	d.Status = response.StatusCode
	d.ContentType, d.ETag, d.Modified = response.Header.Get("Content-Type"), response.Header.Get("ETag"),
		response.Header.Get("Last-Modified")
	if d.Revision == "" {
		d.Revision = response.Header.Get("X-Repo-Commit")
	}
	item := Item{Document: d, Location: response.Header.Get("Location")}
	if record.Type == TypeRevisit {
		item.Document = p.revisit(record, d)
		return item, nil
	}
	if d.Outcome == "" {
		d.Outcome = outcomeOf(d.Status)
	}
	if d.Outcome == audit.Fetched {
		if d.Body, err = decoded(response); err != nil {
			return Item{}, fmt.Errorf("body: %w", err)
		}
		d.SHA256 = audit.Hash(d.Body)
		p.keep(record, d)
	}
	item.Document = d
	return item, nil
}

// revisit gives a document the body of the record that it repeats.
func (p *payloads) revisit(record *Record, d audit.Document) audit.Document {
	before := p.byID[unbracket(record.Field("WARC-Refers-To"))]
	if before == nil {
		before = p.byURI[unbracket(record.Field("WARC-Refers-To-Target-URI"))]
	}
	if d.Outcome == "" {
		d.Outcome = audit.NotModified
	}
	if before == nil {
		d.Outcome, d.Detail = audit.Skipped,
			"the archive only says that it was seen before, in a record that is not at hand"
		return d
	}
	d.Body, d.SHA256 = before.doc.Body, before.doc.SHA256
	if d.ContentType == "" && d.Status == http.StatusNotModified {
		d.ContentType = before.doc.ContentType
	}
	return d
}

// described takes what a record's own fields tell.
func described(record *Record) audit.Document {
	return audit.Document{
		URL: record.TargetURI, RetrievedAt: record.Date,
		Outcome: audit.Outcome(record.Field("Openness-Outcome")), Kind: audit.DocKind(record.Field("Openness-Kind")),
		Place: audit.PlaceKind(record.Field("Openness-Place")), PlaceID: record.Field("Openness-Place-ID"),
		Role: audit.Role(record.Field("Openness-Role")), Path: record.Field("Openness-Path"),
		Revision: record.Field("Openness-Revision"), Detail: record.Field("Openness-Detail"),
		Partial: record.Field("Openness-Partial") == "true",
	}
}

// known refuses what a record's own fields cannot rightly tell.
func known(d *audit.Document) error {
	switch d.Outcome {
	case "", audit.Fetched, audit.NotModified, audit.Absent, audit.Refused, audit.Failed, audit.Skipped:
	default:
		return fmt.Errorf("its outcome %q is none that is known", d.Outcome)
	}
	if d.URL == "" {
		return errors.New("it names no address")
	}
	return nil
}

// outcomeOf reads another tool's answer as the crawler would have.
func outcomeOf(status int) audit.Outcome {
	switch status {
	case http.StatusOK:
		return audit.Fetched
	case http.StatusNotFound, http.StatusGone:
		return audit.Absent
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusTooManyRequests:
		return audit.Refused
	}
	return audit.Failed
}

// errEncoding is why a compressed body cannot be used.
var errEncoding = errors.New("its content encoding is not understood")

// decoded reads a body without its transfer and content encodings.
func decoded(response *http.Response) ([]byte, error) {
	var in io.Reader = response.Body
	var err error
	switch encoding := strings.ToLower(strings.TrimSpace(response.Header.Get("Content-Encoding"))); encoding {
	case "", "identity":
	case "gzip", "x-gzip":
		in, err = gzip.NewReader(response.Body)
	case "deflate":
		in, err = zlib.NewReader(response.Body)
	default:
		return nil, fmt.Errorf("%w: %q", errEncoding, encoding)
	}
	if err != nil {
		return nil, noEOF(err)
	}
	body, err := io.ReadAll(io.LimitReader(in, MaxBlock+1))
	if err == nil && len(body) > MaxBlock {
		err = ErrTooLarge
	}
	return body, noEOF(err)
}

// decodedPayload is the payload without its transfer encoding: some tools take
// the payload digest over that.
func decodedPayload(record *Record) []byte {
	if record.Type != TypeResponse {
		return record.Block
	}
	response, err := http.ReadResponse(bufio.NewReader(bytes.NewReader(record.Block)), nil)
	if err != nil {
		return nil
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, MaxBlock))
	if err != nil {
		return nil
	}
	return body
}
