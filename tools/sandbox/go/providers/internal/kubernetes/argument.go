package kubernetes

import (
	"reflect"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	apiresource "k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
)

// shape is what an argument looks like in Terraform.
type shape int

const (
	text shape = iota
	number
	boolean
	textMap
	textList
	numberList
	// block stands once at most, blocks any number of times.
	block
	blocks
)

// encoding is how an argument's text stands in the object.
type encoding int

const (
	plain encoding = iota
	// quantity is equal to another way to write it: 1000m is 1.
	quantity
	// spelledQuantity is not: the real provider compares the text, and the API server writes 2048Mi as 2Gi.
	spelledQuantity
	// intOrString is a number where it can be one.
	intOrString
	// integer is a number that Terraform has as text, so that "" can stand for none.
	integer
	// octal is a file mode, such as "0644".
	octal
	// base64Text is bytes, given as they are.
	base64Text
)

// argument is one argument of a resource: where it stands in Terraform and in the object.
type argument struct {
	name     string
	property string
	shape    shape
	encoding encoding
	// arguments of a block.
	arguments []*argument
	// mergeKey is the property by which the API server tells a list's items apart; without one the list is one value.
	mergeKey string
	// atomic maps are one value: a key that somebody added is drift.
	atomic bool
	// dropsEmpty: a typed client does not send an empty text. dropsZero: nor any other zero value, as the API has no
	// difference between that and none.
	dropsEmpty, dropsZero bool
	// computed is what the API server fills in where nothing is given; readOnly, what it alone knows.
	computed, readOnly, required, sensitive bool
	// stable: the API server never changes what it once filled in.
	stable bool
	// fallback is what Terraform takes where nothing is given, as the real provider does.
	fallback any
}

var (
	quantityType    = reflect.TypeFor[apiresource.Quantity]()
	intOrStringType = reflect.TypeFor[intstr.IntOrString]()
	metadataType    = reflect.TypeFor[metav1.ObjectMeta]()
	typeMetaType    = reflect.TypeFor[metav1.TypeMeta]()
	timeType        = reflect.TypeFor[metav1.Time]()
	bytesType       = reflect.TypeFor[[]byte]()
)

// atomicMaps are the properties that the API server takes as one value.
var atomicMaps = map[string]bool{"matchLabels": true, "nodeSelector": true, "selector": true}

// argumentsOf are the arguments that stand for the fields of a type of the Kubernetes API.
func argumentsOf(of reflect.Type) []*argument {
	var arguments []*argument
	for i := range of.NumField() {
		field := of.Field(i)
		property, options, _ := strings.Cut(field.Tag.Get("json"), ",")
		switch {
		case field.Type == typeMetaType || omits(of, property):
		case property == "" && nestedIn[field.Type] != "":
			arguments = append(arguments, &argument{
				name: nestedIn[field.Type], shape: block, arguments: argumentsOf(field.Type),
			})
		case property == "":
			arguments = append(arguments, argumentsOf(field.Type)...)
		default:
			made := argumentOf(of, property, field.Type)
			made.mergeKey = field.Tag.Get("patchMergeKey")
			made.dropsEmpty = strings.Contains(options, "omitempty") || made.encoding != plain
			made.dropsZero = strings.Contains(options, "omitempty") && field.Type.Kind() != reflect.Pointer
			arguments = append(arguments, made)
		}
	}
	return arguments
}

func argumentOf(owner reflect.Type, property string, of reflect.Type) *argument {
	for of.Kind() == reflect.Pointer {
		of = of.Elem()
	}
	made := &argument{property: property, computed: computes(owner, property), atomic: atomicMaps[property]}
	made.shape, made.encoding = shapeOf(of)
	if encoding, ok := encodings[typedProperty{owner, property}]; ok {
		made.encoding = encoding
		if made.shape == number {
			made.shape = text
		}
	}
	switch {
	case of == metadataType:
		made.arguments = templateMetadata()
	case made.shape == block:
		made.arguments = argumentsOf(of)
	case made.shape == blocks:
		made.arguments = argumentsOf(of.Elem())
	}
	if kept, ok := narrowed[typedProperty{owner, property}]; ok {
		made.arguments = slices.DeleteFunc(made.arguments, func(a *argument) bool { return !slices.Contains(kept, a.property) })
	}
	made.name = nameOf(owner, property, made.shape)
	return made
}

func shapeOf(of reflect.Type) (shape, encoding) {
	switch of {
	case quantityType:
		return text, quantity
	case intOrStringType:
		return text, intOrString
	case timeType:
		return text, plain
	case bytesType:
		return text, base64Text
	}
	switch of.Kind() {
	case reflect.String:
		return text, plain
	case reflect.Bool:
		return boolean, plain
	case reflect.Int, reflect.Int32, reflect.Int64, reflect.Float64:
		return number, plain
	case reflect.Struct:
		return block, plain
	case reflect.Map:
		_, encoding := shapeOf(of.Elem())
		return textMap, encoding
	case reflect.Slice:
		switch element, _ := shapeOf(of.Elem()); element {
		case block:
			return blocks, plain
		case number:
			return numberList, plain
		default:
			return textList, plain
		}
	}
	panic("no argument can stand for a " + of.String())
}

// terraformType of the argument's values.
func (a *argument) terraformType() tftypes.Type {
	switch a.shape {
	case number:
		return tftypes.Number
	case boolean:
		return tftypes.Bool
	case textMap:
		return tftypes.Map{ElementType: tftypes.String}
	case textList:
		return tftypes.List{ElementType: tftypes.String}
	case numberList:
		return tftypes.List{ElementType: tftypes.Number}
	case block, blocks:
		return tftypes.List{ElementType: objectType(a.arguments)}
	default:
		return tftypes.String
	}
}

func objectType(arguments []*argument) tftypes.Object {
	types := map[string]tftypes.Type{}
	for _, argument := range arguments {
		types[argument.name] = argument.terraformType()
	}
	return tftypes.Object{AttributeTypes: types}
}
