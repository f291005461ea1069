import { CONTEXT, refusals } from "../../testing/admission";
import { policies } from ".";

const arn = (name: string) => `arn:aws:elasticloadbalancing:ap-northeast-1:123456789012:targetgroup/${name}/1`;
const parameters = {
  "security-group": "sg-1",
  "pets.petstore": arn("pets"),
  "shop.storefront": arn("shop"),
  "pets-eu.petstore": arn("pets-eu"),
};

const own = { targetGroupARN: arn("pets"), targetType: "ip", serviceRef: { name: "petstore", port: "http" } };
const opened = (...rules: object[]) => ({ ...own, networking: { ingress: rules } });
const rule = { from: [{ securityGroup: { groupID: "sg-1" } }], ports: [{ protocol: "TCP", port: "http" }] };

/** Refusals of a binding of team pets that is made, which are those of one that is changed to it. */
function refused(spec: object, more: { username?: string; namespace?: string } = {}): string[] {
  const ask = { object: { metadata: { name: "petstore" }, spec }, parameters, ...more };
  const created = refusals("target-group-bindings", ask);
  const oldObject = { metadata: { name: "petstore" }, spec: own };
  expect(refusals("target-group-bindings", { ...ask, oldObject })).toEqual(created);
  return created;
}

it("lets a team bind to the target groups of its own host names", () => {
  expect(refused(own)).toEqual([]);
  expect(refused({ ...own, targetGroupARN: arn("shop") }, { namespace: "shop" })).toEqual([]);
});

it.each([
  ["another team's group", { ...own, targetGroupARN: arn("shop") }],
  ["a group of a team whose name begins alike", { ...own, targetGroupARN: arn("pets-eu") }],
  ["a group that nobody registered", { ...own, targetGroupARN: arn("k8s-a") }],
  ["a part of its own", { ...own, targetGroupARN: arn("pets").slice(0, -2) }],
  ["the security group in place of one", { ...own, targetGroupARN: "sg-1" }],
  ["no ARN", { targetType: "ip" }],
  ["a name", { ...own, targetGroupName: "shop" }],
  ["a name alone", { targetType: "ip", targetGroupName: "shop" }],
  ["a role of another account", { ...own, iamRoleArnToAssume: "arn:aws:iam::210987654321:role/x" }],
  ["a group that clusters share", { ...own, multiClusterTargetGroup: true }],
  ["nodes as targets", { ...own, targetType: "instance" }],
  ["pods open to every address", opened({ ...rule, from: [{ ipBlock: { cidr: "0.0.0.0/0" } }] })],
  ["pods open to everybody", opened({ ports: rule.ports })],
  ["pods open to nobody named", opened({ ...rule, from: [] })],
  ["pods open to another security group", opened({ ...rule, from: [{ securityGroup: { groupID: "sg-2" } }] })],
  ["pods open at all ports", opened({ from: rule.from })],
  ["pods open at all ports of a protocol", opened({ ...rule, ports: [...rule.ports, { protocol: "TCP" }] })],
  ["one rule too many", opened(rule, { ...rule, from: [{ ipBlock: { cidr: "10.0.0.0/8" } }] })],
  ["another peer beside its own", opened({ ...rule, from: [...rule.from, { ipBlock: { cidr: "10.0.0.0/8" } }] })],
])("refuses %s", (_, spec) => {
  expect(refused(spec)).not.toEqual([]);
});

it("lets pods be open to the load balancer", () => {
  expect(refused(opened(rule))).toEqual([]);
});

it("lets no binding open the group of all nodes, where pods have no other", () => {
  const ask = (spec: object) =>
    refusals("target-group-bindings", { object: { metadata: {}, spec }, parameters }, { bindingsOpenPods: false });
  expect(ask(own)).toEqual([]);
  expect(ask(opened(rule))).toEqual([expect.stringContaining("leave spec.networking out")]);
  expect(ask({ ...own, networking: {} })).toHaveLength(1);
});

it("lets the controller make those of Ingresses, and nobody else", () => {
  const ofIngress = { targetGroupARN: arn("k8s-a"), targetType: "ip" };
  expect(refused(ofIngress, { username: "system:serviceaccount:kube-system:aws-load-balancer-controller" })).toEqual(
    [],
  );
  for (const username of ["system:serviceaccount:pets:aws-load-balancer-controller", "kubernetes-admin"])
    expect(refused(ofIngress, { username })).toHaveLength(1);
});

it("lets nothing in where nobody said which groups are whose", () => {
  const object = { metadata: { name: "petstore" }, spec: own };
  expect(refusals("target-group-bindings", { object })).toHaveLength(1);
});

it("is not there where apps are not reached so", () => {
  const names = policies({ ...CONTEXT, bindsTargetGroups: false }).map(({ name }) => name);
  expect(names).not.toContain("demarc-target-group-bindings");
});
