import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { App } from "cdktf";
import { computeFindings } from "../compute";
import { inheritedNames, isRecord, repeatsName } from "../json";
import { contentHash } from "../kubernetes";
import { checkOwnership } from "../ownership";
import { KubernetesStack } from "./kubernetes-stack";
import { WorkspaceStack, type WorkspaceStackProps } from "./stack";
import { aim, type Target } from "./target";

/** The one file of a stack that Terraform reads. */
const FILE = "cdk.tf.json";

/** Names of what Terraform reads in the folder that it runs in. */
const READ = /\.(tf|tofu|tfvars)(\.json)?$/;

/** Whether Terraform reads a file of that name in the folder that it runs in. */
export function isReadByTerraform(name: string): boolean {
  return READ.test(name);
}

/**
 * All that is wrong with a stack as it was written: what Terraform is going to read, whoever wrote it and by whatever way. A synth
 * asks it of itself; a deploy asks it again, of what it is about to deploy, outside of the app's own process.
 * @param folder of the stack's cdk.tf.json, in a synth's output folder
 * @param props which stack it must be, told by who asks and not by the file
 */
export function writtenProblems(folder: string, props: WorkspaceStackProps, target: Target): string[] {
  const id = path.basename(folder);
  const file = path.join(folder, FILE);
  const others = readdirSync(folder)
    .filter((name) => name !== FILE && isReadByTerraform(name))
    .map((name) => `${id}: Terraform would read ${name} too; a stack is its ${FILE} alone: remove it`);
  const problems = [...others, ...assetProblems(folder)];
  if (!existsSync(file))
    return [...problems, `${id}: there is no ${FILE}: synthesize to JSON, without SYNTH_HCL_OUTPUT`];
  const text = readFileSync(file, "utf8");
  const json: unknown = JSON.parse(text);
  if (repeatsName(text)) problems.push(`${id}: an object of ${FILE} has a name twice, of which Terraform reads both`);
  const odd = [...new Set(inheritedNames(json))].map(
    (name) => `${id}: ${FILE} has the name "${name}", under which JavaScript reads something else: take another name`,
  );
  const { problems: unfit } = computeFindings(id, props.environment, props.cluster, json);
  return [...problems, ...odd, ...checkOwnership(json, baseStack(folder, props, target, json)), ...unfit];
}

/** What runs otherwise in the stack's cluster than is asked, and stops nothing: a line each. @param folder of its cdk.tf.json */
export function writtenWarnings(folder: string, { environment, cluster }: WorkspaceStackProps): string[] {
  const json: unknown = JSON.parse(readFileSync(path.join(folder, FILE), "utf8"));
  return [...computeFindings(path.basename(folder), environment, cluster, json).warnings];
}

/** The stack with nothing in it. One that uses Kubernetes has its providers too. */
function baseStack(folder: string, props: WorkspaceStackProps, target: Target, json: unknown): WorkspaceStack {
  // CDKTF makes the output folder of every app; this one is there.
  const app = new App({ outdir: path.resolve(folder, "../.."), skipValidation: true });
  aim(app, target);
  const providers = isRecord(json) ? json["provider"] : undefined;
  const usesKubernetes = isRecord(providers) && ("kubernetes" in providers || "helm" in providers);
  const { cluster, workspace } = props;
  if (!usesKubernetes || cluster === undefined || workspace.kind === "infra") return new WorkspaceStack(app, props);
  return new KubernetesStack(app, { ...props, cluster });
}

/** The chart that renders objects is told by its content; anything else under its name could render what nobody has looked at. */
function assetProblems(folder: string): string[] {
  const assets = path.join(folder, "assets");
  if (!existsSync(assets)) return [];
  const others = readdirSync(assets).filter((name) => name !== "objects-chart");
  return [
    ...others.map((name) => `${path.basename(folder)}: assets/${name} is none that is checked; use Objects`),
    ...chartProblems(folder),
  ];
}

function chartProblems(folder: string): string[] {
  const charts = path.join(folder, "assets/objects-chart");
  if (!existsSync(charts)) return [];
  return readdirSync(charts).flatMap((hash) => {
    const chart = path.join(charts, hash);
    const plain = readdirSync(chart, { recursive: true, withFileTypes: true }).every(
      (entry) => entry.isFile() || entry.isDirectory(),
    );
    if (plain && contentHash(chart) === hash) return [];
    return [`${path.basename(folder)}: assets/objects-chart/${hash} is not the objects chart; use Objects`];
  });
}
