import { execFileSync } from "node:child_process";
import path from "node:path";
import tseslint from "typescript-eslint";
import { z } from "zod";

const ROOT = path.resolve(__dirname, "../../..");
const OXLINT = path.join(ROOT, "node_modules/.bin/oxlint");

/** Rules of the strict set that oxlint does not have. */
const MISSING = new Set(["no-unsafe-class-instance-assignment"]);

const strict: readonly string[] = tseslint.configs.strictTypeChecked.flatMap((each) =>
  Object.entries(each.rules ?? {}).flatMap(([name, level]) => (level === "off" ? [] : [name])),
);
const definition = z.object({ meta: z.object({ docs: z.object({ requiresTypeChecking: z.literal(true) }) }) });
const { rules } = z.object({ rules: z.record(z.string(), z.unknown()) }).parse(tseslint.plugin);
const typed = Object.entries(rules)
  .filter(([name, rule]) => strict.includes(`@typescript-eslint/${name}`) && definition.safeParse(rule).success)
  .map(([name]) => name);

const configuration = z.object({ overrides: z.array(z.object({ rules: z.record(z.string(), z.unknown()) })) });

/** What oxlint refuses in every TypeScript file. */
function refusedByOxlint(): Set<string> {
  const printed = execFileSync(OXLINT, ["--config", ".oxlintrc.json", "--print-config"], {
    cwd: ROOT,
    encoding: "utf8",
  });
  const [everywhere] = configuration.parse(JSON.parse(printed)).overrides;
  return new Set(
    Object.entries(everywhere?.rules ?? {}).flatMap(([name, level]) =>
      [level].flat()[0] === "deny" ? [name.replace("typescript/", "")] : [],
    ),
  );
}

it("leaves each rule that needs types to oxlint, and oxlint has it", () => {
  expect(typed.length).toBeGreaterThan(30);
  const refused = refusedByOxlint();
  expect(typed.filter((name) => !refused.has(name) && !MISSING.has(name))).toEqual([]);
  expect([...MISSING].filter((name) => !typed.includes(name) || refused.has(name))).toEqual([]);
});
