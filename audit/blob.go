package audit

import (
	"crypto/sha1"
	"encoding/hex"
	"fmt"
)

// BlobName is git's name of a file with these bytes, which hubs give for a file in lists and as its ETag.
func BlobName(body []byte) string {
	h := sha1.New()
	fmt.Fprintf(h, "blob %d\x00", len(body))
	h.Write(body)
	return hex.EncodeToString(h.Sum(nil))
}
