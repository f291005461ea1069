package helm

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"helm.sh/helm/v3/pkg/chart"
)

var packages = filepath.Join("..", "..", "..", "..", "..", "..", "packages")

// upstream reads what `npm run upstream` keeps of the real provider or chart.
func upstream(t *testing.T, path string, into any) {
	t.Helper()
	document, err := os.ReadFile(filepath.Join(packages, path))
	if err == nil {
		err = json.Unmarshal(document, into)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// realOf is what is known of the chart that another stands in for.
func realOf(t *testing.T, stand *chart.Chart) realChart {
	t.Helper()
	var real realChart
	upstream(t, filepath.Join("k8s-platform", "src", "charts", stand.Name()+".json"), &real)
	return real
}

type realAttribute struct {
	Required bool
	Optional bool
}

func TestAReleaseTakesWhatTheRealProviderTakes(t *testing.T) {
	var real struct {
		Resources map[string]string
		Blocks    map[string]struct{ Attributes map[string]realAttribute }
	}
	upstream(t, filepath.Join("shared", "src", "testing", "providers", "helm.json"), &real)
	ours := map[string]realAttribute{}
	for _, attribute := range releaseSchema().Block.Attributes {
		ours[attribute.Name] = realAttribute{Required: attribute.Required, Optional: attribute.Optional}
	}
	theirs := real.Blocks[real.Resources[resourceType]].Attributes
	for name, attribute := range theirs {
		if own, found := ours[name]; !found || own != attribute {
			t.Errorf("%s is %+v, not %+v", name, own, attribute)
		}
	}
	for name := range ours {
		if _, found := theirs[name]; !found {
			t.Errorf("%s is invented", name)
		}
	}
}

type realChart struct {
	Version    string
	AppVersion string
	Values     map[string]struct{ Default any }
	RBAC       rbac
}

func TestAStandInHasTheRealChartsVersionAndDefaults(t *testing.T) {
	for _, stand := range standIns(t) {
		real := realOf(t, stand)
		if stand.Metadata.Version != real.Version || stand.Metadata.AppVersion != real.AppVersion {
			t.Errorf("%s is %s of %s, not %s of %s", stand.Name(), stand.Metadata.Version, stand.Metadata.AppVersion, real.Version, real.AppVersion)
		}
		for path, value := range leaves("", stand.Values) {
			if known, own := real.known(path); !known {
				t.Errorf("%s: the real chart has no value %s", stand.Name(), path)
			} else if own != nil && !empty(value) && !reflect.DeepEqual(own, value) && path != "image.tag" {
				t.Errorf("%s: %s is %v, not %v", stand.Name(), path, value, own)
			}
		}
	}
}

// known is whether the real chart has that value or one that it is part of, and its default, if it is listed itself.
func (c realChart) known(path string) (bool, any) {
	if value, found := c.Values[path]; found {
		return true, value.Default
	}
	for above := path; strings.Contains(above, "."); {
		above = above[:strings.LastIndex(above, ".")]
		if _, found := c.Values[above]; found {
			return true, nil
		}
	}
	return false, nil
}

func leaves(path string, value any) map[string]any {
	found := map[string]any{}
	inner, isMap := value.(map[string]any)
	if !isMap || (len(inner) == 0 && path != "") {
		found[path] = value
		return found
	}
	for key, value := range inner {
		for leaf, value := range leaves(strings.TrimPrefix(path+"."+key, "."), value) {
			found[leaf] = value
		}
	}
	return found
}

// empty values mean the same to a template.
func empty(value any) bool {
	return value == nil || value == "" || value == false || reflect.ValueOf(value).Kind() == reflect.Slice && reflect.ValueOf(value).Len() == 0
}

func TestAStandInHasTheRealChartsRights(t *testing.T) {
	for _, stand := range standIns(t) {
		real := realOf(t, stand).RBAC
		manifest, err := rendered(t, stand, real.With)
		if err != nil {
			t.Fatal(stand.Name(), err)
		}
		own, err := rbacOf(manifest)
		if err != nil {
			t.Fatal(stand.Name(), err)
		}
		if !reflect.DeepEqual(own.Bindings, real.Bindings) {
			t.Errorf("%s binds %q, not %q", stand.Name(), own.Bindings, real.Bindings)
		}
		for role := range merged(own.Roles, real.Roles) {
			for on := range merged(own.Roles[role], real.Roles[role]) {
				if may, mayReally := own.Roles[role][on], real.Roles[role][on]; !reflect.DeepEqual(may, mayReally) {
					t.Errorf("%s: %s may %q on %s, not %q", stand.Name(), role, may, on, mayReally)
				}
			}
		}
	}
}

func merged[V any](one, other map[string]V) map[string]V {
	both := maps.Clone(other)
	if both == nil {
		both = map[string]V{}
	}
	maps.Copy(both, one)
	return both
}
