import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import {
  deployableProjects,
  type Project,
  Refusal,
  type SynthesizedStack,
  synthesizedStacks,
  synthesizeProject,
} from "@demarc/deploy";
import type { Environment } from "@demarc/shared/environment";
import { placeAwsCli } from "../aws-cli";
import type { Ports } from "../command";
import { findGo, type Go } from "../go/go";
import { goModules } from "../go/modules";
import {
  type ControlPlanePlaces,
  controlPlanePrograms,
  placesOf,
  programsFor,
  unknownVersions,
} from "../kubernetes/programs";
import type { Layout } from "../layout";
import { makeMirror, planMirror } from "../providers/mirror";
import { nameOf, providersOf } from "../providers/pins";
import { installPackages, virtualEnvironmentFor } from "../python-packages";
import { cleanVariables } from "../variables";
import { fullDisk } from "./disk";
import { takenPorts } from "./ports";
import { findPython, findTerraform } from "./programs";

/** A project as it was synthesized for the sandbox. */
export interface SynthesizedProject {
  readonly project: Project;
  readonly outdir: string;
  /** Every stack of the environment, and the account's. */
  readonly stacks: readonly SynthesizedStack[];
}

/** What this machine has for the sandbox, all of it there. */
export interface Prepared {
  readonly projects: readonly SynthesizedProject[];
  /** A Python that has the local AWS's packages. */
  readonly python: string;
  /** Such as linux_amd64. */
  readonly platform: string;
  readonly go: Go;
  /** What clusters run on. */
  readonly controlPlanes: ControlPlanePlaces;
}

export interface PrepareOptions {
  /** Ports that are asked for, where servers are to be started. @default none */
  readonly ports?: Ports;
  /** Which projects are synthesized. @default those that the sandbox deploys */
  readonly projects?: (project: Project) => boolean;
}

/** Whether the sandbox deploys it. There is no local Kubernetes to deploy the others to. */
const isDeployed = ({ kind }: Project) => kind === "infra";

/**
 * Room that is needed, in megabytes: logs and states; Python's packages; a provider (AWS's is the largest); programs of one
 * Go module (Kubernetes' are the largest; Go's own caches, wherever they are, take 2 GB more).
 */
const ROOM = { always: 200, packages: 400, provider: 900, program: 400 } as const;

/** Python packages of the local AWS. */
const REQUIREMENTS = path.resolve(__dirname, "../../moto/requirements.txt");

/**
 * Looks for all that is needed before anything starts, then installs what can be installed.
 * @throws Refusal with a sentence for everything that is missing. An environment that is not valid has told so by itself.
 */
export async function prepare(
  environment: Environment,
  layout: Layout,
  inherited: NodeJS.ProcessEnv,
  say: (line: string) => void,
  { ports = {}, projects: wanted = isDeployed }: PrepareOptions = {},
): Promise<Prepared> {
  mkdirSync(layout.logs, { recursive: true });
  writeFileSync(layout.noAwsConfig, "");
  const variables = cleanVariables(layout, inherited);
  const [python, terraform, go, projects, taken] = await Promise.all([
    findPython(variables),
    findTerraform(variables),
    findGo(goModules(), variables),
    synthesizeAll(environment, wanted, layout, variables),
    takenPorts(ports),
  ]);
  const problems = [python, terraform, go]
    .flatMap((program) => ("lacking" in program ? [program.lacking] : []))
    .concat(taken, unknownVersions(environment));
  if (projects === undefined) problems.push(`Nothing is started, for ${environment.name} is not valid: see above.`);
  if ("lacking" in python || "lacking" in terraform || "lacking" in go || projects === undefined) {
    throw new Refusal([...problems, ...(await fullDisk(layout.home, ROOM.always))]);
  }

  const { platform } = terraform;
  const venv = virtualEnvironmentFor(REQUIREMENTS, python, layout);
  const pins = projects.flatMap(({ stacks }) => stacks.flatMap(({ providers }) => providers));
  const mirror = planMirror(providersOf(pins), layout, inherited, platform);
  const programs = controlPlanePrograms(layout, go);
  const toBuild = programsFor(environment, programs).filter(({ complete }) => !complete);
  const room =
    ROOM.always +
    (venv.complete ? 0 : ROOM.packages) +
    mirror.missing.length * ROOM.provider +
    toBuild.length * ROOM.program;
  problems.push(...(await fullDisk(layout.home, room)));
  if (problems.length > 0) throw new Refusal(problems);

  for (const provider of mirror.missing) say(`Downloading Terraform's provider ${nameOf(provider)}, once …`);
  await makeMirror(mirror, layout, inherited, variables);
  if (!venv.complete) {
    say("Installing the Python packages of the local AWS, once …");
    await installPackages(REQUIREMENTS, python, venv, layout, variables);
  }
  placeAwsCli(venv.python, layout);
  for (const program of toBuild) await program.build(say, variables);
  return { projects, python: venv.python, platform, go, controlPlanes: placesOf(programs, layout) };
}

/** @returns undefined where one of them is not valid */
async function synthesizeAll(
  environment: Environment,
  wanted: (project: Project) => boolean,
  layout: Layout,
  variables: NodeJS.ProcessEnv,
): Promise<SynthesizedProject[] | undefined> {
  const projects = deployableProjects(layout.root).filter(wanted);
  const synthesized = await Promise.all(
    projects.map(async (project) => {
      const outdir = path.join(layout.out, project.name);
      const done = await synthesizeProject(project, { environment: environment.name, outdir, variables });
      return done ? [{ project, outdir, stacks: synthesizedStacks(outdir, "") }] : [];
    }),
  );
  return synthesized.every(({ length }) => length > 0) ? synthesized.flat() : undefined;
}
