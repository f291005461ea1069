import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type StackSummary, type Summary, unplanned } from "../plan/summary";
import { summariesIn } from "./command";
import { comment, MARKER } from "./comment";

const stack: StackSummary = {
  id: "dev-network",
  workspace: "infra",
  team: "infra",
  outcome: "changes",
  resources: [
    { address: "aws_vpc.vpc", action: "replace" },
    { address: "aws_subnet.a", action: "create" },
    { address: "aws_subnet.b", action: "delete" },
  ],
  outputs: ["network_v1"],
};

const summary = (given: Partial<Summary>): Summary => ({ ...unplanned("dev", ["infra"]), ...given });

/** A text as its reader sees it. */
const read = (text: string) =>
  text.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code))).replace(/<\/?code>/g, "`");

it("tells of each stack what is done with which address, and whose it is", () => {
  const text = read(comment([summary({ stacks: [stack, { ...stack, id: "dev-dns", outcome: "unchanged" }] })]));
  expect(text.startsWith(MARKER)).toBe(true);
  expect(text).toContain("### `dev`: 1 of 2 stacks changes");
  expect(text).toContain(
    "<details><summary>`dev-network`, `infra` of team `infra`: 1 to add, 0 to change, 1 to replace, 1 to destroy</summary>",
  );
  expect(text).toContain(
    "```diff\n-/+ aws_vpc.vpc\n+ aws_subnet.a\n- aws_subnet.b\n```\n\nOutputs that change: `network_v1`",
  );
  expect(text).not.toContain("dev-dns");
});

it("tells what is planned later, what failed, what the gate refuses and how it is allowed, and who uses a contract", () => {
  const later: StackSummary = { ...stack, outcome: "later", because: "reads dev-dns, of which outputs change" };
  const failed: StackSummary = { ...stack, id: "dev-data", outcome: "failed", because: "Error: no such thing" };
  const text = read(
    comment([
      summary({
        stacks: [later, failed],
        notReviewed: ["dev-network"],
        findings: [
          {
            ...{ stack: "dev-data", address: "aws_kms_key.key", rule: "state", verdict: "refused" },
            ...{ reason: "would be destroyed", allow: "by a line" },
          },
        ],
        contracts: [
          {
            ...{ stack: "dev-dns", contract: "dns", version: 1, outputs: [{ name: "zoneId", change: "gone" }] },
            users: [{ stack: "dev-a-tenancy", team: "platform", outputs: ["zoneId"] }],
          },
        ],
      }),
    ]),
  );
  expect(text).toContain("### `dev`: it cannot be applied");
  expect(text).toContain(
    "Planned later: `dev-network`, `infra` of team `infra`: it reads dev-dns, of which outputs change",
  );
  expect(text).toContain("**Failed:** `dev-data`, `infra` of team `infra`: Error: no such thing");
  expect(text).toContain(
    "**Refused** (state), `dev-data`:\n\n```\naws_kms_key.key\nwould be destroyed\nby a line\n```",
  );
  expect(text).toContain("- `dns v1` of `dev-dns`: `zoneId` is gone; `dev-a-tenancy` of team `platform` uses `zoneId`");
  expect(text).toContain("**Not reviewed, so somebody has to approve it:**\n\n- `dev-network`");
});

it("tells of what was changed by hand as such", () => {
  const resources: StackSummary["resources"] = [
    { address: "aws_sqs_queue.a", action: "update" },
    { address: "aws_sqs_queue.b", action: "delete" },
  ];
  const text = read(comment([summary({ of: "drift", stacks: [{ ...stack, resources, outputs: [] }] })]));
  expect(text).toContain("## What was changed by hand\n\n### `dev`: 1 of 1 stacks is concerned");
  expect(text).toContain("<details><summary>`dev-network`, `infra` of team `infra`: 1 changed, 1 gone</summary>");
});

it("takes names for names: no mark-up, mention, link or end of a block is in them", () => {
  const evil = "x</code></summary>**b** @everyone [l](http://e.vil) `a`\n```\n# h";
  const text = comment([
    summary({
      stacks: [{ ...stack, id: evil, team: evil, resources: [{ address: evil, action: "create" }], outputs: [evil] }],
      fault: evil,
    }),
  ]);
  const outside = text.replace(/^(`{3,})[^\n]*\n[^]*?^\1$/gm, "").replace(/<code>[^<]*<\/code>/g, "");
  expect(outside).not.toMatch(/@|\*\*b|http|# h|everyone/);
  expect(text).toContain("````diff\n");
});

it("says so where nothing is affected", () => {
  expect(comment([])).toBe(`${MARKER}\n## What this changes\n\nNo workspace of any environment is affected.\n`);
});

it("stays within what GitHub takes, and says what it leaves out", () => {
  const resources = Array.from({ length: 400 }, (_, at) => ({
    address: `aws_route53_record.${"r".repeat(200)}_${String(at)}`,
    action: "create" as const,
  }));
  const stacks = Array.from({ length: 2000 }, (_, at) => ({ ...stack, id: `dev-a-app${String(at)}`, resources }));
  const text = comment([summary({ stacks })]);
  expect(text.length).toBeLessThan(65_536);
  expect(text).toContain("  and 300 more\n");
  expect(text).toMatch(
    /\n\n\d+ more parts are left out, for a comment has no room for them: the jobs' logs have all\.\n$/,
  );
});

it("reads the summaries of folders, of one that is not there none, and refuses what is none", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "demarc-summaries-"));
  mkdirSync(path.join(folder, "artifact"));
  writeFileSync(path.join(folder, "artifact/prod.json"), JSON.stringify(summary({ environment: "prod" })));
  writeFileSync(path.join(folder, "dev.json"), JSON.stringify(summary({})));
  expect(summariesIn([folder, path.join(folder, "nowhere")]).map(({ environment }) => environment)).toEqual([
    "dev",
    "prod",
  ]);
  writeFileSync(path.join(folder, "other.json"), "{}");
  expect(() => summariesIn([folder])).toThrow(/other\.json is not valid[^]*is no summary of a plan/);
});
