import { z } from "zod";
import { deployable, minimalMonorepo } from "./testing/monorepo";
import type { TemporaryRepository } from "./testing/repository";

const WORKSPACES = ["infra", "k8s-platform", "petstore", "storefront"];

let repository: TemporaryRepository;

beforeAll(() => {
  repository = minimalMonorepo();
});

afterAll(() => {
  repository.remove();
});

function affected(...args: readonly string[]): string[] {
  const output = repository.mustRun("nx", "show", "projects", "--affected", "--json", ...args);
  return z.array(z.string()).parse(JSON.parse(output)).sort();
}

describe("what a change touches", () => {
  it("is one app alone, where that app changed, and is checked as README says: npx nx affected -t lint typecheck test", () => {
    const checked = ["affected", "-t", "lint", "typecheck", "test", "--files=packages/apps/petstore/src/main.ts"];
    const output = repository.mustRun("nx", ...checked, "--graph=stdout");
    const { tasks } = z
      .object({ tasks: z.object({ tasks: z.record(z.string(), z.unknown()) }) })
      .parse(JSON.parse(output));
    expect(Object.keys(tasks.tasks).sort()).toEqual(["petstore:lint", "petstore:test", "petstore:typecheck"]);
  });

  it("is infra alone, where infra changed: contracts are the only tie to the others", () => {
    expect(affected("--files=packages/infra/src/main.ts")).toEqual(["infra"]);
  });

  it("is every workspace, where shared changed", () => {
    expect(affected("--files=packages/shared/src/environment/index.ts")).toEqual([...WORKSPACES, "shared"].sort());
  });

  it("is everything that the deploy tool deploys, where that tool changed", () => {
    expect(affected("--files=tools/deploy/src/main.ts")).toEqual([...WORKSPACES, "deploy"].sort());
  });

  it("is the new app alone, where an app was added and npm wrote its entry into the lock file", () => {
    const lock = z.object({ packages: z.record(z.string(), z.unknown()) }).loose();
    const { packages, ...rest } = lock.parse(JSON.parse(repository.read("package-lock.json")));
    const added = {
      "packages/apps/checkout": { name: "@demarc/checkout", version: "0.1.0" },
      "node_modules/@demarc/checkout": { resolved: "packages/apps/checkout", link: true },
    };
    repository.write({
      ...deployable("checkout", "packages/apps/checkout"),
      "package-lock.json": JSON.stringify({ ...rest, packages: { ...packages, ...added } }),
    });
    repository.commit();

    expect(affected("--base=HEAD~1", "--head=HEAD")).toEqual(["checkout"]);
  });
});
