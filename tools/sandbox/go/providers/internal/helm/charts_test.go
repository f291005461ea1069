package helm

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"helm.sh/helm/v3/pkg/action"
	"helm.sh/helm/v3/pkg/chart"
	"helm.sh/helm/v3/pkg/chart/loader"
)

var chartsFolder = filepath.Join("..", "..", "..", "..", "charts")

// needed are the values without which a chart refuses to be installed.
var needed = map[string]map[string]any{
	"aws-load-balancer-controller": {"clusterName": "dev-a"},
	"cluster-autoscaler":           {"awsRegion": "ap-northeast-1", "autoDiscovery": map[string]any{"clusterName": "dev-a"}},
}

// namespaces are those of charts that have one of their own.
var namespaces = map[string]string{"traefik": "traefik"}

// standIns are the sandbox's charts.
func standIns(t *testing.T) []*chart.Chart {
	t.Helper()
	folders, err := os.ReadDir(chartsFolder)
	if err != nil {
		t.Fatal(err)
	}
	var found []*chart.Chart
	for _, folder := range folders {
		loaded, err := loader.Load(filepath.Join(chartsFolder, folder.Name()))
		if err != nil {
			t.Fatal(err)
		}
		if loaded.Name() != folder.Name() {
			t.Errorf("the chart in %s is named %s", folder.Name(), loaded.Name())
		}
		found = append(found, loaded)
	}
	return found
}

// rendered are the manifests of a release named as its chart.
func rendered(t *testing.T, of *chart.Chart, values map[string]any) (string, error) {
	t.Helper()
	install := action.NewInstall(&action.Configuration{Log: silent})
	install.ReleaseName, install.Namespace = of.Name(), "kube-system"
	if own, found := namespaces[of.Name()]; found {
		install.Namespace = own
	}
	install.ClientOnly, install.DryRun = true, true
	release, err := install.Run(of, merge(needed[of.Name()], values))
	if err != nil {
		return "", err
	}
	return release.Manifest, nil
}

func TestEveryStandInInstallsWithItsDefaults(t *testing.T) {
	for _, stand := range standIns(t) {
		manifest, err := rendered(t, stand, nil)
		if err != nil || !strings.Contains(manifest, "serviceAccountName: "+map[bool]string{
			true: "cluster-autoscaler-aws-cluster-autoscaler", false: stand.Name(),
		}[stand.Name() == "cluster-autoscaler"]) {
			t.Errorf("%s: %v\n%s", stand.Name(), err, manifest)
		}
	}
}

func TestEveryStandInRefusesAValueThatItDoesNotKnow(t *testing.T) {
	for _, stand := range standIns(t) {
		if _, err := rendered(t, stand, map[string]any{"tollerations": []any{}}); err == nil {
			t.Errorf("%s took a value that is misspelt", stand.Name())
		}
		if stand.Metadata.Annotations[standIn] == "" {
			t.Errorf("%s does not say that it is a stand-in", stand.Name())
		}
	}
}

func TestAServiceAccountHasTheRoleThatItIsAnnotatedWith(t *testing.T) {
	account := map[string]any{"serviceAccount": map[string]any{
		"name": "given", "annotations": map[string]any{"eks.amazonaws.com/role-arn": "arn:aws:iam::123456789012:role/one"},
	}}
	for _, stand := range standIns(t) {
		if stand.Name() == "traefik" {
			continue // It has no role.
		}
		values := account
		if stand.Name() == "cluster-autoscaler" {
			values = map[string]any{"rbac": account}
		}
		manifest, err := rendered(t, stand, values)
		if err != nil || !strings.Contains(manifest, "arn:aws:iam::123456789012:role/one") || !strings.Contains(manifest, "serviceAccountName: given") {
			t.Errorf("%s: %v\n%s", stand.Name(), err, manifest)
		}
	}
}

func TestTheLoadBalancerControllerCanDoWithoutAnIngressClass(t *testing.T) {
	for _, stand := range standIns(t) {
		if stand.Name() != "aws-load-balancer-controller" {
			continue
		}
		manifest, err := rendered(t, stand, map[string]any{
			"createIngressClassResource": false, "ingressClassParams": map[string]any{"create": false},
		})
		if err != nil || strings.Contains(manifest, "kind: IngressClass") {
			t.Errorf("%v\n%s", err, manifest)
		}
	}
}
