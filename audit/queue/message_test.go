package queue

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"openness/audit"
)

func document(url, body string) audit.Document {
	d := audit.Document{URL: url, Kind: audit.DocWeb, RetrievedAt: time.Date(2026, 1, 2, 3, 4, 5, 678901234, time.UTC),
		Status:  200,
		Outcome: audit.Fetched, Body: []byte(body), SHA256: audit.Hash([]byte(body))}
	return d
}

// TestMessages: what was seen comes out as it went in, bodies once, empty ones
// and attempts without any included.
func TestMessages(t *testing.T) {
	page := strings.Repeat("a page that two places serve\n", 1000)
	result := &Result{Tool: "1", Worker: "w", At: time.Date(2026, 5, 1, 0, 0, 0, 1, time.UTC), Record: audit.Record{
		Subject: audit.Subject{ID: "org/model", Label: "L"},
		Documents: []audit.Document{document("https://a.example", page), document("https://b.example", page),
			document("https://c.example", ""),
			{URL: "https://d.example", Outcome: audit.Failed, Detail: "no\x00answer",
				LastSeen: time.Unix(5, 0).UTC()}}}}
	d := &result.Record.Documents[0]
	result.Record.Observer = "build"
	result.Record.Observations = []audit.Observation{audit.Observe(d, "weights.end.published", "true",
		audit.Span{Start: 2, End: 6}, "note")}
	message, err := result.Encode()
	if err != nil {
		t.Fatal(err)
	}
	got, err := DecodeResult(message)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(*result, got); diff != "" {
		t.Error(diff)
	}
	once, _ := (&Result{Record: audit.Record{Documents: result.Record.Documents[:1]}}).Encode()
	if len(message) > len(once)+1000 {
		t.Errorf("%d bytes with the page twice, %d with it once", len(message), len(once))
	}
	job := &Job{Tool: "1", Target: []byte(`{"Text":"org/model"}`), Settings: []byte(`{}`),
		Known: []Known{{Last: document("https://a.example", page),
			Past: audit.Earlier{Look: document("https://a.example", page), Seen: time.Unix(9, 0).UTC()}}, {}}}
	if message, err = job.Encode(); err != nil {
		t.Fatal(err)
	}
	back, err := DecodeJob(message)
	if diff := cmp.Diff(*job, back); err != nil || diff != "" {
		t.Errorf("%v\n%s", err, diff)
	}
}

// TestMessagesDamaged: no bytes but those that were sent are taken for a message.
func TestMessagesDamaged(t *testing.T) {
	result := &Result{Tool: "1",
		Record: audit.Record{Documents: []audit.Document{document("https://a.example", "text")}}}
	message, err := result.Encode()
	if err != nil {
		t.Fatal(err)
	}
	for i := range message {
		damaged := bytes.Clone(message)
		damaged[i] ^= 0x10
		if _, err := DecodeResult(damaged); err == nil {
			// Checksums and headers of zstd may be changed without what they pack.
			if again, _ := DecodeResult(damaged); !bytes.Equal(again.Record.Documents[0].Body, []byte("text")) {
				t.Fatalf("byte %d changed, and another text came out", i)
			}
		} else if !errors.Is(err, ErrMessage) {
			t.Fatalf("byte %d changed: %v", i, err)
		}
	}
	for _, other := range [][]byte{nil, message[:len(message)/2],
		[]byte("openness-queue/2\n" + string(message[len(format):])), message[:len(format)]} {
		if _, err := DecodeResult(other); !errors.Is(err, ErrMessage) {
			t.Errorf("%.30q: %v", other, err)
		}
	}
	lacks := &Result{Record: audit.Record{Documents: []audit.Document{{URL: "https://a.example",
		SHA256: strings.Repeat("0", 64)}}}}
	if message, err = lacks.Encode(); err != nil {
		t.Fatal(err)
	}
	if _, err := DecodeResult(message); !errors.Is(err, ErrMessage) {
		t.Errorf("a document without its bytes: %v", err)
	}
}

func TestCheckURL(t *testing.T) {
	for text, ok := range map[string]bool{"nats://a:4222": true, "tls://a:4222,nats://b:4222": true,
		"nats://user:word@a:4222": true,
		"":                        false, "a:4222": false, "http://a:1": false, "nats://": false,
		"nats://a:1,": false} {
		err := CheckURL(text)
		if (err == nil) != ok {
			t.Errorf("%q: %v", text, err)
		}
		if err != nil && strings.Contains(err.Error(), "word") {
			t.Errorf("%q: the password is in %v", text, err)
		}
	}
}
