import path from "node:path";
import {
  accountStackId,
  arn,
  DEPLOYED_PREFIX,
  type Environment,
  PLANS_PREFIX,
  STATE_KEY_ALIAS,
  stateBucket,
} from "../environment";
import type { WorkspaceKind } from "../workspace";

/** Where one stack's state lies, and whose it is. */
export interface StateLocation {
  readonly environment: string;
  readonly workspace: WorkspaceKind;
  readonly stackId: string;
  readonly backend: Backend;
}

export type Backend =
  | {
      readonly kind: "s3";
      readonly bucket: string;
      readonly key: string;
      readonly region: string;
      /** Key that each write names. Undefined: a write names none, and gets the bucket's own. */
      readonly kmsKeyArn: string | undefined;
    }
  | { readonly kind: "local"; readonly path: string };

/** State of a stack of an environment or, where one is given, of its cluster. */
export function stateOf(
  environment: Environment,
  workspace: WorkspaceKind,
  stack: string,
  cluster?: string,
): StateLocation {
  const scope = cluster === undefined ? [environment.name] : [environment.name, cluster];
  return {
    environment: environment.name,
    workspace,
    stackId: [...scope, stack].join("-"),
    backend: backendOf(environment, [...scope, workspace, `${stack}.tfstate`].join("/"), stateKeyArn(environment)),
  };
}

/**
 * State of the account stack, which stands in the bucket that it makes. Its writes name no key: the first ones come before
 * that stack has made it (docs/decisions/0001-bootstrap.md).
 */
export function accountStateOf(environment: Environment): StateLocation {
  return {
    environment: environment.name,
    workspace: "infra",
    stackId: accountStackId(environment),
    backend: backendOf(environment, "account/infra/account.tfstate", undefined),
  };
}

/** Where a saved plan of an environment lies, or a part of one: beside its states, and encrypted as they are. @param name parts of its path */
export function savedPlanOf(environment: Environment, ...name: readonly string[]): Backend {
  return backendOf(environment, [PLANS_PREFIX, environment.name, ...name].join("/"), stateKeyArn(environment));
}

/**
 * Where the list of what a saved plan does lies, which may be of several workspaces: apart from the folders of each, as no workspace has such a
 * name. @param name its digest
 */
export function planManifestOf(environment: Environment, name: string): Backend {
  return savedPlanOf(environment, "_manifests", `${name}.json`);
}

/** Where it is recorded what is deployed of a project in an environment, likewise. */
export function deployedRecordOf(environment: Environment, project: string): Backend {
  return backendOf(
    environment,
    [DEPLOYED_PREFIX, environment.name, `${project}.json`].join("/"),
    stateKeyArn(environment),
  );
}

/** The folder of these records, of all projects of an environment. */
export function deployedRecordsOf(environment: Environment): Backend {
  return backendOf(environment, [DEPLOYED_PREFIX, environment.name].join("/"), stateKeyArn(environment));
}

function backendOf(environment: Environment, key: string, kmsKeyArn: string | undefined): Backend {
  const { state, region } = environment;
  if (state.kind === "local") return { kind: "local", path: `${repositoryRoot()}/${state.directory}/${key}` };
  return { kind: "s3", bucket: stateBucket(environment), key, region, kmsKeyArn };
}

function stateKeyArn(environment: Environment): string {
  return arn(environment, "kms", STATE_KEY_ALIAS);
}

/** Terraform runs in cdktf.out/stacks/<stack>, so a local state needs a path that does not hang from there. */
function repositoryRoot(): string {
  return path.resolve(__dirname, "../../../..");
}
