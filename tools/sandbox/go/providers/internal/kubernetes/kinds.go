package kubernetes

import (
	"reflect"
	"time"

	admissionregistrationv1 "k8s.io/api/admissionregistration/v1"
	appsv1 "k8s.io/api/apps/v1"
	autoscalingv1 "k8s.io/api/autoscaling/v1"
	autoscalingv2 "k8s.io/api/autoscaling/v2"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	discoveryv1 "k8s.io/api/discovery/v1"
	networkingv1 "k8s.io/api/networking/v1"
	nodev1 "k8s.io/api/node/v1"
	policyv1 "k8s.io/api/policy/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	schedulingv1 "k8s.io/api/scheduling/v1"
	storagev1 "k8s.io/api/storage/v1"
)

// kind is one kind of object: the resource types that stand for it, and how the real provider handles it.
type kind struct {
	// types of resources, without "kubernetes_". A name without a version stands here only where the real provider means
	// a version by it that the API server still serves.
	types []string
	// group and version of its API, such as "apps/v1"; its name in URLs.
	apiVersion, kind, plural string
	clusterWide              bool
	// of is the Go type whose fields are the arguments.
	of reflect.Type
	// fallbacks are the arguments' values where nothing is given.
	fallbacks map[string]any
	// timeouts that can be set, with what holds where nothing is given.
	timeouts map[string]time.Duration
	wait     *wait
	// hasStatus: `status` tells of the load balancer.
	hasStatus bool
	// foreground deletion ends when the object's dependents, such as a Deployment's pods, are gone too.
	foreground bool
}

func of[T any]() reflect.Type { return reflect.TypeFor[T]() }

func minutes(create, update, delete int) map[string]time.Duration {
	timeouts := map[string]time.Duration{}
	for operation, length := range map[string]int{"create": create, "update": update, "delete": delete} {
		if length > 0 {
			timeouts[operation] = time.Duration(length) * time.Minute
		}
	}
	return timeouts
}

// kinds is the one table of what the provider can make.
var kinds = []*kind{
	// What a namespace is made of.
	{types: both("namespace"), apiVersion: "v1", kind: "Namespace", plural: "namespaces", clusterWide: true, of: of[corev1.Namespace](), timeouts: minutes(0, 0, 5), wait: defaultServiceAccount},
	{types: both("resource_quota"), apiVersion: "v1", kind: "ResourceQuota", plural: "resourcequotas", of: of[corev1.ResourceQuota](), timeouts: minutes(1, 1, 0), wait: quotaInForce},
	{types: both("limit_range"), apiVersion: "v1", kind: "LimitRange", plural: "limitranges", of: of[corev1.LimitRange]()},
	{types: both("network_policy"), apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy", plural: "networkpolicies", of: of[networkingv1.NetworkPolicy]()},

	// Rights.
	{types: both("role"), apiVersion: "rbac.authorization.k8s.io/v1", kind: "Role", plural: "roles", of: of[rbacv1.Role]()},
	{types: both("role_binding"), apiVersion: "rbac.authorization.k8s.io/v1", kind: "RoleBinding", plural: "rolebindings", of: of[rbacv1.RoleBinding]()},
	{types: both("cluster_role"), apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRole", plural: "clusterroles", clusterWide: true, of: of[rbacv1.ClusterRole]()},
	{types: both("cluster_role_binding"), apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRoleBinding", plural: "clusterrolebindings", clusterWide: true, of: of[rbacv1.ClusterRoleBinding]()},
	{types: both("service_account"), apiVersion: "v1", kind: "ServiceAccount", plural: "serviceaccounts", of: of[corev1.ServiceAccount](), fallbacks: map[string]any{"automount_service_account_token": true}, timeouts: map[string]time.Duration{"create": 30 * time.Second}},

	// Settings.
	{types: both("config_map"), apiVersion: "v1", kind: "ConfigMap", plural: "configmaps", of: of[corev1.ConfigMap]()},
	{types: both("secret"), apiVersion: "v1", kind: "Secret", plural: "secrets", of: of[corev1.Secret](), fallbacks: map[string]any{"type": "Opaque"}, timeouts: minutes(1, 0, 0), wait: serviceAccountToken},

	// Workloads.
	{types: both("deployment"), apiVersion: "apps/v1", kind: "Deployment", plural: "deployments", of: of[appsv1.Deployment](), timeouts: minutes(10, 10, 10), wait: deploymentRollout, foreground: true},
	{types: both("stateful_set"), apiVersion: "apps/v1", kind: "StatefulSet", plural: "statefulsets", of: of[appsv1.StatefulSet](), timeouts: minutes(10, 10, 10), wait: statefulSetRollout, foreground: true},
	{types: []string{"daemonset", "daemon_set_v1"}, apiVersion: "apps/v1", kind: "DaemonSet", plural: "daemonsets", of: of[appsv1.DaemonSet](), timeouts: minutes(10, 10, 10), wait: daemonSetRollout, foreground: true},
	{types: both("job"), apiVersion: "batch/v1", kind: "Job", plural: "jobs", of: of[batchv1.Job](), timeouts: minutes(1, 1, 1), wait: jobCompletion, foreground: true},
	{types: []string{"cron_job_v1"}, apiVersion: "batch/v1", kind: "CronJob", plural: "cronjobs", of: of[batchv1.CronJob](), timeouts: minutes(0, 0, 1), foreground: true},
	{types: both("pod"), apiVersion: "v1", kind: "Pod", plural: "pods", of: of[corev1.Pod](), timeouts: minutes(5, 0, 5), wait: podRunning},
	{types: both("replication_controller"), apiVersion: "v1", kind: "ReplicationController", plural: "replicationcontrollers", of: of[corev1.ReplicationController](), timeouts: minutes(10, 10, 10), foreground: true},
	{types: []string{"horizontal_pod_autoscaler", "horizontal_pod_autoscaler_v1"}, apiVersion: "autoscaling/v1", kind: "HorizontalPodAutoscaler", plural: "horizontalpodautoscalers", of: of[autoscalingv1.HorizontalPodAutoscaler]()},
	{types: []string{"horizontal_pod_autoscaler_v2"}, apiVersion: "autoscaling/v2", kind: "HorizontalPodAutoscaler", plural: "horizontalpodautoscalers", of: of[autoscalingv2.HorizontalPodAutoscaler]()},
	{types: []string{"pod_disruption_budget_v1"}, apiVersion: "policy/v1", kind: "PodDisruptionBudget", plural: "poddisruptionbudgets", of: of[policyv1.PodDisruptionBudget]()},
	{types: both("priority_class"), apiVersion: "scheduling.k8s.io/v1", kind: "PriorityClass", plural: "priorityclasses", clusterWide: true, of: of[schedulingv1.PriorityClass]()},
	{types: []string{"runtime_class_v1"}, apiVersion: "node.k8s.io/v1", kind: "RuntimeClass", plural: "runtimeclasses", clusterWide: true, of: of[nodev1.RuntimeClass]()},

	// Ways in.
	{types: both("service"), apiVersion: "v1", kind: "Service", plural: "services", of: of[corev1.Service](), timeouts: minutes(10, 0, 0), wait: serviceLoadBalancer, hasStatus: true},
	{types: []string{"ingress_v1"}, apiVersion: "networking.k8s.io/v1", kind: "Ingress", plural: "ingresses", of: of[networkingv1.Ingress](), timeouts: minutes(20, 0, 20), wait: ingressLoadBalancer, hasStatus: true},
	{types: both("ingress_class"), apiVersion: "networking.k8s.io/v1", kind: "IngressClass", plural: "ingressclasses", clusterWide: true, of: of[networkingv1.IngressClass]()},
	{types: both("endpoints"), apiVersion: "v1", kind: "Endpoints", plural: "endpoints", of: of[corev1.Endpoints]()},
	{types: []string{"endpoint_slice_v1"}, apiVersion: "discovery.k8s.io/v1", kind: "EndpointSlice", plural: "endpointslices", of: of[discoveryv1.EndpointSlice]()},

	// Storage.
	{types: both("persistent_volume_claim"), apiVersion: "v1", kind: "PersistentVolumeClaim", plural: "persistentvolumeclaims", of: of[corev1.PersistentVolumeClaim](), timeouts: minutes(5, 0, 0), wait: claimBound},
	{types: both("persistent_volume"), apiVersion: "v1", kind: "PersistentVolume", plural: "persistentvolumes", clusterWide: true, of: of[corev1.PersistentVolume](), timeouts: minutes(5, 0, 0)},
	{types: both("storage_class"), apiVersion: "storage.k8s.io/v1", kind: "StorageClass", plural: "storageclasses", clusterWide: true, of: of[storagev1.StorageClass](), fallbacks: map[string]any{"allow_volume_expansion": true, "reclaim_policy": "Delete", "volume_binding_mode": "Immediate"}},
	{types: []string{"csi_driver_v1"}, apiVersion: "storage.k8s.io/v1", kind: "CSIDriver", plural: "csidrivers", clusterWide: true, of: of[storagev1.CSIDriver]()},

	// The API server's own extensions.
	{types: both("api_service"), apiVersion: "apiregistration.k8s.io/v1", kind: "APIService", plural: "apiservices", clusterWide: true, of: of[apiService]()},
	{types: both("mutating_webhook_configuration"), apiVersion: "admissionregistration.k8s.io/v1", kind: "MutatingWebhookConfiguration", plural: "mutatingwebhookconfigurations", clusterWide: true, of: of[admissionregistrationv1.MutatingWebhookConfiguration]()},
	{types: both("validating_webhook_configuration"), apiVersion: "admissionregistration.k8s.io/v1", kind: "ValidatingWebhookConfiguration", plural: "validatingwebhookconfigurations", clusterWide: true, of: of[admissionregistrationv1.ValidatingWebhookConfiguration]()},
}

// both names of a resource, with and without its version.
func both(name string) []string { return []string{name, name + "_v1"} }

// apiService is what the real provider takes of an APIService. Its own Go type stands in another module.
type apiService struct {
	Spec struct {
		CABundle              []byte `json:"caBundle,omitempty"`
		Group                 string `json:"group"`
		GroupPriorityMinimum  int32  `json:"groupPriorityMinimum"`
		InsecureSkipTLSVerify bool   `json:"insecureSkipTLSVerify,omitempty"`
		Service               *struct {
			Name      string `json:"name"`
			Namespace string `json:"namespace"`
			Port      *int32 `json:"port,omitempty"`
		} `json:"service,omitempty"`
		Version         string `json:"version"`
		VersionPriority int32  `json:"versionPriority"`
	} `json:"spec"`
}
