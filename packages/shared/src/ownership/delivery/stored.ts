import {
  ACCESS_STACK,
  arn,
  DEPLOYED_PREFIX,
  type DeliveryStep,
  type Environment,
  PLANS_PREFIX,
  STATE_KEY_ALIAS,
  stateBucket,
} from "../../environment";
import { allow, covers, deny, type Statement } from "../../iam";
import { type Backend, deployedRecordOf, planManifestOf, savedPlanOf, stateOf } from "../../state";
import type { Workspace } from "../../workspace";
import { producersOf } from "../producers";

/** Objects of the states' bucket, by what may be done with them. */
interface Stored {
  /** Patterns of keys. */
  readonly keys: readonly string[];
  readonly plan: readonly string[];
  readonly deploy: readonly string[];
}

const GET = ["s3:GetObject"];
const GET_PUT = ["s3:GetObject", "s3:PutObject"];

/** Where Terraform looks for workspaces of its own kind, at each `init`: there are none. */
const WORKSPACES = "env:/";

/** What whoever plans or deploys a workspace reads and writes in the bucket of states: nothing where states lie in files. */
export function statementsOfStored(environment: Environment, workspace: Workspace, step: DeliveryStep): Statement[] {
  if (environment.state.kind !== "s3") return [];
  const bucket = arn(environment, "s3", stateBucket(environment));
  const objects = (keys: readonly string[]) => keys.map((key) => `${bucket}/${key}`);
  const allowed = stored(environment, workspace).map(({ keys, [step]: actions }) =>
    allow(...actions).on(...objects(keys)),
  );
  return [
    listed(environment, bucket),
    ...allowed.filter(({ Action, Resource }) => Action.length > 0 && Resource.length > 0),
    ...(workspace.kind === "infra" && step === "deploy"
      ? [deny("s3:PutObject", "s3:DeleteObject").on(...objects([administrators(environment)]))]
      : []),
    encrypted(environment),
  ];
}

/** What whoever plans several workspaces, and tells what is deployed, reads and writes there: no state, and no plan's values. */
export function statementsOfLists(environment: Environment): Statement[] {
  if (environment.state.kind !== "s3") return [];
  const bucket = arn(environment, "s3", stateBucket(environment));
  return [
    listed(environment, bucket),
    allow(...GET_PUT).on(`${bucket}/${keyOf(planManifestOf(environment, "*"))}`),
    allow(...GET).on(`${bucket}/${keyOf(deployedRecordOf(environment, "*"))}`),
    encrypted(environment),
  ];
}

function stored(environment: Environment, workspace: Workspace): Stored[] {
  const own = ownStates(environment, workspace);
  const producers = producersOf(environment, workspace.kind).filter(
    (key) => !own.some((pattern) => covers(pattern, key)),
  );
  return [
    { keys: own, plan: GET, deploy: GET_PUT },
    // A plan takes no lock, and looks whether somebody else has it.
    { keys: own.map((key) => `${key}.tflock`), plan: GET, deploy: [...GET_PUT, "s3:DeleteObject"] },
    { keys: producers, plan: GET, deploy: GET },
    { keys: [keyOf(savedPlanOf(environment, workspace.name, "*"))], plan: GET_PUT, deploy: GET_PUT },
    // A plan of several workspaces, which is known by its digest: nobody can put another in its place, and no value is in it.
    { keys: [keyOf(planManifestOf(environment, "*"))], plan: GET_PUT, deploy: GET_PUT },
    { keys: [keyOf(deployedRecordOf(environment, workspace.name))], plan: [], deploy: ["s3:PutObject"] },
    { keys: [keyOf(deployedRecordOf(environment, "*"))], plan: GET, deploy: GET },
  ];
}

/** An app has one stack in each cluster, which bears its name. */
function ownStates(environment: Environment, { kind, name }: Workspace): string[] {
  const clusters = Object.keys(environment.clusters);
  if (kind === "apps") return clusters.map((cluster) => keyOf(stateOf(environment, kind, name, cluster).backend));
  return [undefined, ...clusters].map((cluster) => keyOf(stateOf(environment, kind, "*", cluster).backend));
}

/** The state of the roles that deploy, and its lock: infra's administrators write them alone. */
function administrators(environment: Environment): string {
  return `${keyOf(stateOf(environment, "infra", ACCESS_STACK).backend)}*`;
}

/**
 * Names of what lies there. S3 tells that an object is missing to those alone who may list, and says no prefix then, nor where it is asked for
 * the bucket itself.
 */
function listed({ name }: Environment, bucket: string): Statement {
  const prefixes = [name, `${PLANS_PREFIX}/${name}`, `${DEPLOYED_PREFIX}/${name}`].map((prefix) => `${prefix}/*`);
  return allow("s3:ListBucket")
    .on(bucket)
    .when({ StringLikeIfExists: { "s3:prefix": [...prefixes, WORKSPACES] } });
}

/** Only what S3 asks of the key of the states. */
function encrypted(environment: Environment): Statement {
  return allow("kms:Decrypt", "kms:GenerateDataKey")
    .on(arn(environment, "kms", "key/*"))
    .when({
      StringEquals: { "kms:ViaService": `s3.${environment.region}.amazonaws.com` },
      "ForAnyValue:StringEquals": { "kms:ResourceAliases": STATE_KEY_ALIAS },
    });
}

function keyOf(backend: Backend): string {
  if (backend.kind !== "s3") throw new Error("a state in a file has no key");
  return backend.key;
}
