package kubernetes

import (
	"errors"
	"fmt"
	"reflect"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

var deploymentRollout = &wait{flag: "wait_for_rollout", fallback: true, afterUpdate: true, ready: func(object map[string]any) (string, error) {
	if behind := observed(object); behind != "" {
		return behind, nil
	}
	if progress := condition(object, "Progressing"); progress["reason"] == "ProgressDeadlineExceeded" {
		return "", fmt.Errorf("the rollout made no progress: %v", progress["message"])
	}
	wanted := numberAt(object, "spec", "replicas")
	updated, all := numberAt(object, "status", "updatedReplicas"), numberAt(object, "status", "replicas")
	available := numberAt(object, "status", "availableReplicas")
	if updated < wanted || all > updated || available < updated {
		return fmt.Sprintf("%d of %d replicas are updated, %d available, %d old ones left", updated, wanted, available, all-updated), nil
	}
	return "", nil
}}

var statefulSetRollout = &wait{flag: "wait_for_rollout", fallback: true, afterUpdate: true, ready: func(object map[string]any) (string, error) {
	if behind := observed(object); behind != "" {
		return behind, nil
	}
	if textAt(object, "spec", "updateStrategy", "type") != "RollingUpdate" {
		return "", nil
	}
	wanted, ready := numberAt(object, "spec", "replicas"), numberAt(object, "status", "readyReplicas")
	updated := numberAt(object, "status", "updatedReplicas")
	partition := numberAt(object, "spec", "updateStrategy", "rollingUpdate", "partition")
	if ready < wanted || updated < wanted-partition {
		return fmt.Sprintf("%d of %d replicas are ready, %d updated", ready, wanted, updated), nil
	}
	return "", nil
}}

var daemonSetRollout = &wait{flag: "wait_for_rollout", fallback: true, afterUpdate: true, ready: func(object map[string]any) (string, error) {
	if behind := observed(object); behind != "" {
		return behind, nil
	}
	wanted := numberAt(object, "status", "desiredNumberScheduled")
	updated, available := numberAt(object, "status", "updatedNumberScheduled"), numberAt(object, "status", "numberAvailable")
	if updated < wanted || available < wanted {
		return fmt.Sprintf("of %d pods, %d are updated and %d available", wanted, updated, available), nil
	}
	return "", nil
}}

var jobCompletion = &wait{flag: "wait_for_completion", fallback: true, afterUpdate: true, ready: func(object map[string]any) (string, error) {
	if failed := condition(object, "Failed"); failed["status"] == "True" {
		return "", fmt.Errorf("the job failed: %v", failed["message"])
	}
	if condition(object, "Complete")["status"] == "True" {
		return "", nil
	}
	return fmt.Sprintf("%d pods are active, %d succeeded, %d failed", numberAt(object, "status", "active"), numberAt(object, "status", "succeeded"), numberAt(object, "status", "failed")), nil
}}

var podRunning = &wait{ready: func(object map[string]any) (string, error) {
	switch phase := textAt(object, "status", "phase"); phase {
	case "Running", "Succeeded":
		return "", nil
	case "Failed":
		return "", errors.New("the pod failed")
	default:
		return "its phase is " + phase, nil
	}
}}

var claimBound = &wait{flag: "wait_until_bound", fallback: true, ready: func(object map[string]any) (string, error) {
	if phase := textAt(object, "status", "phase"); phase != "Bound" {
		return "its phase is " + phase + " (a storage class may wait for the claim's first pod: wait_until_bound = false)", nil
	}
	return "", nil
}}

var serviceLoadBalancer = &wait{flag: "wait_for_load_balancer", fallback: true, ready: func(object map[string]any) (string, error) {
	if textAt(object, "spec", "type") != "LoadBalancer" {
		return "", nil
	}
	return loadBalancerAddress(object)
}}

var ingressLoadBalancer = &wait{flag: "wait_for_load_balancer", ready: loadBalancerAddress}

func loadBalancerAddress(object map[string]any) (string, error) {
	if addresses, _, _ := unstructured.NestedSlice(object, "status", "loadBalancer", "ingress"); len(addresses) > 0 {
		return "", nil
	}
	return "no controller has given it a load balancer's address yet", nil
}

var quotaInForce = &wait{afterUpdate: true, ready: func(object map[string]any) (string, error) {
	wanted, _, _ := unstructured.NestedMap(object, "spec", "hard")
	inForce, _, _ := unstructured.NestedMap(object, "status", "hard")
	if len(wanted) == len(inForce) && reflect.DeepEqual(wanted, inForce) || len(wanted) == 0 {
		return "", nil
	}
	return "the quota controller has not seen it yet", nil
}}

var serviceAccountToken = &wait{flag: "wait_for_service_account_token", fallback: true, ready: func(object map[string]any) (string, error) {
	if textAt(object, "type") == "kubernetes.io/service-account-token" && textAt(object, "data", "token") == "" {
		return "it has no token yet: does its service account exist?", nil
	}
	return "", nil
}}

var defaultServiceAccount = &wait{
	flag: "wait_for_default_service_account",
	instead: func(namespace identity) (*kind, identity) {
		return &kind{apiVersion: "v1", plural: "serviceaccounts"}, identity{namespace: namespace.name, name: "default"}
	},
	ready: func(map[string]any) (string, error) { return "", nil },
}

// observed is empty once the controller has seen the newest version of the object.
func observed(object map[string]any) string {
	if numberAt(object, "status", "observedGeneration") < numberAt(object, "metadata", "generation") {
		return "its controller has not seen the change yet"
	}
	return ""
}
