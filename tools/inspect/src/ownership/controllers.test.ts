import type { JsonObject } from "@demarc/shared/json";
import type { Attributes, WrittenStack } from "../model/written";
import { ownersOf, tableOf } from "../testing/owners";
import { chart, objects, written } from "../testing/stacks";
import type { OwnershipTable } from "./table";

const CONTROLLER = chart("aws-load-balancer-controller");

/** What stands in a cluster, and what an app makes in it. */
interface Placed {
  /** Arguments of the EKS cluster. */
  readonly cluster?: Attributes;
  /** More of the cluster's stack, by type and name. */
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Attributes>>>>;
  /** Releases of k8s-platform, by name. */
  readonly charts?: Readonly<Record<string, Attributes>>;
  /** Objects of k8s-platform. */
  readonly platform?: readonly JsonObject[];
  /** Objects of the app. */
  readonly app?: readonly JsonObject[];
  /** Typed resources of the app. */
  readonly typed?: Readonly<Record<string, Readonly<Record<string, Attributes>>>>;
}

function stacksOf({
  cluster = {},
  resource = {},
  charts = {},
  platform = [],
  app = [],
  typed = {},
}: Placed): WrittenStack[] {
  const inA = { environment: "test", cluster: "a" } as const;
  return [
    written({
      ...{ ...inA, workspace: "infra", team: "infra", name: "cluster" },
      resource: { aws_eks_cluster: { cluster }, ...resource },
    }),
    written({
      ...{ ...inA, workspace: "k8s-platform", team: "platform", name: "addons" },
      resource: { helm_release: { ...charts, own: objects(...platform) } },
      output: { platform_v2: { ingressClasses: { pets: "alb-pets" } } },
    }),
    written({
      ...{ ...inA, workspace: "petstore", team: "pets", name: "petstore" },
      reads: { platform: "test/a/k8s-platform/addons.tfstate" },
      resource: { ...typed, helm_release: { own: objects(...app) } },
    }),
  ];
}

const tableWith = (placed: Placed): OwnershipTable => tableOf(stacksOf(placed));

const ingressClass = (controller: string, parameters?: string): JsonObject => ({
  apiVersion: "networking.k8s.io/v1",
  kind: "IngressClass",
  metadata: { name: "alb-pets" },
  spec: { controller, ...(parameters === undefined ? {} : { parameters: { name: parameters } }) },
});

/** As an app writes it: the class is the platform's word for it. */
const ingress = (spec: Attributes = {}, annotations: Attributes = {}) => ({
  kubernetes_ingress_v1: {
    ingress: {
      metadata: { name: "petstore", annotations },
      spec: {
        ingress_class_name: "${data.terraform_remote_state.platform.outputs.platform_v2.ingressClasses.pets}",
        rule: [{ host: "petstore.example.com" }],
        ...spec,
      },
    },
  },
});

const service = (spec: JsonObject, annotations: JsonObject = {}): JsonObject => ({
  ...{ apiVersion: "v1", kind: "Service", metadata: { name: "petstore", annotations }, spec },
});

const autoMode = {
  compute_config: [{ enabled: true }],
  kubernetes_network_config: [{ elastic_load_balancing: [{ enabled: true }] }],
  storage_config: [{ block_storage: [{ enabled: true }] }],
};

describe("a load balancer for an Ingress", () => {
  it("is of the team whose Ingress it is, by the controller that its class names, whoever made the class", () => {
    const table = tableWith({
      charts: { controller: CONTROLLER },
      platform: [ingressClass("ingress.k8s.aws/alb")],
      typed: ingress(),
    });
    const made = { pets: ["AWS Load Balancer Controller, for Ingress of test-a-petstore"] };
    for (const title of ["Load balancer", "Listener rule", "Target group", "Security group"])
      expect(ownersOf(table, title)).toEqual(made);
    expect(table.unclaimed).toEqual([]);
  });

  it("is Auto Mode's by its class", () => {
    const table = tableWith({ cluster: autoMode, platform: [ingressClass("eks.amazonaws.com/alb")], typed: ingress() });
    expect(ownersOf(table, "Load balancer")).toEqual({ pets: ["EKS Auto Mode, for Ingress of test-a-petstore"] });
  });

  it("has a security group made for it, unless the Ingress names some", () => {
    const placed = { charts: { controller: CONTROLLER }, platform: [ingressClass("ingress.k8s.aws/alb")] };
    const named = ingress({}, { "alb.ingress.kubernetes.io/security-groups": "sg-1" });
    expect(ownersOf(tableWith({ ...placed, typed: named }), "Security group")).toBeUndefined();
    expect(ownersOf(tableWith({ ...placed, typed: named }), "Load balancer")).toBeDefined();
  });

  it.each([
    ["has a group made for it", {}, 1],
    ["names groups", { "alb.ingress.kubernetes.io/security-groups": "sg-1" }, 0],
    [
      "names groups and asks for rules",
      {
        "alb.ingress.kubernetes.io/security-groups": "sg-1",
        "alb.ingress.kubernetes.io/manage-backend-security-group-rules": "true",
      },
      1,
    ],
  ])("is let to the pods by the controller where its Ingress %s", (_, annotations, makers) => {
    const placed = { charts: { controller: CONTROLLER }, platform: [ingressClass("ingress.k8s.aws/alb")] };
    const table = tableWith({ ...placed, typed: ingress({}, annotations) });
    expect(Object.keys(ownersOf(table, "Rule of a security group") ?? {})).toHaveLength(makers);
  });

  it("stands beside infra's while traffic moves from one to the other", () => {
    const table = tableWith({
      ...{ charts: { controller: CONTROLLER }, platform: [ingressClass("ingress.k8s.aws/alb")], typed: ingress() },
      resource: { aws_lb: { edge: {} } },
    });
    expect(ownersOf(table, "Load balancer")).toEqual({
      infra: ["test-a-cluster"],
      pets: ["AWS Load Balancer Controller, for Ingress of test-a-petstore"],
    });
  });

  it("is not Auto Mode's where that is written as off", () => {
    const off = {
      compute_config: { enabled: false },
      kubernetes_network_config: { elastic_load_balancing: { enabled: false } },
      storage_config: { block_storage: { enabled: false } },
    };
    const table = tableWith({ cluster: off, platform: [ingressClass("eks.amazonaws.com/alb")], typed: ingress() });
    expect(ownersOf(table, "Load balancer")).toBeUndefined();
    expect(ownersOf(table, "CoreDNS")).toBeUndefined();
    expect(ownersOf(table, "EBS CSI driver")).toBeUndefined();
  });

  it("is not made where the cluster lacks the controller: the table says so", () => {
    const table = tableWith({ platform: [ingressClass("ingress.k8s.aws/alb")], typed: ingress() });
    expect(ownersOf(table, "Load balancer")).toBeUndefined();
    expect(table.unclaimed).toMatchObject([
      { kind: "Ingress", class: "ingress.k8s.aws/alb", stack: { id: "test-a-petstore" } },
    ]);
  });

  it("is not made by another cluster's controller", () => {
    const elsewhere = {
      environment: "test",
      cluster: "b",
      workspace: "k8s-platform",
      team: "platform",
      name: "addons",
    };
    const other = written({ ...elsewhere, resource: { helm_release: { controller: CONTROLLER } } });
    const table = tableOf([...stacksOf({ platform: [ingressClass("ingress.k8s.aws/alb")], typed: ingress() }), other]);
    expect(ownersOf(table, "Load balancer")).toBeUndefined();
  });

  it.each([
    ["the chart makes its own, unless it is told not to", {}, "alb", 1],
    ["", { createIngressClassResource: false }, "alb", 0],
    ["", { ingressClass: "other" }, "other", 1],
  ])("takes a class that no stack writes: %s %j", (_, values, name, makers) => {
    const charts = { controller: chart("aws-load-balancer-controller", values) };
    const table = tableWith({ charts, typed: ingress({ ingress_class_name: name }) });
    expect(Object.keys(ownersOf(table, "Load balancer") ?? {})).toHaveLength(makers);
  });
});

describe("a load balancer for a Service", () => {
  it.each<[string, Placed, string | undefined]>([
    ["ClusterIP", { app: [service({ type: "ClusterIP" })], charts: { controller: CONTROLLER } }, undefined],
    [
      "service.k8s.aws/nlb",
      {
        app: [service({ type: "LoadBalancer", loadBalancerClass: "service.k8s.aws/nlb" })],
        charts: { controller: CONTROLLER },
      },
      "AWS Load Balancer Controller",
    ],
    [
      "no class, and the controller's webhook sets its own",
      { app: [service({ type: "LoadBalancer" })], charts: { controller: CONTROLLER } },
      "AWS Load Balancer Controller",
    ],
    [
      "no class, and no webhook",
      {
        app: [service({ type: "LoadBalancer" })],
        charts: { controller: chart("aws-load-balancer-controller", { enableServiceMutatorWebhook: false }) },
      },
      "EKS",
    ],
    [
      "no class, no webhook, and an annotation",
      {
        app: [service({ type: "LoadBalancer" }, { "service.beta.kubernetes.io/aws-load-balancer-type": "external" })],
        charts: { controller: chart("aws-load-balancer-controller", { enableServiceMutatorWebhook: false }) },
      },
      "AWS Load Balancer Controller",
    ],
    ["no class, with Auto Mode", { app: [service({ type: "LoadBalancer" })], cluster: autoMode }, "EKS Auto Mode"],
  ])("of %s", (_, placed, controller) => {
    const owners = controller === undefined ? undefined : { pets: [`${controller}, for Service of test-a-petstore`] };
    expect(ownersOf(tableWith(placed), "Load balancer")).toEqual(owners);
  });
});

it.each([
  [{}, undefined],
  [{ networking: { ingress: [] } }, ["AWS Load Balancer Controller, for TargetGroupBinding of test-a-petstore"]],
])("a binding with %j lets its peers to the pods, or leaves that to others", (spec, made) => {
  const binding = { apiVersion: "elbv2.k8s.aws/v1beta1", kind: "TargetGroupBinding", metadata: { name: "b" }, spec };
  const table = tableWith({ charts: { controller: CONTROLLER }, app: [binding] });
  expect(ownersOf(table, "Rule of a security group")?.["pets"]).toEqual(made);
});

describe("WAF's association", () => {
  const params = (spec: JsonObject): JsonObject => ({
    kind: "IngressClassParams",
    metadata: { name: "alb-pets" },
    spec,
  });
  const acl = { wafv2AclArn: "arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/edge/1" };
  const own = { "alb.ingress.kubernetes.io/wafv2-acl-arn": acl.wafv2AclArn };

  it.each<[string, JsonObject, JsonObject, Attributes, number]>([
    ["the class's parameters name an ACL", {}, acl, {}, 1],
    ["an annotation does", {}, {}, own, 1],
    ["nothing does", {}, {}, {}, 0],
    ["the class takes it away", {}, { wafv2AclArn: "none" }, own, 0],
    ["the controller's support is off", { enableWafv2: false }, acl, own, 0],
  ])("is made for an Ingress where %s", (_, values, spec, annotations, makers) => {
    const table = tableWith({
      charts: { controller: chart("aws-load-balancer-controller", values) },
      platform: [ingressClass("ingress.k8s.aws/alb", "alb-pets"), params(spec)],
      typed: ingress({}, annotations),
    });
    expect(Object.keys(ownersOf(table, "WAF's association") ?? {})).toHaveLength(makers);
  });
});

describe("DNS records", () => {
  const record = (values: JsonObject, placed: Placed) =>
    Object.keys(ownersOf(tableWith({ charts: { dns: chart("external-dns", values) }, ...placed }), "DNS record") ?? {});

  it("are made for an Ingress with a host, by the release's sources and classes", () => {
    expect(record({ sources: ["ingress"] }, { typed: ingress() })).toEqual(["pets"]);
    expect(record({}, { typed: ingress() })).toEqual(["pets"]);
    expect(record({ sources: ["service"] }, { typed: ingress() })).toEqual([]);
    expect(record({}, { typed: ingress({ rule: [{}] }) })).toEqual([]);
    expect(record({ extraArgs: { "ingress-class": ["alb-pets"] } }, { typed: ingress() })).toEqual(["pets"]);
    expect(record({ extraArgs: { "ingress-class": ["alb-shop"] } }, { typed: ingress() })).toEqual([]);
    expect(record({ extraArgs: ["--ingress-class=alb-shop"] }, { typed: ingress() })).toEqual([]);
  });

  it("are made for a Service that an annotation of the release's prefix names", () => {
    const named = (prefix: string) => ({
      app: [service({ type: "LoadBalancer" }, { [`${prefix}hostname`]: "pets.example.com" })],
    });
    expect(record({}, named("external-dns.alpha.kubernetes.io/"))).toEqual(["pets"]);
    expect(record({}, { app: [service({ type: "LoadBalancer" })] })).toEqual([]);
    expect(record({ extraArgs: { "annotation-prefix": "dns.example/" } }, named("dns.example/"))).toEqual(["pets"]);
    expect(
      record({ extraArgs: { "annotation-prefix": "dns.example/" } }, named("external-dns.alpha.kubernetes.io/")),
    ).toEqual([]);
  });

  it("that infra writes are infra's, but for a certificate's proof, which is part of that", () => {
    const certificate = { aws_acm_certificate: { own: {} } };
    const proof = { name: "${one(aws_acm_certificate.own.domain_validation_options).resource_record_name}" };
    const proofOnly = tableWith({ resource: { ...certificate, aws_route53_record: { proof } } });
    expect(ownersOf(proofOnly, "DNS record")).toBeUndefined();
    const both = tableWith({ resource: { ...certificate, aws_route53_record: { proof, alias: { name: "pets" } } } });
    expect(ownersOf(both, "DNS record")).toEqual({ infra: ["test-a-cluster"] });
  });
});

describe("nodes", () => {
  const group = { aws_eks_node_group: { general: {}, fixed: {} } };
  const tag = (of: string) => ({
    autoscaling_group_name: `\${aws_eks_node_group.${of}.resources[0].autoscaling_groups[0].name}`,
    tag: { key: "k8s.io/cluster-autoscaler/enabled", value: "true" },
  });

  it("EKS makes an Auto Scaling group, and Cluster Autoscaler sets the size of those that bear its tag", () => {
    const charts = { autoscaler: chart("cluster-autoscaler") };
    const tagged = tableWith({ charts, resource: { ...group, aws_autoscaling_group_tag: { one: tag("general") } } });
    expect(ownersOf(tagged, "Auto Scaling group")).toEqual({ infra: ["EKS, for node group of test-a-cluster"] });
    expect(ownersOf(tagged, "Number of nodes")).toEqual({
      infra: ["Cluster Autoscaler, for node group of test-a-cluster"],
    });
    expect(ownersOf(tableWith({ charts, resource: group }), "Number of nodes")).toBeUndefined();
  });

  it("Auto Mode makes them for its own pools, and for those of others", () => {
    const pools = { ...autoMode, compute_config: { enabled: true, node_pools: ["system"] } };
    const platform = [{ apiVersion: "karpenter.sh/v1", kind: "NodePool", metadata: { name: "spot" }, spec: {} }];
    expect(ownersOf(tableWith({ cluster: pools, platform }), "Number of nodes")).toEqual({
      infra: ["EKS Auto Mode, for cluster of test-a-cluster"],
      platform: ["EKS Auto Mode, for NodePool of test-a-addons"],
    });
    expect(ownersOf(tableWith({ cluster: autoMode }), "Number of nodes")).toBeUndefined();
  });

  it("Fargate has none of somebody's, and has the CNI built in", () => {
    const table = tableWith({ resource: { aws_eks_fargate_profile: { apps: {} } } });
    expect(ownersOf(table, "VPC CNI")).toEqual({ infra: ["built in: Fargate of test-a-cluster"] });
    expect(ownersOf(table, "Pod Identity agent")).toBeUndefined();
  });
});

it("EKS makes a cluster's security group always, and records of the control plane where those are asked for", () => {
  const made = { infra: ["EKS, for cluster of test-a-cluster"] };
  expect(ownersOf(tableWith({}), "Cluster security group")).toEqual(made);
  expect(ownersOf(tableWith({}), "Records of the control plane")).toBeUndefined();
  const logged = tableWith({ cluster: { enabled_cluster_log_types: ["audit"] } });
  expect(ownersOf(logged, "Records of the control plane")).toEqual(made);
});

it("EKS makes the control plane's log group, where no stack does before it", () => {
  const cluster = { name: "test-a", enabled_cluster_log_types: ["audit"] };
  const group = (name: string) => ({ aws_cloudwatch_log_group: { group: { name } } });
  const other = tableWith({ cluster, resource: group("/aws/eks/test-b/cluster") });
  const own = tableWith({ cluster, resource: group("/aws/eks/${aws_eks_cluster.cluster.name}/cluster") });
  expect(ownersOf(other, "Log group")).toEqual({ infra: ["test-a-cluster", "EKS, for cluster of test-a-cluster"] });
  expect(ownersOf(own, "Log group")).toEqual({ infra: ["test-a-cluster"] });
});

describe("a volume", () => {
  const claim: JsonObject = { kind: "PersistentVolumeClaim", metadata: { name: "data" }, spec: {} };
  const set: JsonObject = {
    kind: "StatefulSet",
    metadata: { name: "db" },
    spec: { volumeClaimTemplates: [{ spec: {} }] },
  };
  const storageClass = (provisioner: string): JsonObject => ({
    ...{ kind: "StorageClass", provisioner },
    metadata: { name: "gp3", annotations: { "storageclass.kubernetes.io/is-default-class": "true" } },
  });
  const driver = { aws_eks_addon: { driver: { addon_name: "aws-ebs-csi-driver" } } };

  it.each([
    ["ebs.csi.aws.com", { resource: driver }, "EBS CSI driver"],
    ["ebs.csi.eks.amazonaws.com", { cluster: autoMode }, "EKS Auto Mode"],
  ])("is made by the driver of its class, %s", (provisioner, placed, name) => {
    const table = tableWith({ ...placed, platform: [storageClass(provisioner)], app: [claim, set] });
    const made = ["PersistentVolumeClaim", "StatefulSet"].map((kind) => `${name}, for ${kind} of test-a-petstore`);
    expect(ownersOf(table, "Volume")?.["pets"]?.toSorted()).toEqual(made);
  });
});

it("what AWS keeps a password in is RDS's, for the database's team", () => {
  const resource = { aws_db_instance: { one: { manage_master_user_password: true } } };
  const made = { infra: ["RDS, for database of test-a-cluster"] };
  expect(ownersOf(tableWith({ resource }), "Database's master password")).toEqual(made);
});
