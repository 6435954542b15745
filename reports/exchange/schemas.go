package exchange

import (
	"embed"
	"io/fs"
	"strings"
)

//go:embed schemas/*.json
var schemaFiles embed.FS

// schemaFile is where the schema of an output's id stands: a file's name holds no slash.
func schemaFile(id string) string { return "schemas/" + strings.Replace(id, "/", "-", 1) + ".json" }

// SchemaIDs are the outputs whose JSON Schema is built in, as the outputs
// themselves name their shape: openness.check/1.
func SchemaIDs() []string {
	entries, err := fs.ReadDir(schemaFiles, "schemas")
	if err != nil {
		panic(err) // embedded
	}
	var ids []string
	for _, e := range entries {
		name := strings.TrimSuffix(e.Name(), ".json")
		at := strings.LastIndexByte(name, '-')
		ids = append(ids, name[:at]+"/"+name[at+1:])
	}
	return ids
}

// Schema is the JSON Schema (2020-12) of an output's id.
func Schema(id string) ([]byte, bool) {
	data, err := schemaFiles.ReadFile(schemaFile(id))
	return data, err == nil
}
