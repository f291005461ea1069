package kubernetes

import "github.com/hashicorp/terraform-plugin-go/tftypes"

// completeObject gives what was unknown in a plan the value that the API server filled in. What was planned stays.
func completeObject(arguments []*argument, planned map[string]tftypes.Value, live map[string]any) map[string]tftypes.Value {
	completed := map[string]tftypes.Value{}
	for _, argument := range arguments {
		completed[argument.name] = argument.complete(planned[argument.name], argument.of(live))
	}
	return completed
}

func (a *argument) complete(planned tftypes.Value, live any) tftypes.Value {
	if !planned.IsKnown() {
		return a.decode(live)
	}
	if planned.IsFullyKnown() || a.shape != block && a.shape != blocks {
		return planned
	}
	elements := elementsOf(planned)
	partners, comparable := a.partners(elements, live)
	completed := make([]tftypes.Value, len(elements))
	for i, element := range elements {
		partner := map[string]any{}
		if comparable && partners[i] != nil {
			partner = partners[i]
		}
		completed[i] = tftypes.NewValue(objectType(a.arguments), completeObject(a.arguments, attributesOf(element), partner))
	}
	return tftypes.NewValue(a.terraformType(), completed)
}

// openObject makes unknown what the API server will fill in, because nothing is configured for it. An object that exists
// keeps what never changes.
func openObject(arguments []*argument, configured, planned map[string]tftypes.Value, exists bool) map[string]tftypes.Value {
	opened := map[string]tftypes.Value{}
	for _, argument := range arguments {
		opened[argument.name] = argument.open(configured[argument.name], planned[argument.name], exists)
	}
	return opened
}

func (a *argument) open(configured, planned tftypes.Value, exists bool) tftypes.Value {
	if a.computed {
		if !configured.IsNull() || a.fallback != nil || exists && a.stable {
			return planned
		}
		return tftypes.NewValue(a.terraformType(), tftypes.UnknownValue)
	}
	if a.shape != block && a.shape != blocks || !planned.IsKnown() {
		return planned
	}
	before := elementsOf(configured)
	opened := []tftypes.Value{}
	for i, element := range elementsOf(planned) {
		var given map[string]tftypes.Value
		if i < len(before) {
			given = attributesOf(before[i])
		}
		opened = append(opened, tftypes.NewValue(objectType(a.arguments), openObject(a.arguments, given, attributesOf(element), exists)))
	}
	return tftypes.NewValue(a.terraformType(), opened)
}
