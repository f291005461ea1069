import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { deployableProjects } from "@demarc/deploy";
import { allEnvironments } from "@demarc/shared/environment";
import { z } from "zod";

const ROOT = path.resolve(__dirname, "../../../..");

const maker = z.object({ by: z.string(), stack: z.string() });
const table = z.object({ rows: z.array(z.object({ madeBy: z.record(z.string(), z.array(maker)) })) });

it("prints a table in which every workspace of this repository makes something, whatever the shell is aimed at", async () => {
  const [environment] = allEnvironments();
  if (environment === undefined) throw new Error("there is no environment");
  const ownership = ["--import", "tsx", "tools/inspect/src/ownership/main.ts"];
  const { stdout } = await promisify(execFile)(process.execPath, [...ownership, environment.name, "--format", "json"], {
    cwd: ROOT,
    env: { ...process.env, DEMARC_SANDBOX: "/nowhere", DEMARC_TARGET: "/nowhere" },
    maxBuffer: 64 * 1024 * 1024,
  });
  const { rows } = table.parse(JSON.parse(stdout));
  const stacks = rows.flatMap(({ madeBy }) => Object.values(madeBy).flat()).map(({ stack }) => stack);
  const apps = deployableProjects(ROOT).filter(({ kind }) => kind === "apps");
  for (const name of ["network", "cluster", "addons", ...apps.map((app) => app.name)])
    expect(stacks).toContainEqual(expect.stringMatching(new RegExp(`^${environment.name}(-[a-z0-9]+)?-${name}$`)));
}, 240_000);
