package agreement

import (
	"fmt"
	"math"
	"strconv"
)

// A Ratio is a statistic that may be undefined: NaN, which JSON writes as null.
type Ratio float64

func ratio(part, whole int) Ratio {
	if whole == 0 {
		return Ratio(math.NaN())
	}
	return Ratio(float64(part) / float64(whole))
}

// Defined reports whether there is a number.
func (r Ratio) Defined() bool { return !math.IsNaN(float64(r)) }

// MarshalJSON writes four decimals, or null where undefined.
func (r Ratio) MarshalJSON() ([]byte, error) {
	if !r.Defined() || math.IsInf(float64(r), 0) {
		return []byte("null"), nil
	}
	return strconv.AppendFloat(nil, math.Round(float64(r)*1e4)/1e4, 'g', -1, 64), nil
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (r *Ratio) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		*r = Ratio(math.NaN())
		return nil
	}
	x, err := strconv.ParseFloat(string(data), 64)
	*r = Ratio(x)
	return err
}

// String is the ratio with two decimals, or a dash where undefined.
func (r Ratio) String() string {
	if !r.Defined() {
		return "–"
	}
	return fmt.Sprintf("%.2f", float64(r))
}
