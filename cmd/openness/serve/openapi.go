package serve

import (
	_ "embed"
	"net/http"
)

// openAPI describes the routes that give JSON, in the OpenAPI form (3.1).
//
//go:embed openapi.json
var openAPI []byte

// OpenAPI gives the description of the JSON routes.
func OpenAPI() []byte { return openAPI }

func (s *Server) apiDescription(w http.ResponseWriter, r *http.Request) {
	s.send(w, r, jsonType, "", openAPI)
}
