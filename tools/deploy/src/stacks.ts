import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";

/** Where a state lies. */
export type StateAddress =
  | { readonly kind: "s3"; readonly bucket: string; readonly key: string; readonly region: string }
  | { readonly kind: "local"; readonly path: string };

/** A provider as a stack pins it: `aws` or `hashicorp/aws`, and an exact version. */
export interface ProviderPin {
  readonly source: string;
  readonly version: string;
}

/** Where a log group of CloudWatch is. */
export interface LogGroupAddress {
  readonly name: string;
  readonly region: string;
}

/** A stack as it was synthesized. */
export interface DeployableStack {
  readonly id: string;
  /** Folder of its cdk.tf.json, where Terraform runs. */
  readonly directory: string;
  readonly state: StateAddress;
  /** States that it reads contracts from. */
  readonly reads: readonly StateAddress[];
  /** Ids of the stacks of the same project that are deployed before it, whether it reads them or not. */
  readonly after: readonly string[];
  /** Team that owns it, as its tags tell. */
  readonly team: string | undefined;
  readonly providers: readonly ProviderPin[];
  /** ARNs of the permissions boundaries that its roles have, each once. */
  readonly boundaries: readonly string[];
  /** What Terraform may not destroy, and by which setting: `aws_kms_key.logs_key_1A2B3C4D (retain.logs)`. */
  readonly protected: readonly string[];
  /** The log groups that a destroy takes away: those that the settings do not keep. */
  readonly logGroups: readonly LogGroupAddress[];
  /** Whether it declares Ingresses: what controllers make for those goes with it, and not before. */
  readonly hasIngresses: boolean;
  /** How many resources it declares. */
  readonly resources: number;
}

const s3 = z.object({ bucket: z.string(), key: z.string(), region: z.string() });
const local = z.object({ path: z.string() });

/** A stack's own state, as `terraform.backend` of its cdk.tf.json has it. */
export const ownState = z.union(
  [
    z.object({ s3 }).transform(({ s3 }): StateAddress => ({ kind: "s3", ...s3 })),
    z.object({ local }).transform(({ local }): StateAddress => ({ kind: "local", ...local })),
  ],
  { error: "the stack has neither an S3 nor a local backend" },
);

/** A state that a stack reads, as a remote state of its cdk.tf.json has it. */
export const remoteState = z
  .union([z.object({ backend: z.literal("s3"), config: s3 }), z.object({ backend: z.literal("local"), config: local })])
  .transform(({ backend: kind, config }): StateAddress => (kind === "s3" ? { kind, ...config } : { kind, ...config }));

/** Those of `data.terraform_remote_state`: by their names in Terraform. */
export const remoteStates = z.record(z.string(), remoteState);

const manifest = z.object({
  stacks: z.record(
    z.string(),
    z.object({ synthesizedStackPath: z.string(), dependencies: z.array(z.string()).default([]) }),
  ),
});
const awsProvider = z.object({
  region: z.string(),
  default_tags: z.array(z.object({ tags: z.object({ team: z.string() }) })),
});
const role = z.object({ permissions_boundary: z.string() });
const logGroup = z.object({ name: z.string(), skip_destroy: z.boolean().default(false) });
const protectedResource = z.object({
  lifecycle: z.object({ prevent_destroy: z.literal(true) }),
  "//": z.object({ protectedBy: z.string().optional() }).default({}),
});
const stack = z.object({
  provider: z.object({ aws: z.array(awsProvider) }).optional(),
  terraform: z.object({
    backend: ownState,
    required_providers: z.record(z.string(), z.object({ source: z.string(), version: z.string() })).default({}),
  }),
  data: z.object({ terraform_remote_state: remoteStates.default({}) }).default({ terraform_remote_state: {} }),
  resource: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
});

/** The stacks that the last synth into that folder wrote. Folders of earlier ones are left out. */
export function synthesizedStacks(outdir: string): DeployableStack[] {
  const { stacks } = manifest.parse(json(path.join(outdir, "manifest.json")));
  return Object.entries(stacks).map(([id, { synthesizedStackPath, dependencies }]) => ({
    ...stackIn(id, path.join(outdir, synthesizedStackPath)),
    after: dependencies,
  }));
}

/** A stack by its cdk.tf.json. Which stacks come before it is not said there. */
export function stackIn(id: string, file: string): Omit<DeployableStack, "after"> {
  const { terraform, data, resource, provider } = stack.parse(json(file));
  return {
    id,
    directory: path.dirname(file),
    state: terraform.backend,
    reads: Object.values(data.terraform_remote_state),
    team: provider?.aws[0]?.default_tags[0]?.tags.team,
    providers: Object.values(terraform.required_providers),
    boundaries: boundariesOf(resource["aws_iam_role"]),
    protected: Object.entries(resource).flatMap(([type, ofType]) =>
      Object.entries(ofType).flatMap(([label, declared]) => {
        const { success, data: found } = protectedResource.safeParse(declared);
        if (!success) return [];
        const { protectedBy } = found["//"];
        return [`${type}.${label}${protectedBy === undefined ? "" : ` (${protectedBy})`}`];
      }),
    ),
    logGroups: logGroupsOf(resource["aws_cloudwatch_log_group"], provider?.aws[0]?.region ?? ""),
    hasIngresses: resource["kubernetes_ingress_v1"] !== undefined,
    resources: Object.values(resource).reduce((sum, ofType) => sum + Object.keys(ofType).length, 0),
  };
}

/** A role without one is no concern of a deploy's: the check of what was written refuses it. */
function boundariesOf(roles: Readonly<Record<string, unknown>> = {}): string[] {
  const parsed = Object.values(roles).flatMap((declared) => role.safeParse(declared).data ?? []);
  return [...new Set(parsed.map(({ permissions_boundary: arn }) => arn))];
}

/** A name that only Terraform knows is nobody's to look for. */
function logGroupsOf(groups: Readonly<Record<string, unknown>> = {}, region: string): LogGroupAddress[] {
  const parsed = Object.values(groups).flatMap((declared) => logGroup.safeParse(declared).data ?? []);
  return parsed.flatMap(({ name, skip_destroy: kept }) => (kept || name.includes("${") ? [] : [{ name, region }]));
}

function json(file: string): unknown {
  return JSON.parse(readFileSync(file, "utf8"));
}
