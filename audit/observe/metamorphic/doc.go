// Package metamorphic holds tests and no code. They read captured pages twice:
// as they were served, and changed in a way that leaves what they say of the
// model as it was, or with a source lost. No expected class is written down
// anywhere: what may not change is the judgement.
package metamorphic
