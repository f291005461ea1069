import { parse } from "@demarc/shared/environment";
import { settingsOfNodes } from "../testing/cluster";
import { problemsOf } from "../testing/problems";
import { clusterSettings, serviceCidrClashes } from "./settings";

const least = settingsOfNodes();
const read = (input: unknown) => parse("settings", clusterSettings, input);
const problems = (input: unknown) => problemsOf(clusterSettings, input);

describe("the settings of a cluster", () => {
  it("have defaults that are safe", () => {
    expect(read(least)).toMatchObject({ support: "EXTENDED", logRetentionDays: 365 });
  });

  it("are told all that is wrong with them at once", () => {
    expect(
      problems({
        endpoint: { kind: "open" },
        serviceCidr: "172.20.0.0/30",
        logRetentionDays: 100,
        compute: { kind: "managed-nodes", nodeGroups: {}, networkPolicyMode: "open" },
      }),
    ).toEqual([
      expect.stringMatching(/^endpoint\.kind: "open" must be one of private, public$/),
      expect.stringMatching(/^serviceCidr: "172\.20\.0\.0\/30" must be a \/12 to \/24/),
      expect.stringMatching(/^logRetentionDays: 100 must be a number of days that CloudWatch Logs offers/),
      expect.stringMatching(/^compute\.nodeGroups: \{\} must have a group/),
      expect.stringMatching(/^compute\.networkPolicyMode: "open" must be one of standard, strict$/),
    ]);
  });

  it("refuse a kind of compute that is none", () => {
    expect(problems({ ...least, compute: { kind: "ec2" } })).toEqual([
      expect.stringMatching(/^compute\.kind: "ec2" must be one of managed-nodes, /),
    ]);
  });

  it.each([
    ["everybody", ["0.0.0.0/0"], /is wider than a \/8/],
    ["half of everybody", ["0.0.0.0/1"], /is wider than a \/8/],
    ["a private range", ["10.0.0.0/8"], /is a range that nobody on the internet has/],
    ["a range that is kept for examples", ["203.0.113.0/24"], /is a range that nobody on the internet has/],
    ["no range", ["office"], /must be an IPv4 range: an address of yours/],
    ["a range that AWS would write otherwise", ["8.8.8.8/24"], /must be written with its first address/],
    ["nobody", [], /must name the ranges that may call/],
  ])("refuse a public endpoint for %s", (_whom, cidrs, message) => {
    const endpoint = { kind: "public", cidrs, reason: "Because" };
    expect(problems({ ...least, endpoint })).toEqual([expect.stringMatching(message)]);
  });

  it.each([
    ["addresses of the internet", ["8.8.8.0/24"], /must lie in 10\.0\.0\.0\/8, .*: nobody from the internet reaches/],
    ["a range that AWS would write otherwise", ["10.1.2.3/16"], /must be written with its first address/],
    ["the same twice", ["10.1.0.0/16", "10.1.0.0/16"], /names a range twice/],
    ["no range", ["office"], /must be an IPv4 range: an address inside your network/],
  ])("refuse a private endpoint for %s", (_whom, cidrs, message) => {
    expect(problems({ ...least, endpoint: { kind: "private", cidrs } })).toEqual([expect.stringMatching(message)]);
  });

  it.each([
    ["a log that EKS has not", ["audit", "kubelet"], /controlPlaneLogs\.1: "kubelet" must be one of api, audit/],
    ["a log twice", ["audit", "audit"], /controlPlaneLogs: .* names a log twice/],
    ["no word of who did what", ["api"], /controlPlaneLogs: .* must hold audit/],
  ])("refuse control plane logs with %s", (_what, controlPlaneLogs, message) => {
    expect(problems({ ...least, controlPlaneLogs })).toEqual([expect.stringMatching(message)]);
  });

  it("refuse a public endpoint without a reason", () => {
    const endpoint = { kind: "public", cidrs: ["8.8.8.0/24"], reason: "" };
    expect(problems({ ...least, endpoint })).toEqual([expect.stringMatching(/must say why/)]);
  });

  it("refuse a range of Services that is no private one", () => {
    expect(problems({ ...least, serviceCidr: "100.64.0.0/16" })).toEqual([
      expect.stringMatching(/^serviceCidr: "100\.64\.0\.0\/16" must lie in 10\.0\.0\.0\/8/),
    ]);
  });
});

describe("a range of Services that is the VPC's too", () => {
  const clusters = { a: read({ ...least, serviceCidr: "10.1.128.0/20" }), b: read(least) };

  it("is refused for the cluster that has it", () => {
    expect(serviceCidrClashes(clusters, "10.1.0.0/16")).toEqual([
      expect.objectContaining({ path: ["clusters", "a", "serviceCidr"] }),
    ]);
    expect(serviceCidrClashes(clusters, "10.2.0.0/16")).toEqual([]);
  });
});
