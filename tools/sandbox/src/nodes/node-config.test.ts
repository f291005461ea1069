import { nodeConfigIn } from "./node-config";
import { userData } from "./testing/user-data";

const CLUSTER = {
  name: "prod-a",
  apiServerEndpoint: "https://0123.gr7.ap-northeast-1.eks.amazonaws.com",
  certificateAuthority: "LS0t",
  cidr: "172.20.0.0/16",
};

it.each(["demarc", '"demarc"'])("tells the cluster that a node joins, where its boundary is %s", (boundary) => {
  expect(nodeConfigIn(userData(CLUSTER, boundary))).toEqual(CLUSTER);
});

it.each(Object.keys(CLUSTER))("tells none without its %s", (field) => {
  const rest = Object.fromEntries(Object.entries(CLUSTER).filter(([name]) => name !== field));
  expect(nodeConfigIn(userData(rest))).toBeUndefined();
});

it("tells none of what nodeadm does not read", () => {
  expect(nodeConfigIn(userData({ ...CLUSTER, name: "{" }))).toBeUndefined();
  expect(nodeConfigIn(userData(CLUSTER, "demarc", "text/x-shellscript"))).toBeUndefined();
  expect(nodeConfigIn(Buffer.from("#!/bin/sh").toString("base64"))).toBeUndefined();
  expect(nodeConfigIn("")).toBeUndefined();
});
