import type { TemporaryRepository } from "@demarc/nx/src/testing/repository";
import { ENVIRONMENTS, minimalMonorepo } from "@demarc/nx/src/testing/monorepo";
import { dev } from "@demarc/shared/testing";
import { NxAffected } from "../affected/affected";
import { Git } from "../git";
import { type Recorded, tasksOfChange, tasksOfRecords } from "./tasks";

const WORKSPACES = ["infra", "k8s-platform", "petstore", "storefront"];

let repository: TemporaryRepository;
let first: string;

const git = (...args: string[]) => repository.mustRun("git", ...args).trim();

/** @returns the commit */
function commit(files: Readonly<Record<string, string>>): string {
  repository.write(files);
  repository.commit();
  return git("rev-parse", "HEAD");
}

beforeAll(() => {
  repository = minimalMonorepo();
  first = git("rev-parse", "HEAD");
});
beforeEach(() => {
  git("checkout", "--quiet", "-B", "work", first);
});
afterAll(() => {
  repository.remove();
});

async function asked<Result>(ask: (given: Parameters<typeof tasksOfChange>[2]) => Promise<Result>): Promise<Result> {
  const { root } = repository;
  const affected = new NxAffected(root);
  try {
    return await ask({ git: new Git(root), affected, workspaces: WORKSPACES });
  } finally {
    affected.end();
  }
}

/** Workspaces that a branch of changes touches, in one environment. */
async function touched(base = "main"): Promise<string[]> {
  return (await asked((given) => tasksOfChange(base, [dev], given))).map(({ workspace }) => workspace);
}

/** What is planned where each workspace has one stack, of these commits. */
async function planned(environment: typeof dev, commits: Readonly<Record<string, string>>): Promise<string[]> {
  const at = { at: "2026-01-02T03:04:05Z", by: "arn" };
  const records = WORKSPACES.map((workspace): Recorded => {
    const of = commits[workspace];
    const stacks = of === undefined ? {} : { [`${environment.name}-${workspace}`]: { ...at, commit: of } };
    return { environment, workspace, deployed: { stacks, missing: [] } };
  });
  return (await asked((given) => tasksOfRecords(records, given))).map(({ workspace }) => workspace);
}

const all = (commit: string) => Object.fromEntries(WORKSPACES.map((workspace) => [workspace, commit]));

it.each([
  ["one app", "packages/apps/petstore/src/main.ts", ["petstore"]],
  ["infra's settings", "packages/infra/src/settings/dev.ts", ["infra"]],
  ["an environment, which is shared", `${ENVIRONMENTS}/dev.ts`, WORKSPACES],
  ["shared", "packages/shared/src/environment/index.ts", WORKSPACES],
  ["the tool that deploys", "tools/deploy/src/main.ts", WORKSPACES],
  ["documents", "docs/architecture.md", []],
  ["an app's own document", "packages/apps/petstore/README.md", []],
  ["tests", "packages/shared/src/environment/index.test.ts", []],
  ["what lint goes by", "eslint.config.mjs", []],
])("a change of %s touches what is made of it", async (_, file, workspaces) => {
  commit({ [file]: "// changed\n" });
  expect(await touched()).toEqual(workspaces);
});

it("what changed on main meanwhile is no part of a branch's change, merged in or not", async () => {
  commit({ "packages/apps/petstore/src/main.ts": "// changed\n" });
  git("checkout", "--quiet", "-B", "ahead", first);
  commit({ "packages/infra/src/main.ts": "// changed\n" });
  git("checkout", "--quiet", "work");
  expect(await touched("ahead")).toEqual(["petstore"]);
  // As GitHub merges it for a pull request, and its merge queue.
  git("-c", "user.name=test", "-c", "user.email=test@example.com", "merge", "--quiet", "--no-edit", "ahead");
  expect(await touched("ahead")).toEqual(["petstore"]);
});

it("each environment goes by what is deployed there, not by the last change", async () => {
  const second = commit({ "packages/apps/petstore/src/main.ts": "// second\n" });
  const third = commit({ "packages/infra/src/main.ts": "// third\n" });
  expect(await planned(dev, { ...all(third), petstore: second })).toEqual([]);
  expect(await planned({ ...dev, name: "test" }, all(first))).toEqual(["infra", "petstore"]);
});

it("a failed deploy is affected again, after commits that do not touch it", async () => {
  commit({ "packages/apps/petstore/src/main.ts": "// fails\n" });
  const later = commit({ "docs/architecture.md": "more\n" });
  expect(await planned(dev, { ...all(later), petstore: first })).toEqual(["petstore"]);
});

it("a first run plans all; a forced push, whose commit is gone, what was deployed from it", async () => {
  expect(await planned(dev, {})).toEqual(WORKSPACES);
  const gone = commit({ "packages/apps/petstore/src/main.ts": "// gone\n" });
  git("checkout", "--quiet", "-B", "work", first);
  expect(await planned(dev, { ...all(first), storefront: gone })).toEqual(["storefront"]);
});

it("says of a base that Git does not know what to fetch", async () => {
  await expect(touched("nowhere")).rejects.toThrow(/--base nowhere is not valid[^]*fetch all of its history/);
});
