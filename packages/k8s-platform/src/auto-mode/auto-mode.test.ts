import type { SynthesizedStack } from "@demarc/shared/testing";
import type { K8sPlatformSettingsInput } from "../settings/schema";
import { addonsStack, dev, devOn, objectNamed, releaseNamed, valuesOf } from "../testing/platform";

const own = {
  batch: {
    requirements: [
      { key: "eks.amazonaws.com/instance-category", operator: "In", values: ["c", "m"] },
      { key: "eks.amazonaws.com/instance-gpu-count", operator: "DoesNotExist" },
    ],
    limits: { cpu: "64", memory: "256Gi" },
    weight: 10,
    taints: [{ key: "example.com/batch", effect: "NoSchedule" }],
    budgets: [{ nodes: "10%" }, { nodes: "0", schedule: "0 8 * * mon-fri", duration: "9h" }],
    networkPolicyEventLogs: true,
  },
} satisfies K8sPlatformSettingsInput["nodePools"];

const on = (nodePools: K8sPlatformSettingsInput["nodePools"] = {}) => addonsStack(devOn("auto-mode"), { nodePools });
const outputs = "\\$\\{data\\.terraform_remote_state\\.\\S*\\.outputs\\.";
const of = (output: string): unknown => expect.stringMatching(new RegExp(`^${outputs}${output}\\}$`));

/** Objects of the release of pools, by kind and name. */
function pools(stack: SynthesizedStack): Record<string, unknown> {
  const [values] = valuesOf(releaseNamed(stack, "node-pools"));
  const { objects } = values as { objects: { kind: string; metadata: { name: string } }[] };
  return Object.fromEntries(objects.map((object) => [`${object.kind} ${object.metadata.name}`, object]));
}

describe("a cluster of Auto Mode", () => {
  it("looks at network policies, and nobody tells another cluster so", () => {
    expect(objectNamed(on(), "config_map", "amazon-vpc-cni", "kube-system")["data"]).toEqual({
      "enable-network-policy-controller": "true",
    });
    expect(addonsStack(dev).resourceTypes).not.toContain("kubernetes_config_map_v1");
  });

  it("has no pool of its own unless the settings say so", () => {
    expect(() => releaseNamed(on(), "node-pools")).toThrow("no release node-pools");
  });
});

describe("a pool of nodes", () => {
  const stack = on(own);

  it("starts nodes as infra lets them in: with its role, its key, in its subnets, all by id", () => {
    expect(pools(stack)["NodeClass batch"]).toEqual({
      apiVersion: "eks.amazonaws.com/v1",
      kind: "NodeClass",
      metadata: { name: "batch" },
      spec: {
        role: of("cluster_v1\\.nodeRoleName"),
        subnetSelectorTerms: [
          { id: expect.stringMatching(/^\$\{join\("\\"\},\{\\"id\\":\\"", .*\.privateSubnetIds\)\}$/) },
        ],
        securityGroupSelectorTerms: [{ id: of("cluster_v1\\.securityGroupId") }],
        networkPolicy: "DefaultAllow",
        networkPolicyEventLogs: "Enabled",
        ephemeralStorage: { size: "80Gi", kmsKeyID: of("cluster_v1\\.volumeKeyArn") },
        tags: expect.objectContaining({ environment: "dev", workspace: "k8s-platform" }),
      },
    });
  });

  it("says what its nodes are like, and when they go, by no default of EKS's", () => {
    expect(pools(stack)["NodePool batch"]).toEqual({
      apiVersion: "karpenter.sh/v1",
      kind: "NodePool",
      metadata: { name: "batch" },
      spec: {
        weight: 10,
        limits: { cpu: "64", memory: "256Gi" },
        disruption: {
          consolidationPolicy: "WhenEmptyOrUnderutilized",
          consolidateAfter: "5m",
          budgets: [{ nodes: "10%" }, { nodes: "0", schedule: "0 8 * * mon-fri", duration: "9h" }],
        },
        template: {
          spec: {
            nodeClassRef: { group: "eks.amazonaws.com", kind: "NodeClass", name: "batch" },
            requirements: [
              { key: "eks.amazonaws.com/instance-category", operator: "In", values: ["c", "m"] },
              { key: "eks.amazonaws.com/instance-gpu-count", operator: "DoesNotExist" },
            ],
            taints: [{ key: "example.com/batch", effect: "NoSchedule" }],
            expireAfter: "336h",
            terminationGracePeriod: "24h",
          },
        },
      },
    });
  });

  it("is there before any pod of the platform's, which may have no other node to go to", () => {
    const others = stack.resources("helm_release").filter(({ name }) => name !== "node-pools");
    expect(others).not.toEqual([]);
    for (const waiting of [...others, ...stack.resources("kubernetes_job_v1")]) {
      expect(waiting["depends_on"]).toContainEqual(expect.stringMatching(/^helm_release\.node-pools_/));
    }
  });
});
