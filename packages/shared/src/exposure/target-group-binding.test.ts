import { targetGroupOf } from "../apps";
import type { Environment, Exposure } from "../environment";
import { dev, devReachedBy } from "../testing";
import { type Asker, plain, registeredStorefront, storefront } from "../testing/web-application";

const bound: Exposure = { kind: "target-group-binding", apps: ["storefront"] };
const environment = devReachedBy(bound);
const edge = (output: string) => `data.terraform_remote_state.infra-edge-v1.outputs.edge_v1.${output}`;

const targetGroup = { ...targetGroupOf({}), port: plain.port };

/** The app, registered with the port that it listens on. */
const reached = (asker: Asker = {}) =>
  storefront({}, { environment, registered: { ...registeredStorefront, targetGroup }, ...asker });

type Stack = ReturnType<typeof storefront>;

/** The release of that name. */
function release(stack: Stack, name: string): Readonly<Record<string, unknown>> {
  const found = stack.resources("helm_release").find((it) => it["name"] === name);
  if (found === undefined) throw new Error(`there is no release ${name}`);
  return found;
}

/** The binding's spec. */
const binding = (stack: Stack) => stack.object("TargetGroupBinding")["spec"];

it("binds the app's Service to the target group of its host name in its cluster, and makes no Ingress", () => {
  const stack = reached();
  expect(binding(stack)).toEqual({
    targetGroupARN: `\${${edge("targetGroupArns")}["a/storefront"]}`,
    targetType: "ip",
    serviceRef: { name: "storefront", port: "http" },
  });
  expect(stack.resourceTypes).not.toContain("kubernetes_ingress_v1");
});

it("binds the host name that a part of the app names", () => {
  const registered = { ...registeredStorefront, targetGroup, hostnames: ["storefront", "shop"] };
  const stack = storefront({ hostname: "shop" as "storefront" }, { environment, registered, name: "storefront-admin" });
  expect(binding(stack)).toMatchObject({
    targetGroupARN: expect.stringContaining('"a/shop"'),
    serviceRef: { name: "storefront-admin" },
  });
});

it("comes after the Service and before the pods, which get their readiness gate only so", () => {
  const stack = reached();
  const of = (name: string) => JSON.stringify(release(stack, name)["depends_on"]);
  expect(of("storefront--target-group-binding")).toMatch(/kubernetes_service_v1\./);
  expect(of("storefront")).toMatch(/helm_release\..*target-group-binding/);
});

it("lets the load balancer in to the pods, from the subnets that infra says", () => {
  const stack = reached();
  expect(JSON.stringify(stack.resource("kubernetes_network_policy_v1"))).toContain("loadBalancerCidrs");
});

it("has the controller open the pods' security group to the load balancer's on Fargate, where no NetworkPolicy holds", () => {
  const fargate: Environment = { ...environment, clusters: { a: { version: "1.35", compute: { kind: "fargate" } } } };
  expect(binding(reached({ environment: fargate }))).toMatchObject({
    networking: {
      ingress: [
        {
          from: [{ securityGroup: { groupID: `\${${edge("securityGroupId")}}` } }],
          ports: [{ protocol: "TCP", port: "http" }],
        },
      ],
    },
  });
});

describe("beside another exposure", () => {
  const [alb] = dev.exposures;
  const both = (apps: string[]) => devReachedBy(...(alb === undefined ? [] : [alb]), { ...bound, apps });

  it("has the objects of both, and pods take requests from the load balancers of both", () => {
    const stack = reached({ environment: both(["storefront"]) });
    expect(stack.resourceTypes).toContain("kubernetes_ingress_v1");
    expect(binding(stack)).toMatchObject({ targetType: "ip" });
    const policy = JSON.stringify(stack.resource("kubernetes_network_policy_v1"));
    expect(policy.match(/element\(/g)).toHaveLength(12);
  });

  it("is for the apps that it names: the others stay with the other one", () => {
    const stack = reached({ environment: both(["petstore"]) });
    expect(stack.resourceTypes).toContain("kubernetes_ingress_v1");
    expect(() => stack.object("TargetGroupBinding")).toThrow("TargetGroupBinding");
  });
});

it("refuses an app that no exposure of the environment names", () => {
  const without = devReachedBy({ ...bound, apps: ["petstore"] });
  expect(() => storefront({}, { environment: without })).toThrow(
    '"target-group-binding" of the environment leaves out "storefront", so nothing would reach it; name the app in the exposure\'s apps',
  );
});

it("refuses an app that listens on another port than infra lets its load balancer in to", () => {
  expect(() => storefront({}, { environment })).toThrow(
    "port: 8080 is not what the app's target groups are for, which is 80; name it as demarc.targetGroup.port in packages/apps/storefront/package.json",
  );
});
