package kubernetes

import (
	"encoding/base64"
	"reflect"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/validation/field"
)

func encoded(t *testing.T, resourceType, arguments string) map[string]any {
	t.Helper()
	resource := resources()[resourceType]
	made, err := encodeObject(resource.arguments, given(t, resource, arguments))
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func TestArgumentsBecomeTheFieldsOfTheObject(t *testing.T) {
	for name, one := range map[string]struct{ resource, arguments, object string }{
		"blocks, text that is a number, empty text and empty blocks": {
			resource: "kubernetes_deployment_v1",
			arguments: `{"metadata": [{"name": "web", "namespace": "shop", "generation": 4, "uid": "u"}], "spec": [{"replicas": "2",
				"strategy": [{"rolling_update": [{"max_surge": "25%", "max_unavailable": "0"}]}],
				"template": [{"spec": [{"security_context": [{"run_as_user": "10001"}], "service_account_name": "",
					"container": [{"name": "a", "image": "i", "env": [{"name": "EMPTY", "value": ""}], "resources": [{"limits": {"cpu": "500m"}}]}],
					"volume": [{"name": "v", "empty_dir": [{}]}, {"name": "s", "secret": [{"default_mode": "0440", "items": [{"key": "k", "path": "p"}]}]}]}]}]}]}`,
			object: `{"metadata": {"name": "web", "namespace": "shop"}, "spec": {"replicas": 2,
				"strategy": {"rollingUpdate": {"maxSurge": "25%", "maxUnavailable": 0}},
				"template": {"spec": {"securityContext": {"runAsUser": 10001},
					"containers": [{"name": "a", "image": "i", "env": [{"name": "EMPTY"}], "resources": {"limits": {"cpu": "500m"}}}],
					"volumes": [{"name": "v", "emptyDir": {}}, {"name": "s", "secret": {"defaultMode": 288, "items": [{"key": "k", "path": "p"}]}}]}}}}`,
		},
		"a policy for all pods that lets nothing out": {
			resource:  "kubernetes_network_policy_v1",
			arguments: `{"metadata": [{"name": "deny"}], "spec": [{"pod_selector": [{}], "policy_types": ["Egress"], "egress": [], "ingress": [{"ports": [{"port": "80"}, {"port": "http"}]}]}]}`,
			object:    `{"metadata": {"name": "deny"}, "spec": {"podSelector": {}, "policyTypes": ["Egress"], "ingress": [{"ports": [{"port": 80}, {"port": "http"}]}]}}`,
		},
		"names that are not the property's": {
			resource:  "kubernetes_storage_class_v1",
			arguments: `{"metadata": [{"name": "gp3"}], "storage_provisioner": "ebs.csi.aws.com", "allow_volume_expansion": false}`,
			object:    `{"metadata": {"name": "gp3"}, "provisioner": "ebs.csi.aws.com", "allowVolumeExpansion": false}`,
		},
		"the core group, and a group's subject without a namespace": {
			resource:  "kubernetes_role_binding_v1",
			arguments: `{"metadata": [{"name": "b"}], "role_ref": [{"api_group": "g", "kind": "Role", "name": "r"}], "subject": [{"kind": "Group", "name": "team", "namespace": ""}]}`,
			object:    `{"metadata": {"name": "b"}, "roleRef": {"apiGroup": "g", "kind": "Role", "name": "r"}, "subjects": [{"kind": "Group", "name": "team"}]}`,
		},
		"a source that the API has inline": {
			resource:  "kubernetes_persistent_volume_v1",
			arguments: `{"metadata": [{"name": "v"}], "spec": [{"capacity": {"storage": "1Gi"}, "persistent_volume_source": [{"nfs": [{"path": "/", "server": "s"}]}]}]}`,
			object:    `{"metadata": {"name": "v"}, "spec": {"capacity": {"storage": "1Gi"}, "nfs": {"path": "/", "server": "s"}}}`,
		},
	} {
		if made, wanted := encoded(t, one.resource, one.arguments), object(t, one.object); !reflect.DeepEqual(made, wanted) {
			t.Errorf("%s:\n got %v\nwant %v", name, made, wanted)
		}
	}
}

func TestASecretsTextIsEncodedAndItsBytesAreTakenAsGiven(t *testing.T) {
	made := encoded(t, "kubernetes_secret_v1", `{"metadata": [{"name": "s"}], "data": {"user": "me"}, "binary_data": {"key": "AAH/"}}`)
	wanted := map[string]any{"user": base64.StdEncoding.EncodeToString([]byte("me")), "key": "AAH/"}
	if !reflect.DeepEqual(made["data"], wanted) {
		t.Errorf("data is %v", made["data"])
	}
}

func TestAllValuesThatCannotStandInTheObjectAreNamed(t *testing.T) {
	resource := resources()["kubernetes_deployment_v1"]
	_, err := encodeObject(resource.arguments, given(t, resource, `{"metadata": [{"name": "q"}], "spec": [{"replicas": "two", "template": [
		{"spec": [{"container": [{"name": "a", "resources": [{"limits": {"cpu": "much"}}]}]}]}]}]}`))
	problems := resource.failed("wrong", err)
	if len(problems) != 2 {
		t.Fatalf("the error is %v", err)
	}
	for _, wanted := range []string{`spec[0].replicas: "two" is no whole number`, `spec[0].template[0].spec[0].container[0].resources[0].limits["cpu"]: "much" is no quantity`} {
		if !strings.Contains(err.Error(), wanted) {
			t.Errorf("%s is not in %v", wanted, err)
		}
	}
}

func TestWhatTheAPIServerRefusesIsShownAtItsArgument(t *testing.T) {
	refusal := apierrors.NewInvalid(schema.GroupKind{Kind: "RoleBinding"}, "b", field.ErrorList{field.Required(field.NewPath("subjects").Index(0).Child("name"), "")})
	problems := resources()["kubernetes_role_binding_v1"].failed("wrong", refusal)
	if len(problems) != 1 || !problems[0].Attribute.Equal(tftypes.NewAttributePath().WithAttributeName("subject")) {
		t.Errorf("the problems are %v", problems)
	}
}

func TestAJobsPodsAreNotStartedAgainByDefault(t *testing.T) {
	made := encoded(t, "kubernetes_job_v1", `{"metadata": [{"name": "j"}], "spec": [{"template": [{"spec": [{"container": [{"name": "a"}]}]}]}]}`)
	resources()["kubernetes_job_v1"].finish(made)
	if policy := textAt(made, "spec", "template", "spec", "restartPolicy"); policy != "Never" {
		t.Errorf("the policy is %q", policy)
	}
}
