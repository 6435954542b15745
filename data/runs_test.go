package data

import (
	"testing"
	"time"
)

// TestRunsResume: a run that was never ended goes on; one that was starts anew.
func TestRunsResume(t *testing.T) {
	ctx, db := t.Context(), openTest(t)
	began := time.Date(2026, 11, 1, 10, 0, 0, 0, time.UTC)
	first, err := db.BeginRun(ctx, "list", began)
	if err != nil || first.Resumed || !first.Started.Equal(began) {
		t.Fatalf("begin: %+v, %v", first, err)
	}
	r := record("org/model", "Label")
	save(t, db, r)
	if err := db.FinishTarget(ctx, first.ID, "org/model", r.Subject); err != nil {
		t.Fatal(err)
	}

	again, err := db.BeginRun(ctx, "list", began.Add(time.Hour))
	if err != nil || again.ID != first.ID || !again.Resumed || !again.Started.Equal(began) {
		t.Fatalf("a killed run is not resumed: %+v, %v", again, err)
	}
	got, _, found, err := db.Finished(ctx, again.ID, "org/model")
	if err != nil || !found || got.Subject.ID != "org/model" || len(got.Observations) != len(r.Observations) {
		t.Errorf("finished target: %+v, %v, %v", got.Subject, found, err)
	}
	if _, _, found, _ := db.Finished(ctx, again.ID, "org/other"); found {
		t.Error("a target that was not reached is said to be finished")
	}
	if other, err := db.BeginRun(ctx, "another list", began); err != nil || other.Resumed {
		t.Errorf("another list resumed: %+v, %v", other, err)
	}

	if err := db.EndRun(ctx, first.ID, began.Add(2*time.Hour)); err != nil {
		t.Fatal(err)
	}
	if anew, err := db.BeginRun(ctx, "list", began.Add(3*time.Hour)); err != nil || anew.Resumed ||
		anew.ID == first.ID {
		t.Errorf("an ended run was resumed: %+v, %v", anew, err)
	}
}
