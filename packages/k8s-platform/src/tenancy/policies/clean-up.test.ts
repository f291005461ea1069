import { refusals } from "../../testing/admission";

/** A Service that no policy lets in, which somebody deletes and a finalizer holds. */
const metadata = {
  name: "held",
  namespace: "pets",
  deletionTimestamp: "2026-01-01T00:00:00Z",
  deletionGracePeriodSeconds: 0,
  finalizers: ["x/y"],
  labels: { app: "held" },
  annotations: { note: "1" },
  resourceVersion: "1",
};
const spec = { type: "NodePort", ports: [{ port: 80 }], selector: { app: "held" } };
const oldObject = { apiVersion: "v1", kind: "Service", metadata, spec };

/** Whether an update of it is let through. */
const passes = (object: object, before: object = oldObject) =>
  refusals("services", { object, oldObject: before }).length === 0;

describe("an object with a deletionTimestamp", () => {
  it("may lose its finalizers, though a policy has become stricter since it was made", () => {
    const { finalizers: _, ...rest } = metadata;
    expect(passes({ ...oldObject, metadata: rest })).toBe(true);
    const less = {
      ...metadata,
      finalizers: [],
      resourceVersion: "2",
      generation: 3,
      managedFields: [{ manager: "x" }],
    };
    expect(passes({ ...oldObject, metadata: less })).toBe(true);
    expect(passes({ ...oldObject, status: { loadBalancer: { ingress: [] } } })).toBe(true);
  });

  it.each<[string, object]>([
    ["an annotation", { ...oldObject, metadata: { ...metadata, annotations: { note: "2" } } }],
    ["one more annotation", { ...oldObject, metadata: { ...metadata, annotations: { note: "1", more: "" } } }],
    ["its first owner", { ...oldObject, metadata: { ...metadata, ownerReferences: [{ name: "x" }] } }],
    ["a label less", { ...oldObject, metadata: { ...metadata, labels: {} } }],
    ["no labels any more", { ...oldObject, metadata: { ...metadata, labels: undefined } }],
    ["its specification", { ...oldObject, spec: { ...spec, externalIPs: ["203.0.113.1"] } }],
    ["a port of it", { ...oldObject, spec: { ...spec, ports: [{ port: 81 }] } }],
    ["a field beside it", { ...oldObject, data: { key: "value" } }],
    ["a field less", { apiVersion: "v1", kind: "Service", metadata }],
    [
      "annotations and finalizers at once",
      { ...oldObject, metadata: { ...metadata, annotations: {}, finalizers: [] } },
    ],
  ])("is asked like every other where %s changes", (_, object) => {
    expect(passes(JSON.parse(JSON.stringify(object)) as object)).toBe(false);
  });

  it("is one that had it before: nobody gives it to himself", () => {
    const { deletionTimestamp: _, ...alive } = metadata;
    expect(passes(oldObject, { ...oldObject, metadata: alive })).toBe(false);
    expect(refusals("services", { object: oldObject })).toHaveLength(1);
  });
});
