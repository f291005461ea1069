import { validateEnvironments } from "@demarc/shared/environment";
import { dev } from "@demarc/shared/testing";
import { companyOf } from "./company";

const company = companyOf(dev, { environments: 12, apps: 101 });

it("has as many environments and apps as asked for, each with a name of its own", () => {
  expect(company.environments).toHaveLength(12);
  expect(new Set(company.apps.map(({ name }) => name)).size).toBe(101);
  expect(company.apps.slice(0, 3)).toEqual([
    { name: "app001", team: "pets" },
    { name: "app002", team: "shop" },
    { name: "app003", team: "pets" },
  ]);
});

it("has environments that stand beside each other", () => {
  const files = Object.fromEntries(company.environments.map((environment) => [environment.name, environment]));
  expect(validateEnvironments(files)).toHaveLength(12);
});

it("cannot be made of an environment without app teams", () => {
  const { infra, platform } = dev.teams;
  const teams = { infra, platform } as typeof dev.teams;
  expect(() => companyOf({ ...dev, teams }, { environments: 1, apps: 1 })).toThrow(
    "dev has no team that only has apps",
  );
});
