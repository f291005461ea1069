import { mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { deployableProjects, isRunning, outdirOf } from "@demarc/deploy";
import type { Environment } from "@demarc/shared/environment";
import type { Ports } from "../command";
import { PATHS } from "../judge/server";
import type { ControlPlanePlaces } from "../kubernetes/programs";
import type { Layout } from "../layout";
import type { Choice } from "../target/choice";
import { forgetTarget, hasTarget, writeTarget } from "../target/target-file";
import { cleanVariables, type LocalAws } from "../variables";
import { endGroup } from "./process-group";
import { forgetRecord, readRecord, type ServersRecord, writeRecord } from "./record";
import { type ServerProgram, startProcess, urlOf } from "./server";

/** The local AWS and its EKS API, and the judge that both ask before they serve a call: all running and serving. */
export interface Servers extends LocalAws {
  readonly judgeUrl: string;
  readonly account: string;
  readonly startedAt: Date;
}

/** Those environments that its account and region are those of. */
export function environmentsIn(
  { account, region }: Pick<Servers, "account" | "region">,
  environments: readonly Environment[],
): Environment[] {
  return environments.filter((each) => each.account === account && each.region === region);
}

/** What the local AWS is started with. */
export interface ServersOptions {
  readonly layout: Layout;
  readonly account: string;
  readonly region: string;
  /** A Python that has the local AWS's packages. */
  readonly python: string;
  readonly ports: Ports;
  /** What clusters run on. */
  readonly controlPlanes: ControlPlanePlaces;
  /** What takes the place of real providers and charts, as long as the servers run. */
  readonly choice: Choice;
  readonly inherited: NodeJS.ProcessEnv;
}

/**
 * - `serving`: all of them run and answer.
 * - `broken`: one of them has ended, or was never ready: what was made is lost, and the others know only half of it. Or
 *   nobody knows which providers made it: the target is gone.
 * - `none`: none was started.
 */
export type ServersState =
  { readonly kind: "serving"; readonly servers: Servers } | { readonly kind: "broken" } | { readonly kind: "none" };

export async function serversState(layout: Layout): Promise<ServersState> {
  const record = readRecord(layout.servers);
  if (record === undefined) return { kind: "none" };
  const { judge, aws, eks, account, region, startedAt } = record;
  if (judge?.url === undefined || aws?.url === undefined || eks?.url === undefined || !hasTarget(layout))
    return { kind: "broken" };
  const alive = await Promise.all([judge, aws, eks].map(({ process }) => isRunning(process)));
  const urls = [`${judge.url}${PATHS.health}`, aws.url, `${eks.url}/_sandbox/health`];
  if (alive.includes(false) || (await Promise.all(urls.map(answers))).includes(false)) return { kind: "broken" };
  return {
    kind: "serving",
    servers: {
      judgeUrl: judge.url,
      awsUrl: aws.url,
      eksUrl: eks.url,
      account,
      region,
      startedAt: new Date(startedAt),
    },
  };
}

/** Starts all, empty. Whatever was recorded before must have been ended. @throws Refusal where one does not start */
export async function startServers(options: ServersOptions): Promise<Servers> {
  const { layout, account, region } = options;
  mkdirSync(layout.logs, { recursive: true });
  const startedAt = new Date();
  let record: ServersRecord = { account, region, startedAt: startedAt.toISOString() };
  const start = async (server: "judge" | "aws" | "eks", program: ServerProgram): Promise<string> => {
    const process = await startProcess(program);
    writeRecord(layout.servers, (record = { ...record, [server]: { process } }));
    const url = await urlOf(program, process);
    if (server === "eks") writeTarget(options.choice, url, layout);
    writeRecord(layout.servers, (record = { ...record, [server]: { process, url } }));
    return url;
  };
  try {
    const judgeUrl = await start("judge", judgeOf(options));
    const awsUrl = await start("aws", localAws(options, judgeUrl));
    const eksUrl = await start("eks", eksApi(options, { awsUrl, judgeUrl }));
    return { judgeUrl, awsUrl, eksUrl, account, region, startedAt };
  } catch (error) {
    await endServers(layout);
    throw error;
  }
}

/** Ends all, with all that was made in them. @returns whether one was there */
export async function endServers(layout: Layout): Promise<boolean> {
  const record = readRecord(layout.servers);
  if (record === undefined) return false;
  for (const server of [record.eks, record.aws, record.judge])
    if (server !== undefined) await endGroup(server.process, layout.go);
  rmSync(layout.clusters, { recursive: true, force: true });
  forgetRecord(layout.servers);
  forgetTarget(layout);
  return true;
}

function judgeOf({ layout, inherited }: ServersOptions): ServerProgram {
  return {
    name: "The judge",
    command: process.execPath,
    args: ["--import", "tsx", path.resolve(__dirname, "../judge/main.ts")],
    variables: cleanVariables(layout, inherited),
    log: path.join(layout.logs, "judge.log"),
  };
}

function localAws({ layout, account, python, ports, inherited }: ServersOptions, judgeUrl: string): ServerProgram {
  return {
    name: "The local AWS",
    command: python,
    args: ["-m", "demarc_moto", "--host", "127.0.0.1", "--port", String(ports.aws ?? 0)],
    variables: {
      ...cleanVariables(layout, inherited),
      PYTHONPATH: path.resolve(__dirname, "../../moto"),
      PYTHONDONTWRITEBYTECODE: "1",
      MOTO_ACCOUNT_ID: account,
      DEMARC_JUDGE_URL: judgeUrl,
    },
    log: path.join(layout.logs, "aws.log"),
  };
}

function eksApi(
  { layout, account, region, ports, controlPlanes, inherited }: ServersOptions,
  { awsUrl, judgeUrl }: Pick<Servers, "awsUrl" | "judgeUrl">,
): ServerProgram {
  return {
    name: "The EKS API",
    command: process.execPath,
    args: ["--import", "tsx", path.resolve(__dirname, "../eks-api/main.ts")],
    variables: {
      ...cleanVariables(layout, inherited),
      EKS_API_PORT: String(ports.eks ?? 0),
      EKS_API_ACCOUNT_ID: account,
      EKS_API_REGION: region,
      EKS_API_AWS_ENDPOINT: awsUrl,
      EKS_API_JUDGE: judgeUrl,
      EKS_API_CONTROL_PLANES: JSON.stringify(controlPlanes),
      EKS_API_CONTROLLERS: JSON.stringify({
        root: layout.root,
        go: layout.go,
        clusters: layout.clusters,
        logs: layout.logs,
      }),
      EKS_API_STACKS: stackFolders(layout).join(path.delimiter),
    },
    log: path.join(layout.logs, "eks.log"),
  };
}

/** Where projects are synthesized into: by the sandbox, and by a deploy of one of them alone. */
function stackFolders({ root, out }: Layout): string[] {
  return deployableProjects(root).flatMap((project) => [path.join(out, project.name), outdirOf(project)]);
}

async function answers(url: string): Promise<boolean> {
  try {
    await fetch(url, { signal: AbortSignal.timeout(10_000) });
    return true;
  } catch {
    return false;
  }
}
