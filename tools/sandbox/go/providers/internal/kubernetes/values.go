package kubernetes

import (
	"maps"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// values of a resource by argument: its configuration, plan or state.
type values map[string]tftypes.Value

// read a resource's values; nil stands for a resource that is not there.
func (r *resource) read(dynamic *tfprotov6.DynamicValue) (values, error) {
	value, err := dynamic.Unmarshal(r.valueType)
	if err != nil || value.IsNull() {
		return nil, err
	}
	given := values{}
	return given, value.As((*map[string]tftypes.Value)(&given))
}

func (r *resource) write(given values) (*tfprotov6.DynamicValue, error) {
	value := tftypes.NewValue(r.valueType, nil)
	if given != nil {
		value = tftypes.NewValue(r.valueType, map[string]tftypes.Value(given))
	}
	dynamic, err := tfprotov6.NewDynamicValue(r.valueType, value)
	return &dynamic, err
}

// with the values of arguments put in place of these.
func (v values) with(changed map[string]tftypes.Value) values {
	merged := maps.Clone(v)
	maps.Copy(merged, changed)
	return merged
}

func (v values) equal(other values) bool {
	return maps.EqualFunc(v, other, func(one, another tftypes.Value) bool { return one.Equal(another) })
}

// metadata of the resource: the one block that each has.
func (v values) metadata() map[string]tftypes.Value {
	blocks := elementsOf(v["metadata"])
	if len(blocks) == 0 {
		return map[string]tftypes.Value{}
	}
	return attributesOf(blocks[0])
}

func (v values) identity() identity {
	metadata := v.metadata()
	return identity{namespace: textOf(metadata["namespace"]), name: textOf(metadata["name"])}
}

// timeouts that are given.
func (v values) timeouts() map[string]string {
	given := map[string]string{}
	for operation, value := range attributesOf(v["timeouts"]) {
		if text := textOf(value); text != "" {
			given[operation] = text
		}
	}
	return given
}

// asks tells whether a flag is set.
func (v values) asks(flag string) bool {
	var set bool
	return v[flag].IsKnown() && !v[flag].IsNull() && v[flag].As(&set) == nil && set
}

// textOf a value, "" for null and unknown.
func textOf(value tftypes.Value) string {
	var text string
	if value.IsNull() || !value.IsKnown() || value.As(&text) != nil {
		return ""
	}
	return text
}
