// terraform-provider-kubernetes stands in for hashicorp/kubernetes in the sandbox, where that one cannot be installed.
package main

import (
	"log"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"

	"demarc.local/sandbox/providers/internal/kubernetes"
	"demarc.local/sandbox/providers/internal/protocol"
)

const (
	address = "demarc.local/sandbox/kubernetes"
	// version of the provider that it stands in for.
	version = "2.38.0"
)

func main() {
	protocol.EndWithTerraform()
	provider := func() tfprotov6.ProviderServer { return kubernetes.New(version) }
	if err := tf6server.Serve(address, provider); err != nil {
		log.Fatal(err)
	}
}
