import { kinds } from "./kinds";
import { collectionPath, objectPath } from "./object";

it("finds objects where the API server has them", () => {
  expect(collectionPath(kinds.pods)).toBe("/api/v1/pods");
  expect(collectionPath(kinds.ingresses, "shop")).toBe("/apis/networking.k8s.io/v1/namespaces/shop/ingresses");
  expect(objectPath(kinds.nodes, { name: "a" })).toBe("/api/v1/nodes/a");
  expect(() => objectPath(kinds.pods, { name: "a" })).toThrow("Pod a needs its namespace");
});
