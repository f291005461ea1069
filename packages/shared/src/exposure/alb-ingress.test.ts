import { storefront } from "../testing/web-application";

const dns = (output: string) => `\${data.terraform_remote_state.infra-dns-v1.outputs.dns_v1.${output}}`;

/** The Ingress: what stands in its annotations, without their prefix, and its spec. */
function ingress(...args: Parameters<typeof storefront>) {
  const { metadata, spec } = storefront(...args).resource("kubernetes_ingress_v1") as {
    metadata: { annotations: Record<string, string> };
    spec: object;
  };
  const entries = Object.entries(metadata.annotations);
  return {
    spec,
    annotations: Object.fromEntries(
      entries.map(([key, value]) => [key.replace("alb.ingress.kubernetes.io/", ""), value]),
    ),
  };
}

it("leads the app's name below the environment's domain to the app's Service, by the port's name", () => {
  expect(ingress().spec).toMatchObject({
    ingress_class_name:
      "${data.terraform_remote_state.k8s-platform-platform-v2.outputs.platform_v2.ingressClasses.shop}",
    rule: [
      {
        host: `storefront.${dns("baseDomain")}`,
        http: {
          path: [
            {
              path: "/",
              path_type: "Prefix",
              backend: { service: { name: expect.anything(), port: { name: "http" } } },
            },
          ],
        },
      },
    ],
  });
});

it("takes HTTPS, to the pods' own addresses, and leaves to the ingress class what all apps share", () => {
  expect(ingress({ drainSeconds: 7 }).annotations).toEqual({
    "target-type": "ip",
    "listen-ports": '[{"HTTP":80},{"HTTPS":443}]',
    "ssl-redirect": "443",
    "healthcheck-path": "/readyz",
    "target-group-attributes": "deregistration_delay.timeout_seconds=7",
    "external-dns.demarc/set-identifier": "dev-a-alb-ingress",
    "external-dns.demarc/aws-weight": "100",
  });
});
