package ranking

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"openness/reports"
	"openness/reports/internal/fixture"
	"openness/rubric"
)

// TestRankOrder: the best place, then the worst; within a band the share of what
// was determined, then coverage, then id. Equal scores share a rank, and too
// little coverage gives none.
func TestRankOrder(t *testing.T) {
	r := testReport()
	r.Models = append(r.Models, fixture.Model("acme/shy", "Shy", "oouuuuuuuuuu"))
	var got []string
	for _, row := range r.Rows() {
		got = append(got, row.ID+" "+row.Band())
	}
	want := []string{"acme/base-7b 1", "wide/模型 2", "acme/tuned-7b 3", "evil/bad 4", "catalogue:assistant 4 to 5",
		"acme/shy –"}
	if !slices.Equal(got, want) {
		t.Errorf("order %q, want %q", got, want)
	}
	r.Ranking = Ranking{Published: true}
	if rows := r.Rows(); rows[3].ID != "acme/shy" || rows[3].Band() != "4" || rows[4].Band() != "5" ||
		rows[5].Band() != "5" {
		t.Errorf("as published: %v", rows)
	}
	r.Ranking = Ranking{MinCoverage: -1}
	if rows := r.Rows(); rows[1].ID != "acme/shy" || rows[1].Band() != "1 to 4" {
		t.Errorf("from any coverage on: %s %s", rows[1].ID, rows[1].Band())
	}
}

// made makes n rows of random classes of which some could be looked at less.
func made(r *rand.Rand, n int) []Row {
	rows := make([]Row, n)
	for i := range rows {
		doubt := r.IntN(6)
		judgements := make([]rubric.Judgement, 12)
		for k := range judgements {
			judgements[k].Class = []rubric.Class{rubric.Closed, rubric.Partial, rubric.Open}[r.IntN(3)]
			if r.IntN(10) < doubt {
				judgements[k].Class = rubric.Undetermined
			}
		}
		rows[i] = rowOf(string(rune('a'+i)), judgements)
	}
	return rows
}

func rowOf(id string, judgements []rubric.Judgement) Row {
	row := Row{ID: id, Score: rubric.ScoreOf(judgements)}
	for _, j := range judgements {
		row.Cells = append(row.Cells, Cell{Class: j.Class})
	}
	return row
}

// less is a row of which one more dimension could not be looked at.
func less(row Row, at int) Row {
	judgements := []rubric.Judgement{}
	for i, c := range row.Cells {
		if i == at {
			c.Class = rubric.Undetermined
		}
		judgements = append(judgements, rubric.Judgement{Class: c.Class})
	}
	return rowOf(row.ID, judgements)
}

// TestRankOfLessLookedAt: what could be looked at less stands below another only
// if it did before, and is never sure of more.
func TestRankOfLessLookedAt(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	for range 300 {
		rows := made(r, 8)
		before := Rank(rows, Ranking{MinCoverage: -1})
		at := r.IntN(len(rows))
		rows[at] = less(rows[at], r.IntN(12))
		after := Rank(rows, Ranking{MinCoverage: -1})
		is, was := find(after, rows[at].ID), find(before, rows[at].ID)
		if !is.Score.Ranked {
			continue // nothing at all is known of it any more
		}
		if is.Rank > was.Rank || was.Score.Ranked && is.RankTo < was.RankTo {
			t.Fatalf("ranks %s, looked at less %s", was.Band(), is.Band())
		}
		for _, other := range after {
			if other.ID == is.ID || !other.Score.Ranked {
				continue
			}
			if below(is, other) && !below(was, find(before, other.ID)) {
				t.Fatalf("%s (%v) stands below %s (%v) for being looked at less (%v)", is.ID, is.Score.Range, other.ID,
					other.Score.Range, was.Score.Range)
			}
		}
	}
}

// below reports whether every place of a is behind every place of b.
func below(a, b Row) bool { return a.Rank > b.RankTo }

func find(rows []Row, id string) Row {
	return rows[slices.IndexFunc(rows, func(r Row) bool { return r.ID == id })]
}

// TestBandsHoldEveryOutcome: however what is undetermined turns out, the place
// of each model lies within its band, and models whose ranges overlap share one.
func TestBandsHoldEveryOutcome(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	for range 300 {
		rows := Rank(made(r, 7), Ranking{MinCoverage: 0.5})
		ranked := rows[:RankedOf(rows)]
		for range 20 {
			totals := make([]float64, len(ranked))
			for i, row := range ranked {
				for _, c := range row.Cells {
					if totals[i] += c.Class.Points(); c.Class == rubric.Undetermined {
						totals[i] += float64(r.IntN(3)) / 2
					}
				}
			}
			for i, row := range ranked {
				place := 1
				for _, total := range totals {
					if total > totals[i] {
						place++
					}
				}
				if place < row.Rank || place > row.RankTo {
					t.Fatalf("place %d is outside of %s", place, row.Band())
				}
			}
		}
		for _, a := range ranked {
			for _, b := range ranked {
				overlap := a.Score.Range[0] <= b.Score.Range[1] && b.Score.Range[0] <= a.Score.Range[1]
				if overlap && (below(a, b) || below(b, a)) {
					t.Fatalf("ranges %v and %v overlap, ranks %s and %s do not", a.Score.Range, b.Score.Range, a.Band(),
						b.Band())
				}
			}
		}
	}
}

// TestOrderIsThatOfRanks: in every format and figure the rows stand as their
// ranks say: the best places do not fall, of one best place the worst do not,
// and of one band the shares do not rise.
func TestOrderIsThatOfRanks(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	report := testReport()
	report.Rubric = fixture.Rubric()
	for range 60 {
		rows := Rank(made(r, 20), Ranking{MinCoverage: 0.5})
		ranked := rows[:RankedOf(rows)]
		order := []string{}
		for i, row := range rows {
			order = append(order, row.ID)
			if i == 0 || i >= len(ranked) {
				continue
			}
			before := ranked[i-1]
			if row.Rank < before.Rank || row.Rank == before.Rank && row.RankTo < before.RankTo ||
				row.Band() == before.Band() && row.Score.Share() > before.Score.Share() {
				t.Fatalf("%s of %.2f stands below %s of %.2f", row.Band(), row.Score.Share(), before.Band(),
					before.Score.Share())
			}
			for _, higher := range ranked[:i] {
				if row.Score.Range[0] > higher.Score.Range[1] {
					t.Fatalf("%v stands below %v, which it beats whatever turns out", row.Score.Range,
						higher.Score.Range)
				}
			}
		}
		for _, f := range []reports.Format{reports.CSV, reports.JSON} {
			if got := idsIn(t, report, rows, f); !slices.Equal(got, order) {
				t.Fatalf("%s is in the order %q, ranks say %q", f, got, order)
			}
		}
		if again := Rank(rows, Ranking{MinCoverage: 0.5}); !slices.EqualFunc(again, rows, func(a, b Row) bool {
			return a.ID == b.ID && a.Band() == b.Band()
		}) {
			t.Fatal("ranking a ranking changes it")
		}
	}
}

// idsIn are the ids of a written ranking, in its order.
func idsIn(t *testing.T, report Report, rows []Row, f reports.Format) []string {
	t.Helper()
	var b bytes.Buffer
	if err := WriteRows(&b, report, rows, f, reports.Options{}); err != nil {
		t.Fatal(err)
	}
	ids := []string{}
	if f == reports.CSV {
		records, err := csv.NewReader(&b).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range records[1:] {
			ids = append(ids, line[1])
		}
		return ids
	}
	var object struct{ Models []struct{ ID string } }
	if err := json.Unmarshal(b.Bytes(), &object); err != nil {
		t.Fatal(err)
	}
	for _, m := range object.Models {
		ids = append(ids, m.ID)
	}
	return ids
}

// TestNoRankBelowCoverage looks at every format for a rank of a model of which
// too little is known.
func TestNoRankBelowCoverage(t *testing.T) {
	r := testReport()
	r.Models = append(r.Models, fixture.Model("acme/shy", "Shy", "oooooooouuuu"))
	rows := r.Rows()
	if last := rows[len(rows)-1]; last.ID != "acme/shy" || last.Rank != 0 || last.Score.Ranked {
		t.Fatalf("last %+v", last)
	}
	written := func(f reports.Format) string {
		var b bytes.Buffer
		if err := Write(&b, r, f, reports.Options{Width: 150}); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	records, err := csv.NewReader(strings.NewReader(written(reports.CSV))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for i, name := range records[0] {
		if last := records[len(records)-1]; (name == "rank" || name == "rank_to" || name == "share") && last[i] != "" {
			t.Errorf("CSV has %s %q", name, last[i])
		}
	}
	var object struct {
		Models []struct {
			ID     string
			Rank   *int
			RankTo *int `json:"rank_to"`
			Score  rubric.Score
		}
	}
	if err := json.Unmarshal([]byte(written(reports.JSON)), &object); err != nil {
		t.Fatal(err)
	}
	for _, m := range object.Models {
		if (m.Rank == nil) != (m.ID == "acme/shy") || m.Score.Ranked != (m.Rank != nil) ||
			(m.RankTo == nil) != (m.Rank == nil) {
			t.Errorf("JSON: %+v", m)
		}
	}
	for _, f := range []reports.Format{reports.Table, reports.Markdown, reports.HTML} {
		text := written(f)
		at := strings.Index(text, "Shy")
		line := text[strings.LastIndex(text[:at], "\n")+1 : at]
		if f == reports.HTML {
			line = line[strings.LastIndex(line, "<td"):]
		}
		if !strings.Contains(line, "–") ||
			strings.ContainsAny(strings.ReplaceAll(line, `href="https://huggingface.co/acme/shy"`, ""), "123456789") {
			t.Errorf("%s: %q", f, line)
		}
	}
	if line := PageOf(r, rows, len(rows)-1, 1); line.Models[0].Rank != nil {
		t.Error("the API ranks it")
	}
}
