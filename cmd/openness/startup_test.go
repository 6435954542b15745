package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// TestStartUp: nothing is compiled or decoded before it is needed. The bounds
// are some three times what an idle machine takes, so that a busy one passes and
// patterns compiled or a snapshot loaded at the start do not.
func TestStartUp(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the program")
	}
	program := filepath.Join(t.TempDir(), "openness")
	if out, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, c := range []struct {
		arg  string
		most time.Duration
	}{{"--version", 120 * time.Millisecond}, {"rank", 600 * time.Millisecond}} {
		least := time.Hour
		for range 5 {
			run := exec.Command(program, c.arg)
			run.Dir, run.Env = t.TempDir(), append(os.Environ(), "OPENNESS_DB=")
			if err := run.Run(); err != nil {
				t.Fatalf("%s: %v", c.arg, err)
			}
			least = min(least, run.ProcessState.UserTime()+run.ProcessState.SystemTime())
		}
		t.Logf("openness %s: %v of processor time", c.arg, least)
		if least > c.most {
			t.Errorf("openness %s takes %v of processor time, more than %v", c.arg, least, c.most)
		}
	}
}
