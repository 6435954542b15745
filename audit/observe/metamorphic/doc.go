// Package metamorphic holds tests and no code. They read captured pages twice:
// as they were served, and changed in a way that leaves what they say of the
// model as it was, or with a source lost. No expected class is written down
// anywhere: what may not change is the judgement.
//
// A plain run takes samples, and of them every other change; OPENNESS_SLOW=1
// makes them all. OPENNESS_METAMORPHIC=all makes every change of
// every chosen page, and loses every source of every captured subject; it lists
// and bounds nothing. OPENNESS_METAMORPHIC_REPORT and OPENNESS_LOSS_REPORT name
// files for every flip, one a line: subject, kind, change, rubric, dimension,
// classes, and what is observed only after and only before.
//
// bounds_test.go has how many judgements still flip. Whoever lowers one of the
// numbers by a better reading writes the new one down.
package metamorphic
