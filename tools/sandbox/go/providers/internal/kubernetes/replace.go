package kubernetes

import (
	"context"
	"errors"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// identityChanges are the paths of a name, namespace or name's beginning that became another: another object.
func (r *resource) identityChanges(prior, planned values) []*tftypes.AttributePath {
	var changes []*tftypes.AttributePath
	before, after := prior.metadata(), planned.metadata()
	for _, name := range []string{"name", "namespace", "generate_name"} {
		if value, ok := after[name]; ok && !value.Equal(before[name]) {
			changes = append(changes, tftypes.NewAttributePath().WithAttributeName("metadata").WithElementKeyInt(0).WithAttributeName(name))
		}
	}
	return changes
}

// refusedChanges are the paths of what the API server would not change in place. It is asked by a rehearsal; values that are
// not known yet stay as they are in it. An API server that cannot be asked, or finds another fault, does so when it is applied.
func (p *Provider) refusedChanges(ctx context.Context, resource *resource, prior, planned values) []*tftypes.AttributePath {
	cluster := p.connected()
	if cluster == nil {
		return nil
	}
	object, err := encodeObject(resource.arguments, settled(resource.arguments, planned, prior))
	if err != nil {
		return nil
	}
	resource.finish(object)
	_, err = cluster.apply(ctx, resource.kind, object, true)
	var changes []*tftypes.AttributePath
	for _, cause := range immutable(err) {
		if path := changedPath(resource.arguments, strings.Split(cause.Field, "."), prior, planned); path != nil {
			changes = append(changes, path)
		}
	}
	return changes
}

// immutable are the causes of a refused update that tell of fields which cannot be changed. There is no reason of its own for
// them: these are the words that the API server's validation uses.
func immutable(err error) []metav1.StatusCause {
	var status apierrors.APIStatus
	if !errors.As(err, &status) || !apierrors.IsInvalid(err) || status.Status().Details == nil {
		return nil
	}
	var causes []metav1.StatusCause
	for _, cause := range status.Status().Details.Causes {
		for _, words := range []string{"immutable", "cannot change", "updates to", "may not be changed", "may not change", "pod updates may not"} {
			if strings.Contains(cause.Message, words) {
				causes = append(causes, cause)
				break
			}
		}
	}
	return causes
}

// changedPath is the deepest argument on a property's path that is another than before; nil if none is.
func changedPath(arguments []*argument, properties []string, prior, planned map[string]tftypes.Value) *tftypes.AttributePath {
	for _, argument := range arguments {
		if argument.property != properties[0] && !strings.HasPrefix(properties[0], argument.property+"[") || argument.property == "" {
			continue
		}
		before, after := prior[argument.name], planned[argument.name]
		if before.Equal(after) {
			continue
		}
		path := tftypes.NewAttributePath().WithAttributeName(argument.name)
		old, made := elementsOf(before), elementsOf(after)
		if argument.shape == block && len(properties) > 1 && len(old) == 1 && len(made) == 1 {
			if deeper := changedPath(argument.arguments, properties[1:], attributesOf(old[0]), attributesOf(made[0])); deeper != nil {
				return tftypes.NewAttributePathWithSteps(append(append(path.Steps(), tftypes.ElementKeyInt(0)), deeper.Steps()...))
			}
		}
		return path
	}
	return nil
}

// settled has the values of before where the planned ones are not known yet.
func settled(arguments []*argument, planned, prior map[string]tftypes.Value) map[string]tftypes.Value {
	known := map[string]tftypes.Value{}
	for _, argument := range arguments {
		value, before := planned[argument.name], prior[argument.name]
		if !value.IsKnown() {
			value = before
		}
		if old, made := elementsOf(before), elementsOf(value); argument.isBlock() && !value.IsFullyKnown() && len(old) == len(made) {
			for i := range made {
				made[i] = tftypes.NewValue(objectType(argument.arguments), settled(argument.arguments, attributesOf(made[i]), attributesOf(old[i])))
			}
			value = tftypes.NewValue(argument.terraformType(), made)
		}
		known[argument.name] = value
	}
	return known
}

func (a *argument) isBlock() bool { return a.shape == block || a.shape == blocks }
