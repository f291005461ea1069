import { type Exposure, parse } from "@demarc/shared/environment";
import { existingNetwork as existing, leastNetwork } from "../testing/network";
import { exposureProblems } from "./exposures";
import { networkSettings } from "./settings";

const { a, c } = existing.subnets;
const alb = (scheme: "internet-facing" | "internal"): Exposure => ({ kind: "alb-ingress", scheme });

/** What is said of exposures in the existing network with these kinds of subnets alone. */
function said(kinds: readonly string[], ...exposures: Exposure[]): string[] {
  const only = (zone: object | undefined) =>
    Object.fromEntries(Object.entries(zone ?? {}).filter(([kind]) => kinds.includes(kind)));
  const network = parse("network", networkSettings, { ...existing, subnets: { a: only(a), c: only(c) } });
  return exposureProblems({ exposures }, network).map(({ path, message }) => `${path.join(".")} ${message}`);
}

describe("load balancers of an exposure in a network that is there", () => {
  it("need the subnets of their kind, and no others", () => {
    expect(said(["private", "public"], alb("internet-facing"))).toEqual([]);
    expect(said(["private", "internal"], alb("internal"))).toEqual([]);
    expect(said(["private", "internal"], alb("internet-facing"))).toEqual([
      "network.subnets has no public subnets, and the environment's exposure is internet-facing: name one in each zone for its load balancers",
    ]);
    expect(said(["private", "public"], alb("internal"))).toEqual([
      "network.subnets has no internal subnets, and the environment's exposure is internal: name one in each zone for its load balancers",
    ]);
  });

  it("need those of both exposures while traffic moves from one to the other", () => {
    const bound: Exposure = { kind: "target-group-binding", apps: ["petstore"] };
    expect(said(["private", "internal"], alb("internal"), bound)).toEqual([expect.stringContaining("no public")]);
    expect(said(["private", "public"], alb("internal"), bound)).toEqual([expect.stringContaining("no internal")]);
    expect(said(["private"], alb("internal"), bound)).toHaveLength(2);
    expect(said(["private", "public"], alb("internet-facing"), bound)).toEqual([]);
  });

  it("have both kinds in a network that infra makes", () => {
    const made = parse("network", networkSettings, leastNetwork);
    expect(exposureProblems({ exposures: [alb("internal")] }, made)).toEqual([]);
  });
});
