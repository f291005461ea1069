package kubernetes

import (
	"reflect"
	"slices"

	admissionregistrationv1 "k8s.io/api/admissionregistration/v1"
	appsv1 "k8s.io/api/apps/v1"
	autoscalingv2 "k8s.io/api/autoscaling/v2"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	discoveryv1 "k8s.io/api/discovery/v1"
	networkingv1 "k8s.io/api/networking/v1"
	nodev1 "k8s.io/api/node/v1"
	policyv1 "k8s.io/api/policy/v1"
	schedulingv1 "k8s.io/api/scheduling/v1"
	storagev1 "k8s.io/api/storage/v1"
)

// What the real provider (2.38.0) calls, writes or leaves out otherwise than the Kubernetes API's types say. What it
// refuses is refused here, so that nobody finds it out in production.

// renamed are the arguments whose names the rule of nameOf does not give.
var renamed = map[typedProperty]string{
	in[appsv1.DaemonSetSpec]("updateStrategy"):                "strategy",
	in[batchv1.CronJobSpec]("timeZone"):                       "timezone",
	in[discoveryv1.Endpoint]("conditions"):                    "condition",
	in[corev1.ScopeSelector]("matchExpressions"):              "match_expression",
	in[storagev1.StorageClass]("provisioner"):                 "storage_provisioner",
	in[corev1.WindowsSecurityContextOptions]("runAsUserName"): "run_as_username",
}

// pluralBlocks keep their property's plural.
var pluralBlocks = map[string]bool{
	"allowedTopologies": true, "clusterRoleSelectors": true, "hostAliases": true, "items": true, "matchExpressions": true,
	"matchFields": true, "matchLabelExpressions": true, "sources": true,
}

// pluralIn are the blocks that keep it in one type alone.
var pluralIn = map[typedProperty]bool{
	in[corev1.PodSpec]("imagePullSecrets"):             true,
	in[networkingv1.NetworkPolicyEgressRule]("ports"):  true,
	in[networkingv1.NetworkPolicyIngressRule]("ports"): true,
}

// nestedIn are the types that the API has inline, and the real provider in a block of its own.
var nestedIn = map[reflect.Type]string{
	reflect.TypeFor[corev1.PersistentVolumeSource](): "persistent_volume_source",
}

// encodings that the type alone does not tell.
var encodings = map[typedProperty]encoding{
	in[appsv1.DeploymentSpec]("replicas"):             integer,
	in[autoscalingv2.MetricTarget]("averageValue"):    spelledQuantity,
	in[autoscalingv2.MetricTarget]("value"):           spelledQuantity,
	in[corev1.LimitRangeItem]("default"):              spelledQuantity,
	in[corev1.LimitRangeItem]("defaultRequest"):       spelledQuantity,
	in[corev1.LimitRangeItem]("max"):                  spelledQuantity,
	in[corev1.LimitRangeItem]("maxLimitRequestRatio"): spelledQuantity,
	in[corev1.LimitRangeItem]("min"):                  spelledQuantity,
	in[appsv1.StatefulSetSpec]("replicas"):            integer,
	in[batchv1.JobSpec]("ttlSecondsAfterFinished"):    integer,
	in[corev1.ConfigMap]("binaryData"):                plain,
	in[corev1.ConfigMapVolumeSource]("defaultMode"):   octal,
	in[corev1.DownwardAPIVolumeFile]("mode"):          octal,
	in[corev1.DownwardAPIVolumeSource]("defaultMode"): octal,
	in[corev1.KeyToPath]("mode"):                      octal,
	in[corev1.PodSecurityContext]("fsGroup"):          integer,
	in[corev1.PodSecurityContext]("runAsGroup"):       integer,
	in[corev1.PodSecurityContext]("runAsUser"):        integer,
	in[corev1.ProjectedVolumeSource]("defaultMode"):   octal,
	in[corev1.SecretVolumeSource]("defaultMode"):      octal,
	in[corev1.SecurityContext]("runAsGroup"):          integer,
	in[corev1.SecurityContext]("runAsUser"):           integer,
	in[corev1.Toleration]("tolerationSeconds"):        integer,
	in[discoveryv1.EndpointPort]("port"):              integer,
}

// computed are the properties that the API server fills in and others refer to.
var computed = map[reflect.Type][]string{
	reflect.TypeFor[corev1.PersistentVolumeClaimSpec](): {"storageClassName", "volumeName"},
	reflect.TypeFor[corev1.Secret]():                    {"data"},
	reflect.TypeFor[corev1.ServicePort]():               {"nodePort"},
	reflect.TypeFor[corev1.ServiceSpec]():               {"clusterIP", "clusterIPs", "healthCheckNodePort", "ipFamilies", "ipFamilyPolicy"},
}

func computes(of reflect.Type, property string) bool { return slices.Contains(computed[of], property) }

// notInEKS are volumes of other clouds and of storage that Kubernetes has no driver for any more.
var notInEKS = []string{
	"azureDisk", "azureFile", "cephfs", "cinder", "fc", "flexVolume", "flocker", "gcePersistentDisk", "gitRepo", "glusterfs", "iscsi",
	"photonPersistentDisk", "portworxVolume", "quobyte", "rbd", "scaleIO", "storageos", "vsphereVolume",
}

// omitted are the properties that the real provider has no argument for.
var omitted = map[reflect.Type][]string{
	reflect.TypeFor[admissionregistrationv1.MutatingWebhook]():   {"matchConditions"},
	reflect.TypeFor[admissionregistrationv1.ValidatingWebhook](): {"matchConditions"},
	reflect.TypeFor[appsv1.RollingUpdateStatefulSetStrategy]():   {"maxUnavailable"},
	reflect.TypeFor[appsv1.StatefulSetSpec]():                    {"ordinals"},
	reflect.TypeFor[autoscalingv2.HPAScalingRules]():             {"tolerance"},
	reflect.TypeFor[batchv1.JobSpec]():                           {"managedBy", "podReplacementPolicy", "successPolicy", "suspend"},
	reflect.TypeFor[corev1.CSIPersistentVolumeSource]():          {"nodeExpandSecretRef"},
	reflect.TypeFor[corev1.Container]():                          {"resizePolicy", "restartPolicy", "restartPolicyRules"},
	reflect.TypeFor[corev1.EndpointAddress]():                    {"targetRef"},
	reflect.TypeFor[corev1.EndpointPort]():                       {"appProtocol"},
	reflect.TypeFor[corev1.EnvVarSource]():                       {"fileKeyRef"},
	reflect.TypeFor[corev1.Lifecycle]():                          {"stopSignal"},
	reflect.TypeFor[corev1.LifecycleHandler]():                   {"sleep"},
	reflect.TypeFor[corev1.LocalVolumeSource]():                  {"fsType"},
	reflect.TypeFor[corev1.Namespace]():                          {"spec"},
	reflect.TypeFor[corev1.PersistentVolumeClaimSpec]():          {"dataSource", "dataSourceRef", "volumeAttributesClassName"},
	reflect.TypeFor[corev1.PersistentVolumeSource]():             notInEKS,
	reflect.TypeFor[corev1.PersistentVolumeSpec]():               {"volumeAttributesClassName"},
	reflect.TypeFor[corev1.PodAffinityTerm]():                    {"matchLabelKeys", "mismatchLabelKeys"},
	reflect.TypeFor[corev1.PodSecurityContext]():                 {"appArmorProfile", "seLinuxChangePolicy", "supplementalGroupsPolicy"},
	reflect.TypeFor[corev1.PodSpec](): {
		"ephemeralContainers", "hostUsers", "hostnameOverride", "overhead", "preemptionPolicy", "priority", "resourceClaims", "resources",
		"schedulingGates", "serviceAccount", "setHostnameAsFQDN", "workloadRef",
	},
	reflect.TypeFor[corev1.Probe]():                     {"terminationGracePeriodSeconds"},
	reflect.TypeFor[corev1.ResourceRequirements]():      {"claims"},
	reflect.TypeFor[corev1.Secret]():                    {"stringData"},
	reflect.TypeFor[corev1.SecurityContext]():           {"appArmorProfile", "procMount", "windowsOptions"},
	reflect.TypeFor[corev1.ServiceSpec]():               {"trafficDistribution"},
	reflect.TypeFor[corev1.TCPSocketAction]():           {"host"},
	reflect.TypeFor[corev1.VolumeMount]():               {"recursiveReadOnly"},
	reflect.TypeFor[corev1.VolumeProjection]():          {"clusterTrustBundle", "podCertificate"},
	reflect.TypeFor[corev1.VolumeSource]():              append([]string{"image"}, notInEKS...),
	reflect.TypeFor[discoveryv1.Endpoint]():             {"deprecatedTopology", "hints"},
	reflect.TypeFor[nodev1.RuntimeClass]():              {"overhead", "scheduling"},
	reflect.TypeFor[policyv1.PodDisruptionBudgetSpec](): {"unhealthyPodEvictionPolicy"},
	reflect.TypeFor[schedulingv1.PriorityClass]():       {"description"},
	reflect.TypeFor[storagev1.CSIDriverSpec](): {
		"fsGroupPolicy", "nodeAllocatableUpdatePeriodSeconds", "requiresRepublish", "seLinuxMount", "serviceAccountTokenInSecrets",
		"storageCapacity", "tokenRequests",
	},
}

// narrowed are references of which the real provider takes these properties alone.
var narrowed = map[typedProperty][]string{
	in[corev1.PersistentVolumeClaimTemplate]("metadata"): {"annotations", "labels"},
	in[corev1.PersistentVolumeSpec]("claimRef"):          {"name", "namespace"},
	in[corev1.ServiceAccount]("secrets"):                 {"name"},
	in[discoveryv1.Endpoint]("targetRef"):                {"fieldPath", "name", "namespace", "resourceVersion", "uid"},
}

// omits the property: what an object's status says is nobody's to give.
func omits(of reflect.Type, property string) bool {
	if _, isObject := of.FieldByName("ObjectMeta"); isObject && property == "status" {
		return true
	}
	return slices.Contains(omitted[of], property)
}
