package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"openness/reports"
	"openness/reports/exchange"
)

func newSchemaCommand(*globalOptions) *cobra.Command {
	return &cobra.Command{
		Use:   "schema [ID]",
		Short: "Print the JSON Schema of an output",
		Long: `Schema prints the JSON Schema (2020-12) of what a command gives with --format
json: ID is what the output calls its schema. Without ID it lists those that are
built in.`,
		Example: "  openness schema\n  openness schema openness.check/1 > check.schema.json",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				_, err := fmt.Fprintln(cmd.OutOrStdout(), strings.Join(exchange.SchemaIDs(), "\n"))
				return err
			}
			return runSchema(cmd.OutOrStdout(), args[0])
		},
	}
}

func runSchema(w io.Writer, id string) error {
	text, ok := exchange.Schema(id)
	if !ok {
		return unknownValue("schema", id, exchange.SchemaIDs())
	}
	_, err := w.Write(text)
	return err
}

// identified is an object of JSON with the id of its schema as its first member.
type identified struct {
	schema string
	object any // whose JSON is an object with members
}

func (i identified) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(i.object); err != nil {
		return nil, err
	}
	return append([]byte(`{"schema":"`+i.schema+`",`), bytes.TrimPrefix(b.Bytes(), []byte("{"))...), nil
}

// writeList writes a list of objects, each with the id of their schema.
func writeList[T any](w io.Writer, schema string, list []T) error {
	all := make([]identified, len(list))
	for i := range list {
		all[i] = identified{schema, list[i]}
	}
	return reports.WriteJSON(w, all)
}
