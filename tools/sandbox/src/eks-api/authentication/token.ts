import { signatureOf } from "./signature";

/** The STS that a cluster asks who made a token. */
export interface Sts {
  /** Such as http://127.0.0.1:5000: the local AWS's. */
  readonly endpoint: string;
  readonly region: string;
}

/** What a token of `aws eks get-token` says of itself. */
export interface Token {
  /** Access key of whoever made it. */
  readonly accessKeyId: string;
  /** What STS gave with the access key of a session; undefined where the token has none. */
  readonly sessionToken: string | undefined;
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

/** The longest X-Amz-Expires that EKS takes, in seconds. */
const MOST_SECONDS = 900;

/** How far a clock may be ahead of this one. */
const SKEW = 5 * 60_000;

/** Header that carries the cluster's name: the signature covers it, the URL does not have it. */
const CLUSTER_HEADER = "x-k8s-aws-id";

/** What those parameters must be: with anything else, STS would refuse the request or answer another one. */
const FIXED: Readonly<Record<string, string>> = {
  action: "GetCallerIdentity",
  version: "2011-06-15",
  "x-amz-algorithm": "AWS4-HMAC-SHA256",
  "x-amz-signedheaders": `host;${CLUSTER_HEADER}`,
};

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
 * Reads a token: "k8s-aws-v1." and the base64url of a presigned URL of the cluster's own STS.
 *
 * EKS sends the URL to the host that it names, and so takes AWS's STS hosts alone, over https. Here it is the local AWS's endpoint
 * and nothing else: a key of the real AWS has no place in a sandbox, and the sandbox asks nothing of the real AWS.
 *
 * @throws TokenRefusal where it is none, too old, or another STS's
 */
export function readToken(token: string, now: Date, sts: Sts): Token {
  const url = presignedUrl(token, sts.endpoint);
  const parameters = parametersOf(url);
  const parameter = (name: string): string => {
    const value = parameters.get(name);
    if (value === undefined) throw new TokenRefusal(`its URL must have one ${name}`);
    return value;
  };
  for (const [name, value] of Object.entries(FIXED)) {
    if (parameter(name) !== value)
      throw new TokenRefusal(`its ${name} is "${parameter(name)}"; a token has ${value} there`);
  }
  const { accessKeyId, day } = scopeOf(parameter("x-amz-credential"), sts.region);
  if (!/^\d{1,3}$/.test(parameter("x-amz-expires")) || Number(parameter("x-amz-expires")) > MOST_SECONDS)
    throw new TokenRefusal(
      `its x-amz-expires is "${parameter("x-amz-expires")}"; 0 to ${String(MOST_SECONDS)} is taken`,
    );
  const signature = parameter("x-amz-signature");
  const date = parameter("x-amz-date");
  if (!date.startsWith(day)) throw new TokenRefusal("its date and its credential are of different days");
  return {
    accessKeyId,
    sessionToken: parameters.get("x-amz-security-token"),
    signedAt: signedAt(date, now),
    isSignedFor: (cluster, secret) => signature === signatureOf(url, { [CLUSTER_HEADER]: cluster }, secret),
  };
}

/** What a token holds, as it is written: a URL parser would make another URL a good one (upper case, backslashes, "127.1"). */
function presignedUrl(token: string, endpoint: string): URL {
  if (!token.startsWith(PREFIX)) throw new TokenRefusal(`a token of EKS begins with ${PREFIX}`);
  if (token.length > MOST_BYTES) throw new TokenRefusal(`it is longer than ${String(MOST_BYTES)} bytes`);
  const encoded = token.slice(PREFIX.length);
  const text = Buffer.from(encoded, "base64url").toString("utf8");
  if (!/^[\w-]+$/.test(encoded) || !/^https?:/i.test(text)) throw new TokenRefusal("it holds no URL");
  const start = `${new URL(endpoint).origin}/?`;
  if (!text.startsWith(start)) {
    const [asked] = text.split("?", 1);
    throw new TokenRefusal(`its URL is of ${asked ?? ""}; the STS of this cluster is ${start}`);
  }
  if (!/^[\w.~%&=+-]+$/.test(text.slice(start.length)) || !URL.canParse(text))
    throw new TokenRefusal("its URL is not as signers write one");
  return new URL(text);
}

function scopeOf(credential: string, region: string): { accessKeyId: string; day: string } {
  const [, accessKeyId, day, signed] = /^([^/]+)\/(\d{8})\/([^/]+)\/sts\/aws4_request$/.exec(credential) ?? [];
  if (accessKeyId === undefined || day === undefined) throw new TokenRefusal("its credential is not for STS");
  if (signed !== region)
    throw new TokenRefusal(`it is signed for ${signed ?? ""}; the STS of this cluster is ${region}'s`);
  return { accessKeyId, day };
}

/** Values by name, in lower case. */
function parametersOf({ searchParams }: URL): Map<string, string> {
  const parameters = new Map<string, string>();
  for (const [name, value] of searchParams) {
    const key = name.toLowerCase();
    if (!PARAMETERS.has(key)) throw new TokenRefusal(`its URL has a parameter ${name}`);
    if (parameters.has(key)) throw new TokenRefusal(`its URL must have one ${key}`);
    parameters.set(key, value);
  }
  return parameters;
}

function signedAt(date: string, now: Date): Date {
  const iso = /^\d{8}T\d{6}Z$/.test(date)
    ? date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z")
    : "";
  const signed = new Date(iso);
  if (Number.isNaN(signed.getTime())) throw new TokenRefusal(`its date is "${date}", which is none`);
  const age = now.getTime() - signed.getTime();
  if (age > LIFETIME) throw new TokenRefusal(`it was signed at ${signed.toISOString()} and is good for 15 minutes`);
  if (age < -SKEW) throw new TokenRefusal(`it was signed at ${signed.toISOString()}, which is yet to come`);
  return signed;
}
