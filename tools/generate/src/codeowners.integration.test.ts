import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { allApps } from "@demarc/shared/apps";
import { allEnvironments, type Environment } from "@demarc/shared/environment";
import { REPOSITORY } from "@demarc/shared/stack/repository";
import { appWorkspace, infra, k8sPlatform, type Workspace } from "@demarc/shared/workspace";
import { ownersOf } from "./testing/code-owners";

const root = path.resolve(__dirname, "../../..");
const [, organization = ""] = new URL(REPOSITORY).pathname.split("/");
const content = readFileSync(path.join(root, "CODEOWNERS"), "utf8");
const files = execFileSync("git", ["ls-files", "-z"], { cwd: root, encoding: "utf8", maxBuffer: 2 ** 26 })
  .split("\0")
  .filter((file) => file !== "");

/** A team as GitHub calls it. */
const ownerIn = (workspace: Workspace) => (environment: Environment) => {
  const team = workspace.team(environment);
  return `@${organization}/${environment.teams[team]?.github ?? team}`;
};
const teamsOf = (...workspaces: Workspace[]) =>
  new Set(workspaces.flatMap((workspace) => allEnvironments().map(ownerIn(workspace))));

const workspaces = [
  { folder: "packages/infra/", teams: teamsOf(infra) },
  { folder: "packages/k8s-platform/", teams: teamsOf(k8sPlatform) },
  ...allApps().map(({ name, ...statement }) => ({
    folder: `packages/apps/${name}/`,
    teams: teamsOf(appWorkspace(name, statement)),
  })),
];

it("every file that git knows is owned by the teams of its workspace, and what is nobody's by infra's and the platform's", () => {
  const both = teamsOf(infra, k8sPlatform);
  const wrong = files.filter((file) => {
    const { teams } = workspaces.find(({ folder }) => file.startsWith(folder)) ?? { teams: both };
    return !isDeepStrictEqual(new Set(ownersOf(content, file)), teams);
  });
  expect(wrong).toEqual([]);
});

it.each(workspaces)("some file of $folder is looked at", ({ folder }) => {
  expect(files.some((file) => file.startsWith(folder))).toBe(true);
});

it.each([
  ...["CODEOWNERS", "package.json", ".ci/run", ".github/workflows/ci.yml"],
  ...["packages/shared/allowances.json", "packages/apps/README.md", "tools/deploy/src/main.ts"],
])("%s is infra's and the platform's, whether it is there yet or not", (file) => {
  expect(new Set(ownersOf(content, file))).toEqual(teamsOf(infra, k8sPlatform));
});

it("there is no other CODEOWNERS, of which GitHub would read one instead of this", () => {
  expect(files.filter((file) => path.basename(file) === "CODEOWNERS")).toEqual(["CODEOWNERS"]);
});
