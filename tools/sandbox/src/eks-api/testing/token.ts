/** Parts of a token's URL that a test sets to something else; undefined leaves one out. */
export type TokenParameters = Readonly<Record<string, string | undefined>>;

/** A token as `aws eks get-token` makes it, but for the signature, with the access key of whoever makes it. */
export function tokenOf(accessKeyId: string, signedAt: Date, changes: TokenParameters = {}): string {
  const date = signedAt.toISOString().replaceAll(/[-:]|\.\d+/g, "");
  const parameters: TokenParameters = {
    Action: "GetCallerIdentity",
    Version: "2011-06-15",
    "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
    "X-Amz-Credential": `${accessKeyId}/${date.slice(0, 8)}/ap-northeast-1/sts/aws4_request`,
    "X-Amz-Date": date,
    "X-Amz-Expires": "60",
    "X-Amz-SignedHeaders": "host;x-k8s-aws-id",
    "X-Amz-Security-Token": "session",
    "X-Amz-Signature": "b84a5df85a61b7e4",
    ...changes,
  };
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) if (value !== undefined) query.set(name, value);
  const url = `http://127.0.0.1:33185/?${query.toString()}`;
  return `k8s-aws-v1.${Buffer.from(url).toString("base64url")}`;
}
