import type { Exposure } from "../environment";
import { dev, everyExposure } from "../testing";
import { ingressRecords, ingressScheme, mostServiceLoadBalancers, namespaceLabels } from "./tenancy";
import { mostLoadBalancerCidrs, schemesOf } from "./traffic";
import { hasIngressWebAcl, hasWebAcl } from "./web-acl";

const inside: Exposure = { kind: "alb-ingress", scheme: "internal" };
const outside: Exposure = { kind: "alb-ingress", scheme: "internet-facing" };
const bound: Exposure = { kind: "target-group-binding", apps: ["storefront"] };
const api: Exposure = { kind: "api-gateway", loadBalancer: "service" };

describe("an environment of two exposures", () => {
  it("has load balancers of both schemes, in all their subnets", () => {
    expect(schemesOf([inside])).toEqual(["internal"]);
    expect(schemesOf([inside, bound])).toEqual(["internal", "internet-facing"]);
    expect(schemesOf([outside, bound])).toEqual(["internet-facing"]);
    expect(mostLoadBalancerCidrs([inside])).toBe(6);
    expect(mostLoadBalancerCidrs([inside, bound])).toBe(12);
  });

  it("lets in the load balancers of Services where one of them is by such", () => {
    expect(mostServiceLoadBalancers([inside])).toBe(0);
    expect(mostServiceLoadBalancers([inside, api])).toBe(20);
    expect(mostServiceLoadBalancers([api, inside])).toBe(20);
  });

  it("has the labels of both", () => {
    const gates = { "elbv2.k8s.aws/pod-readiness-gate-inject": "enabled" };
    expect(namespaceLabels([inside], "managed-nodes")).toEqual(gates);
    expect(namespaceLabels([api], "fargate")).toEqual(gates);
    expect(namespaceLabels([api, inside], "managed-nodes")).toEqual(gates);
  });

  it("has no label for a controller that nobody installs", () => {
    expect(namespaceLabels([api], "auto-mode")).toEqual({});
  });

  it("has ingress classes and records of Ingresses where one of them is by Ingresses, and that one's", () => {
    const records = (...exposures: Exposure[]) =>
      ingressRecords({ ...dev, exposures }, "a").map((record) => record["external-dns.demarc/set-identifier"]);
    expect(ingressScheme([bound])).toBeUndefined();
    expect(records(bound)).toEqual([]);
    for (const exposures of [
      [inside, bound],
      [bound, inside],
    ]) {
      expect(ingressScheme(exposures)).toBe("internal");
      expect(records(...exposures)).toEqual(["dev-a-alb-ingress"]);
    }
  });
});

it("has a web ACL in front of Ingresses' load balancers where an exposure by Ingresses asks for it", () => {
  expect(hasIngressWebAcl([inside, bound, api])).toBe(false);
  expect(hasIngressWebAcl([bound, { ...inside, waf: true }])).toBe(true);
  expect(hasIngressWebAcl([{ ...inside, waf: false }])).toBe(false);
  const guarded = { ...api, waf: true };
  expect([hasWebAcl([inside, guarded]), hasIngressWebAcl([inside, guarded])]).toEqual([true, false]);
  expect(hasWebAcl([inside, bound, api])).toBe(false);
});

it.each(everyExposure)("has all that follows from each alone: %s", (_, exposures) => {
  for (const exposure of exposures) {
    expect(schemesOf(exposures)).toEqual(expect.arrayContaining(schemesOf([exposure])));
    expect(mostServiceLoadBalancers(exposures)).toBeGreaterThanOrEqual(mostServiceLoadBalancers([exposure]));
    expect(namespaceLabels(exposures, "fargate")).toMatchObject(namespaceLabels([exposure], "fargate"));
  }
});
