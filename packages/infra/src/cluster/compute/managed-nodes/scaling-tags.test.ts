import { nodesStack } from "../../../testing/cluster";

/** Tags of the one Auto Scaling group whose node group has that name. */
function tags(nodeGroup: string, stack: ReturnType<typeof nodesStack>) {
  return Object.fromEntries(
    stack
      .resources("aws_autoscaling_group_tag")
      .filter(({ autoscaling_group_name: name }) => String(name).includes(`nodes_group-${nodeGroup}_`))
      .map(({ tag }) => tag)
      .filter((tag): tag is { key: string; value: string } => typeof tag === "object" && tag !== null)
      .map(({ key, value }) => [key, value]),
  );
}

describe("the tags of an Auto Scaling group", () => {
  const stack = nodesStack({
    nodeGroups: {
      general: { instanceTypes: ["m7i.large"], size: { min: 1, desired: 1, max: 3 } },
      batch: {
        instanceTypes: ["m7i.large"],
        capacity: "spot",
        size: { min: 0, desired: 0, max: 9 },
        diskGiB: 80,
        labels: { "example.com/purpose": "batch" },
        taints: [
          { key: "example.com/purpose", value: "batch", effect: "NoSchedule" },
          { key: "example.com/slow", effect: "PreferNoSchedule" },
        ],
      },
    },
  });

  it("let Cluster Autoscaler of this cluster find it", () => {
    expect(tags("general", stack)).toMatchObject({
      "k8s.io/cluster-autoscaler/enabled": "true",
      "k8s.io/cluster-autoscaler/dev-a": "owned",
    });
  });

  it("say in which zone a volume could be mounted, where a group stands in one", () => {
    const tag = "k8s.io/cluster-autoscaler/node-template/label/topology.ebs.csi.aws.com/zone";
    const general = { instanceTypes: ["m7i.large"], zones: ["a", "c"] as const, size: { min: 1, desired: 1, max: 3 } };
    const zoned = nodesStack({ nodeGroups: { general: { ...general, zones: [...general.zones] } } });
    expect(tags("general-a", zoned)).toMatchObject({ [tag]: "ap-northeast-1a" });
    expect(tags("general-c", zoned)).toMatchObject({ [tag]: "ap-northeast-1c" });
    expect(tags("general", stack)).not.toHaveProperty([tag]);
  });

  it("say what a node of it would be while there is none", () => {
    const node = "k8s.io/cluster-autoscaler/node-template";
    expect(tags("batch", stack)).toMatchObject({
      [`${node}/label/example.com/purpose`]: "batch",
      [`${node}/label/eks.amazonaws.com/nodegroup`]: "batch",
      [`${node}/label/eks.amazonaws.com/capacityType`]: "SPOT",
      [`${node}/taint/example.com/purpose`]: "batch:NoSchedule",
      [`${node}/taint/example.com/slow`]: ":PreferNoSchedule",
      [`${node}/resources/ephemeral-storage`]: "80Gi",
    });
  });
});
