package kubernetes

import (
	"context"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"demarc.local/sandbox/providers/internal/protocol"
)

// ValidateResourceConfig finds what the schema cannot: values that cannot stand in the object.
func (p *Provider) ValidateResourceConfig(_ context.Context, request *tfprotov6.ValidateResourceConfigRequest) (*tfprotov6.ValidateResourceConfigResponse, error) {
	resource := resources()[request.TypeName]
	config, err := resource.read(request.Config)
	if err != nil {
		return nil, err
	}
	var problems []*tfprotov6.Diagnostic
	if _, err := encodeObject(resource.arguments, config); err != nil {
		problems = append(problems, resource.failed("The configuration is not valid", err)...)
	}
	for _, operation := range []string{"create", "update", "delete"} {
		if _, err := resource.duration(operation, config.timeouts()); err != nil {
			problems = append(problems, protocol.Failed("The configuration is not valid", err.Error())...)
		}
	}
	metadata := config.metadata()
	if len(metadata) > 0 && metadata["name"].IsNull() && metadata["generate_name"].IsNull() {
		problems = append(problems, protocol.Failed("The configuration is not valid", "metadata has no name: give name or generate_name.")...)
	}
	return &tfprotov6.ValidateResourceConfigResponse{Diagnostics: problems}, nil
}

// PlanResourceChange plans nothing for what is the same, and a replacement for what the API server would not change.
func (p *Provider) PlanResourceChange(ctx context.Context, request *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	resource := resources()[request.TypeName]
	proposed, err := resource.read(request.ProposedNewState)
	if err != nil {
		return nil, err
	}
	if proposed == nil {
		return &tfprotov6.PlanResourceChangeResponse{PlannedState: request.ProposedNewState}, nil
	}
	config, err := resource.read(request.Config)
	if err != nil {
		return nil, err
	}
	prior, err := resource.read(request.PriorState)
	if err != nil {
		return nil, err
	}

	planned := resource.withFallbacks(config, proposed)
	response := &tfprotov6.PlanResourceChangeResponse{}
	if prior == nil || !planned.equal(prior) {
		planned = resource.open(config, planned, prior != nil)
	}
	if prior != nil {
		response.RequiresReplace = resource.identityChanges(prior, planned)
		if len(response.RequiresReplace) == 0 && !planned.equal(prior) {
			response.RequiresReplace = p.refusedChanges(ctx, resource, prior, planned)
		}
	}
	response.PlannedState, err = resource.write(planned)
	return response, err
}

// withFallbacks gives arguments that are not configured the values that hold then.
func (r *resource) withFallbacks(config, proposed values) values {
	planned := values{}.with(proposed)
	for _, argument := range r.arguments {
		if argument.fallback != nil && config[argument.name].IsNull() {
			planned[argument.name] = tftypes.NewValue(argument.terraformType(), argument.fallback)
		}
	}
	if r.wait != nil && r.wait.flag != "" && config[r.wait.flag].IsNull() {
		planned[r.wait.flag] = tftypes.NewValue(tftypes.Bool, r.wait.fallback)
	}
	metadata := planned.metadata()
	if _, namespaced := metadata["namespace"]; namespaced && config.metadata()["namespace"].IsNull() {
		metadata["namespace"] = tftypes.NewValue(tftypes.String, "default")
		block := tftypes.NewValue(objectType(r.arguments[0].arguments), metadata)
		planned["metadata"] = tftypes.NewValue(r.arguments[0].terraformType(), []tftypes.Value{block})
	}
	return planned
}

// open makes unknown what a change lets the API server fill in anew.
func (r *resource) open(config, planned values, exists bool) values {
	opened := planned.with(openObject(r.arguments, config, planned, exists))
	if !exists {
		opened["id"] = tftypes.NewValue(tftypes.String, tftypes.UnknownValue)
	}
	if r.hasStatus {
		opened["status"] = tftypes.NewValue(loadBalancerStatus, tftypes.UnknownValue)
	}
	return opened
}
