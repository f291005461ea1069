import { group, M7I_LARGE, node, pod } from "../../nodes/testing/objects";
import { autoscalerOptions, duration } from "./options";
import { emptyNodes, Unneeded } from "./scale-down";
import { planScaleUp } from "./scale-up";
import { templatePlace } from "./template";

const NODE_TEMPLATE = "k8s.io/cluster-autoscaler/node-template";
const WHERE = { region: "ap-northeast-1", zone: "ap-northeast-1a" };
const SPOT = { key: "interruptible", value: "true", effect: "NoSchedule" };

describe("its arguments", () => {
  const read = (given: Readonly<Record<string, string>>) =>
    autoscalerOptions((name) => ({ "cloud-provider": "aws", ...given })[name]);
  const discovery = {
    "node-group-auto-discovery": "asg:tag=k8s.io/cluster-autoscaler/enabled,k8s.io/cluster-autoscaler/dev-a",
  };

  it("name the tags of its groups, and how long a node may be empty", () => {
    expect(read({ ...discovery, "scale-down-unneeded-time": "1m30s" })).toMatchObject({
      tags: ["k8s.io/cluster-autoscaler/enabled", "k8s.io/cluster-autoscaler/dev-a"],
      namespace: "kube-system",
      scaleDown: true,
      unneededTime: 90_000,
      delayAfterAdd: 600_000,
    });
  });

  it("are refused where it would not start with them", () => {
    expect(() => read({ ...discovery, "cloud-provider": "gce" })).toThrow("--cloud-provider=gce");
    expect(() => read({})).toThrow("--node-group-auto-discovery=: must be asg:tag=");
    expect(() => duration("ten minutes")).toThrow('"ten minutes" is no duration');
  });
});

describe("a group that grows", () => {
  const large = templatePlace(group("general", []), M7I_LARGE, WHERE);
  const spotTags = {
    [`${NODE_TEMPLATE}/label/capacity`]: "spot",
    [`${NODE_TEMPLATE}/taint/interruptible`]: "true:NoSchedule",
  };
  const general = { group: group("general", ["i-1", "i-2"]), template: large, upcoming: 0 };
  const spot = {
    group: group("spot", []),
    template: templatePlace(group("spot", [], { tags: spotTags }), M7I_LARGE, WHERE),
    upcoming: 0,
  };
  const pods = (count: number, cpu: string) => Array.from({ length: count }, () => pod({ cpu }));

  it("gets as many nodes as the pods need, and no more than its largest size", () => {
    expect(planScaleUp(pods(3, "1"), [], [general]).scaleUp).toMatchObject({ nodes: 2, pods: { length: 2 } });
    expect(planScaleUp(pods(3, "600m"), [], [general]).scaleUp).toMatchObject({ nodes: 1, pods: { length: 3 } });
  });

  it("has, from zero, the disk that its tags tell of, and else none", () => {
    const tagged = group("tagged", [], { tags: { [`${NODE_TEMPLATE}/resources/ephemeral-storage`]: "20Gi" } });
    const withDisk = { group: tagged, template: templatePlace(tagged, M7I_LARGE, WHERE), upcoming: 0 };
    const writing = [pod({ "ephemeral-storage": "1Gi" })];
    expect(planScaleUp(writing, [], [general]).scaleUp).toBeUndefined();
    expect(planScaleUp(writing, [], [general, withDisk]).scaleUp).toMatchObject({ group: { name: "tagged" } });
  });

  it("is the one whose nodes the pods may be on, from zero by what its tags tell of them", () => {
    const spec = { nodeSelector: { capacity: "spot" }, tolerations: [SPOT] };
    const plan = planScaleUp([pod({ cpu: "1" }, { spec })], [], [general, spot]);
    expect(plan.scaleUp).toMatchObject({ group: { name: "spot" }, nodes: 1 });
    expect(planScaleUp(pods(1, "1"), [], [spot])).toMatchObject({
      scaleUp: undefined,
      hopeless: [{ reason: "1 node(s) would not fit the pod" }],
    });
  });

  it("waits for room that is there, or for nodes that are on their way", () => {
    expect(planScaleUp(pods(1, "1"), [{ ...large, name: "one" }], [general]).scaleUp).toBeUndefined();
    expect(planScaleUp(pods(1, "1"), [], [{ ...general, upcoming: 1 }]).scaleUp).toBeUndefined();
  });

  it("is none when the largest size is reached, and says so", () => {
    const full = { ...general, group: group("general", ["i-1", "i-2", "i-3", "i-4"]) };
    expect(planScaleUp(pods(1, "1"), [], [full])).toMatchObject({
      scaleUp: undefined,
      hopeless: [{ reason: "1 max node group size reached" }],
    });
  });
});

describe("a node that is empty", () => {
  const general = group("general", ["i-one", "i-two", "i-three"]);
  const nodes = [node("one"), node("two"), node("three"), node("other")];
  const on = (nodeName: string, kind: string) =>
    pod(
      {},
      {
        metadata: { ownerReferences: [{ apiVersion: "apps/v1", kind, name: "owner", uid: "owner" }] },
        spec: { nodeName },
      },
    );

  it("has no pods but those of DaemonSets, and is of a group", () => {
    const pods = [on("one", "ReplicaSet"), on("two", "DaemonSet")];
    expect(emptyNodes(nodes, pods, [general]).map(({ instance }) => instance)).toEqual(["i-two", "i-three"]);
  });

  it("goes after its time, unless it was used in between, and only above the least size", () => {
    const unneeded = new Unneeded();
    const empty = emptyNodes(nodes, [], [general]);
    const due = (now: number, of = empty) => unneeded.due(of, now, 1_000).map(({ instance }) => instance);
    expect(due(0)).toEqual([]);
    expect(due(999)).toEqual([]);
    expect(due(1_000)).toEqual(["i-one", "i-two"]);
    expect(due(1_500, empty.slice(1))).toEqual(["i-two", "i-three"]);
    expect(due(2_000, empty)).toEqual(["i-two", "i-three"]);
  });
});
