import { announcement } from "./announcement";

it("a deploy says where to", () => {
  expect(announcement("test", [])).toEqual(["\nDeploying to test"]);
});

it("what is built beside it is said too", () => {
  expect(announcement("test", ["etcd", "kwok"])).toContain("Built meanwhile with Go, once: etcd, kwok");
});
