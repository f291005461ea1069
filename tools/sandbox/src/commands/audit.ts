import { mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { atOnce, type Project, Refusal } from "@demarc/deploy";
import { environmentNamed } from "@demarc/shared/environment";
import { findings } from "../audit/checkov";
import { exceptions } from "../audit/exceptions";
import { type Exception, type Finding, judge } from "../audit/finding";
import { variablesOfStack } from "../runs/identity";
import { findPython } from "../preflight/programs";
import { installPackages, virtualEnvironmentFor } from "../python-packages";
import type { Console, Session, Surroundings } from "../session";
import { writePlan } from "../terraform/plan-file";
import { cleanVariables } from "../variables";
import { prepareCommand, requireServers } from "./start";

/** Python packages of checkov. */
const REQUIREMENTS = path.resolve(__dirname, "../../checkov/requirements.txt");

/** Has checkov look at the plans of infra: it knows AWS's resources, and sees nothing in a Helm release. @returns 0 where all that it finds is reviewed, else 1 */
export async function audit(name: string, surroundings: Surroundings): Promise<number> {
  const environment = environmentNamed(name);
  const projects = ({ kind }: Project) => kind === "infra";
  const prepared = await prepareCommand(`audit ${name}`, environment, surroundings, { projects });
  try {
    const servers = await requireServers(environment, prepared, surroundings);
    const session = { ...surroundings, ...prepared, environment, servers };
    const found = await findings(await checkovProgram(session), await writePlans(session));
    const { unreviewed, stale } = judge(found, exceptions, {
      environment: name,
      stacks: stacksOf(session).map(({ id }) => id),
    });
    for (const finding of unreviewed) session.console.say(findingLine(finding));
    for (const exception of stale) session.console.say(staleLine(exception, name));
    const reviewed = found.length - unreviewed.length;
    session.console.say(
      `${String(unreviewed.length)} findings, ${String(reviewed)} more that are reviewed, ${String(stale.length)} reviews that nothing needs`,
    );
    return unreviewed.length + stale.length === 0 ? 0 : 1;
  } finally {
    prepared.claim.release();
  }
}

/** Installs checkov, where it is not there. @returns its path @throws Refusal with what is missing for it */
export async function checkovProgram({
  layout,
  inherited,
  console,
}: Pick<Surroundings, "layout" | "inherited"> & { readonly console: Pick<Console, "say"> }): Promise<string> {
  const variables = cleanVariables(layout, inherited);
  const python = await findPython(variables);
  if ("lacking" in python) throw new Refusal([python.lacking]);
  const venv = virtualEnvironmentFor(REQUIREMENTS, python, layout);
  if (!venv.complete) {
    console.say("Installing checkov, once …");
    await installPackages(REQUIREMENTS, python, venv, layout, variables);
  }
  return path.join(venv.directory, "bin/checkov");
}

async function writePlans(session: Session): Promise<string[]> {
  const folder = path.join(session.layout.home, "audit");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return atOnce(stacksOf(session), async (stack) => {
    session.console.say(`  ${stack.id}`);
    const file = path.join(folder, `${stack.id}.json`);
    return writePlan(stack, await variablesOfStack(session, stack, "plan"), file, session.layout.inits);
  });
}

function stacksOf({ projects }: Pick<Session, "projects">) {
  return projects.flatMap(({ stacks }) => stacks);
}

function findingLine({ check, stack, resource, title }: Finding): string {
  return `  ${check} ${stack} ${resource}: ${title}. Mend it, or review it in tools/sandbox/src/audit/exceptions.ts`;
}

function staleLine({ check, stack, resource, environments }: Exception, environment: string): string {
  const remedy = environments === undefined ? "Remove it" : `Remove it, or ${environment} from its environments,`;
  return `  ${check} ${stack} ${resource}: is reviewed, and nothing in ${environment} needs that any more. ${remedy} in tools/sandbox/src/audit/exceptions.ts`;
}
