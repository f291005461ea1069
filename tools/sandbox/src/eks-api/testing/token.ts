import { signatureOf } from "../authentication/signature";
import type { AccessKey } from "../account/identities";

/** Where `tokenOf` has its tokens signed for. */
export const LOCAL_AWS = "http://127.0.0.1:33185";

/** What `tokenOf` signs with, whatever the access key's id. */
export const SIGNING_KEY: AccessKey = { secretAccessKey: "secret", sessionToken: "session" };

/** Parts of a token's URL that a test sets to something else; undefined leaves one out. */
export type TokenParameters = Readonly<Record<string, string | undefined>>;

/** What a test makes of a token. */
export interface TokenChanges {
  /** Cluster that it is signed for. @default dev-a */
  readonly cluster?: string;
  /** What stands before its query. @default that of the local AWS */
  readonly before?: string;
  readonly parameters?: TokenParameters;
  /** What stands after its query. @default nothing */
  readonly after?: string;
}

/** A token as `aws eks get-token` makes it, signed as it stands, with the access key of whoever makes it. */
export function tokenOf(accessKeyId: string, signedAt: Date, changes: TokenChanges = {}): string {
  const { cluster = "dev-a", before = `${LOCAL_AWS}/`, after = "" } = changes;
  const date = signedAt.toISOString().replaceAll(/[-:]|\.\d+/g, "");
  const parameters: TokenParameters = {
    Action: "GetCallerIdentity",
    Version: "2011-06-15",
    "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
    "X-Amz-Credential": `${accessKeyId}/${date.slice(0, 8)}/ap-northeast-1/sts/aws4_request`,
    "X-Amz-Date": date,
    "X-Amz-Expires": "60",
    "X-Amz-SignedHeaders": "host;x-k8s-aws-id",
    "X-Amz-Security-Token": SIGNING_KEY.sessionToken,
    ...changes.parameters,
  };
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) if (value !== undefined) query.set(name, value);
  const url = `${before}?${query.toString()}`;
  const signature = signatureOf(new URL(url), { "x-k8s-aws-id": cluster }, SIGNING_KEY.secretAccessKey);
  const signed = "X-Amz-Signature" in parameters ? url : `${url}&X-Amz-Signature=${signature}`;
  return `k8s-aws-v1.${Buffer.from(signed + after).toString("base64url")}`;
}
