// Package audit is the vocabulary of an openness audit: the Subject that is
// audited, the Places where it can be looked at, the Documents those places
// served, and the Observations read from the documents. It holds words only
// and does no input or output; the folders below it gather.
//
// The chain that every judgement can be walked back along is
//
//	Observation -> Span -> Document -> URL, revision, time, SHA-256
//
// and no type here allows a step to be left out: an Observation that claims
// something was found carries the bytes it was read from.
package audit

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"
)

// A Subject is one AI model under audit: its identity and the places to look.
type Subject struct {
	// ID is the canonical identity: "org/name" for a Hugging Face model,
	// "github:owner/repo", "modelscope:ns/name", "arxiv:ID" or
	// "catalogue:name" for the rest.
	ID           string `json:"id"`
	Target       string `json:"target"`          // as the user gave it
	Asked        string `json:"asked,omitempty"` // the id that the target is, where the model found there has another
	Label        string `json:"label,omitempty"` // the id column of a --from list
	Name         string `json:"name"`
	Organisation string `json:"organisation"`
	// id of the base model; the model's own where a list says that it is its own base; empty where none is known
	Base     string  `json:"base,omitempty"`
	Released string  `json:"released,omitempty"`
	Places   []Place `json:"places"`
}

// Place looks up the first place of a kind and role.
func (s *Subject) Place(kind PlaceKind, role Role) (Place, bool) {
	for _, p := range s.Places {
		if p.Kind == kind && p.Role == role {
			return p, true
		}
	}
	return Place{}, false
}

// PlaceKind says which client reads a place.
type PlaceKind string

// The kinds of place.
const (
	HubModel        PlaceKind = "hub_model"   // a Hugging Face model repository
	HubDataset      PlaceKind = "hub_dataset" // a Hugging Face dataset repository
	ModelScopeModel PlaceKind = "modelscope_model"
	GitHubRepo      PlaceKind = "github_repository"
	ArXivPaper      PlaceKind = "arxiv_paper"
	PaperPage       PlaceKind = "paper_page" // a venue's page, a DOI
	WebPage         PlaceKind = "web_page"
)

// Role says what a place is to the subject.
type Role string

// The roles of a place.
const (
	RoleEnd     Role = "end"     // the audited model itself
	RoleBase    Role = "base"    // the model that it was tuned from
	RoleCode    Role = "code"    // its own source repository
	RolePaper   Role = "paper"   // a paper that describes it
	RoleData    Role = "data"    // a dataset that it was trained on
	RoleVendor  Role = "vendor"  // a page of the organisation that made it
	RoleRelated Role = "related" // linked, kept for the reader, not judged by
)

// A Place is one location worth looking at, and why it was chosen.
type Place struct {
	Kind   PlaceKind `json:"kind"`
	Role   Role      `json:"role"`
	ID     string    `json:"id"`     // "org/name", "owner/repo", arXiv id, or a URL
	URL    string    `json:"url"`    // public URL, whatever base URL is used to reach it
	Reason string    `json:"reason"` // a sentence: where it was named and why it was preferred
	// Given is true when the user named this place rather than the resolver.
	Given bool `json:"given,omitempty"`
}

// AlikeByName is the end of the reason of a base that no page states: it was inferred from names.
const AlikeByName = "has the same name without the words for tuning"

// LoadedFrom is the end of the reason of a place that only a configuration gives as the path that weights were
// loaded from: tools copy it, and a model may have taken the design alone from there. It is no base, whatever its
// pages say, but terms that nobody read may bind.
const LoadedFrom = "gives it as the path that was loaded from. No page of it was read."

// PastTheBound is the end of the reason of a base that is named and that no page was read of. Such a place is a
// related one: whoever asks for what was read of bases does not find it.
const PastTheBound = "No page of it was read: it is past the bound."

// UnreadBase reports whether the place is a base that is named, or may be one, and that no page was read of.
func (p Place) UnreadBase() bool {
	return p.Role == RoleRelated && p.Kind == HubModel && (strings.HasSuffix(p.Reason, PastTheBound) ||
		strings.HasSuffix(p.Reason, LoadedFrom))
}

// Stated reports whether a page, a file or the user says that the place is what the
// reason tells of it.
func (p Place) Stated() bool {
	return p.Given || p.Reason != "" && !strings.Contains(p.Reason, AlikeByName) && !strings.Contains(p.Reason, LoadedFrom)
}

// Outcome says how an attempt to fetch a document ended. Only Fetched and
// NotModified give bytes; only Absent is evidence that a thing is not there.
type Outcome string

// The outcomes of a fetch, as the contract's sources list names them.
const (
	Fetched     Outcome = "fetched"
	NotModified Outcome = "not_modified"
	Absent      Outcome = "absent"  // the right page answered 404 or 410
	Refused     Outcome = "refused" // 401, 403, 429, robots.txt: it may be there
	Failed      Outcome = "failed"  // time-out, 5xx, broken body, DNS
	Skipped     Outcome = "skipped" // not tried: offline, over a bound
)

// What sources lists say of documents that are more than their Outcome. No
// Document has these as its Outcome: observers read what was looked at, however
// long ago, and what is gone as not there.
const (
	Stale     Outcome = "stale"     // the source fails now; an earlier look stands in
	Withdrawn Outcome = "withdrawn" // it was there and is gone
)

// Looked reports whether the outcome tells anything about what is there.
func (o Outcome) Looked() bool { return o == Fetched || o == NotModified || o == Absent }

// DocKind says what a document is, which decides the observers that read it.
type DocKind string

// The kinds of document.
const (
	DocModelAPI   DocKind = "model_api"   // GET /api/models/ID
	DocModelCard  DocKind = "model_card"  // README.md of a model repository
	DocDatasetAPI DocKind = "dataset_api" // GET /api/datasets/ID
	DocDataCard   DocKind = "dataset_card"
	DocLicense    DocKind = "license"   // a licence, notice or use-policy file
	DocRepoAPI    DocKind = "repo_api"  // GET /repos/OWNER/NAME
	DocTree       DocKind = "repo_tree" // the recursive tree of a repository
	DocReadme     DocKind = "readme"
	DocProse      DocKind = "prose"    // other prose of a repository: docs, datasheet, model card, policy
	DocCitation   DocKind = "citation" // CITATION.cff or .bib
	DocConfig     DocKind = "config"   // config.json, pyproject, requirements
	DocPaper      DocKind = "paper"    // arXiv answer or abstract page
	DocVenue      DocKind = "venue"    // a reviewed venue's page or record
	DocWeb        DocKind = "web_page" // a vendor page
	DocWeights    DocKind = "weights"  // a probe (HEAD) of a weights file: headers only
	DocOther      DocKind = "other"
)

// A Document is one thing served by one URL at one time, bytes exactly as
// served. A Document without bytes records an attempt that gave none.
type Document struct {
	URL         string    `json:"url"` // public
	Kind        DocKind   `json:"kind"`
	Place       PlaceKind `json:"place"`
	PlaceID     string    `json:"place_id"`
	Role        Role      `json:"role"`
	Path        string    `json:"path,omitempty"`     // file path within the place
	Revision    string    `json:"revision,omitempty"` // commit, version or empty
	RetrievedAt time.Time `json:"retrieved_at"`
	Status      int       `json:"status"` // HTTP status, 0 when there was no answer
	Outcome     Outcome   `json:"outcome"`
	Detail      string    `json:"detail,omitempty"` // what went wrong, for people
	ContentType string    `json:"content_type,omitempty"`
	ETag        string    `json:"etag,omitempty"`
	Modified    string    `json:"last_modified,omitempty"` // Last-Modified as sent
	Link        string    `json:"-"`                       // Link header of a page of a list: where it goes on
	SHA256      string    `json:"sha256,omitempty"`        // of Body, lower-case hex; empty without bytes
	Body        []byte    `json:"-"`
	// Size is the length of the bytes in a Document that was read back without
	// its Body; Bytes gives the length either way.
	Size int `json:"bytes,omitempty"`
	// Partial is true when a field left out of Body means unknown, not empty
	// (a cut list, an answer derived from other captures, truncated trees).
	Partial bool `json:"partial,omitempty"`
	// StaleSince is set where the source failed and this is what it gave before:
	// when it failed first. StaleWhy says how it fails now.
	StaleSince time.Time `json:"stale_since,omitzero"`
	StaleWhy   string    `json:"stale_why,omitempty"`
	// LastSeen is set where something was there and is gone; FirstMissed is when
	// that was noticed.
	LastSeen    time.Time `json:"last_seen,omitzero"`
	FirstMissed time.Time `json:"first_missed,omitzero"`
}

// Reported is the outcome that lists of sources give.
func (d *Document) Reported() Outcome {
	switch {
	case !d.StaleSince.IsZero() && d.Outcome.Looked():
		return Stale
	case !d.LastSeen.IsZero():
		return Withdrawn
	}
	return d.Outcome
}

// Said is what went wrong, for people: how the source fails now where an
// earlier look stands in, the Detail otherwise.
func (d *Document) Said() string {
	if !d.StaleSince.IsZero() {
		return d.StaleWhy
	}
	return d.Detail
}

// Bytes is the length of what was served, whether or not Body is loaded.
func (d *Document) Bytes() int {
	if d.Body != nil {
		return len(d.Body)
	}
	return d.Size
}

// Hash returns the lower-case hex SHA-256 of body.
func Hash(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:])
}

// A Span locates text within a Document; the text is Body[Start:End].
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Within reports whether the span lies inside a text of n bytes.
func (s Span) Within(n int) bool { return 0 <= s.Start && s.Start <= s.End && s.End <= n }

// Finding names the kind of something or nothing that was found.
type Finding string

// The findings. Present carries a value and a span; Absent carries the
// document that was read in vain; the others say why nothing is known.
const (
	Present    Finding = "present"
	NotThere   Finding = "absent"      // we read the sources that would say it; they do not
	Unreadable Finding = "unreadable"  // we have the source; it could not be parsed
	NotFetched Finding = "not_fetched" // we never saw the source: not captured, failed, skipped
	Denied     Finding = "refused"     // the source refused us: 401, 403, 429, robots.txt
)

// Known reports whether the finding settles the fact.
func (f Finding) Known() bool { return f == Present || f == NotThere }

// An Observation is one fact about a subject, its value and where it was read.
// Several observations of one fact may disagree; that is itself reported.
type Observation struct {
	Fact        string    `json:"fact"` // a name from the table of facts
	Finding     Finding   `json:"finding"`
	Value       string    `json:"value"` // canonical text of the value: "true", "manual", "Apache-2.0", "0.42"
	URL         string    `json:"url"`
	Revision    string    `json:"revision"` // commit or version; empty where the source has none
	RetrievedAt time.Time `json:"retrieved_at"`
	SHA256      string    `json:"sha256"`
	Start       int       `json:"start"`
	End         int       `json:"end"`
	Quote       string    `json:"quote"`          // Body[Start:End] of the document
	Note        string    `json:"note,omitempty"` // for people: why this text gives this value, or why nothing is known
	Role        Role      `json:"role,omitempty"`
	// How the quote was read: whom it is about, whether it tells what was done,
	// and of which stage of training. Empty where nothing was quoted.
	About About `json:"about,omitempty"`
	Mode  Mode  `json:"mode,omitempty"`
	Stage Stage `json:"stage,omitempty"`
	// Indirect is true where the quote shows the fact only by way of something
	// else: a file's name, a list that leaves a thing out, a page that asks for
	// nothing before a download.
	Indirect bool `json:"indirect,omitempty"`
	// StaleSince is set where the document is one whose source fails since then.
	StaleSince time.Time `json:"stale_since,omitzero"`
}

// About says whom a passage is about.
type About string

// Whom a passage can be about.
const (
	AboutOwn     About = "own"     // the audited model, or its makers' project for it
	AboutBase    About = "base"    // what it was made from
	AboutSibling About = "sibling" // another version or size of its family alone
	AboutOther   About = "other"   // another model or project
	AboutReader  About = "reader"  // what the reader may do or needs
	AboutNobody  About = "nobody"
)

// Mode says what a passage does with what it speaks of.
type Mode string

// The modes. Only what was done shows that a thing is there.
const (
	Done        Mode = "done"
	DeniedMode  Mode = "denied"      // said not to be given out
	Promised    Mode = "promised"    // said to come
	Conditional Mode = "conditional" // given on request or under a condition
	Advice      Mode = "advice"      // instructs the reader
	Quoted      Mode = "quoted"      // reports what others say
)

// Stage is the part of a model's making or use that a passage speaks of.
type Stage string

// Observe reads value from the span of d: it is the only way observers should
// make a Present observation, so that quote and offsets cannot drift apart.
// A span outside the document is a programming error and panics.
func Observe(d *Document, fact, value string, s Span, note string) Observation {
	if !s.Within(len(d.Body)) {
		panic("audit: span outside document " + d.URL)
	}
	o := From(d, fact, Present, note)
	o.Value, o.Start, o.End, o.Quote = value, s.Start, s.End, string(d.Body[s.Start:s.End])
	return o
}

// From records a finding about d that quotes nothing.
func From(d *Document, fact string, f Finding, note string) Observation {
	return Observation{Fact: fact, Finding: f, URL: d.URL, Revision: d.Revision,
		RetrievedAt: d.RetrievedAt, SHA256: d.SHA256, Note: note, Role: d.Role, StaleSince: d.StaleSince}
}

// A Record is all that one crawl of one subject gathered. Judging needs the
// observations only; the documents are there to verify them.
type Record struct {
	Subject      Subject       `json:"subject"`
	Documents    []Document    `json:"documents"`
	Observations []Observation `json:"observations"`
	// Observer names the build of the program that observed; empty where that is
	// not known.
	Observer string `json:"-"`
	Course   Course `json:"-"`
}

// A Course is the way by which a record was gathered, in the words of whoever
// gathered it: by it they ask the same again. Key names what was looked for, and
// with which settings. It is empty where there is no such way.
type Course struct {
	Key   string
	Steps []byte
}

// DropBodies lets go of the bytes of all documents, which are stored by then and
// are by far the most of a record; Size keeps their length.
func (r *Record) DropBodies() {
	for i := range r.Documents {
		d := &r.Documents[i]
		d.Size, d.Body = d.Bytes(), nil
	}
}

// Stale lists the documents for which an earlier look stands in, in crawl order.
func (r *Record) Stale() []Document {
	var stale []Document
	for _, d := range r.Documents {
		if d.Reported() == Stale {
			stale = append(stale, d)
		}
	}
	return stale
}

// Lost lists the documents that could not be looked at, in crawl order.
func (r *Record) Lost() []Document {
	var lost []Document
	for _, d := range r.Documents {
		if !d.Outcome.Looked() {
			lost = append(lost, d)
		}
	}
	return lost
}
