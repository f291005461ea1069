import { environmentNamed } from "../environment";
import { synthesized, withApps } from "../testing";
import { allowedInStacks, type StackAttempt, stackAttempts } from "../testing/stack-attempts";
import { ApplicationStack } from "../workload";
import { appWorkspace } from "../workspace";

const statement = { team: "pets", databaseUser: "petstore" };
const petstore = appWorkspace("petstore", statement);
const registered = [{ name: "petstore", hostnames: [], ...statement }];

const synth = (attempt: StackAttempt["attempt"]) =>
  synthesized(
    withApps(registered, (app, environment) => {
      attempt(new ApplicationStack(app, { workspace: petstore, environment, cluster: "a" }));
    }),
    environmentNamed("dev"),
  );

describe("in an app's stack", () => {
  it.each(stackAttempts.map(({ name, ...attempt }) => [name, attempt] as const))(
    "%s: refused by synth",
    (_, { attempt, refusedBy }) => {
      expect(() => synth(attempt)).toThrow(refusedBy);
    },
  );
});

describe("an app's stack may have", () => {
  it.each(Object.entries(allowedInStacks))("%s", (_, attempt) => {
    expect(() => synth(attempt)).not.toThrow();
  });
});
