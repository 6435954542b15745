package whose

import "context"

// An Interrupt ends a reading. It is asked wherever a passage is looked at; its panic
// unwinds the themes, none of which holds anything that must be given back.
type Interrupt struct {
	Ctx   context.Context
	Asked func() // of tests, nil otherwise
}

// Check panics with the interrupt itself when the reading is to end.
func (i *Interrupt) Check() {
	if i == nil {
		return
	}
	if i.Asked != nil {
		i.Asked()
	}
	if i.Ctx.Err() != nil {
		panic(i)
	}
}
