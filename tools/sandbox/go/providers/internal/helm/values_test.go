package helm

import (
	"reflect"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// releaseWith is a release whose other attributes are null.
func releaseWith(given arguments) arguments {
	release := arguments{}
	for name := range stateType.AttributeTypes {
		release[name] = null(name)
	}
	return release.with(given)
}

func documents(values ...string) tftypes.Value {
	elements := []tftypes.Value{}
	for _, value := range values {
		elements = append(elements, text(value))
	}
	return tftypes.NewValue(texts, elements)
}

// setting is one element of set, set_sensitive or set_wo.
func setting(of string, name, kind, value string) tftypes.Value {
	list := stateType.AttributeTypes[of].(tftypes.List)
	fields := map[string]tftypes.Value{"name": text(name), "value": text(value), "type": tftypes.NewValue(tftypes.String, nil)}
	if kind != "" {
		fields["type"] = text(kind)
	}
	return tftypes.NewValue(list, []tftypes.Value{tftypes.NewValue(list.ElementType, fields)})
}

func TestValuesAreLaidOverEachOther(t *testing.T) {
	found, err := valuesOf(releaseWith(arguments{
		"values": documents("a: {b: 1, c: [1, 2]}\nd: 1", `{"a": {"c": [3]}, "e": {"f": "g"}}`),
		"set":    setting("set", "a.b", "string", "2"),
	}))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]any{
		"a": map[string]any{"b": "2", "c": []any{float64(3)}},
		"d": float64(1),
		"e": map[string]any{"f": "g"},
	}
	if !reflect.DeepEqual(found.values, want) {
		t.Errorf("%v, not %v", found.values, want)
	}
}

func TestASettingHasAType(t *testing.T) {
	for kind, want := range map[string]any{"": true, "auto": true, "string": "true", "literal": "true"} {
		found, err := valuesOf(releaseWith(arguments{"set": setting("set", "on", kind, "true")}))
		if err != nil || found.values["on"] != want {
			t.Errorf("%q: %#v (%v), not %#v", kind, found.values["on"], err, want)
		}
	}
	if _, err := valuesOf(releaseWith(arguments{"set": setting("set", "on", "number", "1")})); err == nil {
		t.Error("a type that there is not was taken")
	}
}

func TestValuesMustBeAnObject(t *testing.T) {
	_, err := valuesOf(releaseWith(arguments{"values": documents("a: 1", "- a")}))
	if err == nil || !strings.Contains(err.Error(), "values[1] is not a YAML or JSON object") {
		t.Error(err)
	}
}

func TestSecretsAreNotShown(t *testing.T) {
	for _, secret := range []string{"set_sensitive", "set_wo"} {
		found, err := valuesOf(releaseWith(arguments{
			"values": documents("db: {user: ada}"),
			secret:   setting(secret, "db.password", "", "hush"),
		}))
		if err != nil {
			t.Fatal(err)
		}
		json, err := shown(found.values, found.secrets)
		if want := `{"db":{"password":"(sensitive value)","user":"ada"}}`; err != nil || json != want {
			t.Errorf("%s: %s (%v)", secret, json, err)
		}
		if db := found.values["db"].(map[string]any); db["password"] != "hush" {
			t.Errorf("Helm is given %v", db)
		}
	}
}
