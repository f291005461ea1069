import { TARGET_GROUPS } from "@demarc/k8s-platform/src/tenancy/policies/target-group-bindings";
import { policies } from "@demarc/k8s-platform/src/tenancy/policies";
import { KubernetesClient } from "../controllers/kubernetes/client";
import { serveKind } from "../controllers/testing/custom-kinds";
import { eventually } from "./testing/eventually";
import { forbid } from "./testing/forbid";
import { createIn, makeNamespace } from "./testing/objects";
import { personOf } from "./testing/person";
import { makePolicies } from "./testing/policies";
import { runControlPlane, type RunningControlPlane } from "./testing/running-control-plane";
import { said } from "./testing/said";
import { CONTEXT } from "./testing/team-attempts";

const [GROUP, PLURAL] = ["elbv2.k8s.aws/v1beta1", "targetgroupbindings"];
const POLICY = "demarc-target-group-bindings";
const arn = (name: string) => `arn:aws:elasticloadbalancing:ap-northeast-1:123456789012:targetgroup/${name}/1`;

let running: RunningControlPlane;
let admin: KubernetesClient;
let pets: KubernetesClient;

beforeAll(async () => {
  running = await runControlPlane();
  admin = new KubernetesClient(running.connection, "test");
  for (const team of ["pets", "shop"]) await makeNamespace(admin, team, { team });
  await serveKind(admin, { apiVersion: GROUP, kind: "TargetGroupBinding", plural: PLURAL, namespaced: true });
  pets = await personOf(admin, running, "pets", { kind: "ClusterRole", name: "cluster-admin" });
  await makePolicies(
    admin,
    policies({ ...CONTEXT, bindsTargetGroups: true, bindingsOpenPods: true }).filter(({ name }) => name === POLICY),
  );
  await forbid(admin, "forbidden");
});

afterAll(async () => {
  pets.close();
  admin.close();
  await running.stop();
});

function bind(spec: object): Promise<string> {
  const body = { apiVersion: GROUP, kind: "TargetGroupBinding", metadata: { name: "petstore" }, spec };
  const query = { dryRun: "All" };
  return said(pets.server.ask(`/apis/${GROUP}/namespaces/pets/${PLURAL}`, { method: "POST", query, body }));
}

const own = { targetGroupARN: arn("pets"), targetType: "ip", serviceRef: { name: "petstore", port: "http" } };
const BALANCER = { securityGroup: { groupID: "sg-1" } };
const opened = (peer: object) => ({
  ...own,
  networking: { ingress: [{ from: [peer], ports: [{ protocol: "TCP", port: "http" }] }] },
});

it("a binding is refused by the policy as long as nobody said which target groups are whose", async () => {
  expect(await bind(own)).toContain(POLICY);
});

describe("where the platform said which target groups are whose", () => {
  beforeAll(async () => {
    const { name, namespace } = TARGET_GROUPS;
    const data = { "security-group": "sg-1", "pets.petstore": arn("pets"), "shop.storefront": arn("shop") };
    await createIn(admin, namespace, "/api/v1", "configmaps", { metadata: { name }, data });
    await eventually(
      () => bind(own),
      (answer) => answer === "let in",
    );
  });

  it("a binding to the team's own is let in, open to the load balancer too", async () => {
    expect(await bind(own)).toBe("let in");
    expect(await bind(opened(BALANCER))).toBe("let in");
  });

  it.each<[string, object]>([
    ["another team's target group", { ...own, targetGroupARN: arn("shop") }],
    ["a target group by its name", { targetType: "ip", targetGroupName: "shop" }],
    ["another account's role", { ...own, iamRoleArnToAssume: "arn:aws:iam::210987654321:role/x" }],
    ["a target group of several clusters", { ...own, multiClusterTargetGroup: true }],
    ["pods open to every address", opened({ ipBlock: { cidr: "0.0.0.0/0" } })],
    [
      "pods open at all ports",
      { ...own, networking: { ingress: [{ from: [BALANCER], ports: [{ protocol: "TCP" }] }] } },
    ],
    ["pods open to another security group", opened({ securityGroup: { groupID: "sg-2" } })],
  ])("a binding for %s is refused by the policy", async (_, spec) => {
    expect(await bind(spec)).toContain(POLICY);
  });
});
