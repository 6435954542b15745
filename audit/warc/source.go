package warc

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
)

// A source is the bytes of an archive with a count of those that were taken. It
// can go back where the file can.
type source struct {
	*bufio.Reader
	file io.Reader
	read int64 // from file into the buffer
}

func newSource(file io.Reader) *source {
	s := &source{file: file}
	s.Reader = bufio.NewReaderSize(readFunc(s.fill), maxLine)
	return s
}

type readFunc func([]byte) (int, error)

func (f readFunc) Read(p []byte) (int, error) { return f(p) }

func (s *source) fill(p []byte) (int, error) {
	n, err := s.file.Read(p)
	s.read += int64(n)
	return n, err
}

// offset is where the next byte stands in the file.
func (s *source) offset() int64 { return s.read - int64(s.Buffered()) }

// back goes to an earlier offset, and reports whether it could.
func (s *source) back(offset int64) bool {
	file, ok := s.file.(io.Seeker)
	if !ok {
		return false
	}
	// Offsets count from where the archive began, which need not be the file's start.
	if _, err := file.Seek(offset-s.read, io.SeekCurrent); err != nil {
		return false
	}
	s.read = offset
	s.Reset(readFunc(s.fill))
	return true
}

// gzipMagic starts every gzip member.
var gzipMagic = []byte{0x1f, 0x8b, 8}

// members reads the gzip members of a source one by one, each to its end.
type members struct {
	from  *source
	zip   *gzip.Reader
	start int64 // of the current member
	bad   bool  // the current member is damaged: its end is not known
}

// Read reads the current member; io.EOF is its end.
func (m *members) Read(p []byte) (int, error) {
	if m.zip == nil || m.bad {
		return 0, io.EOF
	}
	n, err := m.zip.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		m.bad = true
		err = fmt.Errorf("gzip member: %w", noEOF(err))
	}
	return n, err
}

// next goes to the next member. After a damaged one, or bytes that are none,
// that is the next place where a record starts. It returns io.EOF at the end.
func (m *members) next() error {
	if m.bad {
		m.from.back(m.start + 1) // where the file cannot go back, on from here
		if err := m.seek(); err != nil {
			return err
		}
	}
	m.start, m.bad = m.from.offset(), false
	if _, err := m.from.Peek(1); err != nil {
		return err
	}
	var err error
	if m.zip == nil {
		m.zip, err = gzip.NewReader(m.from)
	} else {
		err = m.zip.Reset(m.from)
	}
	if err != nil {
		m.zip, m.bad = nil, true
		return fmt.Errorf("%w: %w", ErrFraming, noEOF(err))
	}
	m.zip.Multistream(false)
	return nil
}

// enough is how much of a gzip member surely unpacks to the start of a record.
const enough = 4 << 10

// seek goes to the next member that starts with a record.
func (m *members) seek() error {
	for {
		ahead, err := m.from.Peek(maxLine)
		if len(ahead) == 0 {
			return err
		}
		last := len(ahead) - enough
		if err != nil { // the end of the file: there is no more to wait for
			last = len(ahead)
		}
		at, found := nextMember(ahead, last)
		if found {
			_, err = m.from.Discard(at)
			return err
		}
		if _, err := m.from.Discard(min(max(at, 1), len(ahead))); err != nil {
			return err
		}
	}
}

// nextMember finds the first member that starts with a record and begins before
// last, or else how far there is none.
func nextMember(ahead []byte, last int) (at int, found bool) {
	for at < last {
		next := bytes.Index(ahead[at:], gzipMagic)
		if next < 0 {
			return max(last, len(ahead)-len(gzipMagic)+1), false
		}
		if at += next; at < last && startsRecord(ahead[at:]) {
			return at, true
		}
		at++
	}
	return at, false
}

// startsRecord reports whether a gzip member unpacks to the start of a record.
func startsRecord(member []byte) bool {
	z, err := gzip.NewReader(bytes.NewReader(member))
	if err != nil {
		return false
	}
	start := make([]byte, len(versionPrefix))
	_, err = io.ReadFull(z, start)
	return err == nil && string(start) == versionPrefix
}
