package audit

import "strings"

// ColumnNames lists the first line of a table for a message that misses a
// column, with what is wrong where the table has another separator.
func ColumnNames(head []string) string {
	if len(head) == 1 && strings.ContainsAny(head[0], ";\t|") {
		return head[0] + " (columns are separated by commas)"
	}
	return strings.Join(head, ", ")
}
