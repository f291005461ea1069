import { AssumeRoleCommand, type Credentials, STSClient, type STSClientConfig } from "@aws-sdk/client-sts";
import { deliveryRole, type DeliveryStep, type Environment, roleArn } from "@demarc/shared/environment";
import { whoIs } from "./caller";
import { LogGroups } from "./log-groups";
import { Policies } from "./policies";
import { Refusal } from "./refusal";
import type { Identity, Owner } from "./setting";
import { States } from "./states";

/** Credentials of a session of a role. AWS ends it after an hour. */
export interface TeamSession {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/**
 * ARN of the role that acts for a team where nobody says which: the first of them.
 * @throws Refusal that lists the teams, where there is none of that name
 */
export function roleOfTeam(environment: Environment, team: string): string {
  const [role] = Object.hasOwn(environment.teams, team) ? (environment.teams[team]?.roles ?? []) : [];
  if (role !== undefined) return roleArn(environment, role);
  const known = Object.keys(environment.teams).join(", ");
  throw new Refusal([`There is no team "${team}" in ${environment.name}; there are: ${known}.`]);
}

/**
 * Takes the role that acts for a team.
 * @param name of the session: CloudTrail shows it, and it stands in the user name that Kubernetes sees
 * @param connection region, endpoint and credentials of whoever takes the role
 * @throws Refusal where there is no such team, and the SDK's error where the role cannot be taken
 */
export async function sessionOfTeam(
  environment: Environment,
  team: string,
  name: string,
  connection: STSClientConfig,
): Promise<TeamSession> {
  return sessionOf(roleOfTeam(environment, team), name, connection);
}

/**
 * Takes the role that plans or deploys a workspace. It trusts the roles of the team that owns the workspace: a session of one of those takes
 * it directly, and any other caller by way of the first of them.
 * @param caller ARN of whoever takes the role. Undefined: of no team
 * @throws Refusal where there is no such team, and the SDK's error where a role cannot be taken
 */
export async function sessionOfDelivery(
  environment: Environment,
  { project, team }: Owner,
  step: DeliveryStep,
  name: string,
  { caller, ...connection }: STSClientConfig & { readonly caller?: string | undefined },
): Promise<TeamSession> {
  const role = roleArn(environment, deliveryRole(environment, project, step));
  if (isOfTeam(environment, team, caller)) return sessionOf(role, name, connection);
  const credentials = await sessionOfTeam(environment, team, name, connection);
  return sessionOf(role, name, { ...connection, credentials });
}

/** A session's ARN has its role's name without the path. */
function isOfTeam({ account, teams }: Environment, team: string, caller = ""): boolean {
  const [, of, role] = /^arn:[^:]+:sts::(\d+):assumed-role\/([^/]+)\//.exec(caller) ?? [];
  return of === account && (teams[team]?.roles ?? []).some((each) => each.split("/").at(-1) === role);
}

async function sessionOf(role: string, name: string, connection: STSClientConfig): Promise<TeamSession> {
  const sts = new STSClient(connection);
  try {
    const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn: role, RoleSessionName: name }));
    return credentialsIn(Credentials, role);
  } finally {
    sts.destroy();
  }
}

/** @throws Error where what STS answers has none */
export function credentialsIn(
  { AccessKeyId, SecretAccessKey, SessionToken }: Partial<Credentials> = {},
  role: string,
): TeamSession {
  if (AccessKeyId === undefined || SecretAccessKey === undefined || SessionToken === undefined)
    throw new Error(`AWS gives no credentials for ${role}`);
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
}

/** These would win over a session's own variables in some AWS SDKs. */
const PROFILES = ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"];

/** Who acts in a session. @param variables of the caller, of which it keeps all that does not stand in its way */
export function identityOfSession(credentials: TeamSession, variables: NodeJS.ProcessEnv): Identity {
  const kept = Object.entries(variables).filter(([name]) => !PROFILES.includes(name));
  return {
    variables: { ...Object.fromEntries(kept), ...variablesOfSession(credentials) },
    states: new States({ credentials }),
    policies: new Policies({ credentials }),
    logGroups: new LogGroups({ credentials }),
    who: whoIs({ credentials }),
  };
}

/** Environment variables by which every AWS SDK and Terraform take a session. */
export function variablesOfSession({ accessKeyId, secretAccessKey, sessionToken }: TeamSession) {
  return { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: sessionToken };
}
