package main

import (
	"crypto/sha1" // git's own object ids
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Synthetic captures stand for a hub of n models that nobody ever published:
// every tenth shares a base model, every seventh a repository, and now and then
// one is gated, or names a repository or a paper that was not captured. They
// are written by the test, so that tests of long runs need nothing else.

// writeCaptures makes the captures and the list of targets.
func writeCaptures(t *testing.T, n int) (dir, list string) {
	t.Helper()
	dir = t.TempDir()
	var targets strings.Builder
	for i := range n {
		id := fmt.Sprintf("synth/wombat-%d-7b-chat", i)
		fmt.Fprintln(&targets, id)
		card := fmt.Sprintf("---\nlicense: mit\nbase_model: synth/wombat-base-%d\n---\n# Wombat %d\n\nCode: https://github.com/synth/wombat-%d\n\n"+
			"## Training data\nWe train on the Marsupial corpus of %d billion tokens, which is not released.\n", i%10,
			i, i%7, i)
		if i%11 == 5 {
			card += "\nOur paper is arXiv:2401.0" + fmt.Sprintf("%04d", i) + ".\n"
		}
		gated := "false"
		if i%13 == 7 {
			gated = `"manual"`
		}
		writeModel(t, dir, id, gated, card)
	}
	for i := range min(n, 10) {
		writeModel(t, dir, fmt.Sprintf("synth/wombat-base-%d", i), "false",
			fmt.Sprintf("---\nlicense: apache-2.0\n---\n# Wombat base %d\n", i))
	}
	for i := range min(n, 6) { // the seventh is not captured
		writeRepository(t, dir, fmt.Sprintf("synth/wombat-%d", i))
	}
	list = filepath.Join(dir, "targets.txt")
	writeFile(t, list, targets.String())
	return dir, list
}

// shaOf is the commit of a synthetic model.
func shaOf(id string) string { return hex.EncodeToString(sha1.New().Sum([]byte(id)))[:40] }

func writeModel(t *testing.T, dir, id, gated, card string) {
	sha := shaOf(id)
	license := strings.Fields(card[strings.Index(card, "license: "):])[1]
	answer, err := json.Marshal(map[string]any{"id": id, "sha": sha, "private": false, "gated": json.RawMessage(gated),
		"tags":     []string{"license:" + license},
		"cardData": map[string]string{"license": license}, "siblings": []map[string]string{{"rfilename": "README.md"},
			{"rfilename": "model.safetensors"}}})
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(dir, "huggingface", "api", "models", filepath.FromSlash(id)+".json"), string(answer))
	writeFile(t, filepath.Join(dir, "huggingface", "cards", filepath.FromSlash(id)+".md"), card)
}

func writeRepository(t *testing.T, dir, id string) {
	files := map[string]string{
		"README.md": "# " + id +
			"\n\nTraining code: run `python pretrain.py`. The weights are at https://huggingface.co/synth.\n",
		"LICENSE": "Permission is granted to the wombats named above, and to no one else.\n",
	}
	root := filepath.Join(dir, "github", filepath.FromSlash(id))
	var tree strings.Builder
	for _, name := range []string{"LICENSE", "README.md"} {
		body := files[name]
		fmt.Fprintf(&tree, "100644\tblob\t%x\t%d\t%s\n",
			sha1.Sum([]byte(fmt.Sprintf("blob %d\x00%s", len(body), body))), len(body), name)
		writeFile(t, filepath.Join(root, "files", name), body)
	}
	writeFile(t, filepath.Join(root, "tree.tsv"), tree.String()+"100644\tblob\t"+strings.Repeat("6", 40)+
		"\t5000\tpretrain.py\n")
	writeFile(t, filepath.Join(root, "repo.json"), fmt.Sprintf(`{"full_name":%q,"default_branch":"main","head_sha":%q}`,
		id, strings.Repeat("3", 40)))
}

func writeFile(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
