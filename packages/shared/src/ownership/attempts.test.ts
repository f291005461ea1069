import { type Build, KubernetesStack, WorkspaceStack } from "../stack";
import { dev, devReachedBy, synthesized, withApps } from "../testing";
import {
  accessAttempts,
  allowedInAccess,
  allowedInStacks,
  allowedToInfra,
  allowedToK8sPlatform,
  allowedWithApiGateway,
  apiGatewayAttempts,
  infraAttempts,
  infrasLoadBalancerAttempts,
  k8sPlatformAttempts,
  type StackAttempt,
  stackAttempts,
} from "../testing/stack-attempts";
import { ApplicationStack } from "../workload";
import { appWorkspace, infra, k8sPlatform } from "../workspace";

const statement = { team: "pets", databaseUser: "petstore", hostnames: ["petstore"] };
const petstore = appWorkspace("petstore", statement);
const registered = [{ name: "petstore", ...statement }];
const behindApiGateway = devReachedBy({ kind: "api-gateway", loadBalancer: "service" });
const behindInfrasLoadBalancer = devReachedBy({
  kind: "api-gateway",
  loadBalancer: "infra",
  listeners: { petstore: 8001 },
});
const cluster = "a";

/** A synth with what somebody tries in a stack of theirs. */
type Trial<Attempt> = (attempt: Attempt) => Build;

const inApp: Trial<(stack: ApplicationStack) => void> = (attempt) =>
  withApps(registered, (app, environment) => {
    attempt(new ApplicationStack(app, { workspace: petstore, environment, cluster }));
  });

const inInfra: Trial<(stack: WorkspaceStack) => void> = (attempt) => (app, environment) => {
  attempt(new WorkspaceStack(app, { workspace: infra, stack: "cluster", environment, cluster }));
};

const inAccess: Trial<(stack: WorkspaceStack) => void> = (attempt) => (app, environment) => {
  attempt(new WorkspaceStack(app, { workspace: infra, stack: "access", environment }));
};

const inK8sPlatform: Trial<(stack: KubernetesStack) => void> = (attempt) => (app, environment) => {
  attempt(new KubernetesStack(app, { workspace: k8sPlatform, stack: "addons", environment, cluster }));
};

const refused = <Stack extends WorkspaceStack>(
  attempts: readonly StackAttempt<Stack>[],
  trial: Trial<(stack: Stack) => void>,
) => attempts.map(({ name, attempt, refusedBy }) => ({ name, build: trial(attempt), refusedBy }));

describe.each([
  ["an app", dev, refused(stackAttempts, inApp)],
  ["an app behind API Gateway", behindApiGateway, refused(apiGatewayAttempts, inApp)],
  ["an app behind infra's load balancer", behindInfrasLoadBalancer, refused(infrasLoadBalancerAttempts, inApp)],
  ["infra", dev, refused(infraAttempts, inInfra)],
  ["infra, where its roles deploy", dev, refused(accessAttempts, inAccess)],
  ["k8s-platform", dev, refused(k8sPlatformAttempts, inK8sPlatform)],
])("in a stack of %s", (_, environment, attempts) => {
  it.each(attempts)("$name: refused by synth", ({ build, refusedBy }) => {
    expect(() => synthesized(build, environment)).toThrow(refusedBy);
  });
});

const builds = <Attempt>(rows: Readonly<Record<string, Attempt>>, trial: Trial<Attempt>) =>
  Object.entries(rows).map(([name, attempt]) => ({ name, build: trial(attempt) }));

describe.each([
  ["an app", dev, builds(allowedInStacks, inApp)],
  ["an app behind API Gateway", behindApiGateway, builds({ ...allowedInStacks, ...allowedWithApiGateway }, inApp)],
  ["infra", dev, builds(allowedToInfra, inInfra)],
  ["infra, where its roles deploy,", dev, builds(allowedInAccess, inAccess)],
  ["k8s-platform", dev, builds(allowedToK8sPlatform, inK8sPlatform)],
])("a stack of %s may have", (_, environment, rows) => {
  it.each(rows)("$name", ({ build }) => {
    expect(() => synthesized(build, environment)).not.toThrow();
  });
});
