import { signatureOf } from "./signature";

/** What a token of `aws eks get-token` says of itself. */
export interface Token {
  /** Access key of whoever made it. */
  readonly accessKeyId: string;
  readonly signedAt: Date;
  /** Whether it was made for that cluster, by whoever has the secret of the access key. */
  isSignedFor(clusterName: string, secret: string): boolean;
}

/** Why a token is not taken, for whoever reads the log. */
export class TokenRefusal extends Error {
  override readonly name = "TokenRefusal";
}

const PREFIX = "k8s-aws-v1.";

/** A longer one is none: EKS's authenticator takes no more either. */
const MOST_BYTES = 4 * 1024;

/** Milliseconds for which a token is good, from when it was signed. Its own X-Amz-Expires counts for nothing: makers of tokens put 0 or 60. */
export const LIFETIME = 15 * 60_000;

/** How far a clock may be ahead of this one. */
const SKEW = 5 * 60_000;

/** Header that carries the cluster's name: the signature covers it, the URL does not have it. */
const CLUSTER_HEADER = "x-k8s-aws-id";
const SIGNED_HEADERS = `host;${CLUSTER_HEADER}`;

/** All that a presigned URL of GetCallerIdentity has: anything more could make another request of it. */
const PARAMETERS: ReadonlySet<string> = new Set([
  "action",
  "version",
  "x-amz-algorithm",
  "x-amz-credential",
  "x-amz-date",
  "x-amz-expires",
  "x-amz-security-token",
  "x-amz-signature",
  "x-amz-signedheaders",
  "x-amz-user-agent",
]);

/**
 * Reads a token: "k8s-aws-v1." and the base64url of a presigned URL of STS, on whatever host the maker's STS is.
 *
 * @throws TokenRefusal where it is none, or too old
 */
export function readToken(token: string, now: Date): Token {
  if (!token.startsWith(PREFIX)) throw new TokenRefusal(`a token of EKS begins with ${PREFIX}`);
  if (token.length > MOST_BYTES) throw new TokenRefusal(`it is longer than ${String(MOST_BYTES)} bytes`);
  const text = Buffer.from(token.slice(PREFIX.length), "base64url").toString("utf8");
  if (!URL.canParse(text)) throw new TokenRefusal("it holds no URL");
  const url = new URL(text);
  const parameters = parametersOf(url);
  const parameter = (name: string): string => {
    const [value, ...others] = parameters.get(name) ?? [];
    if (value === undefined || others.length > 0) throw new TokenRefusal(`its URL must have one ${name}`);
    return value;
  };

  if (parameter("action") !== "GetCallerIdentity") throw new TokenRefusal("it is no URL of sts:GetCallerIdentity");
  const scope = /^([^/]+)\/(\d{8})\/[^/]+\/sts\/aws4_request$/.exec(parameter("x-amz-credential"));
  const [, accessKeyId, day] = scope ?? [];
  if (accessKeyId === undefined || day === undefined) throw new TokenRefusal("its credential is not for STS");
  const covered = parameter("x-amz-signedheaders");
  if (covered !== SIGNED_HEADERS)
    throw new TokenRefusal(`its signature covers ${covered}; a token's covers ${SIGNED_HEADERS}, and so its cluster`);
  const signature = parameter("x-amz-signature");
  const date = parameter("x-amz-date");
  if (!date.startsWith(day)) throw new TokenRefusal("its date and its credential are of different days");
  return {
    accessKeyId,
    signedAt: signedAt(date, now),
    isSignedFor: (cluster, secret) => signature === signatureOf(url, { [CLUSTER_HEADER]: cluster }, secret),
  };
}

/** Values by name, in lower case. */
function parametersOf({ searchParams }: URL): Map<string, string[]> {
  const parameters = new Map<string, string[]>();
  for (const [name, value] of searchParams) {
    const key = name.toLowerCase();
    if (!PARAMETERS.has(key)) throw new TokenRefusal(`its URL has a parameter ${name}`);
    parameters.set(key, [...(parameters.get(key) ?? []), value]);
  }
  return parameters;
}

function signedAt(date: string, now: Date): Date {
  const signed = new Date(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"));
  if (Number.isNaN(signed.getTime())) throw new TokenRefusal(`its date is "${date}", which is none`);
  const age = now.getTime() - signed.getTime();
  if (age > LIFETIME) throw new TokenRefusal(`it was signed at ${signed.toISOString()} and is good for 15 minutes`);
  if (age < -SKEW) throw new TokenRefusal(`it was signed at ${signed.toISOString()}, which is yet to come`);
  return signed;
}
