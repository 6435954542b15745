package sources

import (
	"time"

	"openness/audit"
	"openness/audit/hub"
	"openness/audit/observe/document"
)

// ReleaseDate reads the day of first publication from the hub's answer.
func ReleaseDate(in *Set) []audit.Observation {
	for _, d := range in.Of(audit.DocModelAPI) {
		if d.Role != audit.RoleEnd || !document.Readable(d) {
			continue
		}
		created, ok := document.JSONFields(d.Body)["createdAt"]
		if ok && created.End-created.Start > len(time.DateOnly) {
			day := string(d.Body[created.Start+1 : created.Start+1+len(time.DateOnly)])
			if day == hub.RecordsBegan {
				continue
			}
			return []audit.Observation{audit.Observe(d, "model.release_date", day, created,
				"the hub's date of creation")}
		}
	}
	return nil
}
