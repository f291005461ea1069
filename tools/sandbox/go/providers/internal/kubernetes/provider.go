// Package kubernetes is a Terraform provider that takes the configuration of hashicorp/kubernetes, for where that one
// cannot be installed. Its resources come from the types of the Kubernetes API: see kinds.
package kubernetes

import (
	"context"
	"sync"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"k8s.io/client-go/dynamic"

	"demarc.local/sandbox/providers/internal/connection"
	"demarc.local/sandbox/providers/internal/protocol"
)

// Provider answers Terraform.
type Provider struct {
	protocol.ResourcesOnly
	version string

	mutex sync.Mutex
	// cluster is nil while the configuration has unknown values: then there may be no cluster yet.
	cluster *cluster
}

// New is a provider that is not configured yet. The version is that of the provider that it stands in for.
func New(version string) *Provider { return &Provider{version: version} }

var configSchema = &tfprotov6.Schema{Block: &tfprotov6.SchemaBlock{
	Attributes: append(connection.Attributes(),
		// Nothing that is not configured is looked at anyway.
		&tfprotov6.SchemaAttribute{Name: "ignore_annotations", Type: list(tftypes.String), Optional: true},
		&tfprotov6.SchemaAttribute{Name: "ignore_labels", Type: list(tftypes.String), Optional: true},
	),
	BlockTypes: []*tfprotov6.SchemaNestedBlock{{
		TypeName: "exec", Nesting: tfprotov6.SchemaNestedBlockNestingModeList, MaxItems: 1,
		Block: &tfprotov6.SchemaBlock{Attributes: connection.ExecAttributes()},
	}},
}}

// GetMetadata names what the provider has.
func (p *Provider) GetMetadata(context.Context, *tfprotov6.GetMetadataRequest) (*tfprotov6.GetMetadataResponse, error) {
	response := &tfprotov6.GetMetadataResponse{}
	for name := range resources() {
		response.Resources = append(response.Resources, tfprotov6.ResourceMetadata{TypeName: name})
	}
	return response, nil
}

// GetProviderSchema tells what arguments there are.
func (p *Provider) GetProviderSchema(context.Context, *tfprotov6.GetProviderSchemaRequest) (*tfprotov6.GetProviderSchemaResponse, error) {
	response := &tfprotov6.GetProviderSchemaResponse{Provider: configSchema, ResourceSchemas: map[string]*tfprotov6.Schema{}}
	for name, resource := range resources() {
		response.ResourceSchemas[name] = resource.schema
	}
	return response, nil
}

// ConfigureProvider takes the connection. One that is not known yet is no error: nothing can be there to be read.
func (p *Provider) ConfigureProvider(_ context.Context, request *tfprotov6.ConfigureProviderRequest) (*tfprotov6.ConfigureProviderResponse, error) {
	config, err := request.Config.Unmarshal(configSchema.ValueType())
	if err != nil {
		return nil, err
	}
	cluster, err := connect(config, p.version)
	if err != nil {
		return &tfprotov6.ConfigureProviderResponse{Diagnostics: protocol.Failed("The provider's configuration is not valid", err.Error())}, nil
	}
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.cluster = cluster
	return &tfprotov6.ConfigureProviderResponse{}, nil
}

func connect(config tftypes.Value, version string) (*cluster, error) {
	settings, known, err := connection.Read(config)
	if err != nil || !known {
		return nil, err
	}
	rest, err := settings.RESTConfig("terraform-provider-kubernetes/" + version)
	if err != nil {
		return nil, err
	}
	client, err := dynamic.NewForConfig(rest)
	if err != nil {
		return nil, err
	}
	return &cluster{client: client}, nil
}

// connected is the cluster, or nil while it is not known.
func (p *Provider) connected() *cluster {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	return p.cluster
}
