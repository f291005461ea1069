package helm

import (
	"math/big"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// arguments are a resource's attributes by name. Terraform has checked them against the schema before they come here, so
// reading a known one as its type cannot fail; one that is null or unknown reads as empty.
type arguments map[string]tftypes.Value

func argumentsOf(value tftypes.Value) arguments {
	read := arguments{}
	_ = value.As(&read)
	return read
}

func (a arguments) text(name string) string {
	var text string
	_ = a[name].As(&text)
	return text
}

func (a arguments) flag(name string) bool {
	var flag bool
	_ = a[name].As(&flag)
	return flag
}

func (a arguments) whole(name string) int {
	number := new(big.Float)
	_ = a[name].As(&number)
	if number == nil {
		return 0
	}
	whole, _ := number.Int64()
	return int(whole)
}

func (a arguments) texts(name string) []string {
	var found []string
	for _, element := range a.list(name) {
		var text string
		_ = element.As(&text)
		found = append(found, text)
	}
	return found
}

func (a arguments) objects(name string) []arguments {
	var found []arguments
	for _, element := range a.list(name) {
		found = append(found, argumentsOf(element))
	}
	return found
}

func (a arguments) object(name string) arguments {
	return argumentsOf(a[name])
}

func (a arguments) list(name string) []tftypes.Value {
	var elements []tftypes.Value
	_ = a[name].As(&elements)
	return elements
}

// with is a copy in which these arguments are replaced.
func (a arguments) with(others arguments) arguments {
	merged := arguments{}
	for name, value := range a {
		merged[name] = value
	}
	for name, value := range others {
		merged[name] = value
	}
	return merged
}

// value is the resource that has these attributes.
func (a arguments) value() tftypes.Value {
	return tftypes.NewValue(stateType, map[string]tftypes.Value(a))
}

// known is whether nothing in it is to be known only after other changes.
func (a arguments) known() bool {
	for _, value := range a {
		if !value.IsFullyKnown() {
			return false
		}
	}
	return true
}

func unknown(name string) tftypes.Value {
	return tftypes.NewValue(stateType.AttributeTypes[name], tftypes.UnknownValue)
}

func null(name string) tftypes.Value {
	return tftypes.NewValue(stateType.AttributeTypes[name], nil)
}

func text(value string) tftypes.Value {
	return tftypes.NewValue(tftypes.String, value)
}
