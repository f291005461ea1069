package kubernetes

import (
	"encoding/base64"
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strconv"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	apiresource "k8s.io/apimachinery/pkg/api/resource"
)

// encodeObject makes the object's properties of the arguments that are given. Nulls and unknown values are left out.
func encodeObject(arguments []*argument, values map[string]tftypes.Value) (map[string]any, error) {
	object := map[string]any{}
	var wrong invalidArguments
	for _, argument := range arguments {
		encoded, given, err := argument.encode(values[argument.name])
		wrong = wrong.found(argument.name, err)
		if !given {
			continue
		}
		properties, isObject := encoded.(map[string]any)
		into, taken := object[argument.property].(map[string]any)
		switch {
		case argument.property == "" && isObject:
			maps.Copy(object, properties)
		case isObject && taken:
			maps.Copy(into, properties)
		default:
			object[argument.property] = encoded
		}
	}
	return object, wrong.orNil()
}

// encode one argument; given is false where the object has nothing of it.
func (a *argument) encode(value tftypes.Value) (encoded any, given bool, err error) {
	if a.readOnly || value.IsNull() || !value.IsKnown() {
		return nil, false, nil
	}
	switch a.shape {
	case number:
		encoded, err = encodeNumber(value)
	case boolean:
		var answer bool
		err = value.As(&answer)
		encoded = answer
	case textMap:
		encoded, err = a.encodeMap(value)
	case textList, numberList:
		encoded, err = a.encodeList(value)
	case block, blocks:
		return a.encodeBlocks(value)
	default:
		encoded, err = a.encodeText(value)
	}
	return encoded, err == nil && !a.drops(encoded), err
}

func (a *argument) drops(encoded any) bool {
	return a.dropsEmpty && encoded == "" || a.dropsZero && isZero(encoded)
}

func (a *argument) encodeText(value tftypes.Value) (any, error) {
	var given string
	if err := value.As(&given); err != nil {
		return nil, err
	}
	return encodeText(a.encoding, given)
}

func encodeText(as encoding, given string) (any, error) {
	switch {
	case as == base64Text:
		return base64.StdEncoding.EncodeToString([]byte(given)), nil
	case given == "" || as == plain:
		return given, nil
	}
	switch as {
	case quantity, spelledQuantity:
		if _, err := apiresource.ParseQuantity(given); err != nil {
			return nil, fmt.Errorf("%q is no quantity, such as 500m or 1Gi: %w", given, err)
		}
	case intOrString:
		if whole, err := strconv.ParseInt(given, 10, 32); err == nil {
			return whole, nil
		}
	case integer:
		whole, err := strconv.ParseInt(given, 10, 64)
		if err != nil {
			return nil, fmt.Errorf("%q is no whole number", given)
		}
		return whole, nil
	case octal:
		mode, err := strconv.ParseInt(given, 8, 32)
		if err != nil {
			return nil, fmt.Errorf("%q is no file mode, such as \"0644\"", given)
		}
		return mode, nil
	}
	return given, nil
}

func encodeNumber(value tftypes.Value) (any, error) {
	var given big.Float
	if err := value.As(&given); err != nil {
		return nil, err
	}
	if whole, accuracy := given.Int64(); accuracy == big.Exact {
		return whole, nil
	}
	fraction, _ := given.Float64()
	return fraction, nil
}

func (a *argument) encodeMap(value tftypes.Value) (any, error) {
	var elements map[string]tftypes.Value
	if err := value.As(&elements); err != nil {
		return nil, err
	}
	encoded := map[string]any{}
	var wrong invalidArguments
	for key, element := range elements {
		if element.IsNull() || !element.IsKnown() {
			continue
		}
		one, err := a.encodeText(element)
		wrong = wrong.found(fmt.Sprintf("[%q]", key), err)
		encoded[key] = one
	}
	return encoded, wrong.orNil()
}

func (a *argument) encodeList(value tftypes.Value) (any, error) {
	encoded := []any{}
	for _, element := range elementsOf(value) {
		if element.IsNull() || !element.IsKnown() {
			continue
		}
		encode := a.encodeText
		if a.shape == numberList {
			encode = encodeNumber
		}
		one, err := encode(element)
		if err != nil {
			return nil, err
		}
		encoded = append(encoded, one)
	}
	return encoded, nil
}

// encodeBlocks: no block is no property, and an empty block an empty object. That is how a network policy selects all pods.
func (a *argument) encodeBlocks(value tftypes.Value) (any, bool, error) {
	objects := []any{}
	var wrong invalidArguments
	for i, element := range elementsOf(value) {
		object, err := encodeObject(a.arguments, attributesOf(element))
		wrong = wrong.found(fmt.Sprintf("[%d]", i), err)
		objects = append(objects, object)
	}
	if len(objects) == 0 || len(wrong) > 0 {
		return nil, false, wrong.orNil()
	}
	if a.shape == block {
		return objects[0], true, nil
	}
	return objects, true, nil
}

// isZero: what a typed client leaves out.
func isZero(encoded any) bool {
	switch value := encoded.(type) {
	case nil:
		return true
	case string:
		return value == ""
	case bool:
		return !value
	case int64:
		return value == 0
	case float64:
		return value == 0
	case []any:
		return len(value) == 0
	case map[string]any:
		return len(value) == 0
	}
	return false
}

// elementsOf a list, a copy: tftypes hands out what the value itself holds. None of a null or unknown one.
func elementsOf(value tftypes.Value) []tftypes.Value {
	var elements []tftypes.Value
	if value.IsNull() || !value.IsKnown() || value.As(&elements) != nil {
		return nil
	}
	return slices.Clone(elements)
}

// attributesOf an object or a map, a copy too. None of a null or unknown one.
func attributesOf(value tftypes.Value) map[string]tftypes.Value {
	attributes := map[string]tftypes.Value{}
	if value.IsNull() || !value.IsKnown() || value.As(&attributes) != nil {
		return map[string]tftypes.Value{}
	}
	return maps.Clone(attributes)
}
