package kubernetes

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

const configured = `{"metadata": [{"name": "web", "labels": {"team": "shop"}}], "spec": [{"replicas": "2", "selector": [{"match_labels": {"app": "web"}}],
	"template": [{"spec": [{"container": [{"name": "a", "image": "i:1", "tty": false, "resources": [{"requests": {"cpu": "1000m", "memory": "1024Mi"}}], "security_context": [{}]}],
		"toleration": [{"operator": "Exists"}]}]}]}]}`

// asServed is what the API server makes of it: defaults, quantities in their usual form, and what others added.
const asServed = `{"metadata": {"name": "web", "generation": 1, "labels": {"team": "shop", "added": "by-another"}, "annotations": {"deployment.kubernetes.io/revision": "1"}},
	"spec": {"replicas": 2, "progressDeadlineSeconds": 600, "selector": {"matchLabels": {"app": "web"}}, "template": {"spec": {"dnsPolicy": "ClusterFirst",
		"containers": [{"name": "injected"}, {"name": "a", "image": "i:1", "imagePullPolicy": "IfNotPresent", "resources": {"requests": {"cpu": "1", "memory": "1Gi"}}, "securityContext": {}}],
		"tolerations": [{"operator": "Exists"}]}}}, "status": {"replicas": 2}}`

// drift are the differences, by path, between what was given and what is observed.
func drift(t *testing.T, live string) []string {
	t.Helper()
	deployment := resources()["kubernetes_deployment_v1"]
	before := given(t, deployment, configured)
	after := observeObject(deployment.arguments, before, object(t, live))
	var paths []string
	for _, argument := range deployment.arguments {
		differences, err := before[argument.name].Diff(after[argument.name])
		if err != nil {
			t.Fatal(err)
		}
		for _, difference := range differences {
			if difference.Value1 != nil && difference.Value2 != nil && isScalar(*difference.Value1) && !difference.Value1.IsNull() {
				paths = append(paths, argument.name+": "+difference.Path.String())
			}
		}
	}
	return paths
}

func isScalar(value tftypes.Value) bool {
	return value.Type().Is(tftypes.String) || value.Type().Is(tftypes.Number) || value.Type().Is(tftypes.Bool)
}

func TestWhatTheAPIServerAndOthersAddIsNoDrift(t *testing.T) {
	if paths := drift(t, asServed); len(paths) > 0 {
		t.Errorf("drift is shown at %v", paths)
	}
}

func TestAConfiguredValueThatBecameAnotherIsDrift(t *testing.T) {
	deployment := resources()["kubernetes_deployment_v1"]
	before := given(t, deployment, `{"metadata": [{"name": "web", "labels": {"team": "shop"}}], "spec": [{"replicas": "2", "selector": [{"match_labels": {"app": "web"}}]}]}`)
	same := `"labels": {"team": "shop"}}, "spec": {"replicas": 2, "selector": {"matchLabels": {"app": "web"}}}`
	for change, one := range map[string]struct {
		from, to string
		drifts   bool
	}{
		"nothing":           {drifts: false},
		"a label":           {from: "shop", to: "other", drifts: true},
		"a label gone":      {from: `"team": "shop"`, to: ``, drifts: true},
		"the replicas":      {from: `2`, to: `3`, drifts: true},
		"a selector's keys": {from: `"app": "web"`, to: `"app": "web", "more": "x"`, drifts: true},
	} {
		live := object(t, `{"metadata": {"name": "web", `+strings.Replace(same, one.from, one.to, 1)+`}`)
		after := before.with(observeObject(deployment.arguments, before, live))
		if drifts := !after.equal(before); drifts != one.drifts {
			t.Errorf("%s: drift %v is shown as %v", change, one.drifts, drifts)
		}
	}
	server := object(t, asServed)
	pod := server["spec"].(map[string]any)["template"].(map[string]any)["spec"].(map[string]any)
	pod["containers"].([]any)[1].(map[string]any)["image"] = "i:2"
	before = given(t, deployment, configured)
	if before.with(observeObject(deployment.arguments, before, server)).equal(before) {
		t.Error("the image: no drift is shown")
	}
}

func TestAListThatIsOneValueShowsWhatSomebodyAdded(t *testing.T) {
	policy := resources()["kubernetes_network_policy_v1"]
	before := given(t, policy, `{"metadata": [{"name": "p"}], "spec": [{"ingress": [{"from": [{"ip_block": [{"cidr": "10.0.0.0/8"}]}]}]}]}`)
	after := observeObject(policy.arguments, before, object(t, `{"metadata": {"name": "p"}, "spec": {"ingress": [{"from": [{"ipBlock": {"cidr": "10.0.0.0/8"}}, {"ipBlock": {"cidr": "0.0.0.0/0"}}]}]}}`))
	ingress := attributesOf(elementsOf(after["spec"])[0])["ingress"]
	from := elementsOf(attributesOf(elementsOf(ingress)[0])["from"])
	if len(from) != 2 {
		t.Errorf("%d peers are shown", len(from))
	}
}

func TestASecretShowsTheKeysThatAreConfigured(t *testing.T) {
	secret := resources()["kubernetes_secret_v1"]
	before := given(t, secret, `{"metadata": [{"name": "s"}], "data": {"a": "1"}, "binary_data": {"b": "AAH/"}}`)
	same := before.with(observeObject(secret.arguments, before, object(t, `{"metadata": {"name": "s"}, "data": {"a": "MQ==", "b": "AAH/"}}`)))
	if !same["data"].Equal(before["data"]) || !same["binary_data"].Equal(before["binary_data"]) {
		t.Errorf("data is %v, binary_data %v", same["data"], same["binary_data"])
	}
	other := observeObject(secret.arguments, before, object(t, `{"metadata": {"name": "s"}, "data": {"a": "Mg==", "b": "AAH/"}}`))
	if text := textOf(attributesOf(other["data"])["a"]); text != "2" {
		t.Errorf("the drifted value is %q", text)
	}
}

func TestAQuantityIsComparedAsTheRealProviderDoesIt(t *testing.T) {
	for _, one := range []struct {
		resource, given, live string
		drifts                bool
	}{
		{"kubernetes_limit_range_v1", `{"metadata": [{"name": "a"}], "spec": [{"limit": [{"type": "Container", "max": {"memory": "2048Mi"}}]}]}`,
			`{"metadata": {"name": "a"}, "spec": {"limits": [{"type": "Container", "max": {"memory": "2Gi"}}]}}`, true},
		{"kubernetes_limit_range_v1", `{"metadata": [{"name": "a"}], "spec": [{"limit": [{"type": "Container", "max": {"memory": "2Gi"}}]}]}`,
			`{"metadata": {"name": "a"}, "spec": {"limits": [{"type": "Container", "max": {"memory": "2Gi"}}]}}`, false},
		{"kubernetes_horizontal_pod_autoscaler_v2", `{"metadata": [{"name": "a"}], "spec": [{"metric": [{"type": "Resource", "resource": [{"target": [{"average_value": "1000m"}]}]}]}]}`,
			`{"metadata": {"name": "a"}, "spec": {"metrics": [{"type": "Resource", "resource": {"target": {"averageValue": "1"}}}]}}`, true},
		{"kubernetes_resource_quota_v1", `{"metadata": [{"name": "a"}], "spec": [{"hard": {"limits.memory": "2048Mi"}}]}`,
			`{"metadata": {"name": "a"}, "spec": {"hard": {"limits.memory": "3Gi"}}}`, true},
		{"kubernetes_resource_quota_v1", `{"metadata": [{"name": "a"}], "spec": [{"hard": {"limits.memory": "2048Mi"}}]}`,
			`{"metadata": {"name": "a"}, "spec": {"hard": {"limits.memory": "2Gi"}}}`, false},
	} {
		resource := resources()[one.resource]
		before := given(t, resource, one.given)
		after := observeObject(resource.arguments, before, object(t, one.live))
		if drifts := !before["spec"].Equal(after["spec"]); drifts != one.drifts {
			t.Errorf("%s: %v for %s", one.resource, drifts, one.given)
		}
	}
}
