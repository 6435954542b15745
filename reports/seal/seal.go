// Package seal makes one file of what is known of a model, and checks it
// elsewhere: judgements with their evidence, the fetched bytes as a web archive,
// hashes of both, and a signature if wanted.
//
// The file is JSON in the canonical form of RFC 8785, so that the same content
// has the same bytes and a change of any one of them shows: either the file is
// no longer canonical, or its digest is another.
package seal

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"

	"github.com/gowebpki/jcs"

	"openness/audit"
	"openness/audit/warc"
	"openness/rubric"
)

// Schema names the shape of a sealed file.
const Schema = "openness.seal/1"

// A Sealed is the content of a sealed file.
type Sealed struct {
	Schema      string          `json:"schema"`
	SealedAt    string          `json:"sealed_at"`
	Tool        string          `json:"tool"`
	Model       string          `json:"model"`
	Assessments json.RawMessage `json:"assessments"` // as openness show --format json prints them
	Documents   []Document      `json:"documents"`   // what was fetched
	WARC        string          `json:"warc"`        // base64 of a gzipped WARC/1.1 archive with their bytes
	WARCSHA256  string          `json:"warc_sha256"`
	// Digest is the SHA-256 of the canonical file with digest "" and signature null.
	Digest    string     `json:"digest"`
	Signature *Signature `json:"signature"`
}

// A Document is one fetched page, by address and hash. Its bytes are in the
// archive, unless Missing says why not.
type Document struct {
	URL         string `json:"url"`
	Revision    string `json:"revision"`
	RetrievedAt string `json:"retrieved_at"`
	Status      int    `json:"status"`
	Outcome     string `json:"outcome"`
	SHA256      string `json:"sha256"`
	Bytes       int    `json:"bytes"`
	Missing     string `json:"missing,omitempty"`
}

// A Signature says who stands behind the digest.
type Signature struct {
	Format    string `json:"format"`    // "sshsig"
	Namespace string `json:"namespace"` // "openness-seal"
	Signature string `json:"signature"` // as ssh-keygen -Y sign prints it
}

// Write completes the content with its hashes, signs it where a signer is given
// and writes the file.
func Write(w io.Writer, s Sealed, archive []byte, signer Signer) error {
	s.Schema = Schema
	s.WARC, s.WARCSHA256 = base64.StdEncoding.EncodeToString(archive), audit.Hash(archive)
	message, err := s.message()
	if err != nil {
		return err
	}
	s.Digest = audit.Hash(message)
	if signer != nil {
		if s.Signature, err = sign(signer, []byte(s.Digest)); err != nil {
			return fmt.Errorf("sign: %w", err)
		}
	}
	text, err := canonical(s)
	if err != nil {
		return err
	}
	_, err = w.Write(text)
	return err
}

// message is what the digest is of.
func (s Sealed) message() ([]byte, error) {
	s.Digest, s.Signature = "", nil
	return canonical(s)
}

// canonical is v in the form of RFC 8785.
func canonical(v any) ([]byte, error) {
	text, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("seal: %w", err)
	}
	text, err = jcs.Transform(text)
	if err != nil {
		return nil, fmt.Errorf("seal: %w", err)
	}
	return text, nil
}

// A Report is what a check of a sealed file found.
type Report struct {
	Schema    string   `json:"schema"`
	Model     string   `json:"model"`
	SealedAt  string   `json:"sealed_at"`
	Tool      string   `json:"tool"`
	Digest    string   `json:"digest"`
	Documents int      `json:"documents"` // whose bytes hash to what is said of them
	Quotes    int      `json:"quotes"`    // that are where they say
	Unshipped int      `json:"unshipped"` // quotes and documents whose bytes are not in the file
	SignedBy  string   `json:"signed_by"` // fingerprint of the key; empty where nobody signed
	Problems  []string `json:"problems"`
}

// ErrChanged says that a file is not what was sealed.
var ErrChanged = errors.New("not what was sealed")

// Check checks a sealed file: its form, digest, signature, archive, documents
// and quotes. An error means that it is no sealed file at all; what is wrong with
// one stands in the report.
func Check(text []byte) (*Report, error) {
	r := &Report{Schema: "openness.verify/1", Problems: []string{}}
	var s Sealed
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&s); err != nil {
		return nil, fmt.Errorf("%w: no sealed file, which openness seal writes: %w", ErrChanged, err)
	}
	if s.Schema != Schema {
		return nil, fmt.Errorf("%w: schema %q, not %q", ErrChanged, s.Schema, Schema)
	}
	r.Model, r.SealedAt, r.Tool, r.Digest = s.Model, s.SealedAt, s.Tool, s.Digest
	if same, err := canonical(s); err != nil || !bytes.Equal(same, text) {
		r.problem("the file is not in the canonical form of its content")
	}
	message, err := s.message()
	if err != nil || audit.Hash(message) != s.Digest {
		r.problem("the content does not hash to the digest")
	}
	if s.Signature != nil {
		if r.SignedBy, err = verify(s.Signature, []byte(s.Digest)); err != nil {
			r.problem("the signature does not hold: %v", err)
		}
	}
	archive, err := base64.StdEncoding.DecodeString(s.WARC)
	if err != nil || audit.Hash(archive) != s.WARCSHA256 {
		r.problem("the archive does not hash to what is said of it")
	}
	held, err := contentOf(archive)
	if err != nil {
		r.problem("the archive cannot be read: %v", err)
	}
	r.documents(&s, held)
	r.times(&s)
	var assessments []assessment
	if err := json.Unmarshal(s.Assessments, &assessments); err != nil {
		r.problem("the assessments cannot be read: %v", err)
		return r, nil
	}
	listed := s.listed()
	r.assessments(&s, assessments, listed)
	r.quotes(&s, assessments, listed, held)
	return r, nil
}

func (r *Report) problem(format string, args ...any) {
	r.Problems = append(r.Problems, fmt.Sprintf(format, args...))
}

// maxUnpacked bounds what the archive of a sealed file may unpack to: a few bytes
// can stand for gigabytes.
const maxUnpacked = 1 << 30

// content is what an archive holds: payloads by their hash, and how each address gave which.
type content struct {
	bodies map[string][]byte
	at     map[place][]answer
}

// A place is the address and the hash of what was fetched.
type place struct{ url, sha256 string }

// statuses are those that a place was fetched with.
type statuses map[int]bool

// listed is what the file says it fetched, and with which status each.
func (s *Sealed) listed() map[place]statuses {
	all := make(map[place]statuses)
	for _, d := range s.Documents {
		at := place{d.URL, d.SHA256}
		if all[at] == nil {
			all[at] = make(statuses)
		}
		all[at][d.Status] = true
	}
	return all
}

// An answer is how a request ended.
type answer struct {
	status  int
	outcome audit.Outcome
}

// told reports whether an archive may hold this answer as another. The archive keeps what was never
// served as such (the text of a PDF, the page that a 304 stands for) as if it had been.
func (a answer) told(d Document) bool {
	return string(a.outcome) == d.Outcome &&
		(a.status == d.Status || a.status == http.StatusOK && (d.Status == 0 || d.Status == http.StatusNotModified))
}

// contentOf reads an archive.
func contentOf(archive []byte) (content, error) {
	held := content{bodies: make(map[string][]byte), at: make(map[place][]answer)}
	in, err := warc.NewReader(bytes.NewReader(archive))
	if err != nil {
		return held, err
	}
	total := 0
	for item, err := range warc.Documents(in) {
		if err != nil {
			return held, err
		}
		if body := item.Document.Body; body != nil {
			if total += len(body); total > maxUnpacked {
				return held, fmt.Errorf("it unpacks to more than %d MiB", maxUnpacked>>20)
			}
			hash := audit.Hash(body)
			at := place{item.Document.URL, hash}
			held.bodies[hash] = body
			held.at[at] = append(held.at[at], answer{item.Document.Status, item.Document.Outcome})
		}
	}
	return held, nil
}

func (r *Report) documents(s *Sealed, held content) {
	for _, d := range s.Documents {
		answers := held.at[place{d.URL, d.SHA256}]
		switch body, there := held.bodies[d.SHA256]; {
		case d.SHA256 == "":
		case there && answers == nil:
			r.problem("the archive has the bytes of %s (SHA-256 %s) under another address", d.URL, d.SHA256)
		case there && !slices.ContainsFunc(answers, func(a answer) bool { return a.told(d) }):
			r.problem("%s: status %d, %s, where the archive has status %d, %s", d.URL, d.Status, d.Outcome,
				answers[0].status, answers[0].outcome)
		case there && len(body) == d.Bytes:
			r.Documents++
		case there:
			r.problem("%s has %d bytes, not %d", d.URL, len(body), d.Bytes)
		case d.Missing != "":
			r.Unshipped++
		default:
			r.problem("the bytes of %s (SHA-256 %s) are not in the archive", d.URL, d.SHA256)
		}
	}
}

// quotes looks every quoted text up in the archive.
func (r *Report) quotes(s *Sealed, assessments []assessment, listed map[place]statuses, held content) {
	bodies := held.bodies
	known := func(sha string) bool {
		return slices.ContainsFunc(s.Documents, func(d Document) bool { return d.SHA256 == sha && d.Missing != "" })
	}
	for _, a := range assessments {
		for _, j := range a.Judgements {
			bound := false // to a document of the file
			for _, o := range j.Observations {
				if o.SHA256 == "" && o.Quote != "" {
					r.problem("%s: a quote names no document by its hash: %.60q", j.Dimension, o.Quote)
				}
				if o.Finding != audit.Present || o.SHA256 == "" || o.Start >= 0 && o.End <= o.Start {
					continue
				}
				bound = true
				body, there := bodies[o.SHA256]
				switch {
				case listed[place{o.URL, o.SHA256}] == nil:
					r.problem("%s: no listed document is %s with the hash that its quote gives", j.Dimension, o.URL)
				case !there && (o.Quote == "" || known(o.SHA256)):
					r.Unshipped++
				case !there:
					r.problem("%s: the document of a quote of %s is not in the archive", j.Dimension, o.URL)
				case !(audit.Span{Start: o.Start, End: o.End}).Within(len(body)) ||
					o.Quote != "" && asJSON(body[o.Start:o.End]) != asJSON([]byte(o.Quote)):
					r.problem("%s: bytes %d to %d of %s are not the quote", j.Dimension, o.Start, o.End, o.URL)
				default:
					r.Quotes++
				}
			}
			if !bound && j.Origin == rubric.FromRule && (j.Class == rubric.Open || j.Class == rubric.Partial) {
				r.problem("%s: %s without evidence: no quote of a document shows it", j.Dimension, j.Class)
			}
		}
	}
}

// asJSON is a text as JSON keeps it: each byte that is no UTF-8 becomes a
// replacement character.
func asJSON(text []byte) string { return string([]rune(string(text))) }
