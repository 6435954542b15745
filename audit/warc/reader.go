package warc

import (
	"bufio"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
)

// Bounds of what is read, far beyond any archive of pages.
const (
	maxLine   = 64 << 10
	maxFields = 1000
	// MaxBlock is the largest block that is kept; larger records are skipped.
	MaxBlock = 64 << 20
)

// A RecordError says what is wrong with one record. Reading can go on after it
// when Fatal is false.
type RecordError struct {
	Number int    // of the record in the file, from 1
	URI    string // of the record, when it was read
	Fatal  bool   // the framing is lost: nothing after it can be read
	Err    error
}

func (e *RecordError) Error() string {
	where := fmt.Sprintf("WARC record %d", e.Number)
	if e.URI != "" {
		where += fmt.Sprintf(" (%q)", e.URI)
	}
	return where + ": " + e.Err.Error()
}

func (e *RecordError) Unwrap() error { return e.Err }

// What may be wrong with a record.
var (
	ErrDigest   = errors.New("its digest does not match its content")
	ErrTooLarge = fmt.Errorf("it is larger than %d bytes", int64(MaxBlock))
	ErrFraming  = errors.New("it is no WARC record")
)

// A Reader reads records one after another.
type Reader struct {
	in     *bufio.Reader
	number int
}

// NewReader reads an archive, plain or gzipped, whichever it is.
func NewReader(r io.Reader) (*Reader, error) {
	in := bufio.NewReaderSize(r, maxLine)
	magic, err := in.Peek(2)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("read WARC: %w", err)
	}
	if len(magic) == 2 && magic[0] == 0x1f && magic[1] == 0x8b {
		unzipped, err := gzip.NewReader(in) // reads member after member
		if err != nil {
			return nil, fmt.Errorf("read WARC: %w", err)
		}
		in = bufio.NewReaderSize(unzipped, maxLine)
	}
	return &Reader{in: in}, nil
}

// Next reads the next record. At the end it returns io.EOF; a record that is
// damaged gives a *RecordError, after which Next may be called again unless it
// is fatal.
func (r *Reader) Next() (Record, error) {
	version, err := r.version()
	if err != nil {
		return Record{}, err
	}
	record := Record{Version: version}
	if record.Fields, err = r.fields(); err != nil {
		return Record{}, r.fatal("", err)
	}
	record.Type = strings.ToLower(record.Field("WARC-Type"))
	record.ID = unbracket(record.Field("WARC-Record-ID"))
	record.TargetURI = unbracket(record.Field("WARC-Target-URI"))
	if err := r.block(&record); err != nil {
		return Record{}, err
	}
	return record, r.check(&record)
}

// version reads the line that starts a record, over blank lines before it.
func (r *Reader) version() (string, error) {
	for {
		line, err := r.line()
		switch {
		case errors.Is(err, io.EOF) && line == "":
			return "", io.EOF
		case err == nil && strings.TrimSpace(line) == "":
			continue
		}
		r.number++
		if err != nil || !strings.HasPrefix(line, "WARC/") {
			if err == nil {
				err = ErrFraming
			}
			return "", r.fatal("", err)
		}
		return strings.TrimSpace(line), nil
	}
}

// fields reads named fields up to the blank line. A line that starts with
// white space continues the one before it.
func (r *Reader) fields() (fields []Field, err error) {
	for {
		line, err := r.line()
		switch {
		case err != nil:
			return nil, noEOF(err)
		case line == "":
			return fields, nil
		case len(fields) == maxFields:
			return nil, fmt.Errorf("%w: more than %d fields", ErrFraming, maxFields)
		case line[0] == ' ' || line[0] == '\t':
			if len(fields) > 0 {
				fields[len(fields)-1].Value += " " + strings.TrimSpace(line)
			}
			continue
		}
		name, value, ok := strings.Cut(line, ":")
		if !ok {
			return nil, fmt.Errorf("%w: a header line without a colon", ErrFraming)
		}
		fields = append(fields, Field{strings.TrimSpace(name), strings.TrimSpace(value)})
	}
}

// line reads one line without its end.
func (r *Reader) line() (string, error) {
	line, err := r.in.ReadSlice('\n')
	if errors.Is(err, bufio.ErrBufferFull) {
		return "", fmt.Errorf("%w: a line of more than %d bytes", ErrFraming, maxLine)
	}
	return strings.TrimRight(string(line), "\r\n"), err
}

// block reads the block and the two line ends after it.
func (r *Reader) block(record *Record) error {
	n, err := strconv.ParseInt(record.Field("Content-Length"), 10, 64)
	if err != nil || n < 0 {
		return r.fatal(record.TargetURI, fmt.Errorf("%w: Content-Length %q", ErrFraming, record.Field("Content-Length")))
	}
	if n > MaxBlock {
		if _, err := io.CopyN(io.Discard, r.in, n); err != nil {
			return r.fatal(record.TargetURI, noEOF(err))
		}
		return &RecordError{Number: r.number, URI: record.TargetURI, Err: ErrTooLarge}
	}
	// The length is a claim: memory grows with what is there, not with it.
	record.Block, err = io.ReadAll(io.LimitReader(r.in, n))
	if err == nil && int64(len(record.Block)) < n {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		return r.fatal(record.TargetURI, fmt.Errorf("cut off after %d of %d bytes: %w", len(record.Block), n, err))
	}
	return nil
}

// check reads the date and compares the digests.
func (r *Reader) check(record *Record) error {
	date, err := time.Parse(time.RFC3339Nano, record.Field("WARC-Date"))
	record.Date = date.UTC()
	if err != nil {
		err = fmt.Errorf("WARC-Date %q is no date", record.Field("WARC-Date"))
	}
	if !digestMatches(record.Field("WARC-Block-Digest"), record.Block) {
		err = fmt.Errorf("block: %w", ErrDigest)
	}
	// A revisit's payload digest is about the record that it refers to.
	payload := record.Field("WARC-Payload-Digest")
	if record.Type != TypeRevisit && record.Field("WARC-Truncated") == "" && payload != "" &&
		!digestMatches(payload, record.payload()) && !digestMatches(payload, decodedPayload(record)) {
		err = fmt.Errorf("payload: %w", ErrDigest)
	}
	if err != nil {
		return &RecordError{Number: r.number, URI: record.TargetURI, Err: err}
	}
	return nil
}

func (r *Reader) fatal(uri string, err error) error {
	return &RecordError{Number: r.number, URI: uri, Fatal: true, Err: err}
}

// noEOF keeps an end in the middle of a record apart from the end of the file.
func noEOF(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// unbracket takes the angle brackets off a URI, which some tools write.
func unbracket(uri string) string {
	return strings.TrimSuffix(strings.TrimPrefix(uri, "<"), ">")
}
