import type { Environment, Exposure } from "@demarc/shared/environment";
import type { SynthesizedStack } from "@demarc/shared/testing";
import { z } from "zod";
import { settingsOf } from "../settings/resolve";
import { addonsStack, dev, devOn, objectNamed, releaseNamed, valuesOf } from "../testing/platform";
import { DRAIN } from "../router";
import { addonsOn } from "./registry";

const routed: Exposure = { kind: "traefik", scheme: "internet-facing" };
const by = (...exposures: Exposure[]): Environment => ({ ...dev, exposures });
const network = (output: string) =>
  `\${join("\\",\\"", data.terraform_remote_state.infra-network-v2.outputs.network_v2.${output})}`;

let stack: SynthesizedStack;
let values: Readonly<Record<string, unknown>>;
beforeAll(() => {
  stack = addonsStack(by(routed));
  values = z.record(z.string(), z.unknown()).parse(valuesOf(releaseNamed(stack, "traefik"))[0]);
});

describe("Traefik", () => {
  it("is installed where an exposure leads to it, on any nodes whose load balancers the platform's controller makes", () => {
    const installed = (kind: "auto-mode" | "fargate" | "managed-nodes", ...exposures: Exposure[]) =>
      addonsOn(kind, exposures).some(({ name }) => name === "traefik");
    expect(installed("managed-nodes", routed)).toBe(true);
    expect(installed("fargate", ...dev.exposures, routed)).toBe(true);
    expect(installed("fargate", ...dev.exposures)).toBe(false);
    expect(installed("auto-mode", routed)).toBe(false);
  });

  it("takes no override elsewhere, and says why", () => {
    const input = { addons: { overrides: { traefik: { deployment: { replicas: 3 } } } } };
    expect(() => settingsOf({ dev: input }, dev)).toThrow(
      "addons.overrides.traefik: the add-on is in no cluster of this environment (no exposure of the environment leads to it); remove it",
    );
    expect(settingsOf({ dev: input }, by(routed)).addons).toEqual(input.addons);
  });

  it("opens no load balancer of its own, and TLS ends before it", () => {
    expect(values).toMatchObject({
      service: { spec: { type: "ClusterIP" } },
      ports: { web: { port: 8000, exposedPort: 80 }, websecure: { expose: { default: false } } },
    });
  });

  it("reads routes of the teams' namespaces, each of which leads to its own Services alone, and no Ingress", () => {
    expect(values).toMatchObject({
      providers: {
        kubernetesCRD: {
          enabled: true,
          namespaces: ["infra", "platform", "pets", "shop"],
          allowCrossNamespace: false,
          allowExternalNameServices: false,
          crossProviderNamespaces: ["traefik"],
          defaultTLSResourcesNamespace: "traefik",
          safeNaming: true,
        },
        kubernetesIngress: { enabled: false },
      },
      ingressClass: { enabled: false, isDefaultClass: false },
    });
  });

  it("believes who a request is from where the load balancer says so, and nobody else", () => {
    const web = (of: SynthesizedStack) => valuesOf(releaseNamed(of, "traefik"))[0];
    const trusting = (cidrs: string) => ({ ports: { web: { forwardedHeaders: { trustedIPs: [network(cidrs)] } } } });
    expect(web(stack)).toMatchObject(trusting("publicSubnetCidrs"));
    expect(web(addonsStack(by({ ...routed, scheme: "internal" })))).toMatchObject(trusting("internalSubnetCidrs"));
    expect(JSON.stringify(values)).not.toContain("insecure");
  });

  it("goes on serving for longer than the load balancer goes on sending to a pod that leaves", () => {
    const { deployment, ports } = z
      .object({
        deployment: z.object({ terminationGracePeriodSeconds: z.number() }),
        ports: z.object({ web: z.object({ transport: z.object({ lifeCycle: z.record(z.string(), z.string()) }) }) }),
      })
      .parse(values);
    const { requestAcceptGraceTimeout = "", graceTimeOut = "" } = ports.web.transport.lifeCycle;
    const [accepts, finishes] = [requestAcceptGraceTimeout, graceTimeOut].map((text) =>
      Number(/^(\d+)s$/.exec(text)?.[1]),
    );
    expect(accepts).toBeGreaterThan(DRAIN.deregistration);
    expect(finishes).toBeGreaterThanOrEqual(DRAIN.deregistration);
    expect(deployment.terminationGracePeriodSeconds).toBeGreaterThan((accepts ?? 0) + (finishes ?? 0));
  });

  it("loses no more than one of its pods at a time, and gets what it asks for", () => {
    expect(values).toMatchObject({
      deployment: { replicas: 2 },
      podDisruptionBudget: { enabled: true, maxUnavailable: 1 },
      topologySpreadConstraints: [{ topologyKey: "topology.kubernetes.io/zone" }],
    });
    const { requests, limits } = z
      .looseObject({ requests: z.unknown(), limits: z.unknown() })
      .parse(values["resources"]);
    expect(requests).toEqual(limits);
  });

  it("tells nobody what it knows of teams, and asks nobody about itself", () => {
    expect(values).toMatchObject({
      api: { dashboard: false },
      metrics: { prometheus: null },
      ingressRoute: { dashboard: { enabled: false } },
      global: { checkNewVersion: false, sendAnonymousUsage: false },
    });
  });

  it("has the custom resources of its routes, and not those of what is sold beside it", () => {
    const [of] = valuesOf(releaseNamed(stack, "traefik-crds"));
    const names = z
      .object({ objects: z.array(z.object({ metadata: z.object({ name: z.string() }) })) })
      .parse(of)
      .objects.map(({ metadata }) => metadata.name);
    expect(names).toContain("ingressroutes.traefik.io");
    expect(names.filter((name) => !name.endsWith(".traefik.io") || name.includes("hub"))).toEqual([]);
  });

  it("is pulled from a mirror of Docker Hub's, where there is one", () => {
    const image = (of: SynthesizedStack) => valuesOf(releaseNamed(of, "traefik"))[0];
    expect(image(stack)).toMatchObject({ image: { registry: "docker.io", repository: "traefik" } });
    const mirror = { images: { "docker.io": "registry.example.com:5000/hub" } };
    expect(image(addonsStack(by(routed), { mirror }))).toMatchObject({
      image: { registry: "registry.example.com:5000", repository: "hub/traefik" },
    });
  });
});

describe("Traefik's namespace", () => {
  it("has readiness gates: a pod's successor is healthy at the load balancer before the pod leaves", () => {
    expect(objectNamed(stack, "namespace", "traefik")).toMatchObject({
      metadata: { labels: { "elbv2.k8s.aws/pod-readiness-gate-inject": "enabled" } },
    });
  });

  it("takes requests and questions of health from the load balancer's subnets, and sends to teams' pods alone", () => {
    const { spec } = objectNamed(stack, "network_policy", "ways-of-traefik", "traefik");
    expect(spec).toMatchObject({
      pod_selector: {},
      ingress: [{ ports: [{ port: "8000" }, { port: "8080" }] }],
      egress: [{ to: [{ namespace_selector: { match_expressions: [{ key: "team", operator: "Exists" }] } }] }],
    });
    const { ingress } = z.object({ ingress: z.array(z.object({ from: z.array(z.unknown()) })) }).parse(spec);
    expect(ingress[0]?.from).toHaveLength(6);
    for (const peer of ingress[0]?.from ?? [])
      expect(peer).toEqual({ ip_block: { cidr: expect.stringContaining("publicSubnetCidrs") } });
  });

  it("is no team's", () => {
    const teams = { ...dev.teams, traefik: { roles: ["team/traefik"] } };
    expect(() => settingsOf({ dev: {} }, { ...dev, teams })).toThrow(
      'team "traefik" cannot have a namespace of its name, for add-on "traefik" has one',
    );
  });
});

it("is one of those that on Fargate have no agent for their role, and it needs none", () => {
  const roles = addonsStack({ ...devOn("fargate"), exposures: [routed] }).resources("aws_iam_role");
  expect(roles.map(({ name }) => name)).not.toContain("dev-a-traefik");
});
