package helm

import (
	"math/big"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// arguments are a resource's attributes by name. One that is null or unknown reads as empty.
type arguments map[string]tftypes.Value

func argumentsOf(value tftypes.Value) arguments {
	read := map[string]tftypes.Value{}
	into(&read, value)
	return read
}

func (a arguments) text(name string) string {
	var text string
	into(&text, a[name])
	return text
}

func (a arguments) flag(name string) bool {
	var flag bool
	into(&flag, a[name])
	return flag
}

func (a arguments) whole(name string) int {
	number := new(big.Float)
	into(&number, a[name])
	whole, _ := number.Int64()
	return int(whole)
}

func (a arguments) texts(name string) []string {
	var found []string
	for _, element := range a.list(name) {
		var text string
		into(&text, element)
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
	into(&elements, a[name])
	return elements
}

// into reads a value as the type of its attribute. Terraform has checked it against the schema: any other type is a mistake
// in this provider.
func into(target any, value tftypes.Value) {
	if value.IsNull() || !value.IsKnown() {
		return
	}
	if err := value.As(target); err != nil {
		panic(err)
	}
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
