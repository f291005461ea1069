import { parse } from "@demarc/shared/environment";
import { leastNetwork, type NetworkInput } from "../testing/network";
import { networkSettings } from "./settings";

const parsed = (changes: Partial<NetworkInput> = {}) =>
  parse("settings", networkSettings, { ...leastNetwork, ...changes });
const refusal = (changes: object) => () => parsed(changes);

describe("settings of the network", () => {
  it("takes a NAT gateway in each zone, logs of a year and no paid endpoint where nothing is said", () => {
    expect(parsed()).toEqual({
      ...leastNetwork,
      nat: { kind: "per-zone" },
      flowLogTraffic: "ALL",
      flowLogRetentionDays: 365,
      interfaceEndpoints: [],
    });
  });

  it("refuses a range that leaves too little room, and says what to take", () => {
    expect(refusal({ cidr: "10.1.0.0/30" })).toThrow(
      'cidr: "10.1.0.0/30" is too small for 8 zones x 3 subnets, each /27 or larger for a load balancer; take /16 to /22',
    );
  });

  it("refuses one zone, a zone twice and what is no zone", () => {
    expect(refusal({ zones: ["a"] })).toThrow('zones: ["a"] must name at least two zones');
    expect(refusal({ zones: ["a", "a"] })).toThrow('zones: ["a","a"] names a zone twice');
    expect(refusal({ zones: ["a", "h"] })).toThrow('zones.1: "h" must be the letter of an availability zone');
  });

  it("refuses a single NAT gateway in a zone that has no subnet", () => {
    expect(refusal({ nat: { kind: "single", zone: "b" } })).toThrow(
      'nat.zone: "b" is not one of the network\'s zones; take one of them',
    );
    const single = { nat: { kind: "single" as const, zone: "c" as const } };
    expect(parsed(single)).toMatchObject(single);
  });

  it("refuses a kind of NAT that there is not", () => {
    expect(refusal({ nat: { kind: "none" } })).toThrow('nat.kind: "none" must be one of per-zone, single');
  });

  it("is made where nothing else is said, and is one of two kinds", () => {
    expect(parsed({ kind: "made" })).toEqual({ ...parsed(), kind: "made" });
    expect(refusal({ kind: "shared" })).toThrow('kind: "shared" must be existing or made, or left out for made');
  });

  it("refuses a service twice, what is no service and a number of days that CloudWatch does not offer", () => {
    expect(refusal({ interfaceEndpoints: ["sts", "sts"] })).toThrow("names a service twice");
    expect(refusal({ interfaceEndpoints: ["ECR API"] })).toThrow('"ECR API" must be a service such as ecr.api or sts');
    expect(refusal({ flowLogRetentionDays: 42 })).toThrow(
      "flowLogRetentionDays: 42 must be a number of days that CloudWatch Logs offers: 1, 3, 5",
    );
  });

  it("reports all that is wrong at once", () => {
    const wrong = { cidr: "10.0.0.0/8", zones: ["a"], nat: { kind: "single", zone: "b" } };
    expect(refusal(wrong)).toThrow("(3 problems)");
  });
});
