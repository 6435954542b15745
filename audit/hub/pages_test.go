package hub

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"openness/audit"
)

// answers gives a Pager's Ask that answers in turn, and the queries it was asked.
func answers(list ...audit.Document) (func(context.Context, string) (audit.Document, error), *[]url.Values) {
	var asked []url.Values
	return func(_ context.Context, text string) (audit.Document, error) {
		u, _ := url.Parse(text)
		asked = append(asked, u.Query())
		d := list[min(len(asked), len(list))-1]
		d.URL = text
		return d, nil
	}, &asked
}

func page(link string) audit.Document {
	return audit.Document{Outcome: audit.Fetched, Status: 200, Link: link}
}

func refused(said string) audit.Document {
	return audit.Document{Outcome: audit.Failed, Status: 400, Detail: "the server answers 400: " + said}
}

var gateway = audit.Document{Outcome: audit.Failed, Status: 504, Detail: "the server fails (504)"}

func TestPagerAsksForLessWhereTheHostRefuses(t *testing.T) {
	next := `<https://hub.example/api/models?limit=5&cursor=a%2Bb>; rel="next"`
	for _, c := range []struct {
		name string
		said []string
		want func(q url.Values) bool
	}{
		{"a field that it names", []string{`"safetensors" must be one of [...]`}, func(q url.Values) bool {
			return !slices.Contains(q["expand[]"], "safetensors") && slices.Contains(q["expand[]"], "cardData") &&
				q.Get("sort") != ""
		}},
		{"a field that it does not name", []string{"Invalid option at expand[13]"}, func(q url.Values) bool {
			return !slices.Contains(q["expand[]"], "cardData") && slices.Contains(q["expand[]"], "siblings")
		}},
		{"no expand at all", []string{`unknown parameter "expand"`}, func(q url.Values) bool {
			return len(q["expand[]"]) == 0 && q.Get("full") == "true"
		}},
		{"no sort", []string{`"sort" must be [lastModified]`}, func(q url.Values) bool {
			return q.Get("sort") == "" && len(q["expand[]"]) > 5
		}},
		{"whatever it is asked", slices.Repeat([]string{"Bad request"}, 13), func(q url.Values) bool {
			return q.Get("full") == "true" && q.Get("sort") != ""
		}},
	} {
		var list []audit.Document
		for _, said := range c.said {
			list = append(list, refused(said))
		}
		ask, asked := answers(append(list, page(next))...)
		p := Pager{Ask: ask, Query: WholeQuery()}
		got, err := p.Page(t.Context(), "")
		if err != nil || got.Next != "a+b" {
			t.Errorf("%s: %+v, %v", c.name, got, err)
			continue
		}
		if last := (*asked)[len(*asked)-1]; !c.want(last) || len(*asked) != len(c.said)+1 {
			t.Errorf("%s: %d requests, the last %v", c.name, len(*asked), last)
		}
	}
	ask, asked := answers(refused("Bad request"))
	if _, err := (&Pager{Ask: ask, Query: WholeQuery()}).Page(t.Context(), ""); !errors.Is(err, ErrListUnreached) ||
		len(*asked) > 20 {
		t.Errorf("a host that refuses all: %v after %d requests", err, len(*asked))
	}
	ask, _ = answers(refused("Invalid cursor"))
	if _, err := (&Pager{Ask: ask, Query: WholeQuery()}).Page(t.Context(), "old"); !errors.Is(err, ErrCursorRefused) {
		t.Errorf("a cursor of before: %v", err)
	}
}

func TestPagerMakesPagesSmallerAndLargerAgain(t *testing.T) {
	list := []audit.Document{gateway, gateway}
	for range 25 {
		list = append(list, page(`<x?cursor=c1>; rel="next"`), page(`<x?cursor=c2>; rel="next"`))
	}
	ask, asked := answers(list...)
	p := Pager{Ask: ask, Query: WholeQuery(), Pause: time.Microsecond}
	cursor := ""
	for range 30 {
		got, err := p.Page(t.Context(), cursor)
		if err != nil {
			t.Fatal(err)
		}
		cursor = got.Next
	}
	var limits []string
	for _, q := range *asked {
		limits = append(limits, q.Get("limit"))
	}
	if got := strings.Join(slices.Compact(limits), " "); got != "1000 500 250 500 1000" {
		t.Errorf("pages of %s", got)
	}
	ask, asked = answers(gateway)
	_, err := (&Pager{Ask: ask, Query: WholeQuery(), Pause: time.Microsecond}).Page(t.Context(), "")
	if !errors.Is(err, ErrListUnreached) || len(*asked) != maxFailures+1 || (*asked)[8].Get("limit") != "100" {
		t.Errorf("a hub that always fails: %v after %d requests", err, len(*asked))
	}
}

func TestNextCursor(t *testing.T) {
	for link, want := range map[string]string{
		"": "",
		`<https://h.example/api/models?a=1>; rel="prev"`:                                                "",
		`<https://h.example/api/models?a=1>; rel="prev", <https://h.example/m?cursor=x%3D>; rel="next"`: "x=",
		`<http://other/?cursor=y&limit=3>; rel=next`:                                                    "y",
	} {
		if got, err := nextCursor(link); err != nil || got != want {
			t.Errorf("%s: %q, %v", link, got, err)
		}
	}
	if _, err := nextCursor(`<https://h.example/api/models?page=2>; rel="next"`); err == nil {
		t.Error("a next page without a cursor is taken for the end")
	}
	ask, _ := answers(page(`<x?cursor=same>; rel="next"`))
	if _, err := (&Pager{Ask: ask}).Page(t.Context(), "same"); err == nil {
		t.Error("a list that goes round is read for ever")
	}
}
