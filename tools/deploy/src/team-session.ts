import { AssumeRoleCommand, STSClient, type STSClientConfig } from "@aws-sdk/client-sts";
import { type Environment, roleArn } from "@demarc/shared/environment";
import { Refusal } from "./refusal";

/** Credentials of a session of a team's role. AWS ends it after an hour. */
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
  const RoleArn = roleOfTeam(environment, team);
  const sts = new STSClient(connection);
  try {
    const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: name }));
    const { AccessKeyId, SecretAccessKey, SessionToken } = Credentials ?? {};
    if (AccessKeyId === undefined || SecretAccessKey === undefined || SessionToken === undefined)
      throw new Error(`AWS gives no credentials for ${RoleArn}`);
    return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
  } finally {
    sts.destroy();
  }
}

/** Environment variables by which every AWS SDK and Terraform take a session. */
export function variablesOfSession({ accessKeyId, secretAccessKey, sessionToken }: TeamSession) {
  return { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: sessionToken };
}
