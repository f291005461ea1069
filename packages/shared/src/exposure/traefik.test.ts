import { z } from "zod";
import { dev, devReachedBy } from "../testing";
import { storefront } from "../testing/web-application";
import type { Exposure } from "../environment";
import { frontOf, routersOf } from "./router";
import { mostLoadBalancerCidrs, schemesOf } from "./traffic";

const routed: Exposure = { kind: "traefik", scheme: "internet-facing" };
const environment = devReachedBy(routed);
const dns = (output: string) => `\${data.terraform_remote_state.infra-dns-v1.outputs.dns_v1.${output}}`;

const policy = z.object({
  spec: z.object({ ingress: z.array(z.object({ from: z.array(z.record(z.string(), z.unknown())) })) }),
});

/** Who may send requests to the app's pods. */
function senders(of: typeof environment): Record<string, unknown>[] {
  const [written] = storefront({}, { environment: of }).resources("kubernetes_network_policy_v1");
  return policy.parse(written).spec.ingress.flatMap(({ from }) => from);
}

const traefiks = {
  namespace_selector: { match_labels: { "kubernetes.io/metadata.name": "traefik" } },
  pod_selector: { match_labels: { "app.kubernetes.io/name": "traefik" } },
};

it("leads the app's name to the app's own Service, by the port's name, from where the load balancer sends to", () => {
  const stack = storefront({}, { environment });
  expect(stack.object("IngressRoute")).toMatchObject({
    apiVersion: "traefik.io/v1alpha1",
    metadata: { name: "storefront" },
    spec: {
      entryPoints: ["web"],
      routes: [
        {
          kind: "Rule",
          match: `Host(\`storefront.${dns("baseDomain")}\`)`,
          services: [{ name: "storefront", port: "http" }],
        },
      ],
    },
  });
});

it("makes no Ingress: the load balancer and its one record are the platform's", () => {
  expect(storefront({}, { environment }).resourceTypes).not.toContain("kubernetes_ingress_v1");
});

it("lets in Traefik's pods alone: no load balancer sends to an app's", () => {
  expect(senders(environment)).toEqual([traefiks]);
  expect(mostLoadBalancerCidrs([routed])).toBe(0);
});

it("lets both in while traffic moves between Traefik and load balancers of the teams' own", () => {
  const both = senders(devReachedBy(...dev.exposures, routed));
  expect(both).toContainEqual(traefiks);
  expect(both.filter((peer) => "ip_block" in peer)).toHaveLength(6);
});

describe("what stands before Traefik", () => {
  it("is a load balancer of the environment's scheme, with a record that is the cluster's own", () => {
    expect(frontOf({ ...environment, exposures: [{ ...routed, scheme: "internal" }] }, "a")).toMatchObject({
      namespace: "traefik",
      scheme: "internal",
      record: { "external-dns.demarc/set-identifier": "dev-a-traefik", "external-dns.demarc/aws-weight": "100" },
    });
    expect(schemesOf([routed])).toEqual(["internet-facing"]);
  });

  it("is nothing where apps are reached otherwise", () => {
    expect(frontOf(dev, "a")).toBeUndefined();
    expect(routersOf(dev.exposures)).toEqual([]);
  });
});
