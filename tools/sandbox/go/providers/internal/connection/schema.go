// Package connection is how the providers reach a cluster: the arguments that hashicorp/kubernetes and hashicorp/helm
// share, and the client configuration that they stand for.
package connection

import (
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

var listOfStrings = tftypes.List{ElementType: tftypes.String}

// Attributes are the connection's arguments, all optional, but for `exec`: that is a block for one provider and an
// attribute for the other.
func Attributes() []*tfprotov6.SchemaAttribute {
	return []*tfprotov6.SchemaAttribute{
		optional("client_certificate", tftypes.String),
		secret("client_key"),
		optional("cluster_ca_certificate", tftypes.String),
		optional("config_context", tftypes.String),
		optional("config_context_auth_info", tftypes.String),
		optional("config_context_cluster", tftypes.String),
		optional("config_path", tftypes.String),
		optional("config_paths", listOfStrings),
		optional("host", tftypes.String),
		optional("insecure", tftypes.Bool),
		secret("password"),
		optional("proxy_url", tftypes.String),
		optional("tls_server_name", tftypes.String),
		secret("token"),
		optional("username", tftypes.String),
	}
}

// ExecAttributes are the arguments of `exec`: the command that gets a token, such as `aws eks get-token`.
func ExecAttributes() []*tfprotov6.SchemaAttribute {
	return []*tfprotov6.SchemaAttribute{
		required("api_version", tftypes.String),
		optional("args", listOfStrings),
		required("command", tftypes.String),
		optional("env", tftypes.Map{ElementType: tftypes.String}),
	}
}

func optional(name string, of tftypes.Type) *tfprotov6.SchemaAttribute {
	return &tfprotov6.SchemaAttribute{Name: name, Type: of, Optional: true}
}

func required(name string, of tftypes.Type) *tfprotov6.SchemaAttribute {
	return &tfprotov6.SchemaAttribute{Name: name, Type: of, Required: true}
}

func secret(name string) *tfprotov6.SchemaAttribute {
	return &tfprotov6.SchemaAttribute{Name: name, Type: tftypes.String, Optional: true, Sensitive: true}
}
