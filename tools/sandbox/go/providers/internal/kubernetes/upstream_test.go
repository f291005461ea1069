package kubernetes

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What `npm run upstream` keeps of the real provider's schema.
var realSchema = filepath.Join("..", "..", "..", "..", "..", "..", "packages", "shared", "src", "testing", "providers", "kubernetes.json")

// realProvider names the block of each resource; a block names those in it.
type realProvider struct {
	Resources map[string]string
	Blocks    map[string]struct {
		Attributes map[string]any
		BlockTypes map[string]struct{ Block string } `json:"block_types"`
	}
}

// argumentsAt lists the paths of a block's arguments: "spec.port.port".
func (p realProvider) argumentsAt(block, path string) map[string]bool {
	found := map[string]bool{}
	for name := range p.Blocks[block].Attributes {
		found[path+name] = true
	}
	for name, nested := range p.Blocks[block].BlockTypes {
		for inner := range p.argumentsAt(nested.Block, path+name+".") {
			found[inner] = true
		}
	}
	return found
}

func argumentsAt(arguments []*argument, path string) map[string]bool {
	found := map[string]bool{}
	for _, argument := range arguments {
		if !argument.isBlock() {
			found[path+argument.name] = true
		}
		for inner := range argumentsAt(argument.arguments, path+argument.name+".") {
			found[inner] = true
		}
	}
	return found
}

// missingOnPurpose are arguments of the real provider that the stand-in does without, by what their paths end with or contain.
var missingOnPurpose = []string{
	// What only the API server knows of a template's metadata.
	".metadata.generation", ".metadata.resource_version", ".metadata.uid",
	// Volumes that notInEKS leaves out, and one that Kubernetes has for persistent volumes alone.
	".azure_disk.", ".azure_file.", ".ceph_fs.", ".cinder.", ".fc.", ".flex_volume.", ".flocker.", ".gce_persistent_disk.", ".git_repo.",
	".glusterfs.", ".iscsi.", ".photon_persistent_disk.", ".quobyte.", ".rbd.", ".vsphere_volume.", ".volume.local.",
	// Write-only secrets, a pod's target state, and what Kubernetes has not had since 1.24 and in autoscaling/v2.
	// The name without a version means v1, or a v2beta2 that is served no more.
	".kubernetes_horizontal_pod_autoscaler.spec.metric.", ".kubernetes_horizontal_pod_autoscaler.spec.behavior.",
	"data_wo", "target_state", "default_secret_name", "target_cpu_utilization_percentage",
}

// moreOnPurpose: one type stands for two here, of which the real provider has the argument in one only.
var moreOnPurpose = map[string]bool{
	"kubernetes_role.rule.non_resource_urls": true, "kubernetes_role_v1.rule.non_resource_urls": true,
	"kubernetes_job.spec.template.metadata.namespace": true, "kubernetes_job_v1.spec.template.metadata.namespace": true,
	"kubernetes_cron_job_v1.spec.job_template.spec.template.metadata.namespace": true,
	"kubernetes_persistent_volume.metadata.generate_name":                       true, "kubernetes_persistent_volume_v1.metadata.generate_name": true,
}

func TestArgumentsAreThoseOfTheRealProvider(t *testing.T) {
	data, err := os.ReadFile(realSchema)
	if err != nil {
		t.Fatal(err)
	}
	var provider realProvider
	if err := json.Unmarshal(data, &provider); err != nil {
		t.Fatal(err)
	}
	for name, resource := range resources() {
		block, ok := provider.Resources[name]
		if !ok {
			t.Errorf("the real provider has no %s", name)
			continue
		}
		theirs, ours := provider.argumentsAt(block, ""), argumentsAt(resource.arguments, "")
		for _, attribute := range resource.schema.Block.Attributes {
			ours[attribute.Name] = true
		}
		for operation := range resource.timeouts {
			ours["timeouts."+operation] = true
		}
		for path := range ours {
			if !theirs[path] && !moreOnPurpose[name+"."+path] {
				t.Errorf("%s takes %s, which the real provider refuses", name, path)
			}
		}
		for path := range theirs {
			if !ours[path] && !onPurpose(name+"."+path) && path != "timeouts.read" {
				t.Errorf("%s has no %s", name, path)
			}
		}
	}
}

func onPurpose(path string) bool {
	for _, part := range missingOnPurpose {
		if strings.Contains("."+path, part) {
			return true
		}
	}
	return false
}
