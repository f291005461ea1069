package helm

import (
	"encoding/json"
	"reflect"
	"regexp"
	"sort"
	"strings"

	"helm.sh/helm/v3/pkg/chart"
	"helm.sh/helm/v3/pkg/chartutil"
)

// knownValue is one value of a chart. An object or a list is rendered whole, with whatever is in it.
type knownValue struct {
	// Type is string, number, boolean, list, object or any; several of a schema are joined by "|".
	Type    string `json:"type"`
	Default any    `json:"default,omitempty"`
	Enum    []any  `json:"enum,omitempty"`
}

type knownValues map[string]knownValue

// valuesOfChart are the values that a chart knows, by their paths: those with a default, those of its schema, and those that only its
// templates read.
func valuesOfChart(of *chart.Chart) (knownValues, error) {
	known := knownValues{}
	known.addDefaults("", of.Values)
	if len(of.Schema) > 0 {
		var schema valueSchema
		if err := json.Unmarshal(of.Schema, &schema); err != nil {
			return nil, err
		}
		known.addSchema("", schema, schema.definitions())
	}
	for _, template := range of.Templates {
		for _, read := range valueRead.FindAllSubmatch(template.Data, -1) {
			known.addRead(string(read[1]))
		}
		for _, whole := range renderedWhole {
			for _, read := range whole.FindAllSubmatch(template.Data, -1) {
				known.makeWhole(string(read[1]), of.Values)
			}
		}
	}
	return known, nil
}

// renderedWhole are the ways in which a template renders an object with whatever is in it.
var renderedWhole = []*regexp.Regexp{
	regexp.MustCompile(`toYaml \(?\.Values\.([\w.]+)`),
	regexp.MustCompile(`\.Values\.([\w.]+)\s*\|\s*toYaml`),
	regexp.MustCompile(`with \.Values\.([\w.]+)\s*-?}}[^}]{0,150}{{-?\s*toYaml \.\W`),
	regexp.MustCompile(`range [^}]*\.Values\.([\w.]+)\s*-?}}`),
}

func (k knownValues) makeWhole(path string, defaults map[string]any) {
	isObject := false
	for known := range k {
		if strings.HasPrefix(known, path+".") {
			delete(k, known)
			isObject = true
		}
	}
	if isObject {
		// Without a default the table is nil.
		table, _ := chartutil.Values(defaults).Table(path)
		k[path] = knownValue{Type: "object", Default: table}
	}
}

func (k knownValues) addDefaults(path string, value any) {
	inner, isMap := value.(map[string]any)
	if !isMap || (len(inner) == 0 && path != "") {
		k[path] = knownValue{Type: kindOf(value), Default: value}
		return
	}
	for key, value := range inner {
		k.addDefaults(below(path, key), value)
	}
}

func kindOf(value any) string {
	switch value.(type) {
	case nil:
		return "any"
	case string:
		return "string"
	case bool:
		return "boolean"
	case map[string]any:
		return "object"
	}
	if reflect.ValueOf(value).Kind() == reflect.Slice {
		return "list"
	}
	return "number"
}

// valueSchema is what is read of a values.schema.json.
type valueSchema struct {
	Type        any                    `json:"type"`
	Enum        []any                  `json:"enum"`
	Properties  map[string]valueSchema `json:"properties"`
	Ref         string                 `json:"$ref"`
	Definitions map[string]valueSchema `json:"definitions"`
	Defs        map[string]valueSchema `json:"$defs"`
}

func (s valueSchema) definitions() map[string]valueSchema {
	found := map[string]valueSchema{}
	for name, definition := range s.Definitions {
		found["#/definitions/"+name] = definition
	}
	for name, definition := range s.Defs {
		found["#/$defs/"+name] = definition
	}
	return found
}

func (k knownValues) addSchema(path string, schema valueSchema, definitions map[string]valueSchema) {
	if definition, found := definitions[schema.Ref]; found {
		schema = definition
	}
	if len(schema.Properties) == 0 {
		if path != "" {
			k[path] = knownValue{Type: schema.types(), Default: k[path].Default, Enum: schema.Enum}
		}
		return
	}
	delete(k, path)
	for key, property := range schema.Properties {
		k.addSchema(below(path, key), property, definitions)
	}
}

func (s valueSchema) types() string {
	names, isList := s.Type.([]any)
	if !isList {
		names = []any{s.Type}
	}
	var found []string
	for _, name := range names {
		switch name {
		case nil:
			return "any"
		case "integer":
			name = "number"
		case "array":
			name = "list"
		}
		found = append(found, name.(string))
	}
	sort.Strings(found)
	return strings.Join(found, "|")
}

// addRead adds a value that a template reads, where no value above or below it is known.
func (k knownValues) addRead(path string) {
	for known := range k {
		if known == path || strings.HasPrefix(known, path+".") || strings.HasPrefix(path, known+".") {
			return
		}
	}
	k[path] = knownValue{Type: "any"}
}

func below(path, key string) string { return strings.TrimPrefix(path+"."+key, ".") }
