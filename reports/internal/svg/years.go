package svg

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"
)

// YearOf reads YYYY, YYYY-MM or YYYY-MM-DD as a year with its fraction.
func YearOf(date string) (float64, bool) {
	parts := strings.Split(date, "-")
	year, err := strconv.Atoi(parts[0])
	if err != nil || year < 1950 || year > 2200 {
		return 0, false
	}
	at := float64(year)
	for i, unit := range []float64{12, 365} {
		if len(parts) > i+1 {
			n, err := strconv.Atoi(parts[i+1])
			if err != nil || n < 1 || n > 31 {
				return 0, false
			}
			at += float64(n-1) / unit
		}
	}
	return at, true
}

// YearTicks are the marks of an axis of years, from low to high.
func YearTicks(low, high float64) []Tick {
	ticks := []Tick{}
	every := math.Ceil((high - low) / 12)
	for y := low; y <= high; y += max(every, 1) {
		ticks = append(ticks, Tick{y, strconv.Itoa(int(y))})
	}
	return ticks
}

// Median of values, NaN of none.
func Median(values []float64) float64 {
	if len(values) == 0 {
		return math.NaN()
	}
	s := slices.Sorted(slices.Values(values))
	return (s[(len(s)-1)/2] + s[len(s)/2]) / 2
}

// YearlyMedians lists years with at least three models: a median of fewer says little.
func YearlyMedians(points []Point) []Point {
	byYear := make(map[int][]float64)
	for _, p := range points {
		byYear[int(p.X)] = append(byYear[int(p.X)], p.Y)
	}
	medians := []Point{}
	for year, values := range byYear {
		if len(values) >= 3 {
			medians = append(medians, Point{X: float64(year), Y: Median(values)})
		}
	}
	slices.SortFunc(medians, func(a, b Point) int { return cmp.Compare(a.X, b.X) })
	return medians
}
