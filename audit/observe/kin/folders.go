package kin

import (
	"path"
	"strings"

	"openness/audit"
	"openness/audit/identity"
)

// genericFolders begin names of folders that are named after no model.
var genericFolders = map[string]bool{
	"model": true, "models": true, "data": true, "docs": true, "example": true, "examples": true, "script": true,
	"scripts": true, "tool": true, "tools": true,
}

// SiblingFolder reports whether a file lies in a folder that is named after
// another model of the family: "FalcoCoder/README.md" where FalcoChat is
// audited. The folder's name and the model's begin alike and go on differently.
func (in *Pages) SiblingFolder(role audit.Role, file string) bool {
	folder, _, ok := strings.Cut(file, "/")
	if !ok {
		return false
	}
	id := in.ID()
	if base := in.Subject.Base; role == audit.RoleBase && base != "" {
		id = base
	}
	name, model := identity.Squash(folder), identity.Squash(path.Base(id))
	if number, ok := strings.CutPrefix(name, identity.Family(path.Base(id))); ok && laterVersion(number) &&
		!strings.Contains(model, name) {
		return true // "falco25/" where the model's name gives no version
	}
	if strings.Contains(model, name) ||
		strings.Contains(name, identity.Family(path.Base(id))) &&
			len(identity.Family(path.Base(id))) > identity.MinFamily+2 {
		return false
	}
	n := 0
	for n < len(name) && n < len(model) && name[n] == model[n] {
		n++
	}
	return n >= identity.MinFamily && n < len(name) && n < len(model) && !identity.CommonWord(name[:n]) &&
		!identity.VariantWord(name[:n]) && !genericFolders[name[:n]]
}

// laterVersion reports whether what follows a family's name in that of a folder
// is the number of a version other than the first.
func laterVersion(number string) bool {
	return number != "" && number != "1" && strings.Trim(number, "0123456789") == ""
}
