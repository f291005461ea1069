package kubernetes

import (
	"reflect"
	"strings"
	"unicode"
)

// typedProperty is a property of one type of the Kubernetes API.
type typedProperty struct {
	of       reflect.Type
	property string
}

func in[T any](property string) typedProperty { return typedProperty{reflect.TypeFor[T](), property} }

// nameOf an argument: its property in snake case; the singular for blocks that stand any number of times.
func nameOf(owner reflect.Type, property string, of shape) string {
	if name, ok := renamed[typedProperty{owner, property}]; ok {
		return name
	}
	if of == blocks && !pluralBlocks[property] && !pluralIn[typedProperty{owner, property}] {
		return snakeCase(singular(property))
	}
	return snakeCase(property)
}

// snakeCase of a property: clusterIPs is cluster_ips, nonResourceURLs is non_resource_urls.
func snakeCase(property string) string {
	runes := []rune(property)
	var name strings.Builder
	for i, r := range runes {
		if unicode.IsUpper(r) && i > 0 && startsWord(runes, i) {
			name.WriteByte('_')
		}
		name.WriteRune(unicode.ToLower(r))
	}
	return name.String()
}

// startsWord: a capital after a small letter, or the last capital of some before a small letter that is no plural's s.
func startsWord(runes []rune, at int) bool {
	if !unicode.IsUpper(runes[at-1]) {
		return true
	}
	rest := string(runes[at+1:])
	return rest != "" && rest != "s" && unicode.IsLower(runes[at+1])
}

func singular(name string) string {
	switch {
	case strings.HasSuffix(name, "ies"):
		return strings.TrimSuffix(name, "ies") + "y"
	case strings.HasSuffix(name, "sses"):
		return strings.TrimSuffix(name, "es")
	case strings.HasSuffix(name, "s") && !strings.HasSuffix(name, "ss") && name != "tls":
		return strings.TrimSuffix(name, "s")
	}
	return name
}
