package kubernetes

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"k8s.io/apimachinery/pkg/util/json"
)

// given are the values of a resource with these arguments, as JSON; blocks are lists, and all else is null.
func given(t *testing.T, resource *resource, arguments string) values {
	t.Helper()
	value, err := tfprotov6.RawState{JSON: []byte(arguments)}.Unmarshal(resource.valueType)
	if err != nil {
		t.Fatal(err)
	}
	return attributesOf(value)
}

// object of the API, as the client gives it: whole numbers are int64.
func object(t *testing.T, text string) map[string]any {
	t.Helper()
	var parsed map[string]any
	if err := json.Unmarshal([]byte(text), &parsed); err != nil {
		t.Fatal(err)
	}
	return parsed
}
