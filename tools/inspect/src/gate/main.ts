import { readFileSync } from "node:fs";
import path from "node:path";
import { runMain } from "@demarc/command";
import { contextOf, type ContractUse, findingsText, gatePlan, readPlan, usesOf } from "@demarc/gate";
import { allApps } from "@demarc/shared/apps";
import { allEnvironments } from "@demarc/shared/environment";
import { InvalidInput, type Report } from "@demarc/shared/environment/problems";
import { asked } from "./command";

const root = path.resolve(__dirname, "../../../..");

async function main(): Promise<number> {
  const { files, stack } = asked(process.argv.slice(2));
  const repository = { root, environments: allEnvironments(), apps: allApps() };
  const plans = allValid(files, (file) => {
    const plan = readPlan(file, contentOf(file));
    return { plan, context: contextOf(file, plan, stack ?? path.basename(file, ".json"), repository) };
  });
  const uses = plans.some(({ plan }) => Object.values(plan.outputs).some(changes)) ? await currentUses() : [];
  const today = new Date().toISOString().slice(0, 10);
  const findings = plans.flatMap(({ plan, context }) => gatePlan(plan, { ...context, uses, today }));
  console.log(findingsText(findings));
  return findings.some(({ verdict }) => verdict === "refused") ? 1 : 0;

  async function currentUses(): Promise<ContractUse[]> {
    // Loaded only now: to synthesize everything takes long, and few plans change what others use.
    const { synthesizeAll } = await import("../model/synthesis");
    return usesOf(await synthesizeAll({ ...repository, variables: process.env }));
  }
}

/** What nobody can use yet, and what stays, concerns nobody. */
function changes({ actions }: { readonly actions: readonly string[] }): boolean {
  return actions.includes("update") || actions.includes("delete");
}

/** @throws InvalidInput with all that is wrong with any of the files */
function allValid<T>(files: readonly string[], read: (file: string) => T): T[] {
  const reports: Report[] = [];
  const valid = files.flatMap((file) => {
    try {
      return [read(file)];
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      reports.push(...error.reports);
      return [];
    }
  });
  if (reports.length > 0) throw new InvalidInput(reports);
  return valid;
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    const message = `it cannot be read (${code}); write it by \`terraform show -json <plan file> > <stack>.json\``;
    throw new InvalidInput([{ subject: file, problems: [{ path: "", message }] }]);
  }
}

runMain(main);
