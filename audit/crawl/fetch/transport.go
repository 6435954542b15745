package fetch

import (
	"bytes"
	"fmt"
	"io"
	"net/http"

	"openness/audit"
)

// A Transport lets a client library ask through a Client: the library builds
// requests and reads answers, the Client does everything between, and every
// document comes to Sink.
type Transport struct {
	Client *Client
	Ask    func(publicURL string) Request // how a request of the library is to be made
	Sink   func(audit.Document)
}

// RoundTrip answers a GET request of the library. An attempt without a usable
// body is an error, or the status that the server gave.
func (t *Transport) RoundTrip(request *http.Request) (*http.Response, error) {
	if request.Method != http.MethodGet {
		return nil, fmt.Errorf("only GET is asked through here, not %s", request.Method)
	}
	d, err := t.Client.Get(request.Context(), t.Ask(request.URL.String()))
	if err != nil {
		return nil, err
	}
	t.Sink(d)
	status := d.Status
	switch {
	case d.SHA256 != "":
		status = http.StatusOK // a stored body is as good as a new one
	case status < 400:
		return nil, fmt.Errorf("%s: %s", d.URL, d.Detail)
	}
	header := http.Header{"Content-Type": {d.ContentType}}
	return &http.Response{
		StatusCode: status, Status: fmt.Sprintf("%d %s", status, http.StatusText(status)), Proto: "HTTP/1.1",
		ProtoMajor: 1, ProtoMinor: 1,
		Header: header, Body: io.NopCloser(bytes.NewReader(d.Body)), ContentLength: int64(len(d.Body)),
		Request: request,
	}, nil
}
