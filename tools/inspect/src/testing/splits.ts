import type { WrittenStack } from "../model/written";
import { chart, objects, written } from "./stacks";

const WORKLOAD = {
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "petstore", namespace: "pets" },
  spec: {},
};

/**
 * Managed nodes and a controller that is installed: infra owns VPC, cluster, controller, load balancer, target group and link, the
 * Kubernetes team APIs, bindings and workloads (S1 of the requirements, before).
 */
export function classicSplit(environment = "classic"): WrittenStack[] {
  const infra = { environment, workspace: "infra", team: "infra" } as const;
  return [
    written({ ...infra, name: "network", resource: { aws_vpc: { vpc: {} }, aws_subnet: { a: {} } } }),
    written({
      ...infra,
      name: "edge",
      resource: {
        aws_lb: { edge: { load_balancer_type: "network" } },
        aws_lb_listener: { http: {} },
        aws_lb_target_group: { petstore: { target_type: "ip" } },
        aws_api_gateway_vpc_link: { link: { target_arns: ["${aws_lb.edge.arn}"] } },
      },
      output: { edge_v1: { targetGroups: { petstore: "${aws_lb_target_group.petstore.arn}" } } },
    }),
    written({
      ...infra,
      name: "cluster",
      cluster: "a",
      resource: {
        aws_eks_cluster: { cluster: { name: `${environment}-a` } },
        aws_eks_node_group: { general: {} },
        aws_eks_addon: { cni: { addon_name: "vpc-cni" } },
      },
    }),
    written({
      ...{ environment, workspace: "k8s-platform", team: "infra", name: "addons", cluster: "a" },
      resource: { helm_release: { controller: chart("aws-load-balancer-controller") } },
    }),
    written({
      ...{ environment, workspace: "petstore", team: "kubernetes", name: "petstore", cluster: "a" },
      reads: { edge: `${environment}/infra/edge.tfstate` },
      resource: {
        kubernetes_service_v1: { service: { metadata: { name: "petstore" }, spec: { type: "ClusterIP" } } },
        aws_api_gateway_rest_api: { api: {} },
        helm_release: {
          pods: objects(WORKLOAD, {
            apiVersion: "elbv2.k8s.aws/v1beta1",
            kind: "TargetGroupBinding",
            metadata: { name: "petstore", namespace: "pets" },
            spec: { targetGroupARN: "${data.terraform_remote_state.edge.outputs.edge_v1.targetGroups.petstore}" },
          }),
        },
      },
    }),
  ];
}

/** EKS Auto Mode: infra owns VPC and cluster, the Kubernetes team all else, and nobody installs a controller (S1, after). */
export function autoSplit(environment = "auto"): WrittenStack[] {
  const infra = { environment, workspace: "infra", team: "infra" } as const;
  const name = "${data.terraform_remote_state.tenancy.outputs.platform_v2.namespaces.kubernetes}";
  return [
    written({ ...infra, name: "network", resource: { aws_vpc: { vpc: {} }, aws_subnet: { a: {} } } }),
    written({
      ...infra,
      name: "cluster",
      cluster: "a",
      resource: {
        aws_eks_cluster: {
          cluster: {
            name: `${environment}-a`,
            compute_config: { enabled: true, node_pools: ["general-purpose", "system"] },
            kubernetes_network_config: { elastic_load_balancing: { enabled: true } },
            storage_config: { block_storage: { enabled: true } },
          },
        },
      },
    }),
    written({
      ...{ environment, workspace: "k8s-platform", team: "kubernetes", name: "tenancy", cluster: "a" },
      resource: { kubernetes_namespace_v1: { team: { metadata: { name: "pets" } } } },
      output: { platform_v2: { namespaces: { kubernetes: "${kubernetes_namespace_v1.team.metadata[0].name}" } } },
    }),
    written({
      ...{ environment, workspace: "petstore", team: "kubernetes", name: "petstore", cluster: "a" },
      reads: { tenancy: `${environment}/a/k8s-platform/tenancy.tfstate` },
      resource: {
        kubernetes_service_v1: {
          service: {
            metadata: { name: "petstore", namespace: name },
            spec: { type: "LoadBalancer", load_balancer_class: "eks.amazonaws.com/nlb" },
          },
        },
        helm_release: { pods: objects(WORKLOAD) },
        aws_api_gateway_vpc_link: { link: { target_arns: ["${data.aws_lb.petstore.arn}"] } },
        aws_api_gateway_rest_api: { api: {} },
      },
      data: { aws_lb: { petstore: { name: "${kubernetes_service_v1.service.status[0].load_balancer[0]}" } } },
    }),
  ];
}
