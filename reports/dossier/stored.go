package dossier

// LinkStored links every quote whose bytes are at hand, and the sources.
func (d *View) LinkStored(folder string) {
	d.Stored = folder
	for _, g := range d.Groups {
		for i := range g.Judged {
			for k := range g.Judged[i].Evidence {
				g.Judged[i].Evidence[k].LinkStored(folder)
			}
			for _, w := range g.Judged[i].Quotes {
				for k := range w.Facts {
					w.Facts[k].LinkStored(folder)
				}
				for k := range w.Also {
					w.Also[k].LinkStored(folder)
				}
			}
		}
	}
	for _, c := range d.Conflicts {
		for i := range c.Sides {
			c.Sides[i].LinkStored(folder)
		}
	}
}
