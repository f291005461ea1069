import { parse } from "@demarc/shared/environment";
import { problemsOf } from "../../../testing/problems";
import { managedNodesSettings } from "./settings";
import { versionProblems } from "./versions";

const general = { instanceTypes: ["m7i.large"], size: { min: 1, desired: 1, max: 1 } };
const least = { kind: "managed-nodes", nodeGroups: { general } };
const problems = (input: unknown) => problemsOf(managedNodesSettings, input);

/** Problems of a cluster whose one node group has these settings too. */
const groupProblems = (changes: object) => problems({ ...least, nodeGroups: { general: { ...general, ...changes } } });

describe("the settings of managed nodes", () => {
  it("have defaults that are safe", () => {
    expect(parse("settings", managedNodesSettings, least)).toMatchObject({
      addOnVersions: {},
      networkPolicyMode: "standard",
      prefixDelegation: false,
      nodeGroups: {
        general: {
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
        ...least,
        nodeGroups: { general: { ...general, instanceTypes: [] } },
        networkPolicyMode: "open",
        addOnVersions: { coredns: "latest" },
      }),
    ).toEqual([
      expect.stringMatching(/^nodeGroups\.general\.instanceTypes: \[\] must name at least one instance type$/),
      expect.stringMatching(/^networkPolicyMode: "open" must be one of standard, strict$/),
      expect.stringMatching(/^addOnVersions\.coredns: "latest" must be a version that EKS lists/),
    ]);
  });

  it("refuse the version of an add-on that there is not", () => {
    expect(problems({ ...least, addOnVersions: { "core-dns": "v1.2.3-eksbuild.1" } })).toEqual([
      expect.stringMatching(/^addOnVersions: .*"core-dns"/),
    ]);
  });
});

describe("prefix delegation", () => {
  const nodeGroups = {
    general: { instanceTypes: ["m5.large", "m4.large"], size: { min: 1, desired: 1, max: 1 } },
  };

  it("is refused for what is not of the Nitro system", () => {
    expect(problems({ ...least, nodeGroups, prefixDelegation: true })).toEqual([
      'nodeGroups.general.instanceTypes.1: "m4.large" is not of the Nitro system, which prefixDelegation needs; take a newer type',
    ]);
    expect(problems({ ...least, nodeGroups })).toEqual([]);
  });

  it("is not judged by what was refused already", () => {
    const wrong = { general: { ...nodeGroups.general, instanceTypes: "m4.large" } };
    expect(problems({ ...least, nodeGroups: wrong, prefixDelegation: true })).toHaveLength(1);
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
    const nodeGroups = { general: { ...general, zones: ["a"] }, "general-a": general };
    expect(problems({ ...least, nodeGroups })).toEqual([expect.stringMatching(/must not make two groups of one name/)]);
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

describe("an image of the company's own", () => {
  const ami = { id: "ami-0abcdef1234567890", kubernetes: "1.35" };

  it("is taken by its id alone, in place of EKS's", () => {
    expect(groupProblems({ ami })).toEqual([]);
    expect(groupProblems({ ami: { ...ami, id: "/aws/service/eks/optimized-ami" } })).toEqual([
      expect.stringMatching(/ami\.id: .* must be the id of an image such as ami-/),
    ]);
    const ofEks = { amiType: "AL2023_x86_64_STANDARD", releaseVersion: "1.35.6-20260728" };
    expect(groupProblems({ ami, ...ofEks })).toEqual([
      expect.stringContaining("amiType: "),
      expect.stringMatching(/releaseVersion: .* is of EKS's own images, and the group has another, ami; remove one/),
    ]);
  });

  it("is for machines that it was built for", () => {
    expect(groupProblems({ ami: { ...ami, architecture: "arm64" } })).toEqual([
      expect.stringMatching(
        /instanceTypes: .* must all be arm64, as the image ami-0abcdef1234567890 is, and m7i\.large is/,
      ),
    ]);
    expect(groupProblems({ ami: { ...ami, architecture: "arm64" }, instanceTypes: ["m7g.large"] })).toEqual([]);
  });

  it("is of the nodes' Kubernetes: an upgrade asks for another", () => {
    const problemsOn = (version: string, nodeVersion?: string) =>
      versionProblems(
        version,
        parse("settings", managedNodesSettings, {
          ...{ ...least, nodeGroups: { general: { ...general, ami } } },
          ...(nodeVersion === undefined ? {} : { nodeVersion }),
        }),
      );
    expect(problemsOn("1.35")).toEqual([]);
    expect(problemsOn("1.36", "1.35")).toEqual([]);
    expect(problemsOn("1.36")).toEqual([
      {
        path: "nodeGroups.general.ami.kubernetes",
        message: expect.stringMatching(
          /^"1\.35" is the Kubernetes of image ami-\w+, and the nodes are to have 1\.36; build/,
        ),
      },
    ]);
  });
});
