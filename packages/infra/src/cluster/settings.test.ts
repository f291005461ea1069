import { InvalidInput, parse } from "@demarc/shared/environment";
import { leastSettings } from "../testing/cluster";
import { clusterSettings, serviceCidrClashes } from "./settings";

const read = (input: unknown) => parse("settings", clusterSettings, input);

function problems(input: unknown): string[] {
  try {
    read(input);
    return [];
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    return error.message
      .split("\n")
      .slice(1)
      .map((line) => line.trim());
  }
}

/** Problems of a cluster whose one node group has these settings too. */
const groupProblems = (changes: object) =>
  problems({
    ...leastSettings,
    nodeGroups: { general: { instanceTypes: ["m7i.large"], size: { min: 1, desired: 1, max: 1 }, ...changes } },
  });

describe("the settings of a cluster", () => {
  it("have defaults that are safe", () => {
    expect(read(leastSettings)).toMatchObject({
      support: "EXTENDED",
      logRetentionDays: 365,
      addOnVersions: {},
      networkPolicyMode: "standard",
      prefixDelegation: false,
      nodeGroups: {
        general: {
          amiType: "AL2023_x86_64_STANDARD",
          capacity: "on-demand",
          diskGiB: 20,
          podProcesses: 1024,
          labels: {},
          taints: [],
          forceUpdateVersion: false,
        },
      },
    });
  });

  it("are told all that is wrong with them at once", () => {
    expect(
      problems({
        endpoint: { kind: "open" },
        serviceCidr: "172.20.0.0/30",
        logRetentionDays: 100,
        nodeGroups: { general: { instanceTypes: [], size: { min: 1, desired: 1, max: 1 } } },
        networkPolicyMode: "open",
        addOnVersions: { coredns: "latest" },
      }),
    ).toEqual([
      expect.stringMatching(/^endpoint\.kind: "open" must be one of private, public$/),
      expect.stringMatching(/^serviceCidr: "172\.20\.0\.0\/30" must be a \/12 to \/24/),
      expect.stringMatching(/^logRetentionDays: 100 must be a number of days that CloudWatch Logs offers/),
      expect.stringMatching(/^nodeGroups\.general\.instanceTypes: \[\] must name at least one instance type$/),
      expect.stringMatching(/^networkPolicyMode: "open" must be one of standard, strict$/),
      expect.stringMatching(/^addOnVersions\.coredns: "latest" must be a version that EKS lists/),
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
    expect(problems({ ...leastSettings, endpoint })).toEqual([expect.stringMatching(message)]);
  });

  it.each([
    ["addresses of the internet", ["8.8.8.0/24"], /must lie in 10\.0\.0\.0\/8, .*: nobody from the internet reaches/],
    ["a range that AWS would write otherwise", ["10.1.2.3/16"], /must be written with its first address/],
    ["the same twice", ["10.1.0.0/16", "10.1.0.0/16"], /names a range twice/],
    ["no range", ["office"], /must be an IPv4 range: an address inside your network/],
  ])("refuse a private endpoint for %s", (_whom, cidrs, message) => {
    expect(problems({ ...leastSettings, endpoint: { kind: "private", cidrs } })).toEqual([
      expect.stringMatching(message),
    ]);
  });

  it.each([
    ["a log that EKS has not", ["audit", "kubelet"], /controlPlaneLogs\.1: "kubelet" must be one of api, audit/],
    ["a log twice", ["audit", "audit"], /controlPlaneLogs: .* names a log twice/],
    ["no word of who did what", ["api"], /controlPlaneLogs: .* must hold audit/],
  ])("refuse control plane logs with %s", (_what, controlPlaneLogs, message) => {
    expect(problems({ ...leastSettings, controlPlaneLogs })).toEqual([expect.stringMatching(message)]);
  });

  it("refuse a public endpoint without a reason", () => {
    const endpoint = { kind: "public", cidrs: ["8.8.8.0/24"], reason: "" };
    expect(problems({ ...leastSettings, endpoint })).toEqual([expect.stringMatching(/must say why/)]);
  });

  it("refuse a range of Services that is no private one", () => {
    expect(problems({ ...leastSettings, serviceCidr: "100.64.0.0/16" })).toEqual([
      expect.stringMatching(/^serviceCidr: "100\.64\.0\.0\/16" must lie in 10\.0\.0\.0\/8/),
    ]);
  });

  it("refuse the version of an add-on that there is not", () => {
    expect(problems({ ...leastSettings, addOnVersions: { "core-dns": "v1.2.3-eksbuild.1" } })).toEqual([
      expect.stringMatching(/^addOnVersions: .*"core-dns"/),
    ]);
  });
});

describe("prefix delegation", () => {
  const nodeGroups = {
    general: { instanceTypes: ["m5.large", "m4.large"], size: { min: 1, desired: 1, max: 1 } },
  };

  it("is refused for what is not of the Nitro system", () => {
    expect(problems({ ...leastSettings, nodeGroups, prefixDelegation: true })).toEqual([
      'nodeGroups.general.instanceTypes.1: "m4.large" is not of the Nitro system, which prefixDelegation needs; take a newer type',
    ]);
    expect(problems({ ...leastSettings, nodeGroups })).toEqual([]);
  });

  it("is not judged by what was refused already", () => {
    const wrong = { general: { ...nodeGroups.general, instanceTypes: "m4.large" } };
    expect(problems({ ...leastSettings, nodeGroups: wrong, prefixDelegation: true })).toHaveLength(1);
  });
});

describe("a range of Services that is the VPC's too", () => {
  const clusters = { a: read({ ...leastSettings, serviceCidr: "10.1.128.0/20" }), b: read(leastSettings) };

  it("is refused for the cluster that has it", () => {
    expect(serviceCidrClashes(clusters, "10.1.0.0/16")).toEqual([
      expect.objectContaining({ path: ["clusters", "a", "serviceCidr"] }),
    ]);
    expect(serviceCidrClashes(clusters, "10.2.0.0/16")).toEqual([]);
  });
});

describe("the settings of a node group", () => {
  it.each([
    ["desired below min", { size: { min: 3, desired: 2, max: 4 } }, /size: .* must have min <= desired <= max/],
    ["desired above max", { size: { min: 1, desired: 5, max: 4 } }, /size: .* must have min <= desired <= max/],
    ["a max of nothing", { size: { min: 0, desired: 0, max: 0 } }, /size\.max: 0 must be at least 1/],
    ["half a node", { size: { min: 1, desired: 1.5, max: 2 } }, /size\.desired: 1\.5 must be a whole number of nodes/],
    ["a machine that is none", { instanceTypes: ["large"] }, /instanceTypes\.0: "large" must be an EC2 instance type/],
    ["an image whose volumes we do not know", { amiType: "BOTTLEROCKET_x86_64" }, /amiType: .* must be one of AL2023_/],
    ["no limit of processes", { podProcesses: -1 }, /podProcesses: -1 must be at least 64/],
    ["a disk below the image's", { diskGiB: 10 }, /diskGiB: 10 must be at least 20/],
    ["a capacity that is none", { capacity: "SPOT" }, /capacity: "SPOT" must be on-demand or spot/],
    [
      "an effect as the EKS API spells it",
      { taints: [{ key: "a", effect: "NO_SCHEDULE" }] },
      /effect: "NO_SCHEDULE" must be NoSchedule, PreferNoSchedule or NoExecute/,
    ],
    [
      "a label of EKS's own",
      { labels: { "eks.amazonaws.com/x": "1" } },
      /must not have a prefix that Kubernetes and EKS keep/,
    ],
    ["a label of Kubernetes' own", { labels: { "node.kubernetes.io/x": "1" } }, /must not have a prefix/],
    ["a label with no value", { labels: { purpose: "" } }, /labels\.purpose: "" must not be empty/],
  ])("refuse %s", (_what, changes, message) => {
    expect(groupProblems(changes)).toContainEqual(expect.stringMatching(message));
  });

  it.each([
    ["an x86_64 machine", { instanceTypes: ["m7i.large"], amiType: "AL2023_ARM_64_STANDARD" }, "arm64", "m7i.large is"],
    ["an ARM machine", { instanceTypes: ["c7g.large"] }, "x86_64", "c7g.large is"],
    ["an ARM machine among others", { instanceTypes: ["m7i.large", "t4g.large"] }, "x86_64", "t4g.large is"],
    [
      "x86_64 machines among others",
      { instanceTypes: ["m7g.large", "m7i.large", "m7a.large"], amiType: "AL2023_ARM_64_NVIDIA" },
      "arm64",
      "m7i.large, m7a.large are",
    ],
  ])("refuse %s whose image is for other processors", (_what, changes, architecture, which) => {
    expect(groupProblems(changes)).toEqual([
      expect.stringMatching(
        new RegExp(`^nodeGroups\\.general\\.instanceTypes: .* must all be ${architecture}, .* and ${which} not;`),
      ),
    ]);
  });

  it.each([
    ["a zone that is none", ["h"], /zones\.0: "h" must be the letter of an availability zone/],
    ["a zone twice", ["a", "a"], /names a zone twice/],
    ["no zone", [], /must name a zone/],
  ])("refuse %s", (_what, zones, message) => {
    expect(groupProblems({ zones })).toEqual([expect.stringMatching(message)]);
  });

  it("refuse two groups of one name, of which one is a zone's", () => {
    const general = { instanceTypes: ["m7i.large"], size: { min: 1, desired: 1, max: 1 } };
    const nodeGroups = { general: { ...general, zones: ["a"] }, "general-a": general };
    expect(problems({ ...leastSettings, nodeGroups })).toEqual([
      expect.stringMatching(/must not make two groups of one name/),
    ]);
  });

  it("refuse a Mac, and a release that is none", () => {
    expect(groupProblems({ instanceTypes: ["mac2.metal"], releaseVersion: "latest" })).toEqual([
      expect.stringMatching(/instanceTypes\.0: "mac2\.metal" runs macOS alone/),
      expect.stringMatching(/releaseVersion: "latest" must be a release of EKS's image, such as 1\.35\.6-20260728/),
    ]);
  });

  it("refuse two taints of one key: Cluster Autoscaler would learn of one", () => {
    const taints = [
      { key: "example.com/x", effect: "NoSchedule" },
      { key: "example.com/x", effect: "NoExecute" },
    ];
    expect(groupProblems({ taints })).toContainEqual(expect.stringMatching(/must name each key once/));
  });

  it.each([
    ["may be empty", { size: { min: 0, desired: 1, max: 1 } }],
    ["is tainted", { taints: [{ key: "example.com/x", effect: "NoSchedule" }] }],
  ])("refuse a cluster whose only group %s: nothing could ever scale it", (_how, changes) => {
    expect(groupProblems(changes)).toEqual([
      expect.stringMatching(/^nodeGroups: .* must have a group with min of at least 1/),
    ]);
  });
});
