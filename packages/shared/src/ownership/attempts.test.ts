import { type Build, KubernetesStack, WorkspaceStack } from "../stack";
import { dev, synthesized, withApps } from "../testing";
import {
  allowedInStacks,
  allowedToInfra,
  allowedToK8sPlatform,
  infraAttempts,
  k8sPlatformAttempts,
  stackAttempts,
} from "../testing/stack-attempts";
import { ApplicationStack } from "../workload";
import { appWorkspace, infra, k8sPlatform } from "../workspace";

const statement = { team: "pets", databaseUser: "petstore" };
const petstore = appWorkspace("petstore", statement);
const registered = [{ name: "petstore", hostnames: [], ...statement }];
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

const inK8sPlatform: Trial<(stack: KubernetesStack) => void> = (attempt) => (app, environment) => {
  attempt(new KubernetesStack(app, { workspace: k8sPlatform, stack: "addons", environment, cluster }));
};

describe.each([
  ["an app", stackAttempts.map(({ name, attempt, refusedBy }) => ({ name, build: inApp(attempt), refusedBy }))],
  ["infra", infraAttempts.map(({ name, attempt, refusedBy }) => ({ name, build: inInfra(attempt), refusedBy }))],
  [
    "k8s-platform",
    k8sPlatformAttempts.map(({ name, attempt, refusedBy }) => ({ name, build: inK8sPlatform(attempt), refusedBy })),
  ],
])("in a stack of %s", (_, attempts) => {
  it.each(attempts)("$name: refused by synth", ({ build, refusedBy }) => {
    expect(() => synthesized(build, dev)).toThrow(refusedBy);
  });
});

const builds = <Attempt>(rows: Readonly<Record<string, Attempt>>, trial: Trial<Attempt>) =>
  Object.entries(rows).map(([name, attempt]) => ({ name, build: trial(attempt) }));

describe.each([
  ["an app", builds(allowedInStacks, inApp)],
  ["infra", builds(allowedToInfra, inInfra)],
  ["k8s-platform", builds(allowedToK8sPlatform, inK8sPlatform)],
])("a stack of %s may have", (_, rows) => {
  it.each(rows)("$name", ({ build }) => {
    expect(() => synthesized(build, dev)).not.toThrow();
  });
});
