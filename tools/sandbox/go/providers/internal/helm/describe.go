package helm

import (
	"regexp"
	"sort"
	"strings"

	"helm.sh/helm/v3/pkg/action"
	"helm.sh/helm/v3/pkg/chart"
	"helm.sh/helm/v3/pkg/chart/loader"
	"helm.sh/helm/v3/pkg/chartutil"
	"sigs.k8s.io/yaml"
)

// Described is a release whose chart is to be described.
type Described struct {
	Name, Namespace, Repository, Chart, Version string
	// Values that the release gives its chart.
	Values map[string]any
	// Folder of the chart. Without one it comes from its repository.
	Folder string
	// Kubernetes is the cluster's version, such as "1.35", for charts that ask. Without one it is what Helm takes for one.
	Kubernetes string
}

// Description is what the project keeps of a chart: names, types, defaults and rules, and no sentence of it.
type Description struct {
	Version    string `json:"version"`
	AppVersion string `json:"appVersion"`
	// Strict is whether the chart itself refuses values that do not fit a schema.
	Strict bool                  `json:"strict"`
	Values map[string]knownValue `json:"values"`
	RBAC   rbac                  `json:"rbac"`
	// CRDs are the definitions of the chart's `crds` folder, which Helm installs and never upgrades.
	CRDs []map[string]any `json:"crds"`
}

// Describe describes the chart of a release.
func Describe(release Described) (*Description, error) {
	found, err := release.load()
	if err != nil {
		return nil, err
	}
	values, err := valuesOfChart(found)
	if err != nil {
		return nil, err
	}
	manifest, err := release.rendered(found)
	if err != nil {
		return nil, err
	}
	rights, err := rbacOf(manifest)
	if err != nil {
		return nil, err
	}
	rights.DecidedBy = decidingRBAC(found)
	rights.With = only(release.Values, rights.DecidedBy)
	crds, err := crdsOf(found)
	return &Description{
		Version: found.Metadata.Version, AppVersion: found.Metadata.AppVersion, Strict: len(found.Schema) > 0,
		Values: values, RBAC: rights, CRDs: crds,
	}, err
}

func (r Described) load() (*chart.Chart, error) {
	if r.Folder != "" {
		return loader.Load(r.Folder)
	}
	return chartOf(arguments{"chart": text(r.Chart), "repository": text(r.Repository), "version": text(r.Version)})
}

// rendered are the manifests that the release would install.
func (r Described) rendered(of *chart.Chart) (string, error) {
	install := action.NewInstall(&action.Configuration{Log: silent})
	install.ReleaseName, install.Namespace = r.Name, r.Namespace
	install.ClientOnly, install.DryRun = true, true
	if r.Kubernetes != "" {
		version, err := chartutil.ParseKubeVersion(r.Kubernetes + ".0")
		if err != nil {
			return "", err
		}
		install.KubeVersion = version
	}
	made, err := install.Run(of, r.Values)
	if err != nil {
		return "", err
	}
	return made.Manifest, nil
}

// Templates of roles, of bindings and of service accounts: what of the values they read decides who may do what.
var (
	rightsTemplate = regexp.MustCompile(`(?m)^kind: (ClusterRole|Role|ClusterRoleBinding|RoleBinding|ServiceAccount)\b`)
	valueRead      = regexp.MustCompile(`\.Values\.([A-Za-z0-9_]+(?:\.[A-Za-z0-9_]+)*)`)
)

// decidingRBAC are the topmost keys of values that the templates of roles read, with those of the parts that any template may use.
func decidingRBAC(of *chart.Chart) []string {
	keys := map[string]bool{}
	for _, template := range of.Templates {
		if strings.HasSuffix(template.Name, ".tpl") || rightsTemplate.Match(template.Data) {
			for _, read := range valueRead.FindAllSubmatch(template.Data, -1) {
				keys[strings.Split(string(read[1]), ".")[0]] = true
			}
		}
	}
	found := []string{}
	for key := range keys {
		found = append(found, key)
	}
	sort.Strings(found)
	return found
}

func only(values map[string]any, keys []string) map[string]any {
	kept := map[string]any{}
	for _, key := range keys {
		if value, given := values[key]; given {
			kept[key] = value
		}
	}
	return kept
}

// crdsOf are the definitions without their sentences. A file of the folder may hold several, or none.
func crdsOf(of *chart.Chart) ([]map[string]any, error) {
	found := []map[string]any{}
	for _, file := range of.CRDObjects() {
		for _, document := range strings.Split("\n"+string(file.File.Data), "\n---") {
			read := map[string]any{}
			if err := yaml.Unmarshal([]byte(document), &read); err != nil {
				return nil, err
			}
			if read["kind"] == "CustomResourceDefinition" {
				found = append(found, withoutSentences(read, true).(map[string]any))
			}
		}
	}
	return found, nil
}

// withoutSentences leaves out descriptions, and the messages of rules, which the API server then words itself. A field may be named
// so too: names of fields stand in `properties`.
func withoutSentences(value any, isSchema bool) any {
	switch value := value.(type) {
	case map[string]any:
		kept := map[string]any{}
		for key, inner := range value {
			_, isText := inner.(string)
			if isSchema && isText && (key == "description" || key == "message") {
				continue
			}
			kept[key] = withoutSentences(inner, !isSchema || key != "properties")
		}
		return kept
	case []any:
		kept := []any{}
		for _, inner := range value {
			kept = append(kept, withoutSentences(inner, true))
		}
		return kept
	default:
		return value
	}
}
