import * as contracts from "../contracts";
import { allEnvironments, InvalidInput } from "../environment";
import { allApps } from "./registry";
import { appStatement, clashes, type RegisteredApp, registeredApps, STACKS } from "./statement";

const petstore: RegisteredApp = { name: "petstore", team: "pets", hostnames: ["petstore"], databaseUser: "petstore" };

/** What is said against an app beside the petstore. */
function problems(changes: Partial<RegisteredApp>): string[] {
  const app = { name: "shop", team: "shop", hostnames: [], ...changes };
  return clashes([
    { app: petstore, place: "here" },
    { app, place: "there" },
  ]).map(({ message }) => message);
}

it("leaves to every stack that publishes a contract its name", () => {
  const stacks = Object.values(contracts).map(({ stack }) => stack);
  expect(stacks.filter((stack) => !STACKS.includes(stack))).toEqual([]);
});

describe("the apps of this repository", () => {
  it("claim nothing twice, nor what is reserved", () => {
    expect(() => allApps()).not.toThrow(InvalidInput);
  });

  it("are of teams that every environment has", () => {
    for (const { teams } of allEnvironments()) {
      for (const { team } of allApps()) expect(Object.keys(teams)).toContain(team);
    }
  });
});

describe("what two apps claim", () => {
  const twice = "is claimed by here (team pets) and by there (team shop); it can be one app's only";

  it.each<[string, Partial<RegisteredApp>, string]>([
    ["an app name", { name: "petstore" }, `app name "petstore" ${twice}`],
    ["a host name", { hostnames: ["shop", "petstore"] }, `host name "petstore" ${twice}`],
    ["a database user", { databaseUser: "petstore" }, `database user "petstore" ${twice}`],
    [
      "a name for parts of another team's app",
      { name: "petstore-worker" },
      'begins with "petstore-", which is for parts',
    ],
  ])("%s is refused, and both places are named", (_, changes, message) => {
    expect(problems(changes)).toEqual([expect.stringContaining(message)]);
    expect(problems(changes)[0]).toMatch(/here.*there|there.*here/);
  });

  it("is refused of one app too", () => {
    expect(problems({ hostnames: ["shop", "shop"] })).toEqual([expect.stringContaining('host name "shop"')]);
  });

  it("may be alike where nothing is the same, and a team may name its apps after each other", () => {
    expect(problems({ name: "petstores", hostnames: ["pets"], databaseUser: "pets" })).toEqual([]);
    expect(problems({ name: "petstore-worker", team: "pets" })).toEqual([]);
  });
});

describe("a statement", () => {
  it.each([
    ...["public", "none", "postgres", "administrator", "rds", "rdsadmin", "rds-shop"],
    ...["Shop", "shop_1", "pg_monitor", "1shop", "a".repeat(31)],
  ])("cannot claim %s as database user", (databaseUser) => {
    expect(appStatement.safeParse({ team: "shop", databaseUser }).success).toBe(false);
  });

  it.each(["Shop", "shop.eu", "*", "", "-shop", "a".repeat(64), "${x}"])("cannot claim %j as host name", (hostname) => {
    expect(appStatement.safeParse({ team: "shop", hostnames: [hostname] }).success).toBe(false);
  });

  it("takes nothing that it does not know", () => {
    expect(appStatement.safeParse({ team: "shop", hostname: "shop" }).success).toBe(false);
  });
});

it.each([
  "account",
  "access-logs",
  "apis",
  "network",
  "dns",
  "edge",
  "edge-access",
  "data",
  "cluster",
  "addons",
  "tenancy",
  "infra",
  "k8s-platform",
  "shared",
  "default",
  "default-deny",
])("no app is named %s, as a stack, a workspace or an object of every team's is", (name) => {
  expect(registeredApps.safeParse([{ ...petstore, name }]).success).toBe(false);
});
