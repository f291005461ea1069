import type { GroupRule, SecurityGroupRules } from "../../eks-api/account/network";
import { cutOffBy } from "./pod-groups";

const CLUSTER = "sg-cluster";
const TEAM = "sg-team";

const rule = (protocol: string, port: number, group: string): GroupRule => ({
  ...{ protocol, from: port, to: port, groups: [group], cidrs: [] },
});
const anywhere: GroupRule = { protocol: "-1", from: 0, to: 65_535, groups: [], cidrs: ["0.0.0.0/0"] };

/** Rules that let a pod of the team's group live. */
const api = rule("tcp", 443, TEAM);
const dns = rule("udp", 53, TEAM);
const kubelet = rule("tcp", 10_250, CLUSTER);
const groups = (
  cluster: readonly GroupRule[],
  ingress: readonly GroupRule[],
  egress: readonly GroupRule[],
): SecurityGroupRules[] => [
  { id: CLUSTER, ingress: cluster, egress: [anywhere] },
  { id: TEAM, ingress, egress },
];

it("lets a pod live whose groups have the ways that it needs", () => {
  expect(cutOffBy(groups([api, dns], [kubelet], [anywhere]), [TEAM], CLUSTER)).toEqual([]);
  const all: GroupRule = { ...anywhere, groups: [TEAM], cidrs: [] };
  expect(
    cutOffBy(groups([all], [{ ...all, groups: [CLUSTER] }], [{ ...all, groups: [CLUSTER] }]), [TEAM], CLUSTER),
  ).toEqual([]);
});

it.each<[string, SecurityGroupRules[], string[]]>([
  ["nobody to its API", groups([dns], [kubelet], [anywhere]), ["Kubernetes API"]],
  ["nobody to its DNS", groups([api, { ...dns, protocol: "tcp" }], [kubelet], [anywhere]), ["CoreDNS"]],
  ["another group", groups([{ ...api, groups: ["sg-other"] }, dns], [kubelet], [anywhere]), ["Kubernetes API"]],
  ["nobody to the kubelet", groups([api, dns], [], [anywhere]), ["reach its kubelet"]],
  ["nobody out", groups([api, dns], [kubelet], []), ["Kubernetes API", "CoreDNS"]],
])("leaves it Pending where the groups let %s", (_, found, lost) => {
  expect(cutOffBy(found, [TEAM], CLUSTER)).toEqual(lost.map((what) => expect.stringContaining(what) as string));
});

it("leaves it Pending where a group is not there", () => {
  expect(cutOffBy(groups([api, dns], [kubelet], [anywhere]), [TEAM, "sg-gone"], CLUSTER)).toEqual([
    "security group sg-gone is not there",
  ]);
});
