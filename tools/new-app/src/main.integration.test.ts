import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { type Outcome, TemporaryRepository } from "@demarc/nx/src/testing/repository";
import { dev } from "@demarc/shared/testing";

const ENVIRONMENTS = "packages/shared/src/environment/environments";
const PETSTORE = "packages/apps/petstore/package.json";
const SETTINGS = "packages/apps/petstore/src/settings";
const REGISTRY = "packages/shared/src/apps/registered.ts";
const COPIED = [
  ...[
    "package.json",
    "package-lock.json",
    "tsconfig.base.json",
    "vitest.config.base.mjs",
    "vitest.setup.mjs",
    "eslint.config.mjs",
    ".oxlintrc.json",
  ],
  ...[".prettierrc.json", ".prettierignore", ".gitignore", "CODEOWNERS", "docs/contracts.md"],
  ...["packages/shared", "packages/apps/petstore", "tools/new-app", "tools/generate", "tools/judge", "tools/lint"],
  ...["tools/command", "tools/deploy", "tools/gate", "tools/inspect"],
];

let repository: TemporaryRepository;
beforeAll(() => {
  repository = new TemporaryRepository(COPIED);
  for (const [name, folder] of [
    ["@demarc/shared", "packages/shared"],
    ["@demarc/command", "tools/command"],
    ["@demarc/deploy", "tools/deploy"],
    ["@demarc/gate", "tools/gate"],
    ["@demarc/generate", "tools/generate"],
    ["@demarc/inspect", "tools/inspect"],
    ["@demarc/judge", "tools/judge"],
  ] as const)
    repository.link(name, folder);
  standOnFixtures();
  repository.write({
    "npm/npm.cjs": `require("fs").appendFileSync("npm.log", process.argv.slice(2).join(" ") + "\\n");`,
    "npm/npm": '#!/bin/sh\nexec node "$(dirname "$0")/npm.cjs" "$@"\n',
    // Stops the process where nothing can be cleaned up: just before the folder would appear.
    "kill.cjs": `require("fs").renameSync = () => process.kill(process.pid, "SIGKILL");`,
  });
  repository.mustRun("chmod", "+x", "npm/npm");
  repository.removeFile(REGISTRY);
  repository.mustRun("tsx", "tools/generate/src/main.ts");
  repository.commit();
});
afterAll(() => repository.remove());

/** The repository's own environments and teams are the fork's to change. */
function standOnFixtures(): void {
  for (const file of readdirSync(path.join(repository.root, ENVIRONMENTS))) {
    if (file !== "index.ts") repository.removeFile(`${ENVIRONMENTS}/${file}`);
  }
  for (const environment of [dev, { ...dev, name: "stage", domain: "stage.example.com" }]) {
    repository.write({
      [`${ENVIRONMENTS}/${environment.name}.ts`]: `export default ${JSON.stringify(environment)};\n`,
    });
  }
  const [own = ""] = readdirSync(path.join(repository.root, SETTINGS)).filter(
    (file) => !/^(index|schema)\./.test(file),
  );
  const settings = repository.read(`${SETTINGS}/${own}`);
  repository.write({ [`${SETTINGS}/dev.ts`]: settings, [`${SETTINGS}/stage.ts`]: settings });
  const manifest = repository.read(PETSTORE);
  repository.write({ [PETSTORE]: manifest.replace(/"team": ".*"/, '"team": "pets"') });
}

/**
 * Runs the command under an npm that only writes down how it was called, however it is found: the installed packages are
 * links here, and the real one would remove what they lead to.
 */
function newApp(args: readonly string[], options = ""): Outcome {
  const npm = path.join(repository.root, "npm");
  const bin = path.join(repository.root, "node_modules/.bin");
  const environment = {
    npm_execpath: path.join(npm, "npm.cjs"),
    PATH: [npm, bin, process.env.PATH].join(":"),
    NODE_OPTIONS: options,
  };
  const assignments = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
  return repository.run("env", ...assignments, "tsx", "tools/new-app/src/main.ts", ...args);
}

/** Files that the last commit does not have, or has otherwise. */
function changed(): string {
  return repository.mustRun("git", "status", "--porcelain", "--untracked-files=all");
}

it("stands on a registry that is generated where it is missing", () => {
  expect(repository.read(REGISTRY)).toContain('{ name: "petstore", team: "pets", hostnames: [');
});

it("writes nothing when something is wrong, and ends with 1", () => {
  const { status, stderr } = newApp(["dns", "--team", "cats"]);
  expect(status).toBe(1);
  expect(stderr).toContain('new app "dns" is not valid (2 problems):');
  expect(changed()).toBe("");
});

it.each([
  [["--help"], 0, "Usage: npm run new-app --"],
  [["cart", "--taem", "shop"], 1, "(Did you mean --team?)"],
  [[], 1, "missing required argument 'name'"],
])("says how it is called to %j, and writes nothing", (args, code, text) => {
  const { status, stdout, stderr } = newApp(args);
  expect(status).toBe(code);
  expect(stdout + stderr).toContain(text);
  expect(changed()).toBe("");
});

it("leaves nothing when it is killed half-way, and works the next time", () => {
  const { status } = newApp(["cart", "--team", "shop"], `--require=${path.join(repository.root, "kill.cjs")}`);
  expect(status).not.toBe(0);
  expect(existsSync(path.join(repository.root, "node_modules/.demarc-new-app"))).toBe(true);
  expect(changed()).toBe("");
});

describe("an app that it made", () => {
  const folder = "packages/apps/cart";
  let made: Outcome;
  beforeAll(() => {
    made = newApp(["cart", "--team", "shop"]);
  });

  it("is one folder, with settings for every environment", () => {
    expect(made).toMatchObject({ status: 0, stderr: "" });
    expect(readdirSync(path.join(repository.root, folder, "src/settings")).sort()).toEqual([
      "dev.ts",
      "index.ts",
      "schema.ts",
      "stage.ts",
    ]);
    const elsewhere = changed()
      .split("\n")
      .filter((line) => !line.includes(folder));
    expect(elsewhere).toEqual([" M CODEOWNERS", ` M ${REGISTRY}`, ""]);
  });

  it("is told what has to be deployed before it: the boundary that its role needs", () => {
    expect(made.stdout).toMatch(
      /before its first deploy, if it is the first app of team shop .*: deploy infra's account stack.*: npm run bootstrap -- <environment>/,
    );
  });

  it("is known to npm, to its team, and to the repository's other generated files", () => {
    expect(repository.read("npm.log")).toBe("install --ignore-scripts --prefer-offline\n");
    expect(repository.read(REGISTRY)).toContain('{ name: "cart", team: "shop", hostnames: ["cart"] },');
    expect(repository.read("CODEOWNERS")).toMatch(/^\/packages\/apps\/cart\/ +@\S+\/shop$/m);
    expect(repository.mustRun("tsx", "tools/generate/src/main.ts")).toBe("wrote docs/ownership.md\n");
    expect(repository.read("docs/ownership.md")).toMatch(/^\| Workload \|.* `dev-a-cart` \|$/m);
  });

  it("has nothing of the template's own left", () => {
    expect(repository.run("grep", "-rn", "template", folder).stdout).toBe("");
  });

  it("is formatted and lints as it is", () => {
    expect(repository.run("prettier", "--check", folder)).toMatchObject({ status: 0, stderr: "" });
    expect(repository.run("eslint", "--max-warnings=0", folder)).toMatchObject({ status: 0, stdout: "" });
    expect(repository.run("oxlint", "--type-aware", folder)).toMatchObject({ status: 0 });
  });

  it("type-checks as it is", () => {
    expect(repository.run("tsc", "-p", folder)).toMatchObject({ status: 0, stdout: "" });
  });

  it("passes its tests, with the coverage that is asked of it", () => {
    const tests = repository.run("env", "-C", folder, "vitest", "run");
    expect(tests).toMatchObject({ status: 0, stdout: expect.stringMatching(/Tests.* 10 passed.*\(10\)/) });
  });

  it("synthesizes a stack for each cluster of each environment", () => {
    repository.mustRun("env", "-C", folder, "tsx", "src/main.ts");
    const stacks = readdirSync(path.join(repository.root, folder, "cdktf.out/stacks"));
    expect(stacks.sort()).toEqual(["dev-a-cart", "stage-a-cart"]);
  });

  it("cannot be made twice", () => {
    const { status, stderr } = newApp(["cart", "--team", "shop"]);
    expect(status).toBe(1);
    expect(stderr).toContain('name: "cart" is taken by packages/apps/cart; take another');
  });

  it("is not registered when it claims another app's host name", () => {
    const before = repository.read(REGISTRY);
    const claims = repository.read(`${folder}/package.json`).replace('      "cart"\n', '      "petstore"\n');
    repository.write({ [`${folder}/package.json`]: claims, CODEOWNERS: "" });
    const { status, stderr } = repository.run("tsx", "tools/generate/src/main.ts");
    expect(status).toBe(1);
    expect(stderr).toMatch(/host name "petstore" is claimed by packages\/apps\/cart\/.*packages\/apps\/petstore\//);
    expect(repository.read(REGISTRY)).toBe(before);
    expect(repository.read("CODEOWNERS")).toBe("");
  });
});
