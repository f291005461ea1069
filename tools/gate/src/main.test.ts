import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { allEnvironments } from "@demarc/shared/environment";
import { type GivenPlan, planText } from "./testing/plan";

const ROOT = path.resolve(__dirname, "../../..");
const [environment] = allEnvironments();
const name = environment?.name ?? "";

let home: string;
beforeAll(() => {
  home = mkdtempSync(path.join(tmpdir(), "demarc-gate-"));
});
afterAll(() => {
  rmSync(home, { recursive: true });
});

function file(stack: string, text: string): string {
  const written = path.join(home, `${stack}.json`);
  writeFileSync(written, text);
  return written;
}

/** The fixture's environment is the repository's first one, whatever a fork calls it. */
const plan = (stack: string, given: GivenPlan) =>
  file(`${name}-${stack}`, planText(given).replace('"environment":"dev"', `"environment":"${name}"`));

function gate(...files: string[]): Promise<{ code: unknown; stdout: string; stderr: string }> {
  const args = ["--import", "tsx", "tools/gate/src/main.ts", ...files];
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: ROOT }, (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, stdout, stderr }),
    );
  });
}

it("refuses with everything that it finds in all plans, and no value", async () => {
  const database = { before: { id: "a", password: "hunter2" } };
  const { code, stdout, stderr } = await gate(
    plan("data", { resources: { "aws_db_instance.database": database, "aws_vpc.stays": { before: {}, after: {} } } }),
    plan("network", { resources: { "aws_subnet.a": { before: { id: "subnet-1" } } } }),
  );
  expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
  expect(stdout).toContain(`REFUSED ${name}-data aws_db_instance.database (state): would be destroyed`);
  expect(stdout).toContain(`REFUSED ${name}-network aws_subnet.a (dependents): would be destroyed`);
  expect(stdout).toContain("2 findings are refused");
  expect(stdout).not.toContain("hunter2");
});

it("says so where nothing is refused", async () => {
  const size = { before: { size: 1 }, after: { size: 2 } };
  const { code, stdout } = await gate(plan("data", { resources: { "aws_db_instance.database": size } }));
  expect({ code, stdout }).toEqual({ code: 0, stdout: "Nothing in these plans is refused.\n" });
});

it("says of every file that is no plan why it is none", async () => {
  const { code, stdout, stderr } = await gate(file("state", '{"values":"hunter2"}'), path.join(home, "nowhere.json"));
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toContain("state.json is not valid");
  expect(stderr).toContain("nowhere.json is not valid");
  expect(stderr).not.toMatch(/hunter2|^ +at /m);
});
