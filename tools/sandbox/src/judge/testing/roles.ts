import { CreatePolicyCommand, CreateRoleCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { AssumeRoleCommand, STSClient, type Tag } from "@aws-sdk/client-sts";

export const ACCOUNT = "123456789012";
export const REGION = "eu-central-1";

/** What a client of the local AWS is made with. */
export interface ClientSettings {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
}

export interface RoleFixture {
  readonly statements: readonly object[];
  /** @default none */
  readonly boundary?: readonly object[];
  /** What its session is narrowed to. @default nothing */
  readonly session?: readonly object[];
  /** Of the session. @default none */
  readonly tags?: readonly Tag[];
}

/** Nobody's role: whatever it calls is served. */
export function administratorOf(endpoint: string): ClientSettings {
  return { endpoint, region: REGION, credentials: { accessKeyId: "sandbox", secretAccessKey: "sandbox" } };
}

/** Makes a role with a policy `own` and, where it is bounded, a boundary `bounds-<name>`, and a session of it. */
export async function sessionOf(
  administrator: ClientSettings,
  RoleName: string,
  { statements, boundary, session, tags = [] }: RoleFixture,
): Promise<ClientSettings> {
  const iam = new IAMClient(administrator);
  const trust = { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } };
  const { Role } = await iam.send(
    new CreateRoleCommand({
      RoleName,
      AssumeRolePolicyDocument: documentOf([{ ...trust, Action: ["sts:AssumeRole", "sts:TagSession"] }]),
      ...(boundary === undefined ? {} : { PermissionsBoundary: await bounds(iam, RoleName, boundary) }),
    }),
  );
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "own", PolicyDocument: documentOf(statements) }));
  const { Credentials } = await new STSClient(administrator).send(
    new AssumeRoleCommand({
      ...{ RoleArn: Role?.Arn, RoleSessionName: "attempt", Tags: [...tags] },
      ...(session === undefined ? {} : { Policy: documentOf(session) }),
    }),
  );
  const { AccessKeyId: accessKeyId = "", SecretAccessKey: secretAccessKey = "", SessionToken = "" } = Credentials ?? {};
  return { ...administrator, credentials: { accessKeyId, secretAccessKey, sessionToken: SessionToken } };
}

async function bounds(iam: IAMClient, role: string, statements: readonly object[]): Promise<string> {
  const asked = { PolicyName: `bounds-${role}`, PolicyDocument: documentOf(statements) };
  const { Policy } = await iam.send(new CreatePolicyCommand(asked));
  return Policy?.Arn ?? "";
}

/** A policy's JSON. */
export function documentOf(statements: readonly object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}
