// Command describe-chart prints what Demarc keeps of a chart, as JSON. It reads which chart on its standard input, as JSON too.
package main

import (
	"encoding/json"
	"log"
	"os"

	"demarc.local/sandbox/providers/internal/helm"
)

func main() {
	log.SetFlags(0)
	var release helm.Described
	if err := json.NewDecoder(os.Stdin).Decode(&release); err != nil {
		log.Fatal(err)
	}
	description, err := helm.Describe(release)
	if err != nil {
		log.Fatal(err)
	}
	if err := json.NewEncoder(os.Stdout).Encode(description); err != nil {
		log.Fatal(err)
	}
}
