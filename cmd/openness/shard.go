package main

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"

	"openness/audit/crawl"
)

// A shard is one part of a list of targets, for whoever spreads a list over
// machines: which targets it has depends on their subjects alone, so that every
// machine can read the whole list and no target is in two parts or in none.
type shard struct{ part, parts int }

// mostShards bounds --shard: more machines than that is a slip of the hand.
const mostShards = 1_000_000

func (s *shard) String() string {
	if s == nil || s.parts == 0 {
		return ""
	}
	return fmt.Sprintf("%d/%d", s.part, s.parts)
}

// Type is what help calls the value.
func (s *shard) Type() string { return "K/N" }

// Set reads K/N.
func (s *shard) Set(text string) error {
	var read shard
	if n, err := fmt.Sscanf(text, "%d/%d", &read.part, &read.parts); err != nil || n != 2 || text != read.String() {
		return usagef("--shard %q: give K/N, such as 1/4 for the first of four parts", text)
	}
	if read.parts < 1 || read.parts > mostShards || read.part < 1 || read.part > read.parts {
		return usagef("--shard %q: parts are counted from 1 to N, and N is at most %d", text, mostShards)
	}
	*s = read
	return nil
}

// of gives the targets of the part, in their order. A model that is listed under
// several labels or spellings is in one part, so that what it shares is fetched
// by one machine.
func (s *shard) of(targets []crawl.Target) []crawl.Target {
	if s.parts == 0 {
		return targets
	}
	var own []crawl.Target
	for _, t := range targets {
		sum := sha256.Sum256([]byte(t.SubjectID()))
		if binary.BigEndian.Uint64(sum[:])%uint64(s.parts) == uint64(s.part-1) {
			own = append(own, t)
		}
	}
	return own
}
