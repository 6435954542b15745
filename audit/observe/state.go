package observe

import "sync"

// A themeState is what the themes of this room find out on the way.
type themeState struct {
	site func() []sitePage // the vendor's pages, read on first use
}

// startThemes makes room for what the themes will find out.
func (in *input) startThemes() { in.site = sync.OnceValue(in.readSite) }
