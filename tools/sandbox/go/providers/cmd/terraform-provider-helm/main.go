// Command terraform-provider-helm is the sandbox's stand-in for hashicorp/helm: helm_release by Helm's own engine.
package main

import (
	"log"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"

	"demarc.local/sandbox/providers/internal/helm"
	"demarc.local/sandbox/providers/internal/protocol"
)

const address = "demarc.local/sandbox/helm"

func main() {
	protocol.EndWithTerraform()
	if err := tf6server.Serve(address, func() tfprotov6.ProviderServer { return helm.NewServer() }); err != nil {
		log.Fatal(err)
	}
}
