import { dev } from "../testing";
import { dnsRecordAnnotations } from "./dns-record";

const [compute] = Object.values(dev.clusters).map((cluster) => cluster.compute);

it("tells clusters and exposures of one host name apart, with the weight that the environment gives each cluster", () => {
  const cluster = { version: "1.35", compute: compute ?? { kind: "managed-nodes" as const } };
  const two = { ...dev, clusters: { a: cluster, b: { ...cluster, weight: 0 } } };
  expect(dnsRecordAnnotations(two, "a", "alb-ingress")).toEqual({
    "external-dns.demarc/set-identifier": "dev-a-alb-ingress",
    "external-dns.demarc/aws-weight": "100",
  });
  expect(dnsRecordAnnotations(two, "b", "traefik")).toEqual({
    "external-dns.demarc/set-identifier": "dev-b-traefik",
    "external-dns.demarc/aws-weight": "0",
  });
});
