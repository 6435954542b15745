package crawl

import (
	"cmp"
	"context"
	"time"

	"openness/audit"
	"openness/audit/crawl/fetch"
	"openness/audit/hub"
)

// pageLimit bounds a page of the hub's list, in bytes: a thousand models, some of
// them with thousands of files. A larger one is asked for in smaller pages.
const pageLimit = 64 << 20

// List reads the hub's list of models, with the quota, pace and credentials of its API.
func (c *Crawler) List(q hub.Query, told func(format string, a ...any)) *hub.Pager {
	ask := func(ctx context.Context, url string) (audit.Document, error) {
		return c.fetch.Get(ctx, fetch.Request{
			Document: audit.Document{URL: url, Kind: audit.DocOther, Place: audit.HubModel},
			Endpoint: &c.hub, Bucket: "api", Target: "census", Accept: "application/json", Limit: pageLimit,
			Paged: true,
		})
	}
	return &hub.Pager{Ask: ask, Query: q, Pause: time.Second,
		MaxPause: cmp.Or(c.opts.MaxWait, fetch.DefaultMaxWait), Told: told}
}
