import path from "node:path";
import { z } from "zod";
import { ChartRepository } from "../charts/repository";
import { wantedCharts } from "../charts/wanted";
import type { MakeActor } from "../controllers/actor";
import { actorsOf } from "../controllers/actors";
import { ExternalDnsBinary, externalDnsProgram } from "../controllers/external-dns/program";
import { findGo } from "../go/go";
import { goModules } from "../go/modules";
import { LocalControlPlane } from "../kubernetes/local-control-plane";
import { absentControlPlane } from "./control-plane";
import { reasonOf } from "./http/errors";
import { startEksApi } from "./server";

/** Hosts that mean this machine: the sandbox makes nothing anywhere else. */
const LOOPBACK = /^(127\.0\.0\.1|localhost|\[::1\])$/;

const controlPlanes = z.object({
  clusters: z.string(),
  logs: z.string(),
  kubernetes: z.record(z.string(), z.string()),
  kwok: z.string(),
});

const controllers = z.object({ root: z.string(), go: z.string(), clusters: z.string(), logs: z.string() });

const environment = z.object({
  EKS_API_PORT: z.coerce.number().int().min(0).max(65_535).default(0),
  EKS_API_REGION: z.string("must be a region, e.g. ap-northeast-1").min(1),
  EKS_API_ACCOUNT_ID: z.string("must be 12 digits").regex(/^\d{12}$/, "must be 12 digits"),
  EKS_API_AWS_ENDPOINT: z.url({
    protocol: /^https?$/,
    hostname: LOOPBACK,
    error: "must be a URL on the loopback interface",
  }),
  /** Who is asked whether a call may be served. Without it, every call is. */
  EKS_API_JUDGE: z
    .url({ protocol: /^https?$/, hostname: LOOPBACK, error: "must be a URL on the loopback interface" })
    .optional(),
  /** Where control planes have their programs, and keep what they write: JSON. Without it, clusters are records. */
  EKS_API_CONTROL_PLANES: z
    .string()
    .transform((json): unknown => JSON.parse(json))
    .pipe(controlPlanes)
    .optional(),
  /** The part of the sandbox's layout where controllers are built and run: JSON. Without it, nothing acts in the clusters. */
  EKS_API_CONTROLLERS: z
    .string()
    .transform((json): unknown => JSON.parse(json))
    .pipe(controllers)
    .optional(),
  /** Folders of synthesized cdktf apps: the charts that their stacks want are served. */
  EKS_API_STACKS: z
    .string()
    .default("")
    .transform((folders) => folders.split(path.delimiter).filter((folder) => folder !== "")),
});

/**
 * The EKS API as a process of its own, with the options of startEksApi in its environment. Prints one line when it listens,
 * "EKS API listening on <url>", and ends on SIGTERM or SIGINT. Exit code 1, with every reason, when it cannot start.
 */
async function main(): Promise<void> {
  // The SDK's version is pinned; which Node its later ones will need is no news to whoever runs a sandbox.
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
  const read = environment.safeParse(process.env);
  if (!read.success) {
    const problems = read.error.issues.map(({ path, message }) => `  ${path.join(".")}: ${message}`);
    throw new Error(
      `the EKS API cannot start (${problems.length} problems in the environment):\n${problems.join("\n")}`,
    );
  }
  const { EKS_API_PORT: port, EKS_API_REGION: region, EKS_API_ACCOUNT_ID: accountId } = read.data;
  const charts = new ChartRepository(() => wantedCharts(read.data.EKS_API_STACKS));
  const { EKS_API_CONTROL_PLANES: places, EKS_API_AWS_ENDPOINT: awsEndpoint } = read.data;
  const controlPlane = (url: string) =>
    places === undefined
      ? absentControlPlane
      : new LocalControlPlane({
          ...places,
          reviewUrl: (cluster) => `${url}/_sandbox/clusters/${cluster}/token-review`,
        });
  const actors = await actorsIn(read.data.EKS_API_CONTROLLERS);
  const judge = read.data.EKS_API_JUDGE;
  const judged = judge === undefined ? {} : { judgeUrl: judge };
  const api = await startEksApi({ port, region, accountId, awsEndpoint, controlPlane, charts, actors, ...judged });
  const end = () => void api.close().then(() => process.exit(0));
  process.once("SIGTERM", end);
  process.once("SIGINT", end);
  console.log(`EKS API listening on ${api.url}`);
}

async function actorsIn(places: z.infer<typeof controllers> | undefined): Promise<readonly MakeActor[]> {
  if (places === undefined) return [];
  const go = await findGo(goModules(), process.env);
  if ("lacking" in go) throw new Error(go.lacking);
  const externalDns = new ExternalDnsBinary(externalDnsProgram(places, go), console.error, process.env);
  externalDns.prepare();
  return actorsOf({ ...places, externalDns });
}

main().catch((fault: unknown) => {
  console.error(reasonOf(fault));
  process.exitCode = 1;
});
