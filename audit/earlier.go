package audit

import "time"

// Earlier is what is known of an address from looks before this one.
type Earlier struct {
	// Look is the last answer that told what is there, with its bytes: a page, or
	// that there is none; or else the last refusal. Its URL is empty where the
	// address was never heard of.
	Look Document
	// FailingSince is when the source first failed after Look, zero where it did not.
	FailingSince time.Time
	// Seen is when it last gave bytes, MissedSince when it was first found gone
	// after that; each is zero where it never was.
	Seen, MissedSince time.Time
}
