package data

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"openness/audit"
)

// A packed row holds the readings of one crawl, in the order of its observations,
// as numbers of variable length (uvarint):
//
//	how many readings
//	of each:  1 + position of the fact in the vocabulary, 0 for a fact it has not
//	          finding, role and marks (see the constants)
//	          value: 2n+1 for the n-th value of the fact, 2n for n bytes that follow
//	          1 + position of the address, 0 for none
//	          of a stale one: since when, and when it was read, in Unix nanoseconds
//	since when the first of the crawl's sources failed, 0 where none did
//
// and its addresses: how many; of each how many bytes it shares with the one
// before, how many follow, and these.
const (
	packedFinding  = 1<<3 - 1 // position in packedFindings
	packedQuoted   = 1 << 3
	packedIndirect = 1 << 4
	packedStale    = 1 << 5
	packedRole     = 6 // bits from here: position in packedRoles
)

// The order of these is the format: words are only ever added at the end.
var (
	packedFindings = []audit.Finding{audit.Present, audit.NotThere, audit.Unreadable, audit.NotFetched, audit.Denied}
	packedRoles    = []audit.Role{"", audit.RoleEnd, audit.RoleBase, audit.RoleCode, audit.RolePaper, audit.RoleData,
		audit.RoleVendor, audit.RoleRelated}
)

// A vocabulary gives facts and their values by position.
type vocabulary struct {
	facts  []int      // positions in this program's table, -1 for a fact that it has not
	values [][]string // of each fact
}

// vocabularyText names the facts of this program's table with their values.
var vocabularyText = sync.OnceValues(func() (string, error) {
	var list [][]string
	for _, f := range audit.Facts() {
		list = append(list, append([]string{f.Name}, valuesOf(&f)...))
	}
	text, err := json.Marshal(list)
	return string(text), err
})

func valuesOf(f *audit.Fact) []string {
	if f.Type == audit.BoolFact {
		return []string{"false", "true"}
	}
	return f.Values
}

func readVocabulary(text string) (*vocabulary, error) {
	var list [][]string
	if err := json.Unmarshal([]byte(text), &list); err != nil {
		return nil, err
	}
	v := &vocabulary{}
	for _, row := range list {
		if len(row) == 0 {
			return nil, errPacked
		}
		v.facts = append(v.facts, audit.FactAt(row[0]))
		v.values = append(v.values, row[1:])
	}
	return v, nil
}

var errPacked = errors.New("a packed row cannot be read: the database is damaged; " +
	"to audit the model again, with --offline if need be, writes it anew")

// pack writes a digest's readings in the vocabulary of this program.
func pack(d *audit.Digest) (packed, addresses []byte, err error) {
	readings := d.Readings
	facts := audit.Facts()
	var urls []string
	at := make(map[string]int)
	packed = binary.AppendUvarint(nil, uint64(len(readings)))
	for i := range readings {
		r := &readings[i]
		finding, role := slices.Index(packedFindings, r.Finding), slices.Index(packedRoles, r.Role)
		if finding < 0 || role < 0 {
			return nil, nil, fmt.Errorf("reading %d: finding %q, role %q", i, r.Finding, r.Role)
		}
		marks := uint64(finding) | uint64(role)<<packedRole
		for _, mark := range []struct {
			set bool
			bit uint64
		}{{r.Quoted, packedQuoted}, {r.Indirect, packedIndirect}, {r.Stale != nil, packedStale}} {
			if mark.set {
				marks |= mark.bit
			}
		}
		packed = binary.AppendUvarint(packed, uint64(r.Fact+1))
		packed = binary.AppendUvarint(packed, marks)
		packed = appendValue(packed, r, facts)
		if _, known := at[r.URL]; !known && r.URL != "" {
			urls = append(urls, r.URL)
			at[r.URL] = len(urls)
		}
		packed = binary.AppendUvarint(packed, uint64(at[r.URL]))
		if r.Stale != nil {
			packed = appendTime(appendTime(packed, r.Stale.Since), r.Stale.Read)
		}
	}
	return appendTime(packed, d.StaleSince), packAddresses(urls), nil
}

func appendTime(packed []byte, t time.Time) []byte {
	if t.IsZero() {
		return binary.AppendVarint(packed, 0)
	}
	return binary.AppendVarint(packed, t.UnixNano())
}

func appendValue(packed []byte, r *audit.Reading, facts []audit.Fact) []byte {
	if r.Fact >= 0 {
		if at := slices.Index(valuesOf(&facts[r.Fact]), r.Value); at >= 0 {
			return binary.AppendUvarint(packed, uint64(2*at+1))
		}
	}
	return append(binary.AppendUvarint(packed, uint64(2*len(r.Value))), r.Value...)
}

func packAddresses(urls []string) []byte {
	packed := binary.AppendUvarint(nil, uint64(len(urls)))
	before := ""
	for _, url := range urls {
		shared := 0
		for shared < min(len(url), len(before)) && url[shared] == before[shared] {
			shared++
		}
		packed = binary.AppendUvarint(packed, uint64(shared))
		packed = binary.AppendUvarint(packed, uint64(len(url)-shared))
		packed = append(packed, url[shared:]...)
		before = url
	}
	return packed
}

// A wire reads numbers and texts from a packed row; bad is set by the first one
// that is not there.
type wire struct {
	text string
	bad  bool
}

func (w *wire) number() uint64 {
	if len(w.text) > 0 && w.text[0] < 0x80 { // nearly all are of one byte
		n := uint64(w.text[0])
		w.text = w.text[1:]
		return n
	}
	return w.longNumber()
}

func (w *wire) longNumber() uint64 {
	var n uint64
	for i := 0; i < len(w.text) && i < binary.MaxVarintLen64; i++ {
		b := w.text[i]
		n |= uint64(b&0x7f) << (7 * i)
		if b < 0x80 {
			w.text = w.text[i+1:]
			return n
		}
	}
	w.bad = true
	return 0
}

func (w *wire) take(n uint64) string {
	if n > uint64(len(w.text)) {
		w.bad = true
		return ""
	}
	taken := w.text[:n]
	w.text = w.text[n:]
	return taken
}

func (w *wire) signed() int64 {
	n := w.number()
	return int64(n>>1) ^ -int64(n&1)
}

func (w *wire) time() time.Time {
	if n := w.signed(); n != 0 {
		return time.Unix(0, n).UTC()
	}
	return time.Time{}
}

// unpack reads a packed row into a digest, whose memory is used again. urls may
// be nil: addresses are then left out. The values are parts of packed.
func (v *vocabulary) unpack(packed string, urls []string, d *audit.Digest) error {
	w := wire{text: packed}
	count := w.number()
	if count > uint64(len(packed)) {
		return errPacked
	}
	readings := slices.Grow(d.Readings[:0], int(count))[:count]
	for i := range readings {
		fact, marks, value := int(w.number())-1, w.number(), w.number()
		r := &readings[i]
		*r = audit.Reading{Fact: -1, Quoted: marks&packedQuoted != 0, Indirect: marks&packedIndirect != 0}
		if marks&packedFinding >= uint64(len(packedFindings)) || marks>>packedRole >= uint64(len(packedRoles)) ||
			fact >= len(v.facts) {
			return errPacked
		}
		r.Finding, r.Role = packedFindings[marks&packedFinding], packedRoles[marks>>packedRole]
		switch {
		case value&1 == 0:
			r.Value = w.take(value / 2)
		case fact < 0 || value/2 >= uint64(len(v.values[fact])):
			return errPacked
		default:
			r.Value = v.values[fact][value/2]
		}
		if fact >= 0 {
			r.Fact = v.facts[fact]
		}
		if at := w.number(); at > 0 && urls != nil {
			if at > uint64(len(urls)) {
				return errPacked
			}
			r.URL = urls[at-1]
		}
		if marks&packedStale != 0 {
			r.Stale = &audit.Staleness{Since: w.time(), Read: w.time()}
		}
	}
	d.Readings, d.StaleSince = readings, w.time()
	if w.bad {
		return errPacked
	}
	return nil
}

func unpackAddresses(packed string, urls []string) ([]string, error) {
	w := wire{text: packed}
	count := w.number()
	if count > uint64(len(packed)) {
		return nil, errPacked
	}
	urls = slices.Grow(urls[:0], int(count))[:0]
	before := ""
	for range count {
		shared, rest := w.number(), w.number()
		if shared > uint64(len(before)) {
			return nil, errPacked
		}
		before = before[:shared] + w.take(rest)
		urls = append(urls, before)
	}
	if w.bad {
		return nil, errPacked
	}
	return urls, nil
}
