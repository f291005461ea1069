package kubernetes

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/util/rand"

	"demarc.local/sandbox/providers/internal/protocol"
)

// ApplyResourceChange creates, changes or deletes the object, and waits as long as the resource asks for.
func (p *Provider) ApplyResourceChange(ctx context.Context, request *tfprotov6.ApplyResourceChangeRequest) (*tfprotov6.ApplyResourceChangeResponse, error) {
	resource := resources()[request.TypeName]
	prior, err := resource.read(request.PriorState)
	if err != nil {
		return nil, err
	}
	planned, err := resource.read(request.PlannedState)
	if err != nil {
		return nil, err
	}
	state, problems := p.change(ctx, resource, prior, planned)
	written, err := resource.write(state)
	return &tfprotov6.ApplyResourceChangeResponse{NewState: written, Diagnostics: problems}, err
}

// change gives the state that there is afterwards, also when something failed on the way.
func (p *Provider) change(ctx context.Context, resource *resource, prior, planned values) (values, []*tfprotov6.Diagnostic) {
	cluster := p.connected()
	if cluster == nil {
		return prior, protocol.Failed("The cluster is not known", "The provider's configuration has values that are not known even now.")
	}
	if planned == nil {
		return p.remove(ctx, resource, prior)
	}
	object, err := encodeObject(resource.arguments, planned)
	if err != nil {
		return prior, resource.failed("The configuration is not valid", err)
	}
	resource.finish(object)
	which := resource.name(object, planned, prior)

	var live *unstructured.Unstructured
	if prior == nil {
		live, err = cluster.create(ctx, resource.kind, which, object)
	} else {
		live, err = cluster.apply(ctx, resource.kind, object, false)
	}
	if err != nil {
		return prior, resource.failed(resource.what("apply", which), explained(err))
	}
	waited, err := resource.waitFor(ctx, cluster, prior == nil, which, planned)
	if waited != nil {
		live = waited
	}
	state := resource.state(planned, live)
	if err != nil {
		return state, resource.failed(resource.what("apply", which), err)
	}
	return state, nil
}

func (p *Provider) remove(ctx context.Context, resource *resource, prior values) (values, []*tfprotov6.Diagnostic) {
	which := prior.identity()
	timeout, err := resource.duration("delete", prior.timeouts())
	if err == nil {
		err = p.connected().delete(ctx, resource.kind, which, timeout)
	}
	if err != nil {
		return prior, resource.failed(resource.what("delete", which), err)
	}
	return nil, nil
}

// name the object; one with generate_name alone gets its name here, as a server-side apply needs one.
func (r *resource) name(object map[string]any, planned, prior values) identity {
	metadata, _ := object["metadata"].(map[string]any)
	beginning, generated := metadata["generateName"].(string)
	if _, given := metadata["name"]; !given && generated {
		metadata["name"] = beginning + rand.String(5)
	}
	name, _ := metadata["name"].(string)
	return identity{namespace: planned.identity().namespace, name: name}
}

// finish the object with what the real provider puts in where the API would take something else.
func (r *resource) finish(object map[string]any) {
	path := map[string][]string{
		"Job":     {"spec", "template", "spec", "restartPolicy"},
		"CronJob": {"spec", "jobTemplate", "spec", "template", "spec", "restartPolicy"},
	}[r.kind.kind]
	if path == nil {
		return
	}
	if _, given, _ := unstructured.NestedString(object, path...); !given {
		// The API's own default, Always, is refused for jobs.
		_ = unstructured.SetNestedField(object, "Never", path...)
	}
}

func (r *resource) waitFor(ctx context.Context, cluster *cluster, created bool, which identity, planned values) (*unstructured.Unstructured, error) {
	if r.wait == nil || r.wait.flag != "" && !planned.asks(r.wait.flag) || !created && !r.wait.afterUpdate {
		return nil, nil
	}
	operation := "update"
	if created {
		operation = "create"
	}
	timeout, err := r.duration(operation, planned.timeouts())
	if err != nil {
		return nil, err
	}
	return r.wait.until(ctx, cluster, r.kind, which, timeout)
}

// state after a plan was applied.
func (r *resource) state(planned values, live *unstructured.Unstructured) values {
	state := planned.with(completeObject(r.arguments, planned, live.Object))
	return r.withOwn(state, live)
}

// withOwn adds what is the provider's own beside the object's arguments.
func (r *resource) withOwn(state values, live *unstructured.Unstructured) values {
	state["id"] = tftypes.NewValue(tftypes.String, identity{namespace: live.GetNamespace(), name: live.GetName()}.String())
	if r.hasStatus {
		state["status"] = statusOf(live)
	}
	return state
}

func (r *resource) what(verb string, which identity) string {
	return fmt.Sprintf("Cannot %s %s %s", verb, r.kind.kind, which)
}

// explained adds the way out to what the API server says.
func explained(err error) error {
	switch {
	case apierrors.IsAlreadyExists(err):
		return fmt.Errorf("%w: import it (terraform import, or an import block), or delete it first", err)
	case len(immutable(err)) > 0:
		return fmt.Errorf("%w: a value that was not known when this was planned changed it; the next plan replaces the object", err)
	}
	return err
}
