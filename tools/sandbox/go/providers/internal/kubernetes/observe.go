package kubernetes

import (
	"reflect"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	apiresource "k8s.io/apimachinery/pkg/api/resource"
)

// observeObject compares what was given with what the API server has. A value that means the same stays as it was written;
// another one is drift, and replaces it. What was not given belongs to others (defaults, controllers, admission).
func observeObject(arguments []*argument, given map[string]tftypes.Value, live map[string]any) map[string]tftypes.Value {
	observed := map[string]tftypes.Value{}
	for _, argument := range arguments {
		observed[argument.name] = argument.observe(given[argument.name], argument.of(live))
	}
	return observed
}

func (a *argument) observe(given tftypes.Value, live any) tftypes.Value {
	if a.readOnly || a.computed && given.IsNull() {
		return a.decode(live)
	}
	if given.IsNull() {
		return given
	}
	switch a.shape {
	case block, blocks:
		return a.observeBlocks(given, live)
	case textMap:
		return a.observeMap(given, live)
	}
	encoded, _, err := a.encode(given)
	if err == nil && a.same(encoded, live) {
		return given
	}
	return a.decode(live)
}

// same: the API server may write a quantity in another way, and leaves out zero values.
func (a *argument) same(encoded, live any) bool {
	if isZero(encoded) && isZero(live) || a.drops(encoded) {
		return true
	}
	if a.encoding == quantity {
		return sameQuantity(encoded, live)
	}
	if whole, ok := live.(float64); ok && whole == float64(int64(whole)) {
		live = int64(whole)
	}
	return reflect.DeepEqual(encoded, live)
}

func sameQuantity(encoded, live any) bool {
	one, isText := encoded.(string)
	other, isTextToo := live.(string)
	if !isText || !isTextToo {
		return false
	}
	first, err := apiresource.ParseQuantity(one)
	if err != nil {
		return false
	}
	second, err := apiresource.ParseQuantity(other)
	return err == nil && first.Cmp(second) == 0
}

// observeMap looks at the keys that were given, and at all of a map that is one value.
func (a *argument) observeMap(given tftypes.Value, live any) tftypes.Value {
	entries, _ := live.(map[string]any)
	elements := attributesOf(given)
	if a.atomic && len(entries) > len(elements) {
		return a.decode(live)
	}
	observed := map[string]tftypes.Value{}
	changed := false
	for key, element := range elements {
		entry, there := entries[key]
		encoded, err := a.encodeText(element)
		switch {
		case err == nil && there && (a.encoding == quantity && sameQuantity(encoded, entry) || encoded == entry):
			observed[key] = element
		case there:
			observed[key] = a.decodeScalar(tftypes.String, entry)
			changed = true
		default:
			changed = true
		}
	}
	if !changed {
		return given
	}
	return tftypes.NewValue(a.terraformType(), observed)
}

// observeBlocks compares items by the key that the API server tells them apart by, else by their place.
func (a *argument) observeBlocks(given tftypes.Value, live any) tftypes.Value {
	elements := elementsOf(given)
	if len(elements) == 0 {
		return given
	}
	partners, comparable := a.partners(elements, live)
	if !comparable {
		return a.decode(live)
	}
	observed := []tftypes.Value{}
	for i, element := range elements {
		switch {
		case partners[i] != nil:
			values := observeObject(a.arguments, attributesOf(element), partners[i])
			observed = append(observed, tftypes.NewValue(objectType(a.arguments), values))
		case a.isEmpty(element):
			observed = append(observed, element)
		}
	}
	return tftypes.NewValue(a.terraformType(), observed)
}

// isEmpty: a block of which the object has nothing, so that the API server may have left it out.
func (a *argument) isEmpty(element tftypes.Value) bool {
	object, err := encodeObject(a.arguments, attributesOf(element))
	return err == nil && len(object) == 0 && a.shape == block
}

// partners are the API server's items beside the elements, nil for one that it does not have. They are not comparable when
// only their place tells items apart, and their number is another.
func (a *argument) partners(elements []tftypes.Value, live any) ([]map[string]any, bool) {
	found := make([]map[string]any, len(elements))
	if a.shape == block {
		if len(elements) > 0 {
			found[0], _ = live.(map[string]any)
		}
		return found, true
	}
	items, _ := live.([]any)
	if keys, ok := a.keysOf(elements); ok {
		for _, item := range items {
			if object, isObject := item.(map[string]any); isObject {
				if i, given := keys[object[a.mergeKey]]; given {
					found[i] = object
				}
			}
		}
		return found, true
	}
	if len(items) != len(elements) {
		return nil, false
	}
	for i, item := range items {
		found[i], _ = item.(map[string]any)
	}
	return found, true
}

// keysOf the elements, if each has one of its own.
func (a *argument) keysOf(elements []tftypes.Value) (map[any]int, bool) {
	keys := map[any]int{}
	if a.mergeKey == "" {
		return nil, false
	}
	for i, element := range elements {
		object, err := encodeObject(a.arguments, attributesOf(element))
		key, given := object[a.mergeKey]
		if _, taken := keys[key]; err != nil || !given || taken {
			return nil, false
		}
		keys[key] = i
	}
	return keys, true
}
