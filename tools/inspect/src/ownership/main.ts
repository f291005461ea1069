import path from "node:path";
import { runMain } from "@demarc/command";
import { allApps } from "@demarc/shared/apps";
import { allEnvironments, environmentNamed } from "@demarc/shared/environment";
import { asked } from "./command";

const root = path.resolve(__dirname, "../../../..");

async function main(): Promise<number> {
  const all = allEnvironments();
  const { environment, compare, format } = asked(
    process.argv.slice(2),
    all.map(({ name }) => name),
  );
  const names = [environment, ...(compare === undefined ? [] : [compare])];
  const environments = names.map((name) => environmentNamed(name, all));
  // Loaded only now: help needs none of it.
  const { ownershipReport } = await import("./report");
  const { synthesizeAll } = await import("../model/synthesis");
  const synthesis = { root, apps: allApps(), variables: process.env, environments: all };
  const only = environments.length === 1 ? environment : undefined;
  console.log(ownershipReport(await synthesizeAll({ ...synthesis, environment: only }), names, format));
  return 0;
}

runMain(main);
