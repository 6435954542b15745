package warc

import (
	"bufio"
	"bytes"
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
	Offset int64  // where it starts in the file, in bytes; in a gzipped file, where its member starts
	URI    string // of the record, when it was read
	Fatal  bool   // the file itself cannot be read on
	Err    error
}

func (e *RecordError) Error() string {
	where := fmt.Sprintf("WARC record %d at byte %d", e.Number, e.Offset)
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

// versionPrefix starts the line that starts a record.
const versionPrefix = "WARC/"

// A Reader reads records one after another. Damage does not end it: it looks
// for the next record that starts where one may, and goes on there.
type Reader struct {
	file    *source
	members *members      // nil for a plain file
	in      *bufio.Reader // the file, or what the current member unpacks to
	number  int
	start   int64 // of the current record, in the file
	adrift  bool  // the end of the last record is not known
	passed  int64 // bytes that were looked through since
	block   int64 // where the last record's block starts in a plain file, 0 when it is known to be whole
	backs   int   // how often it went back
}

// maxAdrift is how far the next record is looked for behind a damaged one: a file
// that is no archive, or a device, may never have one.
var maxAdrift int64 = 1 << 30

// maxBacks bounds how often damage is looked through again, so that a file made
// to nest records in records is read in time.
const maxBacks = 100

// NewReader reads an archive, plain or gzipped, whichever it is. Where r can
// seek, records that damage hides can be found again.
func NewReader(r io.Reader) (*Reader, error) {
	file := newSource(r)
	ahead, err := file.Peek(maxLine)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("read WARC: %w", err)
	}
	if !isZipped(ahead) {
		return &Reader{file: file, in: file.Reader}, nil
	}
	m := &members{from: file}
	return &Reader{file: file, members: m, in: bufio.NewReaderSize(m, maxLine)}, nil
}

// isZipped tells from its first bytes whether an archive is gzipped, even where
// these are damaged: no record starts among them, but a member does.
func isZipped(ahead []byte) bool {
	if bytes.HasPrefix(ahead, gzipMagic) {
		return true
	}
	if bytes.HasPrefix(ahead, []byte(versionPrefix)) || bytes.Contains(ahead, []byte("\n"+versionPrefix)) {
		return false
	}
	at, found := nextMember(ahead, len(ahead))
	return found && at < len(ahead)
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
		return Record{}, r.lost("", err)
	}
	record.Type = strings.ToLower(record.Field("WARC-Type"))
	record.ID = unbracket(record.Field("WARC-Record-ID"))
	record.TargetURI = unbracket(record.Field("WARC-Target-URI"))
	r.block = r.file.offset()
	if err := r.readBlock(&record); err != nil {
		return Record{}, err
	}
	return record, r.check(&record)
}

// version reads the line that starts a record, over blank lines before it. Where
// the record before did not end where it said, what it swallowed is looked
// through again.
func (r *Reader) version() (string, error) {
	for {
		at := r.file.offset()
		line, err := r.line()
		switch {
		case errors.Is(err, io.EOF) && line == "":
			if err := r.nextMember(); err != nil {
				return "", err
			}
			continue
		case err == nil && strings.TrimSpace(line) == "":
			continue
		case isVersion(line) && (err == nil || errors.Is(err, io.EOF)):
			r.begin(at)
			if err != nil {
				return "", r.lost("", noEOF(err))
			}
			return strings.TrimSpace(line), nil
		case r.adrift && (err == nil || errors.Is(err, io.EOF) || errors.Is(err, bufio.ErrBufferFull)):
			if r.passed += int64(len(line)) + 1; r.passed > maxAdrift {
				return "", r.fatal("", fmt.Errorf("%w: none begins in the next %d MiB", ErrFraming, maxAdrift>>20))
			}
			continue // looking for the next record
		}
		r.begin(at)
		if err == nil || errors.Is(err, io.EOF) || errors.Is(err, bufio.ErrBufferFull) {
			err = ErrFraming
			r.back()
		}
		return "", r.lost("", err)
	}
}

// isVersion reports whether a line is that which starts a record, whole.
func isVersion(line string) bool {
	number, ok := strings.CutPrefix(strings.TrimSpace(line), versionPrefix)
	return ok && len(number) >= 3 && len(number) < 8 && strings.Trim(number, "0123456789.") == ""
}

// begin notes where a record starts.
func (r *Reader) begin(at int64) {
	r.number++
	r.start, r.adrift, r.passed = at, false, 0
	if r.members != nil {
		r.start = r.members.start
	}
}

// nextMember goes on behind the end of a gzip member, or ends the file.
func (r *Reader) nextMember() error {
	if r.members == nil {
		return io.EOF
	}
	err := r.members.next()
	r.in.Reset(r.members)
	switch {
	case err == nil, errors.Is(err, io.EOF) && !errors.Is(err, ErrFraming):
		return err
	case errors.Is(err, ErrFraming):
		r.begin(0)
		r.adrift = true
		return r.fault("", err)
	}
	r.begin(0)
	return r.fatal("", err)
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

// line reads one line without its end. A line that is too long comes in pieces,
// each with bufio.ErrBufferFull.
func (r *Reader) line() (string, error) {
	line, err := r.in.ReadSlice('\n')
	return strings.TrimRight(string(line), "\r\n"), err
}

// readBlock reads the block; the line ends after it are left to version.
func (r *Reader) readBlock(record *Record) error {
	n, err := strconv.ParseInt(record.Field("Content-Length"), 10, 64)
	if err != nil || n < 0 {
		return r.lost(record.TargetURI, fmt.Errorf("%w: Content-Length %q", ErrFraming, record.Field("Content-Length")))
	}
	if n > MaxBlock {
		if _, err := io.CopyN(io.Discard, r.in, n); err != nil {
			return r.cut(record, fmt.Errorf("it is said to have %d bytes: %w", n, noEOF(err)))
		}
		return r.fault(record.TargetURI, ErrTooLarge)
	}
	// The length is a claim: memory grows with what is there, not with it.
	record.Block, err = io.ReadAll(io.LimitReader(r.in, n))
	if err == nil && int64(len(record.Block)) < n {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		return r.cut(record, fmt.Errorf("cut off after %d of %d bytes: %w", len(record.Block), n, err))
	}
	if r.members == nil {
		return nil
	}
	// The checksum stands at the end of the member, behind the line ends.
	for {
		next, err := r.in.Peek(1)
		if err != nil && !errors.Is(err, io.EOF) {
			return r.cut(record, err)
		}
		if len(next) == 0 || next[0] != '\r' && next[0] != '\n' {
			return nil
		}
		_, _ = r.in.Discard(1) // was peeked at
	}
}

// cut is the end of a file or member within a block. What the block swallowed
// is looked through again.
func (r *Reader) cut(record *Record, err error) error {
	r.back()
	return r.lost(record.TargetURI, err)
}

// back goes to the start of the last block, whose length may have been wrong. A
// block whose digest was right is not looked through: its text is some page's,
// and may well contain what looks like a record.
func (r *Reader) back() {
	if r.members == nil && r.block > 0 && r.backs < maxBacks && r.file.back(r.block) {
		r.backs++
	}
	r.block = 0
}

// check reads the date and compares the digests.
func (r *Reader) check(record *Record) error {
	date, err := time.Parse(time.RFC3339Nano, record.Field("WARC-Date"))
	record.Date = date.UTC()
	if err != nil {
		err = fmt.Errorf("WARC-Date %q is no date", record.Field("WARC-Date"))
	}
	switch told := record.Field("WARC-Block-Digest"); {
	case !digestMatches(told, record.Block):
		err = fmt.Errorf("block: %w", ErrDigest)
	case told != "":
		r.block = 0
	}
	// A revisit's payload digest is about the record that it refers to.
	payload := record.Field("WARC-Payload-Digest")
	if record.Type != TypeRevisit && record.Field("WARC-Truncated") == "" && payload != "" &&
		!digestMatches(payload, record.payload()) && !digestMatches(payload, decodedPayload(record)) {
		err = fmt.Errorf("payload: %w", ErrDigest)
	}
	if err != nil {
		return r.fault(record.TargetURI, err)
	}
	return nil
}

// fault is what is wrong with the current record alone.
func (r *Reader) fault(uri string, err error) error {
	return &RecordError{Number: r.number, Offset: r.start, URI: uri, Err: err}
}

// lost is a record whose end is not known: the next one is to be looked for. An
// error of the file itself, rather than of what it holds, is fatal.
func (r *Reader) lost(uri string, err error) error {
	if errors.Is(err, bufio.ErrBufferFull) {
		err = fmt.Errorf("%w: a line of more than %d bytes", ErrFraming, maxLine)
	}
	known := errors.Is(err, ErrFraming) || errors.Is(err, io.ErrUnexpectedEOF) || r.members != nil && r.members.bad
	if !known {
		return r.fatal(uri, err)
	}
	r.adrift = true
	return r.fault(uri, err)
}

func (r *Reader) fatal(uri string, err error) error {
	return &RecordError{Number: r.number, Offset: r.start, URI: uri, Fatal: true, Err: err}
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
