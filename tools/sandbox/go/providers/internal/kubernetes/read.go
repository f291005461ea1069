package kubernetes

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"demarc.local/sandbox/providers/internal/protocol"
)

// UpgradeResourceState takes a state of the same version: there is no other yet.
func (p *Provider) UpgradeResourceState(_ context.Context, request *tfprotov6.UpgradeResourceStateRequest) (*tfprotov6.UpgradeResourceStateResponse, error) {
	resource := resources()[request.TypeName]
	options := tfprotov6.UnmarshalOpts{ValueFromJSONOpts: tftypes.ValueFromJSONOpts{IgnoreUndefinedAttributes: true}}
	state, err := request.RawState.UnmarshalWithOpts(resource.valueType, options)
	if err != nil {
		return nil, err
	}
	upgraded, err := tfprotov6.NewDynamicValue(resource.valueType, state)
	return &tfprotov6.UpgradeResourceStateResponse{UpgradedState: &upgraded}, err
}

// ReadResource shows drift in what is configured, and forgets an object that is gone.
func (p *Provider) ReadResource(ctx context.Context, request *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	resource := resources()[request.TypeName]
	state, err := resource.read(request.CurrentState)
	cluster := p.connected()
	if err != nil || state == nil || cluster == nil {
		return &tfprotov6.ReadResourceResponse{NewState: request.CurrentState}, err
	}
	live, err := cluster.get(ctx, resource.kind, state.identity())
	switch {
	case apierrors.IsNotFound(err):
		state = nil
	case err != nil:
		return &tfprotov6.ReadResourceResponse{Diagnostics: resource.failed(resource.what("read", state.identity()), err)}, nil
	default:
		state = resource.withOwn(state.with(observeObject(resource.arguments, state, live.Object)), live)
	}
	written, err := resource.write(state)
	return &tfprotov6.ReadResourceResponse{NewState: written}, err
}

// ImportResourceState takes over an object by its id, namespace/name, or name for one that is in no namespace.
func (p *Provider) ImportResourceState(ctx context.Context, request *tfprotov6.ImportResourceStateRequest) (*tfprotov6.ImportResourceStateResponse, error) {
	resource := resources()[request.TypeName]
	which, err := resource.parseID(request.ID)
	if err != nil {
		return &tfprotov6.ImportResourceStateResponse{Diagnostics: protocol.Failed("The id is not valid", err.Error())}, nil
	}
	cluster := p.connected()
	if cluster == nil {
		return &tfprotov6.ImportResourceStateResponse{Diagnostics: protocol.Failed("The cluster is not known", "Make the cluster before importing what is in it.")}, nil
	}
	live, err := cluster.get(ctx, resource.kind, which)
	if err != nil {
		return &tfprotov6.ImportResourceStateResponse{Diagnostics: resource.failed(resource.what("import", which), err)}, nil
	}
	written, err := resource.write(resource.imported(live))
	if err != nil {
		return nil, err
	}
	return &tfprotov6.ImportResourceStateResponse{ImportedResources: []*tfprotov6.ImportedResource{{TypeName: request.TypeName, State: written}}}, nil
}

func (r *resource) imported(live *unstructured.Unstructured) values {
	state := values{}
	for name, of := range r.valueType.AttributeTypes {
		state[name] = tftypes.NewValue(of, nil)
	}
	state = r.withOwn(state.with(decodeObject(r.arguments, live.Object)), live)
	if r.wait != nil && r.wait.flag != "" {
		state[r.wait.flag] = tftypes.NewValue(tftypes.Bool, r.wait.fallback)
	}
	if binary, ok := state["binary_data"]; ok && r.kind.kind == "Secret" {
		state["binary_data"] = tftypes.NewValue(binary.Type(), nil)
	}
	return state
}

func (r *resource) parseID(id string) (identity, error) {
	namespace, name, both := strings.Cut(id, "/")
	switch {
	case r.clusterWide && !both && id != "":
		return identity{name: id}, nil
	case !r.clusterWide && both && namespace != "" && name != "":
		return identity{namespace: namespace, name: name}, nil
	case r.clusterWide:
		return identity{}, fmt.Errorf("%q is no name: a %s is in no namespace", id, r.kind.kind)
	}
	return identity{}, fmt.Errorf("%q is not of the form namespace/name", id)
}

// statusOf a Service or an Ingress: the addresses of its load balancer.
func statusOf(live *unstructured.Unstructured) tftypes.Value {
	balancer := loadBalancerStatus.ElementType.(tftypes.Object).AttributeTypes["load_balancer"].(tftypes.List)
	addresses := balancer.ElementType.(tftypes.Object).AttributeTypes["ingress"].(tftypes.List)
	items, _, _ := unstructured.NestedSlice(live.Object, "status", "loadBalancer", "ingress")
	found := []tftypes.Value{}
	for _, item := range items {
		address, _ := item.(map[string]any)
		hostname, _ := address["hostname"].(string)
		ip, _ := address["ip"].(string)
		found = append(found, tftypes.NewValue(addresses.ElementType, map[string]tftypes.Value{
			"hostname": tftypes.NewValue(tftypes.String, hostname), "ip": tftypes.NewValue(tftypes.String, ip),
		}))
	}
	ingress := tftypes.NewValue(balancer.ElementType, map[string]tftypes.Value{"ingress": tftypes.NewValue(addresses, found)})
	return tftypes.NewValue(loadBalancerStatus, []tftypes.Value{
		tftypes.NewValue(loadBalancerStatus.ElementType, map[string]tftypes.Value{"load_balancer": tftypes.NewValue(balancer, []tftypes.Value{ingress})}),
	})
}
