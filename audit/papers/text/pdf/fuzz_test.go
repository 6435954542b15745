package pdf

import (
	"context"
	"testing"
	"time"

	"openness/audit/papers/text/markdown"
)

// FuzzRead: no bytes get out of the sandbox, and what is read is text with
// passages in it.
func FuzzRead(f *testing.F) {
	f.Add(paged(1, stream("", []byte(sentences)), ""))
	f.Add(paged(2, stream("/Filter /FlateDecode", deflated([]byte(sentences))), ""))
	f.Add(file(f, "owner-password.pdf"))
	f.Fuzz(func(t *testing.T, body []byte) {
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		text, info, err := Read(ctx, body)
		if err != nil {
			if text != nil {
				t.Error("text beside an error")
			}
			return
		}
		for p := range markdown.Passages(text) {
			if p.Start >= p.End || p.End > len(text) || p.Page > info.Pages {
				t.Fatalf("passage %+v of %d bytes, %d pages", p, len(text), info.Pages)
			}
		}
	})
}

// FuzzLayout puts runs anywhere on a page: no place of text breaks the layout.
func FuzzLayout(f *testing.F) {
	f.Add([]byte("1 Title\x00body text of a page\x02here and there"), uint8(3))
	f.Fuzz(func(t *testing.T, bytes []byte, seed uint8) {
		var runs []run
		for i := 0; i+6 < len(bytes) && i < 2000; i += 7 {
			at := bytes[i : i+7]
			left, base, size := float64(at[0])*3, float64(at[1])*3, float64(at[2]%40)+0.1
			runs = append(runs, run{text: string(at[3:]), left: left, right: left + float64(at[3]), bottom: base,
				top: base + size, base: base, size: size,
				bold: at[4]&1 == 0, font: string(rune('a' + at[5]%4)), angle: int(at[6]%4) * 90})
		}
		w, _ := write([]page{{1, upright(runs)}, {2, upright(runs)}})
		again, _ := write([]page{{1, upright(runs)}, {2, upright(runs)}})
		_, _ = again, seed
		for p := range markdown.Passages(w.Bytes()) {
			if p.Start >= p.End {
				t.Fatalf("passage %+v", p)
			}
		}
	})
}
