# Builds and packs the program for Linux: static, with the full-text index.
#
#   make            the program for this machine, ./openness
#   make install    program, man pages and completion under PREFIX
#   make reference  docs/commands, a page per command
#   make dist       amd64 and arm64: programs, archives, .deb, .rpm, bills of
#                   materials and checksums in dist/
#
# dist needs gcc for amd64 and aarch64-linux-gnu-gcc for arm64 (Debian: gcc,
# gcc-aarch64-linux-gnu, libc6-dev-arm64-cross). The same source and Go give the
# same bytes. Both link with glibc: with musl, whose memory allocation gives
# every freed page back at once, a site took 13 s in place of 1 (CC=musl-gcc works).

VERSION ?= $(shell sed -n 's/^var version = "\(.*\)"$$/\1/p' cmd/openness/main.go)
PREFIX ?= /usr/local
export SOURCE_DATE_EPOCH ?= $(shell git log -1 --format=%ct 2>/dev/null || echo 0)
export CGO_ENABLED = 1

NFPM = go run github.com/goreleaser/nfpm/v2/cmd/nfpm@v2.45.2
BOM = go run github.com/CycloneDX/cyclonedx-gomod/cmd/cyclonedx-gomod@v1.10.0

# The loader of extensions is left out: nothing here loads one, and a static
# program could not.
TAGS = sqlite_fts5,sqlite_omit_load_extension,osusergo,netgo
# The commit and its day, for --version, also where GOFLAGS leaves them out.
STAMP = -buildvcs=auto
FLAGS = -trimpath $(STAMP) -tags $(TAGS) -ldflags '-s -w -X main.version=$(VERSION) -linkmode external -extldflags -static'

dist/amd64/openness: CC = gcc
dist/arm64/openness: CC = aarch64-linux-gnu-gcc

.PHONY: build install dist reference clean
build:
	go build -trimpath $(STAMP) -tags sqlite_fts5 -ldflags '-X main.version=$(VERSION)' -o openness ./cmd/openness

install: build
	install -D openness $(DESTDIR)$(PREFIX)/bin/openness
	./openness man --out $(DESTDIR)$(PREFIX)/share/man/man1
	mkdir -p $(DESTDIR)$(PREFIX)/share/bash-completion/completions $(DESTDIR)$(PREFIX)/share/zsh/site-functions $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d
	./openness completion bash > $(DESTDIR)$(PREFIX)/share/bash-completion/completions/openness
	./openness completion zsh > $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_openness
	./openness completion fish > $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/openness.fish

dist: dist/checksums.txt

dist/%/openness: FORCE
	CC=$(CC) GOOS=linux GOARCH=$* go build $(FLAGS) -o $@ ./cmd/openness

# What the packages hold besides the program is made by a program for this machine.
dist/share: FORCE
	go build $(STAMP) -tags $(TAGS) -ldflags '-X main.version=$(VERSION)' -o dist/host/openness ./cmd/openness
	rm -rf $@ && mkdir -p $@/completion
	dist/host/openness man --out $@/man
	gzip -9n $@/man/*
	for shell in bash zsh fish; do dist/host/openness completion $$shell > $@/completion/openness.$$shell || exit 1; done

dist/openness-%.tar.gz: dist/%/openness dist/share
	tar --sort=name --owner=0 --group=0 --numeric-owner --mtime=@$(SOURCE_DATE_EPOCH) -czf $@ \
		--transform 's,^dist/$*/,,;s,^dist/share/,,;s,^,openness-$(VERSION)/,' \
		dist/$*/openness dist/share/man dist/share/completion README.md LICENSE CHANGELOG.md

# Two rules: make runs a pattern rule of two targets once, for both.
package = ARCH=$* VERSION=$(VERSION) $(NFPM) package --config .nfpm.yaml --packager $(1) --target $@

dist/openness-%.deb: dist/%/openness dist/share
	$(call package,deb)

dist/openness-%.rpm: dist/%/openness dist/share
	$(call package,rpm)

dist/openness-%.cdx.json: dist/%/openness
	$(BOM) bin -json -noserial -output $@ $<

ARCHES = amd64 arm64
FILES = $(foreach a,$(ARCHES),dist/openness-$(a).tar.gz dist/openness-$(a).deb dist/openness-$(a).rpm dist/openness-$(a).cdx.json)

dist/checksums.txt: $(FILES)
	cd dist && sha256sum $(notdir $(FILES)) > checksums.txt

# The reference of the commands, from what they say of themselves.
reference: build
	rm -rf docs/commands
	./openness man --format markdown --out docs/commands

clean:
	rm -rf dist openness

FORCE:
