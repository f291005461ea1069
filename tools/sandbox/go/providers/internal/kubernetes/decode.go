package kubernetes

import (
	"encoding/base64"
	"fmt"
	"strconv"
	"unicode/utf8"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// decodeObject gives all arguments the values that the object has.
func decodeObject(arguments []*argument, object map[string]any) map[string]tftypes.Value {
	values := map[string]tftypes.Value{}
	for _, argument := range arguments {
		values[argument.name] = argument.decode(argument.of(object))
	}
	return values
}

// of gives the argument's part of the object that it belongs to.
func (a *argument) of(object map[string]any) any {
	if a.property == "" {
		return object
	}
	return object[a.property]
}

// decode what the API server has; nil is null, or no block.
func (a *argument) decode(live any) tftypes.Value {
	switch a.shape {
	case block:
		object, ok := live.(map[string]any)
		if !ok {
			return tftypes.NewValue(a.terraformType(), []tftypes.Value{})
		}
		return tftypes.NewValue(a.terraformType(), []tftypes.Value{a.decodeBlock(object)})
	case blocks:
		items, _ := live.([]any)
		decoded := make([]tftypes.Value, 0, len(items))
		for _, item := range items {
			if object, ok := item.(map[string]any); ok {
				decoded = append(decoded, a.decodeBlock(object))
			}
		}
		return tftypes.NewValue(a.terraformType(), decoded)
	case textMap:
		return a.decodeMap(live)
	case textList, numberList:
		items, ok := live.([]any)
		if !ok {
			return tftypes.NewValue(a.terraformType(), nil)
		}
		decoded := make([]tftypes.Value, 0, len(items))
		for _, item := range items {
			decoded = append(decoded, a.decodeScalar(a.terraformType().(tftypes.List).ElementType, item))
		}
		return tftypes.NewValue(a.terraformType(), decoded)
	default:
		return a.decodeScalar(a.terraformType(), live)
	}
}

func (a *argument) decodeBlock(object map[string]any) tftypes.Value {
	return tftypes.NewValue(objectType(a.arguments), decodeObject(a.arguments, object))
}

// decodeMap leaves out bytes that are no text: those can only be given in base64.
func (a *argument) decodeMap(live any) tftypes.Value {
	entries, ok := live.(map[string]any)
	if !ok {
		return tftypes.NewValue(a.terraformType(), nil)
	}
	decoded := map[string]tftypes.Value{}
	for key, entry := range entries {
		value := a.decodeScalar(tftypes.String, entry)
		var text string
		if value.As(&text) == nil && utf8.ValidString(text) {
			decoded[key] = value
		}
	}
	return tftypes.NewValue(a.terraformType(), decoded)
}

func (a *argument) decodeScalar(to tftypes.Type, live any) tftypes.Value {
	switch value := live.(type) {
	case string:
		if a.encoding == base64Text {
			if plain, err := base64.StdEncoding.DecodeString(value); err == nil {
				value = string(plain)
			}
		}
		return tftypes.NewValue(to, value)
	case bool:
		return tftypes.NewValue(to, value)
	case int64:
		switch {
		case to.Is(tftypes.Number):
			return tftypes.NewValue(to, value)
		case a.encoding == octal:
			return tftypes.NewValue(to, "0"+strconv.FormatInt(value, 8))
		}
		return tftypes.NewValue(to, strconv.FormatInt(value, 10))
	case float64:
		if to.Is(tftypes.Number) {
			return tftypes.NewValue(to, value)
		}
		return tftypes.NewValue(to, fmt.Sprint(value))
	}
	return tftypes.NewValue(to, nil)
}
