package census

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"openness/reports"
	"openness/reports/internal/layout"
)

// WriteChanges writes what became different between two censuses, which each
// gives one by one: every change as CSV, counts and the first of each kind elsewhere.
func WriteChanges(w io.Writer, c *Changes, each func(func(Change) error) error, f reports.Format,
	o reports.Options) error {
	if f == reports.CSV {
		var fault error
		err := reports.WriteCSV(w, func(yield func([]string) bool) {
			if !yield([]string{"kind", "model", "before", "after", "downloads"}) {
				return
			}
			fault = each(func(one Change) error {
				if !yield([]string{one.Kind, one.Model, one.Before, one.After, strconv.FormatInt(one.Downloads, 10)}) {
					return io.ErrClosedPipe
				}
				return nil
			})
		})
		if err == nil {
			err = fault
		}
		return err
	}
	err := each(func(one Change) error { c.Add(one); return nil })
	if err != nil || f == reports.JSON {
		if err == nil {
			err = reports.WriteJSON(w, c)
		}
		return err
	}
	var b strings.Builder
	head := fmt.Sprintf("From %s to %s: %s models, then %s.", c.Before.Format(time.DateOnly),
		c.After.Format(time.DateOnly), thousands(c.ModelsBefore), thousands(c.ModelsAfter))
	if f == reports.Markdown {
		b.WriteString("# What changed on the hub\n\n" + head + "\n")
	} else {
		b.WriteString(layout.Wrap(head, o.Columns()))
	}
	for _, k := range c.Kinds {
		title := censusKinds[k.Kind] + ": " + thousands(k.Models)
		if f == reports.Markdown {
			b.WriteString("\n## " + title + "\n\n")
		} else {
			b.WriteString("\n" + title + "\n")
		}
		for _, one := range k.Changes {
			line := one.Model
			if one.Before+one.After != "" {
				line += ": " + one.Before + " → " + one.After
			}
			if f == reports.Markdown {
				b.WriteString("- " + layout.Markdown(line) + "\n")
			} else {
				b.WriteString("  " + layout.Fit(reports.Visible(line), o.Columns()-2) + "\n")
			}
		}
		if more := k.Models - int64(len(k.Changes)); more > 0 && len(k.Changes) > 0 {
			fmt.Fprintf(&b, "%sand %s more\n", map[bool]string{true: "- ", false: "  "}[f == reports.Markdown],
				thousands(more))
		}
	}
	_, err = io.WriteString(w, b.String())
	return err
}

var censusKinds = map[string]string{"new": "New models", "gone": "Models that are gone", "gate": "Another gate",
	"licence": "Another licence tag",
	"weights": "Other files of weights", "base": "Another base", "card": "A card that came or went"}
