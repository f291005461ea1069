package helm

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"sort"
	"strings"
	"testing"

	"helm.sh/helm/v3/pkg/chart"
	"sigs.k8s.io/yaml"
)

var factsFolder = filepath.Join("..", "..", "..", "..", "..", "..", "..", "shared", "facts")

// fact reads a file about the real provider or chart, kept beside the repository.
func fact(t *testing.T, path string, into any) {
	t.Helper()
	document, err := os.ReadFile(filepath.Join(factsFolder, path))
	if os.IsNotExist(err) {
		t.Skip("there are no facts in ../shared/facts")
	}
	if err == nil {
		err = json.Unmarshal(document, into)
	}
	if err != nil {
		t.Fatal(err)
	}
}

type realAttribute struct {
	Required bool
	Optional bool
}

func TestAReleaseTakesWhatTheRealProviderTakes(t *testing.T) {
	var real struct {
		Resources map[string]struct {
			Block struct{ Attributes map[string]realAttribute }
		} `json:"resource_schemas"`
	}
	fact(t, "provider-schemas/helm-3.1.1.json", &real)
	ours := map[string]realAttribute{}
	for _, attribute := range releaseSchema().Block.Attributes {
		ours[attribute.Name] = realAttribute{Required: attribute.Required, Optional: attribute.Optional}
	}
	theirs := real.Resources[resourceType].Block.Attributes
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
	CRDs       []struct {
		Group, Plural, Scope string
		Versions             []struct {
			Name       string
			SpecFields map[string]string
		}
	}
}

func TestAStandInHasTheRealChartsVersionAndDefaults(t *testing.T) {
	for _, stand := range standIns(t) {
		var real realChart
		fact(t, "charts/"+stand.Name()+".json", &real)
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

func TestACustomResourceHasNoFieldThatTheRealOneHasNot(t *testing.T) {
	for _, stand := range standIns(t) {
		var real realChart
		fact(t, "charts/"+stand.Name()+".json", &real)
		for _, file := range stand.CRDObjects() {
			if invented := inventedFields(t, file, real); len(invented) > 0 {
				t.Errorf("%s: %v", file.Name, invented)
			}
		}
	}
}

func inventedFields(t *testing.T, file chart.CRD, real realChart) []string {
	t.Helper()
	var crd struct {
		Spec struct {
			Group, Scope string
			Names        struct{ Plural string }
			Versions     []struct {
				Name   string
				Schema struct {
					OpenAPIV3Schema struct {
						Properties struct {
							Spec struct {
								Properties map[string]struct{ Type string }
							}
						}
					}
				}
			}
		}
	}
	if err := yaml.Unmarshal(file.File.Data, &crd); err != nil {
		t.Fatal(err)
	}
	invented := []string{}
	for _, version := range crd.Spec.Versions {
		fields := map[string]string{}
		for _, definition := range real.CRDs {
			for _, known := range definition.Versions {
				if definition.Group == crd.Spec.Group && definition.Plural == crd.Spec.Names.Plural && definition.Scope == crd.Spec.Scope && known.Name == version.Name {
					fields = known.SpecFields
				}
			}
		}
		for name, field := range version.Schema.OpenAPIV3Schema.Properties.Spec.Properties {
			if fields[name] != field.Type {
				invented = append(invented, version.Name+" "+name)
			}
		}
	}
	sort.Strings(invented)
	return invented
}
