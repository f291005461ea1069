import { z } from "zod";
import { EksError } from "../http/errors";

const accessKey = z.object({ secretAccessKey: z.string(), sessionToken: z.string().optional() });

/** What AWS gave with an access key: by the secret its holder's signatures are known. */
export interface AccessKey {
  readonly secretAccessKey: string;
  /** Undefined for a user's. */
  readonly sessionToken?: string | undefined;
}

/** Whoever holds an access key. */
export interface Caller {
  /** As STS has it: of a session of a role, `arn:aws:sts::<account>:assumed-role/<role>/<session>`. */
  readonly arn: string;
  /** Unique id, e.g. AIDA… of a user, AROA…:<session> of a session. */
  readonly userId: string;
  /** IAM's own ARN, with its path: of a session, the role's. */
  readonly principalArn: string;
  /** Of a session of a role. */
  readonly sessionName: string | undefined;
}

/** IAM and STS of the local AWS, by their query protocol: two questions do not make up for two more SDK clients. */
export class Identities {
  constructor(
    private readonly endpoint: string,
    private readonly region: string,
    private readonly accountId: string,
  ) {}

  /**
   * Why EKS could not use a role; undefined when it could.
   *
   * @param roleArn ARN of an IAM role, with its path if it has one
   */
  async problemWithRole(roleArn: string): Promise<string | undefined> {
    const [, account = "", path = ""] = /^arn:[^:]+:iam::(\d+):role\/(.+)$/.exec(roleArn) ?? [];
    if (account !== this.accountId) {
      return `Role ${roleArn} is of account ${account}; a role of account ${this.accountId} is needed.`;
    }
    const found = await this.role(lastSegment(path));
    return found.arn === roleArn ? undefined : `Role ${roleArn} was not found in account ${this.accountId}.`;
  }

  /** JSON text of a role's trust policy; undefined where there is no such role. */
  async trustPolicyOf(roleArn: string): Promise<string | undefined> {
    const { arn, trustPolicy } = await this.role(lastSegment(roleArn));
    return arn === roleArn ? trustPolicy : undefined;
  }

  /** ARN of the IAM principal behind an access key: a session of a role counts as the role. */
  async principalOf(accessKeyId: string): Promise<string> {
    return (await this.callerOf(accessKeyId)).principalArn;
  }

  /** @throws EksError AccessDeniedException where nobody holds the access key */
  async callerOf(accessKeyId: string): Promise<Caller> {
    const identity = await this.ask("sts", accessKeyId, { Action: "GetCallerIdentity", Version: "2011-06-15" });
    const arn = /<Arn>([^<]+)<\/Arn>/.exec(identity)?.[1];
    const userId = /<UserId>([^<]+)<\/UserId>/.exec(identity)?.[1];
    if (arn === undefined || userId === undefined)
      throw new EksError("AccessDeniedException", `Nobody is known by access key ${accessKeyId}.`);
    const [, role, sessionName] = /:assumed-role\/([^/]+)\/([^/]+)$/.exec(arn) ?? [];
    const principalArn =
      role === undefined
        ? arn.replace(":sts:", ":iam:")
        : ((await this.role(role)).arn ?? `arn:aws:iam::${this.accountId}:role/${role}`);
    return { arn, userId, principalArn, sessionName };
  }

  /** Undefined for one that the local AWS has not given, or whose session has ended. */
  async accessKey(id: string): Promise<AccessKey | undefined> {
    const answer = await fetch(`${this.endpoint}/_sandbox/access-keys/${encodeURIComponent(id)}`);
    return answer.ok ? accessKey.parse(await answer.json()) : undefined;
  }

  /**
   * Tells the local AWS the keys that an issuer signs tokens with: what AWS fetches from the issuer's URL.
   *
   * @param keys JSON Web Keys; none where the issuer has gone
   * @throws Error where the local AWS does not take them
   */
  async publishKeys(issuer: string, keys: readonly object[]): Promise<void> {
    const body = JSON.stringify({ issuer, keys });
    const answer = await fetch(`${this.endpoint}/_sandbox/issuer-keys`, { method: "PUT", body });
    if (!answer.ok)
      throw new Error(`the local AWS does not take the keys of ${issuer}: status ${String(answer.status)}`);
  }

  private async role(name: string): Promise<{ readonly arn?: string; readonly trustPolicy?: string }> {
    const role = await this.ask("iam", "sandbox", { Action: "GetRole", Version: "2010-05-08", RoleName: name });
    const arn = /<Arn>([^<]+)<\/Arn>/.exec(role)?.[1];
    const document = /<AssumeRolePolicyDocument>([^<]+)<\/AssumeRolePolicyDocument>/.exec(role)?.[1];
    if (arn === undefined || document === undefined) return {};
    // IAM's API encodes policies as in a URL.
    return { arn, trustPolicy: decodeURIComponent(document) };
  }

  /** The XML answer, of an error too. The local AWS reads the key and the service from the signature's scope, and checks no more. */
  private async ask(service: string, accessKeyId: string, query: Record<string, string>): Promise<string> {
    const scope = `${accessKeyId}/20000101/${this.region}/${service}/aws4_request`;
    const answer = await fetch(this.endpoint, {
      method: "POST",
      headers: { authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=none` },
      body: new URLSearchParams(query),
    });
    return answer.text();
  }
}

/** The name in a role's path and name. */
function lastSegment(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
