package observe

import (
	"context"

	"openness/audit"
)

// Read is All that ends early, with the context's error, when the context does: what
// was read until then is dropped, as a part of the pages would show another model.
func Read(ctx context.Context, s audit.Subject, docs []audit.Document) (found []audit.Observation, err error) {
	return read(s, docs, &interrupt{ctx: ctx})
}

func read(s audit.Subject, docs []audit.Document, ends *interrupt) (found []audit.Observation, err error) {
	defer func() {
		if r := recover(); r != nil {
			if r != any(ends) {
				panic(r)
			}
			found, err = nil, ends.ctx.Err()
		}
	}()
	ends.check()
	in := newInput(s, docs)
	in.speaker.ends = ends
	found = in.observe()
	in.inContext(found)
	return found, nil
}

// An interrupt ends a reading. It is asked wherever a passage is looked at; its panic
// unwinds the themes, none of which holds anything that must be given back.
type interrupt struct {
	ctx   context.Context
	asked func() // of tests, nil otherwise
}

// check panics with the interrupt itself when the reading is to end.
func (i *interrupt) check() {
	if i == nil {
		return
	}
	if i.asked != nil {
		i.asked()
	}
	if i.ctx.Err() != nil {
		panic(i)
	}
}
