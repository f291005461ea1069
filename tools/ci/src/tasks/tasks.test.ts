import { accountStackId } from "@demarc/shared/environment";
import { dev } from "@demarc/shared/testing";
import { type Recorded, type Repository, tasksOfRecords } from "./tasks";

const [NOW, BEFORE] = ["a".repeat(40), "b".repeat(40)];
const at = { at: "2026-01-02T03:04:05Z", by: "arn:aws:iam::123456789012:role/x" };

/** A history of two commits, of which the last one changes petstore. */
const repository: Repository = {
  git: { mergeBase: () => Promise.resolve(BEFORE), history: () => Promise.resolve(new Set([NOW, BEFORE])) },
  affected: {
    since: (commits) =>
      Promise.resolve(new Map(commits.map((commit) => [commit, new Set(commit === BEFORE ? ["petstore"] : [])]))),
  },
  workspaces: ["infra", "petstore"],
};

const recorded = (
  workspace: string,
  stacks: Readonly<Record<string, string | undefined>>,
  missing: string[] = [],
): Recorded => ({
  environment: dev,
  workspace,
  deployed: {
    stacks: Object.fromEntries(
      Object.entries(stacks).map(([id, commit]) => [id, commit === undefined ? at : { ...at, commit }]),
    ),
    missing,
  },
});

const because = async (...records: readonly Recorded[]) =>
  (await tasksOfRecords(records, repository)).map(({ workspace, because }) => `${workspace}: ${because}`);

it("plans what changed since its own deploy, and leaves what did not", async () => {
  expect(
    await because(
      recorded("infra", { "dev-network": BEFORE }),
      recorded("petstore", { "dev-a-petstore": BEFORE }),
      recorded("storefront", { "dev-a-storefront": NOW }),
    ),
  ).toEqual([`petstore: changed since ${BEFORE.slice(0, 12)}, which dev-a-petstore is of`]);
});

it.each([
  ["a first run", recorded("infra", {}), "nothing is deployed"],
  [
    "a stack that a deploy did not reach",
    recorded("infra", { "dev-network": NOW }, ["dev-data"]),
    "dev-data was not deployed yet",
  ],
  [
    "what was not committed",
    recorded("infra", { "dev-network": undefined }),
    "dev-network was deployed from what was not committed",
  ],
  [
    "a history that was rewritten",
    recorded("infra", { "dev-network": "c".repeat(40) }),
    "dev-network is of cccccccccccc, which is not in this history",
  ],
  [
    "a deploy of which a part failed",
    recorded("petstore", { "dev-a-petstore": NOW, "dev-b-petstore": BEFORE }),
    "changed since bbbbbbbbbbbb, which dev-b-petstore is of",
  ],
])("plans after %s", async (_, one, text) => {
  expect(await because(one)).toEqual([`${one.workspace}: ${text}`]);
});

it("waits for no stack that administrators deploy by themselves", async () => {
  const stacks = { [accountStackId(dev)]: undefined, "dev-access": undefined, "dev-network": NOW };
  expect(await because(recorded("infra", stacks))).toEqual([]);
});
