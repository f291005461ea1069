import { z } from "zod";
import { ENVIRONMENTS, minimalMonorepo } from "./testing/monorepo";
import type { TemporaryRepository } from "./testing/repository";

const graph = z.object({
  graph: z.object({
    nodes: z.record(
      z.string(),
      z.object({
        data: z.object({
          targets: z.record(
            z.string(),
            z.object({
              cache: z.boolean().default(false),
              dependsOn: z.array(z.unknown()).default([]),
              options: z.record(z.string(), z.unknown()).default({}),
              configurations: z.record(z.string(), z.unknown()).default({}),
            }),
          ),
        }),
      }),
    ),
  }),
});

const WORKSPACES = ["infra", "k8s-platform", "petstore", "storefront"];

let repository: TemporaryRepository;

let inferred: ReturnType<typeof targets>;

beforeAll(() => {
  repository = minimalMonorepo();
  inferred = targets();
});

afterAll(() => {
  repository.remove();
});

beforeEach(() => {
  repository.write({ "calls.log": "" });
});

/** Targets of every project, as nx infers them while there are two environments. */
function targets() {
  repository.write({ [`${ENVIRONMENTS}/prod.ts`]: `export default { name: "prod" };\n` });
  repository.mustRun("nx", "graph", "--file=graph.json");
  const { nodes } = graph.parse(JSON.parse(repository.read("graph.json"))).graph;
  return new Map(Object.entries(nodes).map(([project, { data }]) => [project, data.targets]));
}

/** What the deploy tool was asked to do since the last time. */
function calls(): string[] {
  const lines = repository.read("calls.log").split("\n");
  repository.write({ "calls.log": "" });
  return lines.filter((line) => line !== "").sort();
}

describe("targets", () => {
  it("have a configuration for each environment file, a new one with no other edit", () => {
    for (const workspace of WORKSPACES) {
      for (const target of ["synth", "diff", "deploy", "destroy"]) {
        expect(Object.keys(inferred.get(workspace)?.[target]?.configurations ?? {})).toEqual(["dev", "prod"]);
      }
    }
  });

  it("check every project, and deploy only what has a cdktf.json", () => {
    expect(Object.keys(inferred.get("shared") ?? {}).sort()).toEqual(["lint", "test", "typecheck"]);
    expect(Object.keys(inferred.get("deploy") ?? {}).sort()).toEqual(["lint", "test", "typecheck"]);
    expect(Object.keys(inferred.get("petstore") ?? {})).toEqual(
      expect.arrayContaining(["deploy", "lint", "test", "typecheck"]),
    );
  });

  it("lint by the repository's configuration, whatever lies in the project's folder", () => {
    expect(inferred.get("petstore")?.["lint"]?.options).toEqual({
      programs: [
        ["eslint", "--config", "eslint.config.mjs", "--max-warnings=0"],
        ["oxlint", "--config", ".oxlintrc.json", "--disable-nested-config", "--type-aware"],
        ["prettier", "--config", ".prettierrc.json", "--check", "--log-level=warn"],
      ],
    });
  });

  it("of one workspace wait for no other's", () => {
    const all = [...inferred.values()].flatMap((each) => Object.values(each));

    expect(all.flatMap((target) => target.dependsOn)).toEqual([]);
  });
});

describe("test", () => {
  /** Whether the tests ran, or their last result was taken for theirs. @param programs folder of the machine's programs */
  function runs(programs: string): boolean {
    const PATH = [`${repository.root}/${programs}`, process.env["PATH"]].join(":");
    return !repository.mustRun("env", `PATH=${PATH}`, "nx", "test", "petstore").includes("from the cache");
  }

  it("runs again where Terraform is another one, for nx keeps results for all checkouts of a machine", () => {
    const vitest = "packages/apps/petstore/node_modules/.bin/vitest";
    repository.write({
      [vitest]: "#!/bin/sh\necho tests >> ../../../calls.log\n",
      "old/terraform": "#!/bin/sh\necho 1\n",
      "new/terraform": "#!/bin/sh\necho 2\n",
    });
    repository.mustRun("chmod", "-R", "+x", vitest, "old", "new");

    expect([runs("old"), runs("old"), runs("new")]).toEqual([true, false, true]);
    expect(calls()).toEqual(["tests", "tests"]);
  });
});

describe("diff, deploy and destroy", () => {
  it("hand the deploy tool the environment and what follows --", () => {
    const actions = ["diff", "deploy", "destroy"];
    repository.mustRun(
      "nx",
      "run-many",
      "-p=petstore",
      "-t",
      ...actions,
      "--configuration=dev",
      "--",
      "--parallelism=1",
    );

    expect(calls()).toEqual(actions.map((action) => `${action} petstore dev --parallelism=1`).sort());
  });

  it.each([
    ["synth", "petstore", "--configuration=prdo"],
    ["run-many", "-t", "diff", "deploy", "destroy", "-c", "prdo"],
  ])("of an environment that there is not are refused before anything runs: nx %s %s %s", (...args) => {
    const { status, stdout, stderr } = repository.run("nx", ...args);

    expect(status).toBe(1);
    expect(stdout + stderr).toMatch(/There is no environment "prdo".* Known are: dev, prod\./);
    expect(calls()).toEqual([]);
  });

  it("are never taken from the cache", () => {
    const petstore = inferred.get("petstore");

    expect(["diff", "deploy", "destroy"].map((action) => petstore?.[action]?.cache)).toEqual([false, false, false]);
  });
});

describe("synth", () => {
  function synth(): string[] {
    repository.mustRun("nx", "run-many", "-t", "synth", "-p", "petstore,storefront", "--configuration=dev");
    return calls();
  }
  const both = ["synth petstore dev", "synth storefront dev"];
  const main = "packages/apps/petstore/src/main.ts";
  const written = "packages/apps/storefront/cdktf.out/stacks/dev-stack/cdk.tf.json";

  beforeAll(() => {
    repository.write({ "calls.log": "" });
    synth();
  });

  it("runs again for the app that changed, and takes the other one's from the cache: tests never reach a stack", () => {
    repository.removeFile(written);
    repository.write({
      [main]: `${repository.read(main)}// changed\n`,
      "packages/apps/storefront/src/main.test.ts": "it('passes', () => {});\n",
      "packages/shared/src/testing/synth.ts": "export const changed = 1;\n",
    });

    expect(synth()).toEqual(["synth petstore dev"]);
    expect(repository.read(written)).toBe("dev");
  });

  it.each([
    ["shared", "packages/shared/src/environment/index.ts", "export const dev = 1;\n"],
    ["the deploy tool", "tools/deploy/src/more.ts", "export {};\n"],
  ])("runs for every app where %s changed", (_, file, content) => {
    repository.write({ [file]: content });

    expect(synth()).toEqual(both);
  });

  it("runs for every app where an installed package changed", () => {
    const lock = repository.read("package-lock.json");
    const cdktf = /("node_modules\/cdktf": {\s+"version": "[^"]+",\s+"integrity": ")[^"]+/;
    repository.write({ "package-lock.json": lock.replace(cdktf, "$1sha512-changed") });

    expect(synth()).toEqual(both);
  });

  it("of one environment brings back nothing of another", () => {
    const prod = "packages/apps/petstore/cdktf.out/stacks/prod-stack/cdk.tf.json";
    repository.mustRun("nx", "synth", "petstore");
    expect(calls()).toEqual(["synth petstore"]);
    repository.write({ [prod]: "newer" });
    synth();

    expect(repository.read(prod)).toBe("newer");
  });
});
