module openness/audit/license/compare

go 1.26.0

require (
	github.com/google/licensecheck v0.3.1
	github.com/google/licenseclassifier/v2 v2.0.0
	openness v0.0.0
)

require (
	github.com/davecgh/go-spew v1.1.1 // indirect
	github.com/github/go-spdx/v2 v2.8.0 // indirect
	github.com/sergi/go-diff v1.1.0 // indirect
	go.yaml.in/yaml/v4 v4.0.0 // indirect
)

replace openness => ../../..
