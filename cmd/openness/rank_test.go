package main

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strconv"
	"testing"
)

// TestRankReproducesThePublishedOrder feeds the experts' classes to the rank
// command's arithmetic and expects the published totals in the published
// order. One judged system was never in the published list.
func TestRankReproducesThePublishedOrder(t *testing.T) {
	stem := filepath.Join("..", "..", "..", "shared", "experts", "opening-up-chatgpt-2025-03-")
	file, err := os.Open(stem + "published.csv")
	if os.IsNotExist(err) {
		t.Skip("no shared corpus beside the checkout")
	}
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	published, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	r, rows, err := expertsRows(&rankOptions{experts: stem + "judgements.csv"})
	if err != nil {
		t.Fatal(err)
	}
	if r.ID != "radboud-2023" {
		t.Fatalf("rubric %q was found from the dimensions", r.ID)
	}
	at := 1 // after the head
	var left []string
	for _, row := range rows {
		if at >= len(published) || row.ID != published[at][0] {
			left = append(left, row.ID)
			continue
		}
		if total, err := strconv.ParseFloat(published[at][1], 64); err != nil || total != row.Score.Strict {
			t.Errorf("%s: total %g, published %s", row.ID, row.Score.Strict, published[at][1])
		}
		at++
	}
	if at != len(published) || len(left) != 1 {
		t.Errorf("%d of %d published systems in order; out of order or not published: %v", at-1, len(published)-1, left)
	}
}
