// Package warc reads and writes web archives in the WARC/1.1 format (ISO
// 28500:2017), so that what an audit rests on can be kept with, and checked by,
// the tools that libraries and archives use.
//
// A Writer turns stored documents into request, response and revisit records.
// A Reader takes WARC/1.0 and 1.1, plain or with one gzip member a record, and
// checks the digests that it knows. Documents turns the records of any tool's
// archive into documents that an audit can be repeated from.
//
// What is not promised: stored documents keep the status, a few headers and the
// decoded body of an exchange, so a written response holds those and no more,
// which its warcinfo record says.
package warc

import (
	"bytes"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base32"
	"encoding/hex"
	"fmt"
	"hash"
	"strings"
	"time"
)

// The types of record that are written here; others are read as they come.
const (
	TypeInfo     = "warcinfo"
	TypeRequest  = "request"
	TypeResponse = "response"
	TypeRevisit  = "revisit"
	TypeMetadata = "metadata"
	TypeResource = "resource"
)

// The profiles of revisit records.
const (
	ProfileNotModified = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
	ProfileSamePayload = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
)

// A Field is one named field of a record's header.
type Field struct{ Name, Value string }

// A Record is one record of an archive.
type Record struct {
	Version   string // "WARC/1.1"
	Type      string
	ID        string // a URI, without angle brackets
	Date      time.Time
	TargetURI string  // without angle brackets; may be empty
	Fields    []Field // all of them, as written, in order
	Block     []byte
}

// Field gives the value of a named field, or "". Names have no case.
func (r *Record) Field(name string) string {
	for _, f := range r.Fields {
		if strings.EqualFold(f.Name, name) {
			return f.Value
		}
	}
	return ""
}

// payload is what a payload digest is about: the entity body of an HTTP
// message, or the whole block of anything else.
func (r *Record) payload() []byte {
	if !strings.HasPrefix(r.Field("Content-Type"), "application/http") {
		return r.Block
	}
	if _, body, ok := bytes.Cut(r.Block, []byte("\r\n\r\n")); ok {
		return body
	}
	return nil
}

// digest is the labelled digest that archives use: SHA-1 in base 32.
func digest(data []byte) string {
	sum := sha1.Sum(data)
	return "sha1:" + base32.StdEncoding.EncodeToString(sum[:])
}

// digestMatches compares data with a labelled digest. Digests of unknown
// algorithms or spellings cannot be checked and pass.
func digestMatches(labelled string, data []byte) bool {
	name, want, ok := strings.Cut(labelled, ":")
	if !ok {
		return true
	}
	var h hash.Hash
	switch strings.ReplaceAll(strings.ToLower(name), "-", "") {
	case "sha1":
		h = sha1.New()
	case "sha256":
		h = sha256.New()
	case "sha512":
		h = sha512.New()
	case "md5":
		h = md5.New()
	default:
		return true
	}
	h.Write(data)
	sum := h.Sum(nil)
	want = strings.TrimRight(want, "=")
	return strings.EqualFold(want, hex.EncodeToString(sum)) ||
		strings.EqualFold(want, strings.TrimRight(base32.StdEncoding.EncodeToString(sum), "="))
}

// recordID names a record by its content, so that the same export gives the
// same bytes.
func recordID(kind, uri string, date time.Time, block []byte) string {
	h := sha256.New()
	fmt.Fprintf(h, "%s\x00%s\x00%s\x00", kind, uri, dateText(date))
	h.Write(block)
	sum := h.Sum(nil)[:16]
	sum[6] = sum[6]&0x0f | 0x80 // a UUID of version 8: made by a rule of one's own
	sum[8] = sum[8]&0x3f | 0x80
	x := hex.EncodeToString(sum)
	return "urn:uuid:" + x[:8] + "-" + x[8:12] + "-" + x[12:16] + "-" + x[16:20] + "-" + x[20:]
}

// dateText is a WARC-Date: UTC, with as many digits of the second as are known.
func dateText(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.999999999Z") }
