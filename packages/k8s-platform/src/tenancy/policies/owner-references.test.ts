import { refusals } from "../../testing/admission";

const reference = (uid: string, more: object = {}) => ({
  ...{ apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy", name: "default-deny", uid },
  ...more,
});
const blocking = (uid: string) => reference(uid, { blockOwnerDeletion: true });
const owned = (...ownerReferences: object[]) => ({ metadata: { name: "mine", namespace: "pets", ownerReferences } });
const refused = [expect.stringContaining("keeps its owner, which may be the platform's, from being deleted")];

it("a team's object holds no owner, even beside one that it may name", () => {
  for (const object of [owned(blocking("1")), owned(reference("2"), blocking("1"))]) {
    expect(refusals("owner-references", { object })).toEqual(refused);
    expect(refusals("owner-references", { object, oldObject: owned() })).toEqual(refused);
    expect(refusals("owner-references", { object, oldObject: owned(reference("1")) })).toEqual(refused);
    expect(refusals("owner-references", { object, oldObject: owned(blocking("2")) })).toEqual(refused);
  }
});

it("a team's object may name an owner, keep what a controller gave it, and let it go", () => {
  const free = reference("1", { blockOwnerDeletion: false, controller: true });
  expect(refusals("owner-references", { object: owned(reference("2"), free) })).toEqual([]);
  expect(refusals("owner-references", { object: owned(blocking("1")), oldObject: owned(blocking("1")) })).toEqual([]);
  expect(refusals("owner-references", { object: owned(), oldObject: owned(blocking("1")) })).toEqual([]);
  expect(refusals("owner-references", { object: { metadata: {} } })).toEqual([]);
});

it("a controller's object may hold its owner", () => {
  expect(refusals("owner-references", { object: owned(blocking("1")), groups: ["system:serviceaccounts"] })).toEqual(
    [],
  );
});

it("a volume claim of a StatefulSet holds no owner", () => {
  const set = (it: object) => ({
    metadata: {},
    spec: { volumeClaimTemplates: [{ metadata: { ownerReferences: [it] } }] },
  });
  expect(refusals("owner-references", { object: set(blocking("1")) })).toEqual([
    expect.stringContaining("a template must not give"),
  ]);
  expect(refusals("owner-references", { object: set(reference("1")) })).toEqual([]);
});
