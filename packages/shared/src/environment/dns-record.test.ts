import fc from "fast-check";
import { dev } from "../testing";
import { dnsRecord, dnsRecordAnnotations } from "./dns-record";

const [compute = { kind: "managed-nodes" as const }] = Object.values(dev.clusters).map((cluster) => cluster.compute);

/** Two exposures and clusters of these weights. */
function weighed(leaving: number | undefined, coming: number | undefined, weights: readonly (number | undefined)[]) {
  const clusters = weights.map((weight, at) => [`c${String(at)}`, { version: "1.35", compute, weight }] as const);
  return {
    ...dev,
    clusters: Object.fromEntries(clusters),
    exposures: [
      { kind: "alb-ingress" as const, scheme: "internal" as const, weight: leaving },
      { kind: "traefik" as const, scheme: "internal" as const, weight: coming },
    ],
  };
}

/** What ExternalDNS is told for each cluster's record. */
function weightsOf(environment: ReturnType<typeof weighed>) {
  return Object.keys(environment.clusters).map((id) =>
    Number(dnsRecordAnnotations(environment, id, "alb-ingress")["external-dns.demarc/aws-weight"]),
  );
}

it("tells clusters and exposures of one host name apart, with the share that the environment gives each", () => {
  const environment = weighed(undefined, 0, [undefined, 0]);
  expect(dnsRecordAnnotations(environment, "c0", "alb-ingress")).toEqual({
    "external-dns.demarc/set-identifier": "dev-c0-alb-ingress",
    "external-dns.demarc/aws-weight": "100",
  });
  expect(dnsRecordAnnotations(environment, "c1", "alb-ingress")).toMatchObject({
    "external-dns.demarc/aws-weight": "0",
  });
  expect(dnsRecordAnnotations(environment, "c0", "traefik")).toEqual({
    "external-dns.demarc/set-identifier": "dev-c0-traefik",
    "external-dns.demarc/aws-weight": "0",
  });
});

it.each<[string, number | undefined, (number | undefined)[], number[]]>([
  ["one cluster: all of it", 40, [7], [40]],
  ["two alike", undefined, [undefined, undefined], [50, 50]],
  ["three to one", 200, [75, 25], [150, 50]],
  ["a canary: few, and never none", 100, [255, 1], [100, 1]],
  ["nobody comes this way", 0, [100, 100], [0, 0]],
])("an exposure's weight is divided among the clusters: %s", (_, weight, clusters, wanted) => {
  expect(weightsOf(weighed(weight, 100, clusters))).toEqual(wanted);
});

it("whatever the weights are, each record's is what Route 53 takes, and all of an exposure make up its own", () => {
  const weight = fc.integer({ min: 0, max: 255 });
  const clusters = fc.array(weight, { minLength: 1, maxLength: 4 }).filter((all) => all.some((one) => one > 0));
  fc.assert(
    fc.property(weight, clusters, (exposure, weights) => {
      const environment = weighed(exposure, 1, weights);
      const records = weightsOf(environment);
      expect(records.filter((record) => !Number.isInteger(record) || record < 0 || record > 255)).toEqual([]);
      expect(records.map((record) => record > 0)).toEqual(weights.map((one) => one > 0 && exposure > 0));
      const sum = records.reduce((all, record) => all + record, 0);
      expect(Math.abs(sum - dnsRecord(environment, "alb-ingress").weight)).toBeLessThanOrEqual(weights.length);
    }),
  );
});

it("a record of all clusters has its exposure's weight, whatever theirs are", () => {
  const environment = weighed(0, undefined, [7, 0]);
  expect(dnsRecord(environment, "alb-ingress")).toEqual({ setIdentifier: "dev-alb-ingress", weight: 0 });
  expect(dnsRecord(environment, "traefik")).toEqual({ setIdentifier: "dev-traefik", weight: 100 });
});

it("knows no record of an exposure that the environment has not", () => {
  expect(() => dnsRecord(dev, "traefik")).toThrow("the environment has no exposure traefik");
});
