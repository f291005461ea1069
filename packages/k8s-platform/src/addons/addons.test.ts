import { InvalidInput } from "@demarc/shared/environment";
import type { Build } from "@demarc/shared/stack";
import { roleIn, synthesized } from "@demarc/shared/testing";
import { z } from "zod";
import { settingsOf } from "../settings/resolve";
import { addonsStack, dev, devOn, objectNamed, releaseNamed, tenancyStack, valuesOf } from "../testing/platform";
import { crdsOf } from "../charts/known";
import { charts } from "../versions";
import type { AnyAddOn } from "./addon";
import { clusterAutoscaler } from "./cluster-autoscaler";
import { metricsServer } from "./metrics-server";
import { addons, addonsOn, inOrder } from "./registry";
import { AddOnsStack } from "./stack";

const crdSpec = z.object({
  group: z.string(),
  names: z.object({ kind: z.string() }),
  versions: z.array(z.object({ name: z.string(), served: z.boolean() })),
});
const objectList = z.object({
  objects: z.array(z.object({ apiVersion: z.string(), kind: z.string() })).default([]),
});
const NOT_THE_CHARTS = "is no value of the chart, which would leave it out; correct its name";
const namespaceIn = (metadata: unknown) => z.object({ namespace: z.string() }).parse(metadata).namespace;
const names = (addons: readonly AnyAddOn[]) => addons.map(({ name }) => name).sort();

describe("each compute kind gets the add-ons that it lacks", () => {
  it("managed nodes: all of them", () => {
    expect(names(addonsOn("managed-nodes", dev.exposures))).toEqual([
      "aws-for-fluent-bit",
      "aws-load-balancer-controller",
      "cluster-autoscaler",
      "external-dns",
      "metrics-server",
    ]);
  });

  it("Fargate: no DaemonSet, and no nodes to scale", () => {
    expect(names(addonsOn("fargate", dev.exposures))).toEqual([
      "aws-load-balancer-controller",
      "external-dns",
      "metrics-server",
    ]);
  });

  it("Auto Mode: not what is built in", () => {
    expect(names(addonsOn("auto-mode", dev.exposures))).toEqual([
      "aws-for-fluent-bit",
      "external-dns",
      "metrics-server",
    ]);
  });
});

describe("the network of add-ons, EKS's own included, is open", () => {
  it("by a policy, for in the strict mode pods that none selects are cut off", () => {
    const policy = objectNamed(addonsStack(), "network_policy", "allow-all", "kube-system");
    expect(policy["spec"]).toEqual({
      pod_selector: {},
      policy_types: ["Ingress", "Egress"],
      ingress: [{}],
      egress: [{}],
    });
  });

  it.each(["managed-nodes", "fargate", "auto-mode"] as const)("before any of their releases, on %s", (kind) => {
    const stack = addonsStack(devOn(kind));
    const open = stack.resources("kubernetes_network_policy_v1").map(({ metadata }) => namespaceIn(metadata));
    for (const release of stack.resources("helm_release")) {
      expect(open).toContain(release["namespace"]);
      expect(release["depends_on"]).toEqual(
        expect.arrayContaining([expect.stringMatching(/^kubernetes_network_policy_v1\.kube-system-network/)]),
      );
    }
  });
});

describe("an add-on in a namespace of its own", () => {
  const apart: AnyAddOn = { ...metricsServer, namespace: "metrics", calledOn: [10250] };
  const build: Build = (app, environment) => {
    const { addons: settings, mirror } = settingsOf({ dev: {} }, environment);
    new AddOnsStack(app, { environment, cluster: "a", settings, mirror, addons: [apart, clusterAutoscaler] });
  };
  const [stack] = Object.values(synthesized(build, dev));
  if (stack === undefined) throw new Error("no stack");

  it("gets it, for pods as Pod Security's restricted wants them", () => {
    expect(objectNamed(stack, "namespace", "metrics")).toMatchObject({
      metadata: { labels: { "pod-security.kubernetes.io/enforce": "restricted" } },
    });
  });

  it("has its pods cut off, but for DNS, the APIs and the API server's calls", () => {
    const policies = stack
      .resources("kubernetes_network_policy_v1")
      .flatMap(({ metadata, spec }) => (JSON.stringify(metadata).includes("metrics") ? [{ metadata, spec }] : []));
    const named = (name: string) =>
      policies.find(({ metadata }) => JSON.stringify(metadata).includes(`"${name}"`))?.spec;
    expect(policies).toHaveLength(4);
    expect(named("default-deny")).toEqual({ pod_selector: {}, policy_types: ["Ingress", "Egress"] });
    expect(named("allow-dns")).toBeDefined();
    expect(named("ways-out")).toMatchObject({
      egress: [
        { ports: [{ port: "443" }], to: [{ ip_block: { cidr: "0.0.0.0/0" } }] },
        { ports: [{ port: "80" }], to: [{ ip_block: { cidr: "169.254.170.23/32" } }] },
      ],
    });
    expect(named("ways-in")).toMatchObject({
      ingress: [{ from: [{ ip_block: { cidr: expect.stringContaining("vpcCidr") } }], ports: [{ port: "10250" }] }],
    });
  });

  it("is installed there after all of that", () => {
    const release = releaseNamed(stack, "metrics-server");
    expect(release["namespace"]).toBe("metrics");
    for (const part of [
      "namespace_v1",
      "network_policy_v1.namespace-metrics_default-deny",
      "network_policy_v1.namespace-metrics_ways-in",
    ]) {
      expect(release["depends_on"]).toContainEqual(expect.stringContaining(`kubernetes_${part}`));
    }
  });
});

describe("a release", () => {
  it("is of the pinned chart, and is taken back when it fails", () => {
    expect(releaseNamed(addonsStack(), "metrics-server")).toMatchObject({
      repository: "https://kubernetes-sigs.github.io/metrics-server",
      chart: "metrics-server",
      version: "3.13.1",
      namespace: "kube-system",
      atomic: true,
      cleanup_on_fail: true,
      upgrade_install: true,
      wait: true,
      max_history: 5,
    });
  });

  it("that brings a Service waits for the load balancer controller, whose webhook Services may be sent to", () => {
    for (const name of ["external-dns", "metrics-server"]) {
      expect(releaseNamed(addonsStack(), name)["depends_on"]).toEqual(
        expect.arrayContaining([expect.stringMatching(/^helm_release\.aws-load-balancer-controller/)]),
      );
    }
  });

  it("of Cluster Autoscaler waits for no other: the others may need a node that it adds", () => {
    const release = releaseNamed(addonsStack(), "cluster-autoscaler");
    expect(JSON.stringify(release["depends_on"])).not.toContain("helm_release");
    expect(valuesOf(release)).toMatchObject([{ service: { create: false } }]);
  });

  it("does not wait for an add-on that its cluster has built in", () => {
    const release = releaseNamed(addonsStack(devOn("auto-mode")), "metrics-server");
    expect(JSON.stringify(release["depends_on"])).not.toContain("helm_release");
  });

  it("comes after what its pods are given only when they start: role, permissions, association that acts", () => {
    expect(releaseNamed(addonsStack(), "aws-for-fluent-bit")["depends_on"]).toEqual([
      expect.stringMatching(/^aws_iam_role_policy\./),
      expect.stringMatching(/^aws_eks_pod_identity_association\./),
      expect.stringMatching(/^kubernetes_network_policy_v1\./),
      expect.stringMatching(/^kubernetes_job_v1\.pod-identity/),
    ]);
  });
});

describe("the custom resources of a chart", () => {
  const stack = addonsStack();
  const release = releaseNamed(stack, "aws-load-balancer-controller-crds");
  const bindings = crdsOf(charts.awsLoadBalancerController).find(({ metadata }) =>
    metadata.name.startsWith("targetgroupbindings."),
  );

  it("are a release of their own, which Helm upgrades, and keeps when it goes", () => {
    const [values] = valuesOf(release);
    const objects = z.object({ objects: z.array(z.unknown()) }).parse(values).objects;
    expect(objects).toHaveLength(crdsOf(charts.awsLoadBalancerController).length);
    expect(objects).toContainEqual({
      ...bindings,
      metadata: expect.objectContaining({
        name: "targetgroupbindings.elbv2.k8s.aws",
        annotations: expect.objectContaining({ "helm.sh/resource-policy": "keep" }),
      }),
    });
    expect(release).toMatchObject({ take_ownership: true, wait: true });
  });

  it("come before the controller, whose chart installs none", () => {
    const controller = releaseNamed(stack, "aws-load-balancer-controller");
    expect(controller["depends_on"]).toContainEqual(
      expect.stringMatching(/^helm_release\.aws-load-balancer-controller_custom-resources/),
    );
    for (const { name } of addonsOn("managed-nodes", dev.exposures))
      expect(releaseNamed(stack, name)["skip_crds"]).toBe(true);
  });

  it("are none of a chart that has none", () => {
    expect(() => releaseNamed(stack, "metrics-server-crds")).toThrow("has no release");
  });

  it("are served in the versions that the platform's own objects have", () => {
    const served = crdsOf(charts.awsLoadBalancerController).flatMap(({ spec }) => {
      const { group, names, versions } = crdSpec.parse(spec);
      return versions.flatMap(({ name, served }) => (served ? [`${group}/${name} ${names.kind}`] : []));
    });
    const made = tenancyStack()
      .resources("helm_release")
      .flatMap((found) => valuesOf(found))
      .flatMap((values) => objectList.parse(values).objects)
      .filter(({ apiVersion }) => apiVersion.includes("k8s.aws/"))
      .map(({ apiVersion, kind }) => `${apiVersion} ${kind}`);
    expect(made).toContain("elbv2.k8s.aws/v1beta1 IngressClassParams");
    expect(served).toEqual(expect.arrayContaining(made));
  });
});

describe("the priority of an add-on's pods", () => {
  const kinds = ["managed-nodes", "fargate", "auto-mode"] as const;
  const installed = kinds.flatMap((kind) =>
    addonsOn(kind, dev.exposures).map((addon) => ({ kind, name: addon.name, addon })),
  );

  it.each(installed)("is that of what the cluster cannot do without: $name on $kind", ({ kind, name, addon }) => {
    const priorityClassName = addon.runsAs === "node-agent" ? "system-node-critical" : "system-cluster-critical";
    expect(valuesOf(releaseNamed(addonsStack(devOn(kind)), name))[0]).toMatchObject({ priorityClassName });
  });

  it("is a node's for what runs on every node, and the cluster's for all others", () => {
    const agents = addons.filter(({ runsAs }) => runsAs === "node-agent");
    expect(names(agents)).toEqual(["aws-for-fluent-bit"]);
  });
});

describe("the order of add-ons", () => {
  const addon = (name: string, ...after: string[]): AnyAddOn => ({ ...metricsServer, name, after });

  it("puts each after those that it waits for, however they are listed", () => {
    const ordered = inOrder([addon("c", "b"), addon("b", "a", "not-here"), addon("a")]);
    expect(ordered.map(({ name }) => name)).toEqual(["a", "b", "c"]);
  });

  it("refuses add-ons that wait for each other, naming them", () => {
    expect(() => inOrder([addon("a", "b"), addon("b", "a"), addon("c")])).toThrow("add-ons a, b wait for each other");
  });
});

describe("identity", () => {
  it("is by Pod Identity, for the one service account of the add-on", async () => {
    const stack = addonsStack();
    const association = stack
      .resources("aws_eks_pod_identity_association")
      .find((it) => it["service_account"] === "external-dns");
    expect(association).toMatchObject({
      namespace: "kube-system",
      cluster_name: "${data.terraform_remote_state.infra-cluster-v1.outputs.cluster_v1.name}",
      role_arn: expect.stringMatching(/^\$\{aws_iam_role\.external-dns_identity_role_.*\.arn\}$/),
    });
    const service = "pods.eks.amazonaws.com";
    const session = {
      "aws:SourceAccount": "123456789012",
      "aws:SourceArn": "arn:aws:eks:ap-northeast-1:123456789012:cluster/dev-a",
      "aws:RequestTag/eks-cluster-name": "dev-a",
      "aws:RequestTag/kubernetes-namespace": "kube-system",
      "aws:RequestTag/kubernetes-service-account": "external-dns",
    };
    const role = roleIn(stack, "dev-a-external-dns");
    await expect(role).toTrust({ service }, session);
    await expect(role).toTrust({ service, action: "sts:TagSession" }, session);
    for (const key of Object.keys(session))
      await expect(role).not.toTrust({ service }, { ...session, [key]: "another" });
    await expect(role).not.toTrust({ service: "ec2.amazonaws.com" }, session);
  });

  it("is by the service account's token on Fargate, where no agent runs", async () => {
    const stack = addonsStack(devOn("fargate"));
    expect(stack.resources("aws_eks_pod_identity_association")).toEqual([]);
    const output = (name: string) => `\${data.terraform_remote_state.infra-cluster-v1.outputs.cluster_v1.${name}}`;
    const claims = {
      [`${output("oidcIssuer")}:sub`]: "system:serviceaccount:kube-system:external-dns",
      [`${output("oidcIssuer")}:aud`]: "sts.amazonaws.com",
    };
    const role = roleIn(stack, "dev-a-external-dns");
    const provider = output("oidcProviderArn");
    await expect(role).toTrust({ provider }, claims);
    for (const key of Object.keys(claims))
      await expect(role).not.toTrust({ provider }, { ...claims, [key]: "system:serviceaccount:pets:external-dns" });
    expect(valuesOf(releaseNamed(stack, "external-dns"))).toMatchObject([
      {
        serviceAccount: {
          name: "external-dns",
          annotations: { "eks.amazonaws.com/role-arn": expect.stringMatching(/^\$\{aws_iam_role\.external-dns/) },
        },
      },
    ]);
  });

  it("is none for an add-on that asks nothing of AWS", () => {
    const names = addonsStack()
      .resources("aws_iam_role")
      .map((role) => role["name"]);
    expect(names.sort()).toEqual([
      "dev-a-aws-for-fluent-bit",
      "dev-a-aws-load-balancer-controller",
      "dev-a-cluster-autoscaler",
      "dev-a-external-dns",
      "dev-a-pod-identity-gate",
    ]);
  });
});

it("metrics-server listens beside the kubelet, which on Fargate shares its pod's address", () => {
  const port = (kind: "managed-nodes" | "fargate") =>
    valuesOf(releaseNamed(addonsStack(devOn(kind)), "metrics-server"))[0];
  expect(port("fargate")).toMatchObject({ containerPort: 10251 });
  expect(port("managed-nodes")).toMatchObject({ containerPort: 10250 });
});

it("every add-on asks for the disk that its logs take, and takes no more", () => {
  const disk = { "ephemeral-storage": expect.stringMatching(/^\d+Mi$/) };
  for (const { name } of addonsOn("managed-nodes", dev.exposures))
    expect(valuesOf(releaseNamed(addonsStack(dev), name))).toMatchObject([
      { resources: { requests: disk, limits: disk } },
    ]);
});

describe("a mirror", () => {
  const mirror = {
    charts: "oci://registry.example.com/charts",
    images: { "registry.k8s.io": "registry.example.com:5000/k8s" },
  };

  it("has every chart", () => {
    const repositories = addonsStack(dev, { mirror })
      .resources("helm_release")
      .flatMap((it) => it["repository"] ?? []);
    expect(new Set(repositories)).toEqual(new Set(["oci://registry.example.com/charts"]));
  });

  it("gives way to the charts of a sandbox's target", () => {
    const target = { providers: {}, charts: "http://127.0.0.1:4000/charts" };
    const repositories = addonsStack(dev, { mirror }, target)
      .resources("helm_release")
      .flatMap((it) => it["repository"] ?? []);
    expect(new Set(repositories)).toEqual(new Set([target.charts]));
  });

  it("has the images of the registries that it stands in for", () => {
    const stack = addonsStack(dev, { mirror });
    expect(valuesOf(releaseNamed(stack, "metrics-server"))).toMatchObject([
      { image: { repository: "registry.example.com:5000/k8s/metrics-server/metrics-server" } },
    ]);
    expect(valuesOf(releaseNamed(stack, "aws-for-fluent-bit"))).toMatchObject([
      { image: { repository: "public.ecr.aws/aws-observability/aws-for-fluent-bit" } },
    ]);
  });

  it("is an address, and stands in for a registry that images come from", () => {
    const images = { "registry.k8s.io": "https://registry.example.com", "quay.io": "registry.example.com" };
    expect(() => settingsOf({ dev: { mirror: { charts: "charts.example.com", images } } }, dev)).toThrow(
      /3 problems[^]*mirror\.charts: "charts\.example\.com" must be a chart repository[^]*mirror\.images\.registry\.k8s\.io: "https:\/\/registry\.example\.com" must be a registry[^]*mirror\.images: "quay\.io" is not known here/,
    );
  });
});

describe("an override", () => {
  const overrides = { "cluster-autoscaler": { replicaCount: 1, customArgs: ["--expander=price"] } };

  it("is laid over the add-on's own values, and adds to their lists", () => {
    const [values, ...others] = valuesOf(
      releaseNamed(addonsStack(dev, { addons: { overrides } }), "cluster-autoscaler"),
    );
    expect(values).toMatchObject({
      replicaCount: 1,
      cloudProvider: "aws",
      customArgs: expect.arrayContaining(["--expander=least-waste", "--expander=price"]),
    });
    expect(others).toEqual([]);
  });

  it("that its chart does not know is refused, at any depth, all at once", () => {
    const wrong = {
      "cluster-autoscaler": { replicaCuont: 1, rbac: { serviceAccount: { nmae: "x" } }, tolerations: {} },
      "external-dns": { replicaCount: 2, policy: "none" },
    };
    expect(() => settingsOf({ dev: { addons: { overrides: wrong } } }, dev)).toThrow(
      new InvalidInput([
        {
          subject: `src/settings/${dev.name}.ts of k8s-platform`,
          problems: [
            { path: "addons.overrides.cluster-autoscaler.replicaCuont", message: NOT_THE_CHARTS },
            { path: "addons.overrides.cluster-autoscaler.rbac.serviceAccount.nmae", message: NOT_THE_CHARTS },
            { path: "addons.overrides.cluster-autoscaler.tolerations", message: "must be of the chart's type list" },
            { path: "addons.overrides.external-dns.replicaCount", message: NOT_THE_CHARTS },
            {
              path: "addons.overrides.external-dns.policy",
              message: "must be one of create-only, sync, upsert-only",
            },
          ],
        },
      ]),
    );
  });

  it("whose list adds nothing is refused: it was meant to replace the platform's", () => {
    const input = { addons: { overrides: { "aws-for-fluent-bit": { tolerations: [] } } } };
    expect(() => addonsStack(dev, input)).toThrow(
      "addons.overrides.aws-for-fluent-bit.tolerations: adds nothing to the platform's own list",
    );
  });

  it("of an add-on that there is not, or that no cluster has, is refused with the reason, all at once", () => {
    const wrong = { "fluent-bit": {}, "aws-for-fluent-bit": { tolerations: [] } };
    const settings = () => settingsOf({ dev: { addons: { overrides: wrong } } }, devOn("fargate"));
    expect(settings).toThrow(InvalidInput);
    expect(settings).toThrow(
      /^src\/settings\/dev\.ts of k8s-platform is not valid \(2 problems\):\n {2}addons\.overrides\.fluent-bit: there is no add-on "fluent-bit"; it must be one of aws-for-fluent-bit, .*\n {2}addons\.overrides\.aws-for-fluent-bit: the add-on is in no cluster of this environment \(not on fargate: it is a DaemonSet; .*\); remove it$/,
    );
  });

  it("must be an object of values", () => {
    const input = { addons: { overrides: { "external-dns": "--dry-run" } } };
    // @ts-expect-error a string is no set of values
    expect(() => settingsOf({ dev: input }, dev)).toThrow(
      'addons.overrides.external-dns: "--dry-run" must be an object of the chart\'s values',
    );
  });
});
