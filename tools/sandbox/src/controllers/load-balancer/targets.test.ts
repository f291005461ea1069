import { GROUPS_ANNOTATION } from "../../nodes/fargate/pod-groups";
import type { Pod } from "../kubernetes/kinds";
import { groupsToOpen, namedGroups, rulesOf } from "./networking";
import { restrictedRules } from "./restricted-rules";
import { keyOf, targetsOf } from "./targets";
import { service, slice } from "./testing/objects";

it("takes the ready pods of a Service, on the port that stands behind the Service's", () => {
  const endpoints = [
    { addresses: ["10.0.0.1"], conditions: { ready: true } },
    { addresses: ["10.0.0.2"], conditions: { ready: false } },
    { addresses: ["10.0.0.3"], conditions: { ready: true, terminating: true } },
  ];
  const others = slice([{ addresses: ["10.0.0.4"] }], {
    metadata: { name: "other", namespace: "shop", labels: { "kubernetes.io/service-name": "storefront" } },
  });
  const elsewhere = slice([{ addresses: ["10.0.0.5"] }], { ports: [{ name: "metrics", port: 9090 }] });
  const targets = targetsOf(service("petstore"), 80, [slice(endpoints), others, elsewhere]);
  expect(targets.map(keyOf)).toEqual(["10.0.0.1:8080"]);
});

it("takes no pod of a Service that has none yet: the API server sends null for an empty list", () => {
  expect(targetsOf(service("petstore"), 80, [slice(null, { ports: null })])).toEqual([]);
  expect(targetsOf(service("petstore"), 80, [slice(null)])).toEqual([]);
});

it("refuses a port that the Service has not", () => {
  expect(() => targetsOf(service("petstore"), "grpc", [])).toThrow("service shop/petstore has no port grpc");
});

it("lets peers in on the ports of the targets, unless a number says otherwise", () => {
  const from = [{ securityGroup: { groupID: "sg-1" } }, { ipBlock: { cidr: "10.0.0.0/16" } }];
  expect(rulesOf({ from, ports: [{ protocol: "TCP" }] }, [8080, 8080])).toEqual([
    { protocol: "tcp", from: 8080, to: 8080, peer: { groupId: "sg-1" } },
    { protocol: "tcp", from: 8080, to: 8080, peer: { cidr: "10.0.0.0/16" } },
  ]);
  expect(rulesOf({ from: from.slice(0, 1), ports: [{ port: 80 }] }, [])).toMatchObject([{ from: 80, to: 80 }]);
});

it("lets a group in by one rule, from the lowest port of all bindings to the highest, and ranges of addresses port by port", () => {
  const rules = (from: object, ports: number[]) =>
    rulesOf({ from: [from], ports: ports.map((port) => ({ port })) }, []);
  const group = { securityGroup: { groupID: "sg-1" } };
  const block = { ipBlock: { cidr: "10.0.0.0/8" } };
  const all = [...rules(group, [8080, 8000]), ...rules(group, [8443]), ...rules(block, [80, 443])];
  expect(restrictedRules(all)).toEqual([
    { protocol: "tcp", from: 8000, to: 8443, peer: { groupId: "sg-1" } },
    { protocol: "tcp", from: 80, to: 80, peer: { cidr: "10.0.0.0/8" } },
    { protocol: "tcp", from: 443, to: 443, peer: { cidr: "10.0.0.0/8" } },
  ]);
});

it.each<[string, string[], string[]]>([
  ["the cluster's group where a pod has none of its own", [], ["sg-cluster"]],
  ["the only one that a pod has, whatever its tags", ["sg-plain"], ["sg-plain"]],
  ["the tagged one of several", ["sg-team", "sg-plain"], ["sg-team"]],
  ["none where none is tagged", ["sg-plain", "sg-other"], []],
  ["none for sure where two are tagged", ["sg-team", "sg-cluster"], ["sg-team", "sg-cluster"]],
])("opens %s", (_, named, expected) => {
  expect(groupsToOpen(named, ["sg-cluster", "sg-team"], "sg-cluster")).toEqual(expected);
});

it("knows the groups of a pod that it sees, and none of one that it does not: the cluster's group is not opened for that", () => {
  const pod = (podIP: string, annotations: Record<string, string>): Pod => ({
    ...{ apiVersion: "v1", kind: "Pod" },
    metadata: { name: "pets", annotations },
    spec: { containers: [] },
    status: { podIP },
  });
  const pods = [pod("10.0.0.1", { [GROUPS_ANNOTATION]: "sg-team,sg-plain" }), pod("10.0.0.2", {})];
  const groups = (ip: string) => namedGroups(pods, { ip, port: 8080 });
  expect(groups("10.0.0.1")).toEqual(["sg-team", "sg-plain"]);
  expect(groups("10.0.0.2")).toEqual([]);
  expect(groups("10.0.0.3")).toBeUndefined();
});
