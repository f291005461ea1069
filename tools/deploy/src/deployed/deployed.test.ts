import { dev } from "@demarc/shared/testing";
import type { Project } from "../projects";
import { Bucket } from "../testing/bucket";
import { settingOf } from "../testing/setting";
import { deployed } from "./deployed";
import { deployBy, deployedStacks, deployedUses, recordDeploy, recordDestroy } from "./records";

const NONE = { kind: "apps", directory: "", app: "", context: {} } as const;
const projects: readonly Project[] = ["infra", "petstore"].map((name) => ({ ...NONE, name }));

const [OLD, NEW] = ["a".repeat(40), "b".repeat(40)];
const by = "arn:aws:sts::123456789012:assumed-role/infra/ada";
/** Stacks that use nothing. */
const stacks = (...ids: readonly string[]) => ids.map((id) => ({ id, uses: [] }));
const at = (minute: number) => `2026-01-01T00:0${String(minute)}:00.000Z`;

let bucket: Bucket | undefined;
afterEach(() => bucket?.close());

async function recorded(objects: Readonly<Record<string, string>> = {}) {
  bucket = await new Bucket(objects).open();
  return settingOf({ states: bucket.states, projects });
}

/** Rows of the table, cell by cell. */
async function rowsOf(setting: Awaited<ReturnType<typeof recorded>>, affected: ReadonlySet<string> | undefined) {
  expect(await deployed(dev, setting, () => Promise.resolve(affected))).toBe(0);
  return setting.said.slice(2).map((line) => line.trim().split(/ {2,}/));
}

it("keeps what was deployed last of each stack, and nothing of one that is gone", async () => {
  const { states } = await recorded();
  await recordDeploy(dev, "infra", stacks("dev-network", "dev-data"), { commit: OLD, at: at(1), by }, states);
  await recordDeploy(dev, "infra", stacks("dev-network"), { commit: NEW, at: at(2), by }, states);
  expect(await deployedStacks(dev, "infra", states)).toEqual({
    "dev-network": { commit: NEW, at: at(2), by, uses: [] },
    "dev-data": { commit: OLD, at: at(1), by, uses: [] },
  });
  await recordDestroy(dev, "infra", ["dev-data"], states);
  expect(Object.keys(await deployedStacks(dev, "infra", states))).toEqual(["dev-network"]);
  expect(await deployedStacks({ ...dev, name: "test" }, "infra", states)).toEqual({});
});

it.each(["{", '{"stacks":1}', '{"stacks":{"dev-network":{"at":"today"}}}'])(
  "takes a record that its team spoiled for none, and writes it anew: %s",
  async (spoiled) => {
    const { states } = await recorded({ "deployed/dev/infra.json": spoiled });
    expect(await deployedUses(dev, states)).toEqual([]);
    expect(await deployedStacks(dev, "infra", states)).toEqual({});
    await recordDeploy(dev, "infra", stacks("dev-network"), { commit: NEW, at: at(2), by }, states);
    expect(Object.keys(await deployedStacks(dev, "infra", states))).toEqual(["dev-network"]);
  },
);

it("tells what consumers use as they are deployed, and nothing of one that was recorded before uses were, or is gone", async () => {
  const { states } = await recorded({
    "deployed/dev/old.json": JSON.stringify({ stacks: { "dev-a-old": { commit: OLD, at: at(1), by } } }),
  });
  const use = { team: "pets", producer: "dev-data", contract: "data", version: 1 };
  const uses = [
    { ...use, outputs: ["queueArn"] },
    { ...use, version: 2, outputs: "all" as const },
  ];
  await recordDeploy(dev, "petstore", [{ id: "dev-a-petstore", uses }], { commit: OLD, at: at(1), by }, states);
  await recordDeploy(dev, "gone", [{ id: "dev-a-gone", uses }], { at: at(1), by }, states);
  await recordDestroy(dev, "gone", ["dev-a-gone"], states);
  const whose = { consumer: "dev-a-petstore", deployed: { project: "petstore", commit: OLD, by } };
  expect(await deployedUses(dev, states)).toEqual(uses.map((each) => ({ ...each, ...whose })));
});

it("knows of no uses where nothing is recorded, nor a bucket is there", async () => {
  expect(await deployedUses(dev, (await recorded()).states)).toEqual([]);
  bucket?.close();
  bucket = await new Bucket(undefined).open();
  expect(await deployedUses(dev, bucket.states)).toEqual([]);
});

it("tells who deployed, and no commit where something was not committed", async () => {
  const setting = await recorded();
  expect(await deployBy(dev, setting, undefined)).toEqual({
    at: expect.stringMatching(/^\d{4}-/),
    by: "arn:aws:iam::123456789012:user/ada",
  });
});

it("shows each project by commit, the last first, and whether a change since then touches it", async () => {
  const setting = await recorded();
  await recordDeploy(dev, "infra", stacks("dev-network", "dev-data"), { commit: OLD, at: at(1), by }, setting.states);
  await recordDeploy(dev, "infra", stacks("dev-data"), { commit: NEW, at: at(2), by }, setting.states);
  expect(await rowsOf(setting, new Set(["infra"]))).toEqual([
    ["infra", "1", NEW.slice(0, 12), at(2), by, "changed"],
    ["infra", "1", OLD.slice(0, 12), at(1), by, "changed"],
    ["petstore", "0", "–", "–", "–", "nothing is recorded"],
  ]);
});

it.each([
  [{ commit: OLD }, new Set<string>(), "no change"],
  [{ commit: OLD }, undefined, "no commit of this repository"],
  [{}, new Set<string>(), "was not committed"],
])("says what is known since a deploy: %j", async (commit, affected, said) => {
  const setting = await recorded();
  await recordDeploy(dev, "petstore", stacks("dev-a-petstore"), { ...commit, at: at(1), by }, setting.states);
  const [, petstore] = await rowsOf(setting, affected);
  expect(petstore?.at(-1)).toBe(said);
});
