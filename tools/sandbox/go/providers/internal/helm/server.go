// Package helm is the sandbox's stand-in for hashicorp/helm: helm_release by Helm's own engine.
package helm

import (
	"context"
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"helm.sh/helm/v3/pkg/action"
	"helm.sh/helm/v3/pkg/chartutil"
	"k8s.io/client-go/rest"

	"demarc.local/sandbox/providers/internal/connection"
	"demarc.local/sandbox/providers/internal/protocol"
)

// Server answers Terraform.
type Server struct {
	protocol.ResourcesOnly
	// cluster is nil while its address is not known.
	cluster *rest.Config
	stopped context.Context
	stop    context.CancelFunc
}

// NewServer is a provider that was not configured yet.
func NewServer() *Server {
	stopped, stop := context.WithCancel(context.Background())
	return &Server{stopped: stopped, stop: stop}
}

func (s *Server) GetMetadata(context.Context, *tfprotov6.GetMetadataRequest) (*tfprotov6.GetMetadataResponse, error) {
	return &tfprotov6.GetMetadataResponse{
		ServerCapabilities: capabilities(),
		Resources:          []tfprotov6.ResourceMetadata{{TypeName: resourceType}},
	}, nil
}

func (s *Server) GetProviderSchema(context.Context, *tfprotov6.GetProviderSchemaRequest) (*tfprotov6.GetProviderSchemaResponse, error) {
	return &tfprotov6.GetProviderSchemaResponse{
		ServerCapabilities: capabilities(),
		Provider:           providerSchema(),
		ResourceSchemas:    map[string]*tfprotov6.Schema{resourceType: releaseSchema()},
	}, nil
}

func capabilities() *tfprotov6.ServerCapabilities {
	return &tfprotov6.ServerCapabilities{GetProviderSchemaOptional: true}
}

func (s *Server) ConfigureProvider(_ context.Context, request *tfprotov6.ConfigureProviderRequest) (*tfprotov6.ConfigureProviderResponse, error) {
	response := &tfprotov6.ConfigureProviderResponse{}
	config, err := request.Config.Unmarshal(providerSchema().ValueType())
	if err != nil {
		return nil, err
	}
	if driver := argumentsOf(config).text("helm_driver"); driver != "" && driver != "secret" && driver != "secrets" {
		response.Diagnostics = protocol.Failed("Invalid helm_driver",
			fmt.Sprintf("%q: the sandbox's stand-in for hashicorp/helm keeps releases in Secrets alone.", driver))
		return response, nil
	}
	settings, known, err := connection.Read(argumentsOf(config)["kubernetes"])
	if err == nil && known {
		s.cluster, err = settings.RESTConfig("terraform-provider-helm")
	}
	if err != nil {
		response.Diagnostics = protocol.Failed("The provider's connection is not valid", err.Error())
	}
	return response, nil
}

// StopProvider is Terraform's answer to Ctrl-C: what is under work is taken back where it is atomic.
func (s *Server) StopProvider(context.Context, *tfprotov6.StopProviderRequest) (*tfprotov6.StopProviderResponse, error) {
	s.stop()
	return &tfprotov6.StopProviderResponse{}, nil
}

// untilStopped ends when Terraform stops the provider, too.
func (s *Server) untilStopped(ctx context.Context) (context.Context, func()) {
	ctx, cancel := context.WithCancel(ctx)
	forget := context.AfterFunc(s.stopped, cancel)
	return ctx, func() {
		forget()
		cancel()
	}
}

func (s *Server) reachable() bool {
	return s.cluster != nil
}

func (s *Server) helm(namespace string) (*action.Configuration, error) {
	if !s.reachable() {
		return nil, errors.New("the address of the cluster is not known: kubernetes.host comes from something that is not applied yet")
	}
	return helmOn(s.cluster, namespace)
}

// UpgradeResourceState reads a state of any earlier version of this provider: its attributes are all that there ever were.
func (s *Server) UpgradeResourceState(_ context.Context, request *tfprotov6.UpgradeResourceStateRequest) (*tfprotov6.UpgradeResourceStateResponse, error) {
	options := tfprotov6.UnmarshalOpts{ValueFromJSONOpts: tftypes.ValueFromJSONOpts{IgnoreUndefinedAttributes: true}}
	state, err := request.RawState.UnmarshalWithOpts(stateType, options)
	if err != nil {
		return nil, err
	}
	dynamic, err := tfprotov6.NewDynamicValue(stateType, state)
	return &tfprotov6.UpgradeResourceStateResponse{UpgradedState: &dynamic}, err
}

// ValidateResourceConfig finds all that is wrong whatever the cluster may be.
func (s *Server) ValidateResourceConfig(_ context.Context, request *tfprotov6.ValidateResourceConfigRequest) (*tfprotov6.ValidateResourceConfigResponse, error) {
	response := &tfprotov6.ValidateResourceConfigResponse{}
	config, err := request.Config.Unmarshal(stateType)
	if err != nil {
		return nil, err
	}
	release := argumentsOf(config)
	refuse := func(attribute, detail string) {
		response.Diagnostics = append(response.Diagnostics, &tfprotov6.Diagnostic{
			Severity:  tfprotov6.DiagnosticSeverityError,
			Summary:   "Invalid " + attribute,
			Detail:    detail,
			Attribute: tftypes.NewAttributePath().WithAttributeName(attribute),
		})
	}
	for attribute, instead := range unsupported {
		if value := release[attribute]; !value.IsNull() && !value.Equal(tftypes.NewValue(tftypes.Bool, false)) {
			refuse(attribute, fmt.Sprintf("The sandbox's stand-in for hashicorp/helm does not take %s: %s.", attribute, instead))
		}
	}
	if release["name"].IsKnown() {
		if err := chartutil.ValidateReleaseName(release.text("name")); err != nil {
			refuse("name", fmt.Sprintf("%q: %s", release.text("name"), err))
		}
	}
	if release.flag("reuse_values") && release.flag("reset_values") {
		refuse("reuse_values", "reuse_values and reset_values cannot both be true.")
	}
	if release["values"].IsFullyKnown() {
		if _, err := valuesOf(arguments{"values": release["values"]}); err != nil {
			refuse("values", err.Error())
		}
	}
	return response, nil
}
