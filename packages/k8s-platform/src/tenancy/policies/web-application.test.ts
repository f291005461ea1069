import type { Environment } from "@demarc/shared/environment";
import { devReachedBy, openapi, type SynthesizedStack, synthesized, withApps } from "@demarc/shared/testing";
import { ApplicationStack, WebApplication } from "@demarc/shared/workload";
import { appWorkspace } from "@demarc/shared/workspace";
import { refusals } from "../../testing/admission";
import { dev } from "../../testing/platform";

/** The stack of an app that writes to a folder. */
function webApplication(environment: Environment = dev): SynthesizedStack {
  const statement = { team: "pets", hostnames: ["petstore"] };
  const workspace = appWorkspace("petstore", statement);
  const build = withApps([{ name: "petstore", ...statement }], (app, environment) => {
    new WebApplication(new ApplicationStack(app, { workspace, environment, cluster: "a" }), "petstore", {
      image: `registry.example.com/pets/petstore:1.4@sha256:${"0".repeat(64)}`,
      port: 8080,
      replicas: { min: 2, max: 4 },
      resources: { requests: { cpu: "100m", memory: "256Mi" }, limits: { cpu: "500m", memory: "512Mi" } },
      probes: { readiness: "/readyz", liveness: "/healthz" },
      overrides: { writablePaths: { paths: ["/tmp"], reason: "it unpacks files there" } },
      api: { document: openapi },
    });
  });
  const stacks = synthesized(build, environment);
  const { "dev-a-petstore": stack } = stacks;
  if (stack === undefined) throw new Error("the app has another stack");
  return stack;
}

/** What Terraform fills in. */
const filledIn: readonly [RegExp, string][] = [
  [/\$\{[^}]*baseDomain\}/g, "dev.example.com"],
  [/\$\{[^}]*ingressClasses[^}]*\}/g, "alb-pets"],
  [/\$\{element\([^}]*loadBalancerCidrs[^}]*\}/g, "10.1.8.0/24"],
  [/\$\{[^}]*namespaces[^}]*\}/g, "pets"],
  [/"\$\{[^}]*internalSubnetCidrs\}"/g, '["10.1.8.0/24"]'],
];

/** Blocks of Terraform that are lists in Kubernetes, by what they are called there. */
const lists: Readonly<Record<string, string>> = {
  path: "paths",
  rule: "rules",
};

/** A resource as the API server would see it: names in camel case, lists in the plural. Labels and annotations are names already. */
function object(resource: unknown, kind: string): unknown {
  return { kind, ...(camel(JSON.parse(filled(JSON.stringify(resource)))) as object) };
}

function filled(text: string): string {
  return filledIn.reduce((done, [reference, value]) => done.replace(reference, value), text);
}

function camel(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(camel);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => {
    const name =
      (Array.isArray(inner) ? lists[key] : undefined) ??
      key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
    return [name, name === "labels" || name === "annotations" ? (inner as unknown) : camel(inner)];
  });
  return Object.fromEntries(entries);
}

const plurals = {
  Deployment: "deployments",
  HorizontalPodAutoscaler: "horizontalpodautoscalers",
  Ingress: "ingresses",
  NetworkPolicy: "networkpolicies",
  PodDisruptionBudget: "poddisruptionbudgets",
  Service: "services",
};

describe("what a WebApplication makes is let in", () => {
  const stack = webApplication();

  const seen = {
    Ingress: () => object(stack.resource("kubernetes_ingress_v1"), "Ingress"),
    Service: () => object(stack.resource("kubernetes_service_v1"), "Service"),
    NetworkPolicy: () => object(stack.resource("kubernetes_network_policy_v1"), "NetworkPolicy"),
    Deployment: () => rendered("Deployment"),
    HorizontalPodAutoscaler: () => rendered("HorizontalPodAutoscaler"),
    PodDisruptionBudget: () => rendered("PodDisruptionBudget"),
  };
  const rendered = (kind: string): unknown => JSON.parse(filled(JSON.stringify(stack.object(kind))));

  it.each([
    ["ingresses", "Ingress"],
    ["controller-annotations", "Ingress"],
    ["controller-annotations", "Service"],
    ["controller-annotations", "Deployment"],
    ["platform-labels", "Ingress"],
    ["platform-labels", "Service"],
    ["platform-labels", "Deployment"],
    ["platform-labels", "NetworkPolicy"],
    ["network-policies", "NetworkPolicy"],
    ["services", "Service"],
    ["images", "Deployment"],
    ["priorities", "Deployment"],
    ["scheduling", "Deployment"],
    ["node-upgrades", "Deployment"],
    ["volumes", "Deployment"],
    ["platform-labels", "HorizontalPodAutoscaler"],
    ["platform-labels", "PodDisruptionBudget"],
    ["disruption-budgets", "PodDisruptionBudget"],
  ] as const)("by %s", (policy, kind) => {
    const made = seen[kind]();
    expect(JSON.stringify(made)).not.toContain("${data");
    expect(refusals(policy, { object: made, resource: plurals[kind] })).toEqual([]);
  });

  it("and would not be without its agreement with the platform", () => {
    const made = seen.Ingress();
    expect(refusals("ingresses", { object: made }, { hosts: { "petstore.example.org": "pets" } })).not.toEqual([]);
    const policy = seen.NetworkPolicy();
    expect(refusals("network-policies", { object: policy }, { loadBalancerCidrs: "'10.9.0.0/24'" })).not.toEqual([]);
    const deployment = seen.Deployment();
    const workloads = { registries: ["registry.example.com/shop"], teams: {} };
    expect(refusals("images", { object: deployment }, { workloads })).toEqual([expect.stringContaining("come from")]);
  });
});

it("the Service by which a REST API is reached is let in too", () => {
  const stack = webApplication(devReachedBy({ kind: "api-gateway", loadBalancer: "service" }));
  const services = stack.resources("kubernetes_service_v1").map((each) => object(each, "Service"));
  expect(services).toHaveLength(2);
  const changed = { serviceLoadBalancerClass: "service.k8s.aws/nlb" };
  for (const policy of ["services", "controller-annotations", "platform-labels"])
    for (const made of services) expect(refusals(policy, { object: made, resource: "services" }, changed)).toEqual([]);
});
