package hub

import (
	"strconv"

	"openness/audit/page/jsonspan"
)

// text is the content of a string; anything else is unknown.
func text(v jsonspan.Value) string {
	if v.Kind != 's' {
		return ""
	}
	return v.Text
}

func boolean(v jsonspan.Value) *bool {
	if v.Kind != 'b' {
		return nil
	}
	b := v.Text == "true"
	return &b
}

func integer(v jsonspan.Value) *int64 {
	n, err := strconv.ParseInt(v.Text, 10, 64)
	if v.Kind != 'n' || err != nil {
		return nil
	}
	return &n
}
