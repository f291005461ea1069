import { announcement } from "./announcement";

it("a deploy says where to, and that those who deploy may do everything here", () => {
  expect(announcement("test", [])).toEqual([
    "\nDeploying to test",
    "The teams' roles, which deploy, are administrators of this AWS until their own policies are made.",
  ]);
});

it("what is built beside it is said too", () => {
  expect(announcement("test", ["etcd", "kwok"])).toContain("Built meanwhile with Go, once: etcd, kwok");
});
