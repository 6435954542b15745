package main

import (
	"context"
	"errors"
	"net"
	"net/http"
	"time"
)

const (
	// headerTime bounds how long a client may take to say what it wants.
	headerTime = 10 * time.Second
	// grace is what open requests have to finish in once the server is to end.
	grace = 5 * time.Second
)

// serveUntilDone serves until the context ends, then lets open requests finish.
func serveUntilDone(ctx context.Context, listener net.Listener, handler http.Handler) error {
	server := &http.Server{Handler: handler, ReadHeaderTimeout: headerTime, ReadTimeout: time.Minute,
		WriteTimeout: 2 * time.Minute, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10}
	answering.Store(true)
	defer answering.Store(false)
	ended := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		defer close(ended)
		limit, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
		defer cancel()
		if server.Shutdown(limit) != nil {
			server.Close() // what did not finish in time is cut off
		}
	})
	err := server.Serve(listener)
	if !errors.Is(err, http.ErrServerClosed) {
		stop()
		return err
	}
	<-ended // Serve returns as soon as the listener is closed; requests may still be open
	return nil
}
