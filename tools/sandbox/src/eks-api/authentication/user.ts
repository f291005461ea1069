import { grantsOf, hasAccessEntries, policyGroup } from "../access/granted";
import type { Caller } from "../account/identities";
import type { Instances } from "../account/instances";
import type { ClusterRecord } from "../store";
import { type Token, TokenRefusal } from "./token";

/** Whom Kubernetes sees: UserInfo of its authentication API. */
export interface User {
  readonly username: string;
  readonly uid: string;
  readonly groups: readonly string[];
  readonly extra: Readonly<Record<string, readonly string[]>>;
}

/** What finds out the names of nodes. */
export interface Surroundings {
  readonly region: string;
  readonly instances: Pick<Instances, "running">;
}

/**
 * The user that a cluster's access entries make of a caller, as they stand now.
 *
 * @throws TokenRefusal where there is no entry for the caller
 */
export async function userOf(
  { accessKeyId }: Token,
  caller: Caller,
  record: ClusterRecord,
  surroundings: Surroundings,
): Promise<User> {
  const { arn, userId, principalArn, sessionName = "" } = caller;
  const stored = hasAccessEntries(record) ? record.accessEntries.find(principalArn) : undefined;
  if (stored === undefined)
    throw new TokenRefusal(`${arn} has no access entry in ${record.cluster.name}: there is none for ${principalArn}`);
  const { username = "", kubernetesGroups = [] } = stored.entry;
  const policyGroups = grantsOf(stored).map(({ policy, namespaces }) => policyGroup(policy, namespaces));
  return {
    username: await nameIn(username, sessionName, surroundings),
    uid: `aws-iam-authenticator:${accountOf(arn)}:${userId.split(":")[0] ?? ""}`,
    groups: [...new Set([...kubernetesGroups, ...policyGroups])],
    extra: {
      accessKeyId: [accessKeyId],
      arn: [arn],
      canonicalArn: [canonical(arn)],
      principalId: [userId.split(":")[0] ?? ""],
      sessionName: [sessionName],
    },
  };
}

/** A user name with what EKS puts in for its templates. */
async function nameIn(template: string, session: string, { region, instances }: Surroundings): Promise<string> {
  // Kubernetes keeps names with @ for others, so that EKS's authenticator writes none.
  const named = template.replaceAll("{{SessionName}}", session.replaceAll("@", "-"));
  if (!named.includes("{{EC2PrivateDNSName}}")) return named;
  const [instance] = await instances.running([session]);
  if (instance === undefined) throw new TokenRefusal(`there is no instance ${session}, and so no node`);
  const domain = region === "us-east-1" ? "ec2" : `${region}.compute`;
  return named.replace("{{EC2PrivateDNSName}}", `ip-${instance.privateIp.replaceAll(".", "-")}.${domain}.internal`);
}

function accountOf(arn: string): string {
  return arn.split(":")[4] ?? "";
}

/** A session as its role, without the path, which STS does not tell. */
function canonical(arn: string): string {
  return arn.replace(/:sts:(.*):assumed-role\/([^/]+)\/[^/]+$/, ":iam:$1:role/$2");
}
