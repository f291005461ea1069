import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { checks } from "./checks";

const ROOT = path.resolve(__dirname, "../../..");
const read = (file: string) => readFileSync(path.join(ROOT, file), "utf8");
/** A claim may stand on two lines. */
const flat = (text: string) => text.replace(/\s+/g, " ");

/** A file of tests: Vitest's, or pytest's of the local AWS. */
const TEST = /(\.test\.ts|\/test_\w+\.py)$/;

/** Those with the real Terraform and its AWS provider, or a real API server. Pytest's stacks go through that provider too. */
const THROUGH_REAL_PARTS = /(\.(provider|cluster|terraform)\.test\.ts|\/test_stacks\.py)$/;

const readme = flat(read("README.md"));
const E2E = "tools/sandbox/src/e2e";
const steps = readdirSync(path.join(ROOT, E2E), { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .map((file) => read(`${E2E}/${file}`))
  .join("\n");

/** Ids of what the end-to-end test looks at in an environment that is deployed, such as S0.3. */
const looks = [...steps.matchAll(/\{ id: "([^"]+)", what:/g)].flatMap(([, ids = ""]) => ids.split(", "));

/** A row of the table: a claim, and where it was seen to hold. */
interface Row {
  readonly claim: string;
  readonly unit: string;
  readonly real: string;
  readonly endToEnd: string;
  readonly aws: string;
}

const rows = read("docs/verified.md")
  .split("\n")
  .filter((line) => /^\| (?!README says|-)/.test(line))
  .map((line): Row => {
    const [, claim = "", unit = "", real = "", endToEnd = "", aws = ""] = line.split(" | ").flatMap((cell, index) =>
      // The first and last cell have the line's own bars.
      index === 0 ? ["", cell.replace(/^\| /, "").trim()] : [cell.replace(/ \|$/, "").trim()],
    );
    return { claim, unit, real, endToEnd, aws };
  });

const inBackticks = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map(([, text = ""]) => text);
const quoted = (cell: string) => [...cell.matchAll(/"([^"]+)"/g)].map(([, text = ""]) => text);

/** Of a cell such as "rows S0.3, S0.4". */
const looksIn = (cell: string) => /^rows (.+)$/.exec(cell)?.[1]?.split(", ") ?? [];

it("has rows, each with five cells", () => {
  expect(rows.length).toBeGreaterThan(20);
  for (const row of rows) expect(Object.values(row)).not.toContain("");
});

describe.each(rows)("$claim", ({ claim, unit, real, endToEnd, aws }) => {
  it("is what README says", () => {
    expect(readme).toContain(flat(claim));
  });

  it("was seen somewhere, by tests and steps that are there", () => {
    const files = [...inBackticks(unit), ...inBackticks(real)];
    expect(files.filter((file) => !TEST.test(file) || !existsSync(path.join(ROOT, file)))).toEqual([]);
    expect(quoted(endToEnd).filter((title) => !steps.includes(`step("${title}"`))).toEqual([]);
    expect(endToEnd).toMatch(/^(–|"[^"]+"|rows S\d\.\d+(, S\d\.\d+)*)$/);
    const ids = looksIn(endToEnd);
    expect(ids.filter((id) => !looks.includes(id))).toEqual([]);
    expect(files.length + quoted(endToEnd).length + ids.length).toBeGreaterThan(0);
  });

  it("was seen on real AWS never yet, and what would settle it is a check of npm run smoke", () => {
    expect(aws).toMatch(/^never yet(: .+)?$/);
    const known = checks.map(({ id }) => id);
    expect(inBackticks(aws).filter((id) => !known.includes(id))).toEqual([]);
  });
});

it("a real provider or control plane is what the name of each test in that column says", () => {
  const others = rows.flatMap(({ real }) => inBackticks(real)).filter((file) => !THROUGH_REAL_PARTS.test(file));
  expect(others).toEqual([]);
});

it("every check of npm run smoke settles some claim", () => {
  const settled = rows.flatMap(({ aws }) => inBackticks(aws));
  expect(checks.map(({ id }) => id).filter((id) => !settled.includes(id))).toEqual([]);
});

it("every section of README has a row, and every part of its table of the sandbox (if not: add one to docs/verified.md)", () => {
  const [, ...sections] = read("README.md").split(/^## /m);
  const parts = /^What is real there[^]*?\n\n(\|[^]*?)\n\n/m.exec(read("README.md"))?.[1]?.split("\n").slice(2) ?? [];
  expect(parts.length).toBeGreaterThan(5);
  const without = [...sections, ...parts].filter((text) => !rows.some(({ claim }) => flat(text).includes(flat(claim))));
  expect(without.map((text) => text.split("\n")[0])).toEqual([]);
});
