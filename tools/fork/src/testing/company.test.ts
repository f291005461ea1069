import { type Environment, validateEnvironments } from "@demarc/shared/environment";
import { dev } from "@demarc/shared/testing";
import { forkOf } from "./company";

const apps = [{ name: "till", team: "shop", hostnames: ["till"] }];
const prod: Environment = { ...dev, name: "prod", domain: "prod.example.com" };
const fork = forkOf([dev, prod], apps);

it("is valid, and has two environments more, by names that none has", () => {
  const names = fork.environments.map(({ name }) => name);
  expect(names).toEqual(["dev", "prod", "default", "stage"]);
  expect(validateEnvironments(Object.fromEntries(fork.environments.map((each) => [each.name, each])))).toHaveLength(4);
  expect(fork.copies).toEqual({ default: "dev", stage: "dev" });
});

it("keeps no account, region, domain, team or role of ours", () => {
  const values = ({ account, region, domain, teams }: Environment) => [
    ...[account, region, domain, ...Object.keys(teams)],
    ...Object.values(teams).flatMap(({ roles }) => roles),
  ];
  const ours = [dev, prod].flatMap(values).filter((value) => value !== "platform");
  for (const environment of fork.environments) {
    for (const value of values(environment)) expect(ours).not.toContain(value);
  }
});

it("gives our name of a team to another one, and each app's team a new name", () => {
  expect(fork.teams.get("infra")).toBe("platform");
  expect(fork.teams.get("platform")).not.toBe("platform");
  expect(Object.keys(fork.environments[0]?.teams ?? {})).toContain(fork.teams.get("shop"));
});
