import type { Environment, Exposure } from "@demarc/shared/environment";
import { roleIn, type SynthesizedStack } from "@demarc/shared/testing";
import { z } from "zod";
import { addonsStack, dev, releaseNamed, tenancyStack, valuesOf } from "../testing/platform";

const routed: Exposure = { kind: "traefik", scheme: "internet-facing" };
const by = (...exposures: Exposure[]): Environment => ({ ...dev, exposures });
const dns = (output: string) => `\${data.terraform_remote_state.infra-dns-v1.outputs.dns_v1.${output}}`;

let stack: SynthesizedStack;
beforeAll(() => {
  stack = tenancyStack(by(routed));
});

const releases = (of: SynthesizedStack) => of.resources("helm_release").map(({ name }) => name);
const metadata = z.object({ annotations: z.record(z.string(), z.string()) });

describe("the one load balancer before Traefik", () => {
  it("takes every host name below the environment's domain, to Traefik alone", () => {
    expect(stack.resources("kubernetes_ingress_v1")).toHaveLength(1);
    expect(stack.resource("kubernetes_ingress_v1")).toMatchObject({
      metadata: { name: "traefik", namespace: "traefik" },
      spec: {
        ingress_class_name: "alb-traefik",
        rule: [
          {
            host: `*.${dns("baseDomain")}`,
            http: {
              path: [
                {
                  path: "/",
                  path_type: "Prefix",
                  backend: { service: { name: "traefik", port: { number: 80 } } },
                },
              ],
            },
          },
        ],
      },
    });
  });

  it("asks Traefik's pods for their health at a port that takes no requests, by its number", () => {
    const { annotations } = metadata.parse(stack.resource("kubernetes_ingress_v1")["metadata"]);
    expect(annotations).toEqual({
      "alb.ingress.kubernetes.io/target-type": "ip",
      "alb.ingress.kubernetes.io/listen-ports": '[{"HTTP":80},{"HTTPS":443}]',
      "alb.ingress.kubernetes.io/ssl-redirect": "443",
      "alb.ingress.kubernetes.io/healthcheck-port": "8080",
      "alb.ingress.kubernetes.io/healthcheck-path": "/ping",
      "alb.ingress.kubernetes.io/success-codes": "200",
      "alb.ingress.kubernetes.io/target-group-attributes": "deregistration_delay.timeout_seconds=30",
      "external-dns.demarc/set-identifier": "dev-a-traefik",
      "external-dns.demarc/aws-weight": "100",
    });
  });

  it("has a class of its own, for Traefik's namespace: scheme, certificate and TLS are as those of teams are", () => {
    const [values] = valuesOf(releaseNamed(stack, "router-class"));
    expect(values).toMatchObject({
      objects: [
        {
          kind: "IngressClassParams",
          metadata: { name: "alb-traefik" },
          spec: {
            namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "traefik" } },
            scheme: "internet-facing",
            certificateArn: [dns("certificateArn")],
            sslRedirectPort: "443",
            targetType: "ip",
          },
        },
        { kind: "IngressClass", spec: { controller: "ingress.k8s.aws/alb", parameters: { name: "alb-traefik" } } },
      ],
    });
    expect(stack.resource("kubernetes_ingress_v1")["depends_on"]).toEqual([
      expect.stringMatching(/^helm_release\.router-front_class/),
    ]);
  });

  it("is one that ExternalDNS reads, and the controller may make", async () => {
    const addons = addonsStack(by(routed));
    expect(valuesOf(releaseNamed(addons, "external-dns"))).toMatchObject([
      { extraArgs: { "ingress-class": expect.arrayContaining(["alb-traefik"]), "txt-wildcard-replacement": "any" } },
    ]);
    const balancer = "arn:aws:elasticloadbalancing:ap-northeast-1:123456789012:loadbalancer/app/k8s-traefik/1";
    await expect(roleIn(addons, "dev-a-aws-load-balancer-controller")).toAllow(
      "elasticloadbalancing:CreateLoadBalancer",
      balancer,
      { "aws:RequestTag/elbv2.k8s.aws/cluster": "dev-a" },
    );
  });

  it("is not there where apps are reached otherwise", () => {
    expect(releases(tenancyStack())).not.toContain("router-class");
    expect(releases(stack)).toContain("router-class");
  });

  it("tells apps of no ranges that load balancers reach their pods from", () => {
    expect(stack.outputs["platform_v2"]).toMatchObject({ loadBalancerCidrs: [] });
    const moving = tenancyStack(by(...dev.exposures, routed)).outputs["platform_v2"];
    expect(moving).toMatchObject({ loadBalancerCidrs: expect.stringMatching(/publicSubnetCidrs\}$/) });
  });
});
