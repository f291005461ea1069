import { DeploymentV1 } from "@cdktf/provider-kubernetes/lib/deployment-v1";
import { JobV1 } from "@cdktf/provider-kubernetes/lib/job-v1";
import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import { Fn, Token } from "cdktf";
import { consume } from "../../contract";
import { platformContract } from "../../contracts";
import { type StackAttempt, override, configMap, typed, onConfigMap, release, elsewhere } from "./attempt";

/** Resources of Kubernetes. */
export const kubernetes: readonly StackAttempt[] = [
  {
    name: "a program where Terraform runs",
    attempt: (stack) => {
      configMap(stack).provisioners = [{ type: "local-exec", command: "env" }];
    },
    refusedBy: "no provisioner",
  },
  {
    name: "a program, by an override",
    attempt: onConfigMap("provisioner", [{ "local-exec": { command: "env" } }]),
    refusedBy: "no provisioner",
  },
  {
    name: "a log-in to a machine",
    attempt: onConfigMap("connection", { host: "10.0.0.1" }),
    refusedBy: "no connection",
  },
  {
    name: "another configuration of the provider",
    attempt: onConfigMap("provider", "kubernetes.other"),
    refusedBy: "no provider",
  },
  {
    name: "no configuration of the provider, so that the shell's kubeconfig is one",
    attempt: (stack) => {
      configMap(stack, "pets");
      for (const name of ["kubernetes", "helm"]) {
        stack.addOverride(`provider.${name}`, undefined);
        stack.addOverride(`terraform.required_providers.${name}`, undefined);
      }
    },
    refusedBy: "kubernetes_config_map_v1 is of provider kubernetes, which this stack has no configuration of",
  },
  {
    name: "security groups of its choice for its pods, where those are what keeps teams apart",
    attempt: release(
      JSON.stringify({
        objects: [
          {
            apiVersion: "vpcresources.k8s.aws/v1beta1",
            kind: "SecurityGroupPolicy",
            metadata: { name: "all-open" },
            spec: { podSelector: {}, securityGroups: { groupIds: ["sg-0"] } },
          },
        ],
      }),
    ),
    refusedBy: "SecurityGroupPolicy all-open of vpcresources.k8s.aws/v1beta1 belongs to k8s-platform",
  },
  {
    name: "a typed object in kube-system",
    attempt: typed("kube-system"),
    refusedBy: `namespace kube-system ${elsewhere}`,
  },
  {
    name: "a typed object in another team's namespace",
    attempt: typed("shop"),
    refusedBy: `namespace shop ${elsewhere}`,
  },
  {
    name: "a typed object in no namespace, which is default",
    attempt: typed(""),
    refusedBy: `namespace none ${elsewhere}`,
  },
  {
    name: "another team's namespace, by the contract",
    attempt: (stack) =>
      configMap(stack, Token.asString(Fn.lookup(consume(stack, platformContract).namespaces, "shop"))),
    refusedBy: /namespace \$\{.*namespaces\.shop\} and its team is pets/,
  },
  {
    name: "a namespace that a function makes",
    attempt: typed('${join("-", ["kube", "system"])}'),
    refusedBy: elsewhere,
  },
  {
    name: "a second metadata",
    attempt: onConfigMap("metadata", [
      { name: "a", namespace: "pets" },
      { name: "b", namespace: "kube-system" },
    ]),
    refusedBy: `namespace kube-system ${elsewhere}`,
  },
  {
    name: "an object that stays in another team's namespace",
    attempt: onConfigMap("lifecycle", { ignore_changes: ["metadata[0].namespace"] }),
    refusedBy: "it may not ignore changes of metadata[0].namespace",
  },
  {
    name: "a release that keeps its values",
    attempt: release('{"objects":[]}', { lifecycle: { ignore_changes: ["values"] } }),
    refusedBy: "it may not ignore changes of values",
  },
  {
    name: "metadata in a dynamic block",
    attempt: onConfigMap("dynamic", { metadata: { for_each: ["kube-system"], content: { namespace: "kube-system" } } }),
    refusedBy: "may not have dynamic blocks",
  },
  {
    name: "a privileged Deployment in kube-system",
    attempt: (stack) =>
      new DeploymentV1(stack, "deployment", {
        metadata: { name: "x", namespace: "kube-system" },
        spec: {
          template: { metadata: {}, spec: { container: [{ name: "x", securityContext: { privileged: true } }] } },
        },
      }),
    refusedBy: `namespace kube-system ${elsewhere}`,
  },
  {
    name: "a Job in the platform's namespace",
    attempt: (stack) =>
      new JobV1(stack, "job", {
        metadata: { name: "x", namespace: "database-users" },
        spec: { template: { metadata: {}, spec: { container: [{ name: "x" }] } } },
      }),
    refusedBy: `namespace database-users ${elsewhere}`,
  },
  {
    name: "a namespace",
    attempt: (stack) => new NamespaceV1(stack, "namespace", { metadata: { name: "mine" } }),
    refusedBy: "may not create kubernetes_namespace_v1; it belongs to k8s-platform",
  },
  {
    name: "a cluster role binding",
    attempt: override("resource.kubernetes_cluster_role_binding_v1.x", {}),
    refusedBy: "may not create kubernetes_cluster_role_binding_v1",
  },
  {
    name: "a role binding in its namespace",
    attempt: override("resource.kubernetes_role_binding_v1.x", {}),
    refusedBy: "may not create kubernetes_role_binding_v1",
  },
  {
    name: "any manifest",
    attempt: override("resource.kubernetes_manifest.x", {}),
    refusedBy: "may not create kubernetes_manifest",
  },
  {
    name: "data of another's ConfigMap",
    attempt: override("resource.kubernetes_config_map_v1_data.x", {}),
    refusedBy: "may not create kubernetes_config_map_v1_data",
  },
  {
    name: "objects behind what ends no reference",
    attempt: release(
      `{"objects":[{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"x":"$\${" },{'apiVersion':'v1','kind':'Secret','metadata':{'name':'b','namespace':'shop'}}]} #"}]}`,
    ),
    refusedBy: "its values are not just the objects",
  },
  {
    name: "objects twice, of which readers take one or the other",
    attempt: release('{"objects":[{"kind":"Secret"}],"objects":[]}'),
    refusedBy: "its values are not just the objects",
  },
  {
    name: "a chart from anywhere",
    attempt: release("{}", { chart: "oci://example.com/chart" }),
    refusedBy: "is not the objects chart",
  },
  {
    name: "a release with a program after it",
    attempt: release('{"objects":[]}', { postrender: { binary_path: "sh" } }),
    refusedBy: "it may not have postrender",
  },
  {
    name: "an object by another way than values",
    attempt: release('{"objects":[]}', { set_wo: [{ name: "objects[0].kind", value: "ClusterRole" }] }),
    refusedBy: "it may not have set_wo",
  },
  {
    name: "a release whose values a function makes",
    attempt: release(
      '{"objects":[{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"x"},"data":{"a":"${"}"}${"\\"}}"}"}}]}',
    ),
    refusedBy: "its values are not just the objects",
  },
  {
    name: "a release whose values a directive makes",
    attempt: release(
      '{"objects":[{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"%{ if true }x%{ endif }"}}]}',
    ),
    refusedBy: "its values are not just the objects",
  },
];
