package kubernetes

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/validation/field"
)

// plan of a provider that knows no cluster. What is proposed is what Terraform makes of configuration and state.
func plan(t *testing.T, resourceType string, prior, config, proposed values) (*tfprotov6.PlanResourceChangeResponse, values) {
	t.Helper()
	resource := resources()[resourceType]
	request := &tfprotov6.PlanResourceChangeRequest{TypeName: resourceType}
	for into, given := range map[**tfprotov6.DynamicValue]values{&request.PriorState: prior, &request.Config: config, &request.ProposedNewState: proposed} {
		written, err := resource.write(given)
		if err != nil {
			t.Fatal(err)
		}
		*into = written
	}
	response, err := New("0.0.0").PlanResourceChange(context.Background(), request)
	if err != nil {
		t.Fatal(err)
	}
	planned, err := resource.read(response.PlannedState)
	if err != nil {
		t.Fatal(err)
	}
	return response, planned
}

const namespaceState = `{"id": "shop", "wait_for_default_service_account": false,
	"metadata": [{"name": "shop", "labels": {"team": "shop"}, "resource_version": "7", "uid": "u"}]}`

func TestAnObjectThatIsNotThereYetGetsWhatTheAPIServerFillsIn(t *testing.T) {
	service := resources()["kubernetes_service_v1"]
	config := given(t, service, `{"metadata": [{"name": "web"}], "spec": [{"port": [{"port": 80}]}]}`)
	_, planned := plan(t, "kubernetes_service_v1", nil, config, config)
	metadata, spec := planned.metadata(), attributesOf(elementsOf(planned["spec"])[0])
	for name, value := range map[string]tftypes.Value{"uid": metadata["uid"], "resource_version": metadata["resource_version"], "cluster_ip": spec["cluster_ip"], "status": planned["status"]} {
		if value.IsKnown() {
			t.Errorf("%s is planned as %v", name, value)
		}
	}
	if namespace := textOf(metadata["namespace"]); namespace != "default" {
		t.Errorf("the namespace is %q", namespace)
	}
	if !planned.asks("wait_for_load_balancer") {
		t.Error("a load balancer is not waited for")
	}
}

func TestAnUnchangedConfigurationPlansNothing(t *testing.T) {
	namespace := resources()["kubernetes_namespace_v1"]
	prior := given(t, namespace, namespaceState)
	config := given(t, namespace, `{"metadata": [{"name": "shop", "labels": {"team": "shop"}}]}`)
	response, planned := plan(t, "kubernetes_namespace_v1", prior, config, prior)
	if !planned.equal(prior) || len(response.RequiresReplace) > 0 {
		t.Errorf("the plan is %v, replacing %v", planned, response.RequiresReplace)
	}
}

func TestALabelIsChangedInPlaceAndANameIsNot(t *testing.T) {
	namespace := resources()["kubernetes_namespace_v1"]
	prior := given(t, namespace, namespaceState)
	for name, one := range map[string]struct {
		metadata string
		replaced int
	}{
		"label": {metadata: `"name": "shop", "labels": {"team": "pets"}`, replaced: 0},
		"name":  {metadata: `"name": "pets", "labels": {"team": "shop"}`, replaced: 1},
	} {
		config := given(t, namespace, `{"metadata": [{`+one.metadata+`}]}`)
		proposed := given(t, namespace, `{"id": "shop", "metadata": [{`+one.metadata+`, "resource_version": "7", "uid": "u"}]}`)
		response, planned := plan(t, "kubernetes_namespace_v1", prior, config, proposed)
		if len(response.RequiresReplace) != one.replaced {
			t.Errorf("%s: replaced because of %v", name, response.RequiresReplace)
		}
		if planned.metadata()["resource_version"].IsKnown() {
			t.Errorf("%s: the version is planned to stay", name)
		}
	}
}

func TestWhatIsImmutableIsToldByTheAPIServersWords(t *testing.T) {
	for words, replaces := range map[string]bool{
		"field is immutable":                  true,
		"cannot change roleRef":               true,
		"updates to parameters are forbidden": true,
		"must be greater than or equal to 0":  false,
	} {
		refusal := apierrors.NewInvalid(schema.GroupKind{Kind: "Job"}, "j", field.ErrorList{field.Invalid(field.NewPath("spec"), nil, words)})
		if found := len(immutable(refusal)) > 0; found != replaces {
			t.Errorf("%q: replaced %v", words, found)
		}
	}
	if causes := immutable(apierrors.NewForbidden(schema.GroupResource{Resource: "jobs"}, "j", errors.New("field is immutable"))); causes != nil {
		t.Errorf("a refusal for want of rights is taken for %v", causes)
	}
}

func TestTheDeepestArgumentThatChangedIsWhatReplaces(t *testing.T) {
	prior := given(t, resources()["kubernetes_job_v1"], `{"metadata": [{"name": "j"}], "spec": [{"parallelism": 1, "template": [{"spec": [{"container": [{"name": "a"}]}]}]}]}`)
	planned := given(t, resources()["kubernetes_job_v1"], `{"metadata": [{"name": "j"}], "spec": [{"parallelism": 1, "template": [{"spec": [{"container": [{"name": "b"}]}]}]}]}`)
	path := changedPath(resources()["kubernetes_job_v1"].arguments, strings.Split("spec.template", "."), prior, planned)
	wanted := tftypes.NewAttributePath().WithAttributeName("spec").WithElementKeyInt(0).WithAttributeName("template")
	if path == nil || !path.Equal(wanted) {
		t.Errorf("the path is %v", path)
	}
	if path := changedPath(resources()["kubernetes_job_v1"].arguments, []string{"spec"}, prior, prior); path != nil {
		t.Errorf("%v has not changed", path)
	}
}

func TestAnObjectNeedsAName(t *testing.T) {
	resource := resources()["kubernetes_config_map_v1"]
	config, err := resource.write(given(t, resource, `{"metadata": [{"labels": {}}]}`))
	if err != nil {
		t.Fatal(err)
	}
	response, err := New("0.0.0").ValidateResourceConfig(context.Background(), &tfprotov6.ValidateResourceConfigRequest{TypeName: "kubernetes_config_map_v1", Config: config})
	if err != nil || len(response.Diagnostics) != 1 || !strings.Contains(response.Diagnostics[0].Detail, "give name or generate_name") {
		t.Errorf("%v %v", response, err)
	}
}

func TestIdsAreTakenApart(t *testing.T) {
	deployment, namespace := resources()["kubernetes_deployment"], resources()["kubernetes_namespace"]
	if which, err := deployment.parseID("shop/web"); err != nil || which != (identity{namespace: "shop", name: "web"}) {
		t.Errorf("%v %v", which, err)
	}
	if which, err := namespace.parseID("shop"); err != nil || which != (identity{name: "shop"}) {
		t.Errorf("%v %v", which, err)
	}
	for id, resource := range map[string]*resource{"web": deployment, "/web": deployment, "a/b": namespace, "": namespace} {
		if _, err := resource.parseID(id); err == nil {
			t.Errorf("%q is taken", id)
		}
	}
}
