// Command cometbft holds Acta's encodings to CometBFT's own packages.
//
//	go run .          writes the vectors of vectors/draft/light-client to standard output
//	go run . verify   reads a chain made by @acta/light-client from standard input and judges it
package main

import (
	"fmt"
	"os"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(arguments []string) error {
	switch {
	case len(arguments) == 0:
		return writeVectors(os.Stdout)
	case len(arguments) == 1 && arguments[0] == "verify":
		return verifyChain(os.Stdin, os.Stdout)
	default:
		return fmt.Errorf("unknown arguments %q: give none to write vectors, or verify", arguments)
	}
}
