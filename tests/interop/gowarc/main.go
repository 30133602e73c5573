// Prints whatever gowarc finds wrong with WARC files: file, offset, words; and how many records it read.
package main

import (
	"fmt"
	"io"
	"os"

	"github.com/nlnwa/gowarc/v3"
)

var complained bool

func tell(file string, offset int64, findings ...error) {
	for _, finding := range findings {
		if finding != nil {
			complained = true
			fmt.Printf("%s\t%d\t%s\n", file, offset, finding)
		}
	}
}

func read(file string) {
	reader, err := gowarc.NewWarcFileReader(file, 0,
		gowarc.WithSyntaxErrorPolicy(gowarc.ErrWarn), gowarc.WithSpecViolationPolicy(gowarc.ErrWarn),
		gowarc.WithUnknownRecordTypePolicy(gowarc.ErrWarn), gowarc.WithBlockErrorPolicy(gowarc.ErrWarn))
	if err != nil {
		tell(file, 0, err)
		return
	}
	defer reader.Close()
	for records := 0; ; records++ {
		record, err := reader.Next()
		if err == io.EOF {
			fmt.Printf("%s: %d records\n", file, records)
			return
		}
		tell(file, record.Offset, record.Validation...)
		if err != nil {
			tell(file, record.Offset, err)
			return
		}
		findings, err := record.WarcRecord.ValidateDigest()
		tell(file, record.Offset, append(findings, err, record.Close())...)
	}
}

func main() {
	for _, file := range os.Args[1:] {
		read(file)
	}
	if complained {
		os.Exit(1)
	}
}
