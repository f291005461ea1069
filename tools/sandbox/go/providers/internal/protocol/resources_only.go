// Package protocol is the part of Terraform's plugin protocol that both providers answer alike.
package protocol

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// ResourcesOnly answers for all that a provider of managed resources alone does not have: data sources, functions,
// ephemeral resources, identities. Embed it; Terraform never calls these, as the schema names none.
type ResourcesOnly struct{}

func (ResourcesOnly) GetResourceIdentitySchemas(context.Context, *tfprotov6.GetResourceIdentitySchemasRequest) (*tfprotov6.GetResourceIdentitySchemasResponse, error) {
	return &tfprotov6.GetResourceIdentitySchemasResponse{}, nil
}

func (ResourcesOnly) ValidateProviderConfig(_ context.Context, request *tfprotov6.ValidateProviderConfigRequest) (*tfprotov6.ValidateProviderConfigResponse, error) {
	return &tfprotov6.ValidateProviderConfigResponse{PreparedConfig: request.Config}, nil
}

func (ResourcesOnly) StopProvider(context.Context, *tfprotov6.StopProviderRequest) (*tfprotov6.StopProviderResponse, error) {
	return &tfprotov6.StopProviderResponse{}, nil
}

func (ResourcesOnly) MoveResourceState(_ context.Context, request *tfprotov6.MoveResourceStateRequest) (*tfprotov6.MoveResourceStateResponse, error) {
	return &tfprotov6.MoveResourceStateResponse{Diagnostics: Failed(
		"State cannot be moved between resource types",
		fmt.Sprintf("%s cannot take over the state of a %s: import the object instead.", request.TargetTypeName, request.SourceTypeName),
	)}, nil
}

func (ResourcesOnly) UpgradeResourceIdentity(_ context.Context, request *tfprotov6.UpgradeResourceIdentityRequest) (*tfprotov6.UpgradeResourceIdentityResponse, error) {
	return nil, absent("resource identity", request.TypeName)
}

func (ResourcesOnly) GenerateResourceConfig(_ context.Context, request *tfprotov6.GenerateResourceConfigRequest) (*tfprotov6.GenerateResourceConfigResponse, error) {
	return nil, absent("generated configuration", request.TypeName)
}

func (ResourcesOnly) ValidateDataResourceConfig(_ context.Context, request *tfprotov6.ValidateDataResourceConfigRequest) (*tfprotov6.ValidateDataResourceConfigResponse, error) {
	return nil, absent("data source", request.TypeName)
}

func (ResourcesOnly) ReadDataSource(_ context.Context, request *tfprotov6.ReadDataSourceRequest) (*tfprotov6.ReadDataSourceResponse, error) {
	return nil, absent("data source", request.TypeName)
}

func (ResourcesOnly) CallFunction(_ context.Context, request *tfprotov6.CallFunctionRequest) (*tfprotov6.CallFunctionResponse, error) {
	return nil, absent("function", request.Name)
}

func (ResourcesOnly) GetFunctions(context.Context, *tfprotov6.GetFunctionsRequest) (*tfprotov6.GetFunctionsResponse, error) {
	return &tfprotov6.GetFunctionsResponse{}, nil
}

func (ResourcesOnly) ValidateEphemeralResourceConfig(_ context.Context, request *tfprotov6.ValidateEphemeralResourceConfigRequest) (*tfprotov6.ValidateEphemeralResourceConfigResponse, error) {
	return nil, absent("ephemeral resource", request.TypeName)
}

func (ResourcesOnly) OpenEphemeralResource(_ context.Context, request *tfprotov6.OpenEphemeralResourceRequest) (*tfprotov6.OpenEphemeralResourceResponse, error) {
	return nil, absent("ephemeral resource", request.TypeName)
}

func (ResourcesOnly) RenewEphemeralResource(_ context.Context, request *tfprotov6.RenewEphemeralResourceRequest) (*tfprotov6.RenewEphemeralResourceResponse, error) {
	return nil, absent("ephemeral resource", request.TypeName)
}

func (ResourcesOnly) CloseEphemeralResource(_ context.Context, request *tfprotov6.CloseEphemeralResourceRequest) (*tfprotov6.CloseEphemeralResourceResponse, error) {
	return nil, absent("ephemeral resource", request.TypeName)
}

func absent(what, name string) error {
	return fmt.Errorf("this provider has no %s %q", what, name)
}

// Failed is one error as Terraform shows it.
func Failed(summary, detail string) []*tfprotov6.Diagnostic {
	return []*tfprotov6.Diagnostic{{Severity: tfprotov6.DiagnosticSeverityError, Summary: summary, Detail: detail}}
}
