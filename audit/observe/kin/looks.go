package kin

import (
	"slices"

	"openness/audit"
	"openness/audit/observe/document"
	"openness/audit/observe/sources"
)

// UnreadOrigin is a front page of the model's own that was not looked at and may
// name what it was made from, where none of the pages that were read tells how it
// was made from the beginning.
func (in *Pages) UnreadOrigin(read []*audit.Document) *sources.Unread {
	if slices.ContainsFunc(read, func(d *audit.Document) bool { return WasMade.Match(in.Affirmed(d)) }) {
		return nil
	}
	lost := in.Lost(func(d *audit.Document) bool {
		return d.Kind == audit.DocModelCard && d.Role == audit.RoleEnd ||
			d.Kind == audit.DocReadme && document.MainPage(d) && in.MayBeOwn(d.PlaceID)
	})
	if len(lost) == 0 {
		lost = in.LookAtHubPage(false).Lost
	}
	if len(lost) == 0 {
		return nil
	}
	return &lost[0]
}

// LostOrigin is UnreadOrigin of a model of which no base is known at all: what that page names may be one.
func (in *Pages) LostOrigin() *sources.Unread {
	if in.Subject.Base != "" || len(in.NamedBases()) > 0 {
		return nil
	}
	return in.UnreadOrigin(in.OwnPages())
}
