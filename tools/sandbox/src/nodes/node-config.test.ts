import { nodeConfigIn } from "./node-config";

const CLUSTER = {
  name: "prod-a",
  apiServerEndpoint: "https://0123.gr7.ap-northeast-1.eks.amazonaws.com",
  certificateAuthority: "LS0t",
  cidr: "172.20.0.0/16",
};

/** User data as a launch template has it. @param boundary as the header names it */
function userData(cluster: object, boundary = "demarc", type = "application/node.eks.aws"): string {
  const lines = Object.entries(cluster).map(([name, value]) => `    ${name}: ${String(value)}`);
  const config = ["apiVersion: node.eks.aws/v1alpha1", "kind: NodeConfig", "spec:", "  cluster:", ...lines];
  const head = ["MIME-Version: 1.0", `Content-Type: multipart/mixed; boundary=${boundary}`, ""];
  const text = [...head, "--demarc", `Content-Type: ${type}`, "", ...config, "", "--demarc--", ""].join("\n");
  return Buffer.from(text).toString("base64");
}

it.each(["demarc", '"demarc"'])("tells the cluster that a node joins, where its boundary is %s", (boundary) => {
  expect(nodeConfigIn(userData(CLUSTER, boundary))).toEqual(CLUSTER);
});

it.each(Object.keys(CLUSTER))("tells none without its %s", (field) => {
  const rest = Object.fromEntries(Object.entries(CLUSTER).filter(([name]) => name !== field));
  expect(nodeConfigIn(userData(rest))).toBeUndefined();
});

it("tells none of what nodeadm does not read", () => {
  expect(nodeConfigIn(userData(CLUSTER, "demarc", "text/x-shellscript"))).toBeUndefined();
  expect(nodeConfigIn(Buffer.from("#!/bin/sh").toString("base64"))).toBeUndefined();
  expect(nodeConfigIn("")).toBeUndefined();
});
