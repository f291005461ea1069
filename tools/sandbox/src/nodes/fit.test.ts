import { filled, fits, type Place } from "./fit";
import { placeOf } from "./places";
import { container, node, pod } from "./testing/objects";

const ZONE = "topology.kubernetes.io/zone";
const TAINT = { key: "dedicated", value: "batch", effect: "NoSchedule" };

const place = (more: Partial<Place> = {}): Place => ({
  name: "one",
  labels: { [ZONE]: "ap-northeast-1a", cores: "8" },
  taints: [],
  free: { cpu: 1, memory: 2 ** 30, disk: 2 ** 30 },
  pods: 2,
  ...more,
});

const affinity = (operator: string, key: string, values?: string[]) => ({
  affinity: {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [{ matchExpressions: [{ key, operator, ...(values && { values }) }] }],
      },
    },
  },
});

it("lets pods in until CPU, memory, disk or the number of pods is used up", () => {
  expect(fits(pod({ cpu: "1", memory: "1Gi" }), place())).toBe(true);
  expect(fits(pod({ cpu: "1001m" }), place())).toBe(false);
  expect(fits(pod({ memory: "1025Mi" }), place())).toBe(false);
  expect(fits(pod({ "ephemeral-storage": "1025Mi" }), place())).toBe(false);
  const full = [pod(), pod()].reduce(filled, place());
  expect(fits(pod(), full)).toBe(false);
});

it.each([
  ["no toleration", undefined, false],
  ["the key and value", { key: "dedicated", value: "batch" }, true],
  ["another value", { key: "dedicated", value: "web" }, false],
  ["the key", { key: "dedicated", operator: "Exists" }, true],
  ["everything", { operator: "Exists" }, true],
  ["another effect", { key: "dedicated", operator: "Exists", effect: "NoExecute" }, false],
])("looks at what a pod tolerates: %s", (_, toleration, expected) => {
  const spec = toleration ? { tolerations: [toleration] } : {};
  expect(fits(pod({}, { spec }), place({ taints: [TAINT] }))).toBe(expected);
});

it("takes a preference for none", () => {
  expect(fits(pod(), place({ taints: [{ ...TAINT, effect: "PreferNoSchedule" }] }))).toBe(true);
});

it.each([
  ["its zone", { nodeSelector: { [ZONE]: "ap-northeast-1a" } }, true],
  ["another zone", { nodeSelector: { [ZONE]: "ap-northeast-1c" } }, false],
  ["one of its zones", affinity("In", ZONE, ["ap-northeast-1a", "ap-northeast-1c"]), true],
  ["any but its zone", affinity("NotIn", ZONE, ["ap-northeast-1a"]), false],
  ["a label that it has", affinity("Exists", "cores"), true],
  ["a label that it has not", affinity("DoesNotExist", "cores"), false],
  ["more cores", affinity("Gt", "cores", ["8"]), false],
  ["fewer cores", affinity("Lt", "cores", ["9"]), true],
])("looks at where a pod wants to be: %s", (_, spec, expected) => {
  expect(fits(pod({}, { spec }), place())).toBe(expected);
});

it("reckons with what runs on a node, not with what has ended there", () => {
  const on = (nodeName: string, phase: string) =>
    pod({}, { spec: { nodeName, containers: [container({ cpu: "1" })] }, status: { phase } });
  const pods = [on("one", "Running"), on("one", "Succeeded"), on("two", "Running")];
  expect(placeOf(node("one"), pods)).toMatchObject({
    free: { cpu: expect.closeTo(0.93) },
    pods: 28,
  });
});
