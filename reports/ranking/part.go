package ranking

// A Page is a part of a ranking as JSON.
type Page struct {
	rankingJSON
	Total  int     `json:"total"`
	Offset int     `json:"offset"`
	Next   *string `json:"next"` // address of the rest, null at the end
}

// PageOf is the part of ranked rows from offset on, at most limit.
func PageOf(r Report, rows []Row, offset, limit int) Page {
	from := min(offset, len(rows))
	return Page{rankingJSON: rankingObject(r, rows[from:min(len(rows), from+limit)]), Total: len(rows), Offset: offset}
}
