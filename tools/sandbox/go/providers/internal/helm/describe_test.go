package helm

import (
	"os"
	"path/filepath"
	"reflect"
	"sort"
	"testing"
)

var described = map[string]string{
	"Chart.yaml": "apiVersion: v2\nname: one\nversion: 1.2.3\nappVersion: \"4\"\nkubeVersion: \">=1.25.0-0\"\n",
	"values.yaml": `
image: {tag: ""}
replicas: 1
args: [a]
resources: {requests: {cpu: 1}}
serviceAccount: {name: "", annotations: {}}
`,
	"values.schema.json": `{"properties": {
		"kind": {"type": ["string", "null"], "enum": ["A", "B", null]},
		"image": {"$ref": "#/$defs/image"}},
		"$defs": {"image": {"properties": {"tag": {"type": "string"}, "digest": {"type": "string"}}}}}`,
	"templates/deployment.yaml": `kind: Deployment
metadata: {name: one}
spec: {replicas: {{ .Values.replicas }}, class: {{ .Values.class | quote }}}
resources:
  {{- toYaml .Values.resources | nindent 2 }}
`,
	"templates/rights.yaml": `kind: ClusterRole
metadata: {name: one, labels: {rbac.authorization.k8s.io/aggregate-to-view: "true"}}
rules:
  - {apiGroups: [""], resources: [pods, pods/status], verbs: [list, get]}
  - {apiGroups: [apps], resources: [deployments], resourceNames: [one], verbs: [get]}
---
kind: RoleBinding
metadata: {name: one, namespace: other}
roleRef: {kind: ClusterRole, name: one}
subjects: [{kind: ServiceAccount, name: {{ .Values.serviceAccount.name | quote }}, namespace: system}]
`,
	"crds/widget.yaml": `# The chart's own words.
kind: CustomResourceDefinition
metadata: {name: widgets.example.com}
spec:
  versions:
    - name: v1
      schema:
        openAPIV3Schema:
          description: A sentence.
          properties:
            description: {type: string, description: Another.}
            message: {type: string}
          x-kubernetes-validations: [{rule: self.message != "", message: Give one.}]
---
kind: ConfigMap
`,
}

func describeOne(t *testing.T) *Description {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "one")
	for name, text := range described {
		file := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	values := map[string]any{"replicas": 2, "serviceAccount": map[string]any{"name": "given"}}
	found, err := Describe(Described{Name: "one", Namespace: "system", Folder: folder, Values: values, Kubernetes: "1.35"})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestAChartIsDescribedByTheValuesThatItKnows(t *testing.T) {
	found := describeOne(t)
	if found.Version != "1.2.3" || found.AppVersion != "4" || !found.Strict {
		t.Errorf("%+v", found)
	}
	var known []string
	for path, value := range found.Values {
		known = append(known, path+" "+value.Type)
	}
	sort.Strings(known)
	if want := []string{
		"args list", "class any", "image.digest string", "image.tag string", "kind null|string", "replicas number",
		"resources object", "serviceAccount.annotations object", "serviceAccount.name string",
	}; !reflect.DeepEqual(known, want) {
		t.Errorf("%q", known)
	}
	if enum := found.Values["kind"].Enum; !reflect.DeepEqual(enum, []any{"A", "B", nil}) {
		t.Errorf("%v", enum)
	}
}

func TestAChartIsDescribedByTheRightsOfARelease(t *testing.T) {
	want := rbac{
		With:      map[string]any{"serviceAccount": map[string]any{"name": "given"}},
		DecidedBy: []string{"serviceAccount"},
		Roles: map[string]map[string][]string{"ClusterRole one in view": {
			"pods": {"get", "list"}, "pods/status": {"get", "list"}, "deployments.apps(one)": {"get"},
		}},
		Bindings: []string{"ClusterRole one in other to ServiceAccount system/given"},
	}
	if found := describeOne(t).RBAC; !reflect.DeepEqual(found, want) {
		t.Errorf("%+v", found)
	}
}

func TestAChartIsDescribedByItsCustomResourcesWithoutItsSentences(t *testing.T) {
	schema := map[string]any{
		"properties": map[string]any{
			"description": map[string]any{"type": "string"}, "message": map[string]any{"type": "string"},
		},
		"x-kubernetes-validations": []any{map[string]any{"rule": `self.message != ""`}},
	}
	want := []map[string]any{{
		"kind": "CustomResourceDefinition", "metadata": map[string]any{"name": "widgets.example.com"},
		"spec": map[string]any{"versions": []any{
			map[string]any{"name": "v1", "schema": map[string]any{"openAPIV3Schema": schema}},
		}},
	}}
	if found := describeOne(t).CRDs; !reflect.DeepEqual(found, want) {
		t.Errorf("%+v", found)
	}
}
