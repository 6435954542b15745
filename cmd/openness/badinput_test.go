package main

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"openness/audit/replay/faults"
)

// sha is the revision of everything that the misbehaving hub serves.
const sha = "0123456789abcdef0123456789abcdef01234567"

// misbehaving serves a hub and a forge on which each model and repository of
// "fault" has one thing wrong with it; all else is as below. Its models are
// fault/NAME: an answer of the API, or the card that the name stands for.
func misbehaving(t *testing.T, below http.Handler) *faults.Server {
	bomb := "---\na: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nlicense: mit\n---\n# Model\nA model of language.\n"
	cards := map[string]string{
		"latin-1":        "# Mod\xe8le\nEntra\xeen\xe9 sur du texte, c'est tout ce que l'on en sait \xff\xfe.\n",
		"front-latin-1":  "---\nlicense: mit\nauthor: Ren\xe9\n---\n# Model\nA model of language.\n",
		"front-list":     "---\n- license: mit\n---\n# Model\nA model of language.\n",
		"duplicate-keys": "---\nlicense: mit\nlicense: cc-by-nc-4.0\n---\n# Model\nA model of language.\n",
		"alias-bomb":     bomb,
		"fifty-megabyte": "# Model\n" + strings.Repeat("x", 50<<20),
	}
	answers := map[string]http.Handler{
		"not-there": faults.Answer(404, `{"error":"Repository not found"}`, "X-Error-Code: RepoNotFound"),
		"unauthorised": faults.Answer(401, `{"error":"Access is restricted."}`, "X-Error-Code: GatedRepo",
			"X-Error-Message: Access to model fault/unauthorised is restricted."),
		"limited": faults.Answer(429, "", `RateLimit: "api";r=0;t=3600`),
		"failing": faults.Answer(503, ""),
	}
	over := make(map[string]http.Handler)
	for name, h := range answers {
		over["/api/models/fault/"+name] = h
	}
	for name, text := range cards {
		over["/api/models/fault/"+name] = faults.Answer(200,
			fmt.Sprintf(`{"id":"fault/%s","sha":%q,"private":false,"gated":false,"tags":[],"siblings":[{"rfilename":"README.md"},{"rfilename":"model.safetensors"}]}`, name, sha), "Content-Type: application/json")
		over["/fault/"+name+"/resolve/"] = faults.Answer(200, text)
	}
	reset := fmt.Sprintf("X-RateLimit-Reset: %d", time.Now().Add(time.Hour).Unix())
	forge := map[string]http.Handler{
		"gone":      faults.Answer(404, `{"message":"Not Found"}`),
		"exhausted": faults.Answer(403, `{"message":"API rate limit exceeded"}`, "X-RateLimit-Remaining: 0", reset),
		"broken":    faults.Answer(502, ""),
	}
	for name, h := range forge {
		over["/repos/fault/"+name] = h
	}
	trees := map[string]http.Handler{
		"empty": faults.Answer(409, `{"message":"Git Repository is empty."}`),
		"cut": faults.Answer(200,
			fmt.Sprintf(`{"sha":%q,"truncated":true,"tree":[{"path":"README.md","mode":"100644","type":"blob","sha":%q,"size":6}]}`, sha, sha), "Content-Type: application/json"),
		"links": faults.Answer(200,
			fmt.Sprintf(`{"sha":%q,"truncated":false,"tree":[{"path":"LICENSE","mode":"160000","type":"commit","sha":%q},{"path":"README.md","mode":"120000","type":"blob","sha":%q,"size":8},{"path":"train.py","mode":"120000","type":"blob","sha":%q,"size":8}]}`, sha, sha, sha, sha), "Content-Type: application/json"),
	}
	for name, h := range trees {
		over["/repos/fault/"+name] = faults.Answer(200, fmt.Sprintf(`{"full_name":"fault/%s","default_branch":"main"}`,
			name), "Content-Type: application/json")
		over["/repos/fault/"+name+"/git/"] = h
		over["/fault/"+name+"/"] = faults.Answer(200, "# Fault\n")
	}
	return faults.Serve(t, faults.Over(below, over))
}
