import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import {
  deployableProjects,
  type Project,
  Refusal,
  type SynthesizedProject,
  synthesizedStacks,
  synthesizeProject,
} from "@demarc/deploy";
import { allApps } from "@demarc/shared/apps";
import type { Environment } from "@demarc/shared/environment";
import type { Target } from "@demarc/shared/stack";
import { placeAwsCli } from "../aws-cli";
import { Builds } from "../runs/builds";
import { wantedCharts } from "../charts/wanted";
import type { Ports } from "../command";
import { findGo, type Go } from "../go/go";
import { goModules } from "../go/modules";
import type { GoProgram } from "../go/program";
import {
  type ControlPlanePlaces,
  controlPlanePrograms,
  placesOf,
  programsFor,
  unknownVersions,
} from "../kubernetes/programs";
import type { Layout } from "../layout";
import { planMirror, type Sources } from "../providers/mirror";
import { providersOf } from "../providers/pins";
import { standInProgram } from "../providers/stand-ins";
import { installPackages, virtualEnvironmentFor } from "../python-packages";
import type { Choice } from "../target/choice";
import { openSources, provide, provideStandIns } from "../target/provide";
import { targetVariables } from "../target/target-file";
import { cleanVariables } from "../variables";
import { fullDisk } from "./disk";
import { freeMemory, scarceMemory, type Starting } from "./memory";
import { takenPorts } from "./ports";
import { findPython, findTerraform } from "./programs";

/** What this machine has for the sandbox, all of it there. */
export interface Prepared {
  readonly projects: readonly SynthesizedProject[];
  /** A Python that has the local AWS's packages. */
  readonly python: string;
  readonly go: Go;
  /** What clusters run on. */
  readonly controlPlanes: ControlPlanePlaces;
  /** What takes the place of real providers and charts. */
  readonly choice: Choice;
  /** What is built beside it all, and must be there only when it is needed. */
  readonly builds: Builds;
}

export interface PrepareOptions {
  /** Ports that are asked for, where servers are to be started. @default none */
  readonly ports?: Ports;
  /** Where providers and charts are to come from. @default from where they can be had */
  readonly sources?: Sources | undefined;
  /** The target of the servers that run. @default none run */
  readonly running?: Target | undefined;
  /** What the command starts that takes memory for long. @default nothing */
  readonly starting?: Starting;
  /** Which projects are synthesized. @default all */
  readonly projects?: (project: Project) => boolean;
}

/**
 * Room that is needed, in megabytes: logs and states; Python's packages; a provider (AWS's is the largest); programs of one
 * Go module (Kubernetes' are the largest; Go's own caches, wherever they are, take 2 GB more).
 */
const ROOM = { always: 200, packages: 400, provider: 900, program: 400 } as const;

/** Python packages of the local AWS. */
const REQUIREMENTS = path.resolve(__dirname, "../../moto/requirements.txt");

/**
 * Looks for all that is needed before anything starts, installs what can be installed, and begins to build what can be built.
 * @throws Refusal with a sentence for everything that is missing. An environment that is not valid has told so by itself.
 */
export async function prepare(
  environment: Environment,
  layout: Layout,
  inherited: NodeJS.ProcessEnv,
  say: (line: string) => void,
  { ports = {}, sources, running, starting, projects: wanted = () => true }: PrepareOptions = {},
): Promise<Prepared> {
  mkdirSync(layout.logs, { recursive: true });
  writeFileSync(layout.noAwsConfig, "");
  const variables = cleanVariables(layout, inherited);
  const [python, [terraform, projects], go, taken] = await Promise.all([
    findPython(variables),
    findTerraform(variables).then(async (found) => {
      // cdktf asks for Terraform's version in a synth, and would blame the stacks where there is none.
      if ("lacking" in found) return [found, undefined] as const;
      const synthVariables = { ...variables, ...(running === undefined ? {} : targetVariables(layout)) };
      return [found, await synthesizeAll(environment, layout, { wanted, variables: synthVariables })] as const;
    }),
    findGo(goModules(), variables),
    takenPorts(ports),
  ]);
  const problems = [python, terraform, go]
    .flatMap((program) => ("lacking" in program ? [program.lacking] : []))
    .concat(taken, unknownVersions(environment))
    .concat(starting === undefined ? [] : scarceMemory(starting, freeMemory()));
  if (projects === undefined && !("lacking" in terraform))
    problems.push(`Nothing is started, for ${environment.name} is not valid: see above.`);
  if ("lacking" in python || "lacking" in terraform || "lacking" in go || projects === undefined) {
    throw new Refusal([...problems, ...(await fullDisk(layout.home, ROOM.always))]);
  }

  const { platform } = terraform;
  const venv = virtualEnvironmentFor(REQUIREMENTS, python, layout);
  const pins = projects.flatMap(({ stacks }) => stacks.flatMap(({ providers }) => providers));
  const mirror = planMirror(providersOf(pins), layout, inherited, platform, openSources(sources, running));
  const programs = controlPlanePrograms(layout, go);
  const standIns = standInProgram(layout, go);
  const toBuild = programsFor(environment, programs).filter(({ complete }) => !complete);
  const room =
    ROOM.always +
    (venv.complete ? 0 : ROOM.packages) +
    mirror.missing.length * ROOM.provider +
    (toBuild.length + (mirror.standIns.length > 0 && !standIns.complete ? 1 : 0)) * ROOM.program;
  problems.push(...(await fullDisk(layout.home, room)));
  if (problems.length > 0) throw new Refusal(problems);

  const choice = await provide(mirror, {
    ...{ layout, inherited, variables, running, say },
    asked: sources,
    charts: wantedCharts(projects.map(({ checked }) => checked)),
  });
  if (!venv.complete) {
    say("Installing the Python packages of the local AWS, once …");
    await installPackages(REQUIREMENTS, python, venv, layout, variables);
  }
  placeAwsCli(venv.python, layout);
  const silent = () => undefined;
  const builds = new Builds([
    ...toBuild.map((program) => ({
      purpose: "control-plane" as const,
      name: nameOf(program),
      run: (signal: AbortSignal) => program.build(silent, variables, signal),
    })),
    {
      purpose: "kubernetes-providers",
      name: nameOf(standIns),
      run: (signal) => provideStandIns(choice, { layout, variables, platform, say: silent, program: standIns, signal }),
    },
  ]);
  return { projects, python: venv.python, go, controlPlanes: placesOf(programs, layout), choice, builds };
}

/** Such as "kubernetes-1.35 (usually 4 minutes)". */
function nameOf({ name, usually }: GoProgram): string {
  return `${name} (usually ${usually})`;
}

/**
 * Synthesizes projects, each into its folder of the sandbox.
 * @returns undefined where one of them is not valid
 */
export async function synthesizeAll(
  environment: Environment,
  layout: Layout,
  { wanted, variables }: { readonly wanted: (project: Project) => boolean; readonly variables: NodeJS.ProcessEnv },
): Promise<SynthesizedProject[] | undefined> {
  const projects = deployableProjects(layout.root).filter(wanted);
  const synthesized = await Promise.all(
    projects.map(async (project) => {
      const outdir = path.join(layout.written, project.name);
      const checked = path.join(layout.out, project.name);
      const done = await synthesizeProject(project, {
        ...{ environment: environment.name, environments: [environment], apps: allApps() },
        ...{ outdir, checked, variables },
      });
      return done ? [{ project, checked, stacks: synthesizedStacks(checked) }] : [];
    }),
  );
  return synthesized.every(({ length }) => length > 0) ? synthesized.flat() : undefined;
}
