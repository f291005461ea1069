import { dev } from "@demarc/shared/testing";
import { nodesStack } from "../../../testing/cluster";

const size = { min: 1, desired: 1, max: 3 };
const purpose = { key: "example.com/purpose", value: "batch" };

type Groups = NonNullable<Parameters<typeof nodesStack>[0]>["nodeGroups"];

/** What the plan holds the nodes to, and the instance types that it asks EC2 for. */
function held(nodeGroups: NonNullable<Groups>, environment = dev) {
  const stack = nodesStack({ nodeGroups }, environment);
  const { lifecycle } = stack.resource("aws_eks_cluster") as {
    lifecycle: { precondition: { condition: string; error_message: string }[] };
  };
  const found = lifecycle.precondition.find(({ error_message }) => error_message.startsWith("A pod of cluster"));
  const { aws_ec2_instance_type: types = {} } = stack.json["data"] as Record<string, Record<string, object>>;
  return { ...found, types: Object.values(types).map((type) => (type as { instance_type: string }).instance_type) };
}

const general = { instanceTypes: ["m7i.large", "m6i.large"], size };

describe("the largest pod that an app may ask for", () => {
  it("fits a node of one group at least, whichever of the group's types it is", () => {
    const { condition, types } = held({ general, big: { instanceTypes: ["r7i.4xlarge", "m7i.large"], size } });
    expect(types.toSorted()).toEqual(["m6i.large", "m7i.large", "r7i.4xlarge"]);
    expect(condition?.split(" || ")).toHaveLength(2);
    expect(condition).toMatch(/^\$\{\(floor\(min\(\[for type in \[[^\]]*m7i[^\]]*, [^\]]*m6i[^\]]*\] : /);
    expect(condition).toContain(">= 1500 &&");
    expect(condition).toContain(">= 6144 &&");
  });

  it("never counts on a group that is kept for some pods", () => {
    const batch = { instanceTypes: ["r7i.8xlarge"], size, taints: [{ ...purpose, effect: "NoSchedule" as const }] };
    const second = { instanceTypes: ["m5.large"], size, taints: [{ ...purpose, effect: "PreferNoSchedule" as const }] };
    expect(held({ general, batch, second }).types.toSorted()).toEqual(["m5.large", "m6i.large", "m7i.large"]);
  });

  it("has the disk of a node, less what the kubelet keeps", () => {
    const { condition, error_message: said } = held({ general: { ...general, diskGiB: 100 } });
    expect(condition).toContain("&& 91136 >= 10240)");
    expect(said).toMatch(/general has \$\{floor\(min\(.*\}m, \$\{.*\}Mi and 91136Mi\. Give a node group larger/);
  });

  it("is the environment's", () => {
    const largestPod = { cpu: "3500m", memory: "12Gi", ephemeralStorage: "15Gi" };
    const clusters = { a: { version: "1.35", compute: { kind: "managed-nodes" as const, largestPod } } };
    const { condition, error_message: said } = held({ general }, { ...dev, clusters });
    expect(condition).toMatch(/>= 3500 && .*>= 12288 && 17408 >= 15360\)\}$/);
    expect(said).toMatch(/^A pod of cluster dev-a may request 3500m of CPU, 12Gi of memory and 15Gi of disk/);
  });
});
