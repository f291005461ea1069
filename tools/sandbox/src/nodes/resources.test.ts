import { cores, kibibytes, quantity } from "./quantity";
import { requestsOf } from "./resources";
import { container, pod } from "./testing/objects";

const GIB = 2 ** 30;

it.each([
  ["250m", 0.25],
  ["2", 2],
  ["1.5Gi", 1.5 * GIB],
  ["100M", 1e8],
  ["2e3", 2_000],
  ["12345n", 12_345e-9],
  [undefined, 0],
])("reads the quantity %s", (text, number) => {
  expect(quantity(text)).toBeCloseTo(number, 9);
});

it("writes quantities that it reads again", () => {
  expect(quantity(cores(0.3))).toBeCloseTo(0.3);
  expect(quantity(kibibytes(3 * GIB))).toBe(3 * GIB);
});

describe("what a pod requests", () => {
  it("is the sum of its containers", () => {
    const containers = [
      container({ cpu: "100m", memory: "1Gi", "ephemeral-storage": "1Gi" }),
      container({ cpu: "1", "ephemeral-storage": "2Gi" }),
      container(),
    ];
    expect(requestsOf(pod({}, { spec: { containers } }))).toEqual({ cpu: 1.1, memory: GIB, disk: 3 * GIB });
  });

  it("is at least what its largest init container needs, with the sidecars that run by then", () => {
    const initContainers = [
      container({ cpu: "300m" }, { restartPolicy: "Always" }),
      container({ cpu: "200m" }, { restartPolicy: "Always" }),
      container({ cpu: "2", memory: "2Gi" }),
      container({ cpu: "1" }),
    ];
    expect(requestsOf(pod({ cpu: "1" }, { spec: { containers: [container({ cpu: "1" })], initContainers } }))).toEqual({
      cpu: 2.5,
      memory: 2 * GIB,
      disk: 0,
    });
  });

  it("is what the pod as a whole says where it says so, and its overhead", () => {
    const spec = {
      containers: [container({ cpu: "1" })],
      resources: { requests: { cpu: "3" } },
      overhead: { cpu: "1" },
    };
    expect(requestsOf(pod({}, { spec }))).toEqual({ cpu: 4, memory: 0, disk: 0 });
  });
});
