package observe

import (
	"context"

	"openness/audit"
	"openness/audit/observe/whose"
)

// Read is All that ends early, with the context's error, when the context does: what
// was read until then is dropped, as a part of the pages would show another model.
func Read(ctx context.Context, s audit.Subject, docs []audit.Document) (found []audit.Observation, err error) {
	return read(s, docs, &whose.Interrupt{Ctx: ctx})
}

func read(s audit.Subject, docs []audit.Document, ends *whose.Interrupt) (found []audit.Observation, err error) {
	defer func() {
		if r := recover(); r != nil {
			if r != any(ends) {
				panic(r)
			}
			found, err = nil, ends.Ctx.Err()
		}
	}()
	ends.Check()
	in := newInput(s, docs)
	in.Speaker.Ends = ends
	found = in.observe()
	in.inContext(found)
	return withoutParts(found), nil
}
