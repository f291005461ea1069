import { appKindsWith } from "@demarc/shared/exposure";
import { countQuota } from "./counts";
import { dev, devOn, objectNamed, releaseNamed, tenancyStack, valuesOf } from "../testing/platform";
import { CLEAN_UP } from "./policies/manifest";
import { devLimiting, everyExposure, type SynthesizedStack } from "@demarc/shared/testing";
import { z } from "zod";

let stack: SynthesizedStack;
/** Where another exposure is in its place. */
let routed: SynthesizedStack;
/** While traffic moves from one exposure to the other. */
let both: SynthesizedStack;
/** Where infra owns the load balancer that apps' REST APIs lead to. */
let behindInfras: SynthesizedStack;
beforeAll(() => {
  const other = { kind: "traefik", scheme: "internal" } as const;
  stack = tenancyStack();
  routed = tenancyStack({ ...dev, exposures: [other] });
  both = tenancyStack({ ...dev, exposures: [...dev.exposures, other] });
  const infras = { kind: "api-gateway", loadBalancer: "infra", listeners: { petstore: 8001 } } as const;
  behindInfras = tenancyStack({ ...dev, exposures: [infras] });
});

const namespaceOf = (team: string) =>
  expect.stringMatching(
    new RegExp(`^\\$\\{kubernetes_namespace_v1\\.team-${team}_.*\\.metadata\\[0\\]\\.name\\}$`),
  ) as string;

function scopedQuotas(of: SynthesizedStack) {
  const [values] = valuesOf(releaseNamed(of, "affinity-quotas"));
  return z.object({ objects: z.array(quota) }).parse(values).objects;
}

const quota = z.object({ metadata: z.looseObject({ namespace: z.string() }), spec: z.unknown() });

describe("a team's namespace", () => {
  it("is there for every team of the environment, with the team's name and label", () => {
    for (const team of ["infra", "platform", "pets", "shop"]) {
      expect(objectNamed(stack, "namespace", team)).toMatchObject({ metadata: { labels: { team } } });
    }
  });

  it("is there too for a team that is named as something of ours", () => {
    const named = ["backend", "aws", "helm", "admission", "new"];
    const teams = Object.fromEntries(named.map((team) => [team, { roles: [`team/${team}`] }]));
    const environment = { ...dev, teams: { ...dev.teams, ...teams } };
    const made = tenancyStack(environment);
    for (const team of named)
      expect(objectNamed(made, "namespace", team)).toMatchObject({ metadata: { labels: { team } } });
  });

  it("lets its team in once all is there that holds the team, of which much asks new objects alone", () => {
    const { depends_on: after } = objectNamed(stack, "role_binding", "team", "pets");
    for (const fence of [
      /^kubernetes_network_policy_v1\.team-pets_closed_default-deny_/,
      /^kubernetes_resource_quota_v1\.team-pets_quota_/,
      /^kubernetes_limit_range_v1\.team-pets_limits_/,
      /^helm_release\.affinity-quotas_/,
      /^helm_release\.admission_policies_/,
    ])
      expect(after).toContainEqual(expect.stringMatching(fence));
  });

  it("takes only pods that Pod Security's restricted lets in, by the rules of the cluster's own version", () => {
    expect(objectNamed(stack, "namespace", "pets")).toMatchObject({
      metadata: {
        labels: {
          "pod-security.kubernetes.io/enforce": "restricted",
          "pod-security.kubernetes.io/enforce-version": "v1.35",
          "pod-security.kubernetes.io/warn": "restricted",
          "pod-security.kubernetes.io/warn-version": "latest",
          "pod-security.kubernetes.io/audit": "restricted",
        },
      },
    });
  });

  it("has rollouts wait for the load balancer, where one of its exposures has pods as its targets", () => {
    const gate = "elbv2.k8s.aws/pod-readiness-gate-inject";
    const labels = (of: SynthesizedStack) => JSON.stringify(objectNamed(of, "namespace", "pets"));
    expect(objectNamed(stack, "namespace", "pets")).toMatchObject({ metadata: { labels: { [gate]: "enabled" } } });
    expect(labels(routed)).not.toContain(gate);
    expect(labels(both)).toContain(gate);
  });

  it("lets nothing in or out but questions to the cluster's DNS", () => {
    expect(objectNamed(stack, "network_policy", "default-deny", "pets")).toMatchObject({
      metadata: { namespace: namespaceOf("pets") },
      spec: { pod_selector: {}, policy_types: ["Ingress", "Egress"] },
    });
    expect(objectNamed(stack, "network_policy", "default-deny", "pets")["spec"]).not.toHaveProperty("egress");
    expect(objectNamed(stack, "network_policy", "allow-dns", "pets")).toMatchObject({
      spec: {
        pod_selector: {},
        policy_types: ["Egress"],
        egress: [
          {
            to: [
              {
                namespace_selector: { match_labels: { "kubernetes.io/metadata.name": "kube-system" } },
                pod_selector: { match_labels: { "k8s-app": "kube-dns" } },
              },
            ],
            ports: [
              { port: "53", protocol: "UDP" },
              { port: "53", protocol: "TCP" },
            ],
          },
        ],
      },
    });
  });

  it("lets questions out to the address of DNS on Auto Mode, where it has no pods", () => {
    const policy = objectNamed(tenancyStack(devOn("auto-mode")), "network_policy", "allow-dns", "pets");
    const cidr = expect.stringMatching(/^\$\{data\.terraform_remote_state\..*cluster_v1\.dnsAddress\}\/32$/);
    expect(policy["spec"]).toMatchObject({
      egress: [
        {
          to: [{ ip_block: { cidr } }],
          ports: [
            { port: "53", protocol: "UDP" },
            { port: "53", protocol: "TCP" },
          ],
        },
      ],
    });
  });

  it("has a quota and limits: the defaults, or what the environment says of the team", () => {
    const narrowed = tenancyStack(devLimiting("pets", { quota: { pods: 5 }, container: { cpu: "2" } }));
    const quota = (of: SynthesizedStack, team: string) => objectNamed(of, "resource_quota", "team", team)["spec"];
    expect(quota(narrowed, "pets")).toMatchObject({
      hard: { pods: "5", "requests.cpu": "8", "limits.memory": "32Gi" },
    });
    expect(quota(narrowed, "shop")).toMatchObject({ hard: { pods: "50" } });
    expect(quota(narrowed, "shop")).toMatchObject({
      hard: { "gp2.storageclass.storage.k8s.io/persistentvolumeclaims": "0" },
    });
    expect(objectNamed(narrowed, "limit_range", "team", "pets")).toMatchObject({
      spec: {
        limit: [
          {
            type: "Container",
            default_request: { cpu: "100m", memory: "128Mi", "ephemeral-storage": "128Mi" },
            default: { cpu: "500m", memory: "256Mi", "ephemeral-storage": "1Gi" },
            min: { cpu: "1m", memory: "1", "ephemeral-storage": "1" },
            max: { cpu: "2", memory: "8Gi", "ephemeral-storage": "10Gi" },
          },
        ],
      },
    });
  });

  it("has them in the form that Kubernetes writes, which its answer does not differ from", () => {
    const limits = { quota: { requests: { cpu: "8.5", memory: "32768Mi" } }, container: { cpu: "2000m" } };
    const settings = { tenancy: { teams: { pets: { quota: { storage: "1024Gi" } } } } };
    const written = tenancyStack(devLimiting("pets", limits), settings);
    expect(objectNamed(written, "resource_quota", "team", "pets")["spec"]).toMatchObject({
      hard: { "requests.cpu": "8500m", "requests.memory": "32Gi", "requests.storage": "1Ti" },
    });
    expect(objectNamed(written, "limit_range", "team", "pets")).toMatchObject({
      spec: { limit: [{ max: { cpu: "2" } }] },
    });
  });

  it("counts the objects of every kind that the team may write, and what controllers make of them", () => {
    for (const [, exposures] of everyExposure) {
      const counted = Object.keys(countQuota(exposures, {}));
      for (const { group, plural } of appKindsWith(exposures)) {
        if (plural === "persistentvolumeclaims") continue;
        expect(counted).toContain(`count/${plural}${group === "" ? "" : `.${group}`}`);
      }
      expect(counted).toEqual(expect.arrayContaining(["count/replicasets.apps", "count/controllerrevisions.apps"]));
    }
    const more = tenancyStack(devLimiting("pets", { quota: { pods: 5 } }), {
      tenancy: { teams: { pets: { quota: { objects: { configmaps: 7 } } } } },
    });
    expect(objectNamed(more, "resource_quota", "team", "pets")["spec"]).toMatchObject({
      hard: {
        "count/configmaps": "7",
        "count/secrets": "80",
        "count/pods": "15",
        "requests.ephemeral-storage": "25Gi",
        "limits.ephemeral-storage": "50Gi",
      },
    });
  });

  it.each([
    [
      "look at other namespaces' pods to keep away from them",
      { scopeName: "CrossNamespacePodAffinity", operator: "Exists" },
    ],
    [
      "push off the pods that the cluster cannot do without",
      { scopeName: "PriorityClass", operator: "In", values: ["system-cluster-critical", "system-node-critical"] },
    ],
  ])("lets no pod %s, by a quota of none", (_, scope) => {
    const spec = { hard: { pods: "0" }, scopeSelector: { matchExpressions: [scope] } };
    const quotas = scopedQuotas(stack).filter((quota) => JSON.stringify(quota.spec) === JSON.stringify(spec));
    const namespaces = ["infra", "platform", "pets", "shop"].map(namespaceOf);
    expect(quotas.map(({ metadata }) => metadata.namespace)).toEqual(namespaces);
  });

  it("has no quota on priorities on Fargate, where EKS gives one of the system to each pod", () => {
    const scopes = JSON.stringify(scopedQuotas(tenancyStack(devOn("fargate"))));
    expect(scopes).toContain("CrossNamespacePodAffinity");
    expect(scopes).not.toContain("PriorityClass");
  });

  it("has no load balancer of its own, but where apps are reached by theirs", () => {
    const quota = (of: SynthesizedStack) => objectNamed(of, "resource_quota", "team", "pets")["spec"];
    expect(quota(stack)).toMatchObject({ hard: { "services.loadbalancers": "0", "services.nodeports": "0" } });
    const own: typeof dev.exposures = [{ kind: "api-gateway", loadBalancer: "service" }];
    for (const exposures of [own, [...dev.exposures, ...own]])
      expect(quota(tenancyStack({ ...dev, exposures }))).toMatchObject({
        hard: { "services.loadbalancers": "20", "services.nodeports": "0" },
      });
    expect(quota(behindInfras)).toMatchObject({ hard: { "services.loadbalancers": "0" } });
  });
});

describe("a team's rights", () => {
  type Rule = { api_groups: string[]; resources: string[]; verbs: string[] };

  const rules = (of: SynthesizedStack = stack) => objectNamed(of, "role", "team", "pets")["rule"] as Rule[];
  /** Whether the team may do that to such objects in its namespace. */
  const may = (verb: string, group: string, resource: string, of?: SynthesizedStack) =>
    rules(of).some((it) => it.api_groups.includes(group) && it.resources.includes(resource) && it.verbs.includes(verb));

  it("are bound to its group, in its namespace, and nowhere else", () => {
    expect(objectNamed(stack, "role_binding", "team", "pets")).toMatchObject({
      metadata: { namespace: namespaceOf("pets") },
      role_ref: { kind: "Role", name: expect.stringMatching(/^\$\{kubernetes_role_v1\.team-pets_/) },
      subject: [{ kind: "Group", name: "demarc:pets" }],
    });
    expect(stack.resourceTypes.filter((type) => type.includes("cluster_role"))).toEqual([]);
  });

  it("let it deploy: workloads, Services, Ingresses, its own network policies, and the Secrets that Helm keeps", () => {
    const kinds: [string, string][] = [
      ["apps", "deployments"],
      ["batch", "cronjobs"],
      ["", "services"],
      ["", "secrets"],
      ["networking.k8s.io", "ingresses"],
      ["networking.k8s.io", "networkpolicies"],
      ["autoscaling", "horizontalpodautoscalers"],
      ["policy", "poddisruptionbudgets"],
    ];
    for (const [group, resource] of kinds) {
      for (const verb of ["get", "list", "watch", "create", "update", "patch", "delete"]) {
        expect({ verb, resource, may: may(verb, group, resource) }).toEqual({ verb, resource, may: true });
      }
    }
  });

  it("do not let it raise them, nor its quota, nor act as its service accounts", () => {
    expect(rules().some(({ api_groups }) => api_groups.includes("rbac.authorization.k8s.io"))).toBe(false);
    expect(may("update", "", "resourcequotas")).toBe(false);
    expect(may("update", "", "limitranges")).toBe(false);
    expect(may("update", "", "namespaces")).toBe(false);
    expect(may("create", "", "serviceaccounts/token")).toBe(false);
    expect(may("create", "", "pods")).toBe(false);
    expect(JSON.stringify(rules())).not.toContain("*");
    for (const verb of ["bind", "escalate", "impersonate", "deletecollection"]) {
      expect(rules().some(({ verbs }) => verbs.includes(verb))).toBe(false);
    }
  });

  it("let it into its running pods only where the settings say so", () => {
    expect(may("create", "", "pods/exec")).toBe(false);
    const open = tenancyStack(dev, { tenancy: { teams: { pets: { exec: true } } } });
    expect(may("create", "", "pods/exec", open)).toBe(true);
    const shops = objectNamed(open, "role", "team", "shop");
    expect(JSON.stringify(shops)).not.toContain("pods/exec");
  });

  it("are for the custom resources that its exposure needs, and no others", () => {
    expect(may("create", "traefik.io", "ingressroutes")).toBe(false);
    expect(may("create", "networking.k8s.io", "ingresses")).toBe(true);
    expect(may("create", "traefik.io", "ingressroutes", routed)).toBe(true);
    expect(may("create", "networking.k8s.io", "ingresses", routed)).toBe(false);
    expect(may("create", "traefik.io", "ingressroutes", both)).toBe(true);
    expect(may("create", "networking.k8s.io", "ingresses", both)).toBe(true);
  });
});

describe("admission", () => {
  interface Manifest {
    kind: string;
    metadata: { name: string };
    spec: Record<string, unknown>;
  }
  const manifests = (of: SynthesizedStack = stack) => {
    const [values] = valuesOf(releaseNamed(of, "admission-policies"));
    return (values as { objects: Manifest[] }).objects;
  };

  it("has a binding that denies for every policy, and refuses what it cannot judge", () => {
    const named = (kind: string) => manifests().filter((it) => it.kind === kind);
    const policies = named("ValidatingAdmissionPolicy");
    expect(policies.map(({ metadata }) => metadata.name)).toEqual([
      "demarc-controller-annotations",
      "demarc-disruption-budgets",
      "demarc-images",
      "demarc-ingresses",
      "demarc-network-policies",
      "demarc-node-upgrades",
      "demarc-owner-references",
      "demarc-platform-labels",
      "demarc-platform-names",
      "demarc-platform-objects",
      "demarc-priorities",
      "demarc-scaling",
      "demarc-scheduling",
      "demarc-secrets",
      "demarc-services",
      "demarc-volumes",
    ]);
    expect(named("ValidatingAdmissionPolicyBinding").map(({ spec }) => spec)).toEqual(
      policies.map(({ metadata }) => ({ policyName: metadata.name, validationActions: ["Deny"] })),
    );
    for (const { spec } of policies) expect(spec).toMatchObject({ failurePolicy: "Fail" });
  });

  it("is asked in teams' namespaces only, and does not hold up a deletion", () => {
    for (const { spec } of manifests().filter((it) => it.kind === "ValidatingAdmissionPolicy")) {
      expect(spec).toMatchObject({
        matchConstraints: { namespaceSelector: { matchExpressions: [{ key: "team", operator: "Exists" }] } },
        matchConditions: [{ expression: `!(${CLEAN_UP})` }],
      });
    }
  });

  it("knows the load balancer's ranges: public subnets' where it faces the internet, else those of internal ones alone", () => {
    const list = (subnets: string) =>
      `peer.ipBlock.cidr in ['\${join("','", data.terraform_remote_state.infra-network-v2.outputs.network_v2.${subnets})}']`;
    expect(JSON.stringify(manifests())).toContain(JSON.stringify(list("publicSubnetCidrs")).slice(1, -1));
    const internal = tenancyStack({ ...dev, exposures: [{ kind: "alb-ingress", scheme: "internal" }] });
    expect(JSON.stringify(manifests(internal))).toContain(JSON.stringify(list("internalSubnetCidrs")).slice(1, -1));
    expect(internal.outputs["platform_v2"]).toMatchObject({
      loadBalancerCidrs: expect.stringContaining("internalSubnetCidrs"),
    });
  });

  it("knows the ranges of both load balancers while traffic moves from one exposure to another", () => {
    const ranges =
      "distinct(concat(data.terraform_remote_state.infra-network-v2.outputs.network_v2.publicSubnetCidrs, data.terraform_remote_state.infra-network-v2.outputs.network_v2.internalSubnetCidrs))";
    const moving = tenancyStack({
      ...dev,
      exposures: [...dev.exposures, { kind: "api-gateway", loadBalancer: "service" }],
    });
    expect(JSON.stringify(manifests(moving))).toContain(ranges);
    expect(moving.outputs["platform_v2"]).toMatchObject({ loadBalancerCidrs: `\${${ranges}}` });
  });

  it("lets in a Service with a load balancer where apps are reached by theirs, and not by infra's", () => {
    const types = (of: SynthesizedStack) => {
      const policy = manifests(of).find(({ metadata }) => metadata.name === "demarc-services");
      return /a Service must be of type ([\w ]+):/.exec(JSON.stringify(policy))?.[1];
    };
    const own = tenancyStack({ ...dev, exposures: [{ kind: "api-gateway", loadBalancer: "service" }] });
    expect([own, behindInfras].map(types)).toEqual(["ClusterIP or LoadBalancer", "ClusterIP"]);
  });

  it("holds the platform's objects against every team but its own", () => {
    const text = JSON.stringify(manifests().find(({ metadata }) => metadata.name === "demarc-platform-objects"));
    for (const team of ["infra", "pets", "shop"]) expect(text).toContain(`'demarc:${team}'`);
    expect(text).not.toContain("demarc:platform'");
  });

  it("knows whose host names are whose, and the class of each team", () => {
    const apps = [{ name: "petstore", team: "pets", hostnames: ["petstore", "pets"] }];
    expect(JSON.stringify(manifests(tenancyStack(dev, {}, apps)))).toContain(
      "{'pets': ['petstore.dev.example.com', 'pets.dev.example.com']}",
    );
    expect(JSON.stringify(manifests(tenancyStack(dev, {}, [])))).not.toContain("petstore.dev.example.com");
    expect(JSON.stringify(manifests())).toContain("'pets': 'alb-pets', 'shop': 'alb-shop'");
  });
});

describe("the platform's contract", () => {
  it("tells apps their namespace, class, log group and what may reach them", () => {
    expect(stack.outputs["platform_v2"]).toEqual({
      namespaces: {
        infra: namespaceOf("infra"),
        platform: namespaceOf("platform"),
        pets: namespaceOf("pets"),
        shop: namespaceOf("shop"),
      },
      ingressClasses: { infra: "alb-infra", platform: "alb-platform", pets: "alb-pets", shop: "alb-shop" },
      loadBalancerCidrs: "${data.terraform_remote_state.infra-network-v2.outputs.network_v2.publicSubnetCidrs}",
      podLogGroupName: "${data.terraform_remote_state.infra-cluster-v1.outputs.cluster_v1.podLogGroupName}",
      databaseCaConfigMap: "database-ca",
    });
  });

  it("tells of no database where the environment has none, and no user is made there", () => {
    const without = tenancyStack({ ...dev, data: false });
    expect(without.outputs["platform_v2"]).not.toHaveProperty("databaseCaConfigMap");
    expect(JSON.stringify(without.json)).not.toMatch(/database-users|infra-data/);
  });
});
