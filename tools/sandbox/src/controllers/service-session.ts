import { AssumeRoleCommand, type AssumeRoleCommandInput, type Credentials, STSClient } from "@aws-sdk/client-sts";
import { isRecord } from "@demarc/shared/json";
import { signingAs } from "../eks-api/account/service-linked";

/** Tags of a session. */
export type SessionTags = Readonly<Record<string, string>>;

/** Credentials of a session of a role. */
export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiration: Date;
}

/** Where a service of AWS acts. */
export interface ServicePlace {
  readonly region: string;
  /** 12 digits. */
  readonly accountId: string;
  /** URL of the local AWS. */
  readonly awsEndpoint: string;
}

/** A service of AWS that asks for a session of a role. */
export interface AssumingService {
  /** Such as `pods.eks.amazonaws.com`. */
  readonly service: string;
  /** ARN of what it asks for. @default it says neither that nor the account, as EC2 */
  readonly sourceArn?: string;
}

/**
 * STS's session of a role that a service of AWS asks for.
 *
 * @throws the SDK's AccessDenied where the role does not trust it
 */
export async function assumeAsService(
  { accountId, awsEndpoint: endpoint, region }: ServicePlace,
  { service, sourceArn }: AssumingService,
  asked: Pick<AssumeRoleCommandInput, "RoleArn" | "RoleSessionName">,
  tags: SessionTags = {},
): Promise<Credentials | undefined> {
  const sts = new STSClient({ endpoint, region, credentials: signingAs(service) });
  if (sourceArn !== undefined) addHeaders(sts, { "x-amz-source-account": accountId, "x-amz-source-arn": sourceArn });
  const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  return (await sts.send(new AssumeRoleCommand({ ...asked, Tags })).finally(() => sts.destroy())).Credentials;
}

/** Has every request of a client bear these headers. */
function addHeaders({ middlewareStack }: STSClient, headers: object): void {
  middlewareStack.add(
    (next) => (given) => {
      const { request } = given;
      if (isRecord(request) && isRecord(request["headers"])) Object.assign(request["headers"], headers);
      return next(given);
    },
    { step: "build" },
  );
}

/** What STS answered, as the SDK's clients take it. @throws Error where it answered none */
export function complete(credentials: Credentials | undefined): AwsCredentials {
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = credentials ?? {};
  if (AccessKeyId === undefined || SecretAccessKey === undefined || SessionToken === undefined || !Expiration) {
    throw new Error("STS answered no credentials");
  }
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
    expiration: Expiration,
  };
}
