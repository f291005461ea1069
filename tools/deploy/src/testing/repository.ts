import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { RegisteredApp } from "@demarc/shared/apps";
import { consume, type Contract } from "@demarc/shared/contract";
import { trustService } from "@demarc/shared/iam";
import { Objects } from "@demarc/shared/kubernetes";
import {
  type Build,
  KubernetesStack,
  synthesizeInto,
  WorkspaceRole,
  WorkspaceStack,
  type WorkspaceStackProps,
} from "@demarc/shared/stack";
import { dev, withApps } from "@demarc/shared/testing";
import type { StateAddress } from "../stacks";

/** A key that a setting has Terraform keep. */
const KEPT = { lifecycle: { prevent_destroy: true }, "//": { protectedBy: "retain.logs" } };

/** A stack as cdktf writes it. */
export interface WrittenStack {
  readonly id: string;
  readonly state: StateAddress;
  readonly reads?: readonly StateAddress[];
  /** Ids of stacks that its project deploys before it. */
  readonly after?: readonly string[];
  /** Permissions boundaries of its roles, one each. @default no roles */
  readonly boundaries?: readonly string[];
  /** Whether it has a key that Terraform may not destroy. @default false */
  readonly keeps?: boolean;
  /** Log groups that it makes. @default none */
  readonly logGroups?: readonly { readonly name: string; readonly skip_destroy?: boolean }[];
}

/** Where the state of a stack of dev is. */
export function stateAt(key: string): StateAddress {
  return { kind: "s3", bucket: "states", key, region: "eu-west-1" };
}

/** A folder with synthesized stacks, as a project's cdktf.out. */
export function synthesizedOutput(...stacks: readonly WrittenStack[]): string {
  const outdir = mkdtempSync(path.join(tmpdir(), "demarc-out-"));
  const manifest = stacks.map(({ id, after = [] }): [string, object] => [
    id,
    { synthesizedStackPath: `stacks/${id}/cdk.tf.json`, dependencies: after },
  ]);
  writeFileSync(path.join(outdir, "manifest.json"), JSON.stringify({ stacks: Object.fromEntries<unknown>(manifest) }));
  for (const { id, state, reads = [], boundaries = [], keeps = false, logGroups = [] } of stacks) {
    const folder = path.join(outdir, "stacks", id);
    mkdirSync(folder, { recursive: true });
    const remotes = reads.map((read, index): [string, object] => [
      `r${index}`,
      { backend: read.kind, config: configOf(read) },
    ]);
    const roles = boundaries.map((arn, index): [string, object] => [`r${index}`, { permissions_boundary: arn }]);
    const content = {
      terraform: {
        backend: { [state.kind]: configOf(state) },
        required_providers: { aws: { source: "aws", version: "5.100.0" } },
      },
      data: { terraform_remote_state: Object.fromEntries<unknown>(remotes) },
      provider: { aws: [{ region: "eu-west-1", default_tags: [{ tags: { team: "infra" } }] }] },
      resource: {
        aws_vpc: { vpc: {} },
        aws_subnet: { a: {}, b: {} },
        aws_iam_role: Object.fromEntries(roles),
        aws_cloudwatch_log_group: Object.fromEntries(
          logGroups.map((group, index): [string, object] => [`g${index}`, group]),
        ),
        ...(keeps ? { aws_kms_key: { kept: KEPT } } : {}),
      },
    };
    writeFileSync(path.join(folder, "cdk.tf.json"), JSON.stringify(content));
  }
  return outdir;
}

function configOf({ kind: _, ...config }: StateAddress): object {
  return config;
}

/** A stack of dev with nothing in it but contracts that it consumes, and a role. */
export interface ConsumingStack extends Omit<WorkspaceStackProps, "environment"> {
  readonly consumes?: readonly Contract[];
  /** Name of a Helm release of kube-system that it makes. @default none */
  readonly release?: string;
  /** Name of a role that it makes, which trusts an AWS service. @default none */
  readonly role?: string;
  /** Whether it has a key that Terraform may not destroy. @default false */
  readonly keeps?: boolean;
  /** Name of a log group that it makes. @default none */
  readonly logGroup?: string;
}

/** A folder with stacks, as the synth of a project writes them. @param within the environment that they are of @param apps those that are registered */
export function outputOf(stacks: readonly ConsumingStack[], within = dev, apps: readonly RegisteredApp[] = []): string {
  const outdir = mkdtempSync(path.join(tmpdir(), "demarc-out-"));
  const build: Build = (app, environment) => {
    for (const { consumes = [], cluster, role, release, logGroup, keeps = false, ...props } of stacks) {
      const onKubernetes = cluster !== undefined && props.workspace.kind !== "infra";
      const stack = onKubernetes
        ? new KubernetesStack(app, { ...props, environment, cluster })
        : new WorkspaceStack(app, { ...props, environment, cluster });
      for (const contract of consumes) consume(stack, contract);
      if (role !== undefined) addRole(stack, role);
      if (keeps) stack.addOverride("resource.aws_kms_key.kept", KEPT);
      if (logGroup !== undefined) stack.addOverride("resource.aws_cloudwatch_log_group.logs.name", logGroup);
      if (release !== undefined) new Objects(stack, release, { name: release, namespace: "kube-system", objects: [] });
    }
  };
  synthesizeInto(withApps(apps, build), [within], { outdir });
  return outdir;
}

function addRole(stack: WorkspaceStack, name: string): void {
  new WorkspaceRole(stack, "role", { name, description: "a test's", trust: trustService("ec2.amazonaws.com") });
}

/** Command of a synth that writes what is in that folder. */
export function synthThatWrites(output: string): string {
  return `mkdir -p "$CDKTF_OUTDIR" && cp -r ${output}/. "$CDKTF_OUTDIR"`;
}

/** A repository with these projects, each with that command as its app. */
export function repositoryOf(projects: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(path.join(tmpdir(), "demarc-repository-"));
  for (const [folder, app] of Object.entries(projects)) {
    mkdirSync(path.join(root, folder), { recursive: true });
    writeFileSync(path.join(root, folder, "cdktf.json"), JSON.stringify({ app, context: { given: "context" } }));
  }
  return root;
}
