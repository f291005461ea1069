package helm

import (
	"encoding/json"
	"fmt"
	"strings"

	"helm.sh/helm/v3/pkg/strvals"
	"sigs.k8s.io/yaml"
)

// sensitive stands for a value that no state and no plan may show.
const sensitive = "(sensitive value)"

// releaseValues are a release's values, as Helm is given them.
type releaseValues struct {
	values map[string]any
	// secrets are the paths of those that are not to be shown, as `set_sensitive` names them.
	secrets []string
}

// valuesOf merges `values` in their order, then lays `set`, `set_list`, `set_sensitive` and `set_wo` over them.
func valuesOf(release arguments) (releaseValues, error) {
	merged := map[string]any{}
	for at, document := range release.texts("values") {
		read := map[string]any{}
		if err := yaml.Unmarshal([]byte(document), &read); err != nil {
			return releaseValues{}, fmt.Errorf("values[%d] is not a YAML or JSON object: %w", at, err)
		}
		merged = merge(merged, read)
	}
	found := releaseValues{values: merged}
	for _, setting := range release.objects("set") {
		if err := found.set(setting); err != nil {
			return releaseValues{}, err
		}
	}
	for _, setting := range release.objects("set_list") {
		name := setting.text("name")
		expression := fmt.Sprintf("%s={%s}", name, strings.Join(setting.texts("value"), ","))
		if err := strvals.ParseInto(expression, merged); err != nil {
			return releaseValues{}, fmt.Errorf("set_list %s: %w", name, err)
		}
	}
	for _, secret := range []string{"set_sensitive", "set_wo"} {
		for _, setting := range release.objects(secret) {
			if err := found.set(setting); err != nil {
				return releaseValues{}, err
			}
			found.secrets = append(found.secrets, setting.text("name"))
		}
	}
	return found, nil
}

func (v releaseValues) set(setting arguments) error {
	name, kind := setting.text("name"), setting.text("type")
	expression := fmt.Sprintf("%s=%s", name, setting.text("value"))
	var err error
	switch kind {
	case "", "auto":
		err = strvals.ParseInto(expression, v.values)
	case "string":
		err = strvals.ParseIntoString(expression, v.values)
	case "literal":
		err = strvals.ParseLiteralInto(expression, v.values)
	default:
		err = fmt.Errorf("type %q must be auto, string or literal", kind)
	}
	if err != nil {
		return fmt.Errorf("set %s: %w", name, err)
	}
	return nil
}

// shown are values as JSON, without the secrets among them.
func shown(values map[string]any, secrets []string) (string, error) {
	if len(secrets) > 0 {
		values = merge(values, nil)
	}
	for _, name := range secrets {
		if err := strvals.ParseInto(fmt.Sprintf("%s=%s", name, sensitive), values); err != nil {
			return "", err
		}
	}
	if values == nil {
		values = map[string]any{}
	}
	document, err := json.Marshal(values)
	return string(document), err
}

// merge is a deep copy of base with over laid over it; lists are replaced whole, as Helm does.
func merge(base, over map[string]any) map[string]any {
	merged := map[string]any{}
	for key, value := range base {
		merged[key] = copied(value)
	}
	for key, value := range over {
		inner, isMap := value.(map[string]any)
		beneath, wasMap := merged[key].(map[string]any)
		if isMap && wasMap {
			merged[key] = merge(beneath, inner)
		} else {
			merged[key] = copied(value)
		}
	}
	return merged
}

func copied(value any) any {
	switch value := value.(type) {
	case map[string]any:
		return merge(value, nil)
	case []any:
		list := make([]any, len(value))
		for at, element := range value {
			list[at] = copied(element)
		}
		return list
	default:
		return value
	}
}
