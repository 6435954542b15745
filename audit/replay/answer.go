package replay

import (
	"crypto/sha1" // the hubs' own validators: git object names and Express's ETag
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
)

// An answer is a response before it is written.
type answer struct {
	status int
	header http.Header
	body   []byte
	free   bool // never counted: refused for its quota, or a question about it
}

// respond makes an answer with a body of a content type.
func respond(status int, contentType string, body []byte) answer {
	a := answer{status: status, header: http.Header{}, body: body}
	a.header.Set("Content-Type", contentType)
	return a
}

const (
	jsonType = "application/json; charset=utf-8"
	textType = "text/plain; charset=utf-8"
)

// jsonAnswer is a 200 of an API: the value as JSON with Express's weak ETag,
// as both APIs send one.
func jsonAnswer(v any) answer {
	body, err := json.Marshal(v)
	if err != nil {
		return failure(http.StatusInternalServerError, err.Error())
	}
	return jsonBytes(body)
}

func jsonBytes(body []byte) answer {
	a := respond(http.StatusOK, jsonType, body)
	a.header.Set("ETag", expressETag(body))
	return a
}

// captured answers with the first of files that was captured, of the content type
// that kind tells of its bytes; ok is false where none was.
func (s *Server) captured(kind func(body []byte) string, files ...string) (a answer, ok bool) {
	for _, file := range files {
		if info, err := s.corpus.root.Stat(file); err != nil || info.IsDir() {
			continue
		}
		body, err := s.corpus.readFile(file)
		if err != nil {
			return failure(http.StatusInternalServerError, "replay: "+err.Error()), true
		}
		return fileAnswer(kind(body), body), true
	}
	return answer{}, false
}

// fileAnswer is a 200 with a file, which its own bytes validate.
func fileAnswer(contentType string, body []byte) answer {
	a := respond(http.StatusOK, contentType, body)
	a.header.Set("ETag", `"`+gitBlob(body)+`"`)
	return a
}

// failure is an error answer with a JSON body that both APIs' clients read.
func failure(status int, message string) answer {
	body, _ := json.Marshal(map[string]string{"error": message, "message": message})
	return respond(status, jsonType, body)
}

// notCaptured says that the folder cannot tell. It must not be taken for
// absence, so it is a 501 and names itself.
func notCaptured(what string) answer {
	a := failure(http.StatusNotImplemented, "not captured: "+what)
	a.header.Set("X-Error-Code", "NotCaptured")
	return a
}

// hubFailure is an error as Hugging Face sends it, code and message in headers.
func hubFailure(status int, code, message string) answer {
	a := failure(status, message)
	if code != "" {
		a.header.Set("X-Error-Code", code)
	}
	a.header.Set("X-Error-Message", message)
	return a
}

// expressETag is the weak validator of Hugging Face's API: length in hex and
// the first 27 characters of the SHA-1 in base64.
func expressETag(body []byte) string {
	sum := sha1.Sum(body)
	return fmt.Sprintf(`W/"%x-%s"`, len(body), base64.StdEncoding.EncodeToString(sum[:])[:27])
}

// gitBlob is the git object name of a file, which the hubs use as its ETag.
func gitBlob(body []byte) string { return gitObject("blob", body) }

// validate turns a 200 into a 304 when the client holds the same version.
func (a *answer) validate(r *http.Request) {
	etag := a.header.Get("ETag")
	if a.status != http.StatusOK || etag == "" || !matches(r.Header.Get("If-None-Match"), etag) {
		return
	}
	a.status, a.body = http.StatusNotModified, nil
	a.header.Del("Content-Type")
}

// matches compares validators weakly, as If-None-Match asks for.
func matches(header, etag string) bool {
	for candidate := range strings.SplitSeq(header, ",") {
		candidate = strings.TrimSpace(candidate)
		if candidate == "*" || strings.TrimPrefix(candidate, "W/") == strings.TrimPrefix(etag, "W/") {
			return true
		}
	}
	return false
}

func (a *answer) write(w http.ResponseWriter) {
	for name, values := range a.header {
		w.Header()[name] = values
	}
	if a.status != http.StatusNotModified {
		w.Header().Set("Content-Length", strconv.Itoa(len(a.body)))
	}
	w.WriteHeader(a.status)
	if len(a.body) > 0 {
		// A HEAD answer's body is dropped by net/http; a client that hangs up is its own affair.
		_, _ = w.Write(a.body)
	}
}
