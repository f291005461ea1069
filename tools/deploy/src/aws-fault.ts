import { GetCallerIdentityCommand, STSClient, type STSClientConfig } from "@aws-sdk/client-sts";

/** Names by which AWS services and the SDK refuse credentials whose time is over. */
const EXPIRED = [
  "ExpiredToken",
  "ExpiredTokenException",
  "RequestExpired",
  "TokenRefreshRequired",
  "UnauthorizedSSOTokenError",
];

/** Names by which services refuse credentials that nobody knows, or whose secret is another. */
const UNKNOWN = [
  ...["InvalidAccessKeyId", "InvalidClientTokenId", "UnrecognizedClientException", "InvalidToken"],
  ...["SignatureDoesNotMatch", "AuthFailure", "IncompleteSignature"],
];

/** Codes of Node's for a host that has no address, and for one that does not answer. */
const NO_ADDRESS = ["ENOTFOUND", "EAI_AGAIN"];
const NO_ANSWER = ["ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "EHOSTUNREACH", "ENETUNREACH", "EPIPE"];

/**
 * What keeps a shell from AWS at all, with the way out, in one sentence: no credentials, ones whose time is over, unknown ones, no
 * address for a host, no answer from it.
 * @param error as an SDK throws it
 * @returns undefined where AWS has answered for itself: what is wrong then is no matter of credentials or of the network
 */
export function accessSentence(error: unknown): string | undefined {
  const { name, message, code, hostname } = partsOf(error);
  if (EXPIRED.includes(name) || (name === "CredentialsProviderError" && /expired/i.test(message))) {
    return "The AWS credentials that this shell has are expired: sign in again (aws sso login, or new AWS_SESSION_TOKEN) and repeat the command.";
  }
  if (name === "CredentialsProviderError") {
    return "This shell has no AWS credentials: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and repeat the command.";
  }
  if (UNKNOWN.includes(name)) {
    return `AWS does not know the credentials that this shell has (${name}): take others, by AWS_PROFILE or AWS_ACCESS_KEY_ID.`;
  }
  if (NO_ADDRESS.includes(code)) {
    return `${hostname} has no address (${code}), so AWS is not reached: look at DNS, the VPN and the region's name.`;
  }
  if (NO_ANSWER.includes(code) || name === "TimeoutError") {
    return `AWS does not answer (${code || name}: ${message}): look at the network, the VPN and the proxy.`;
  }
  return undefined;
}

/**
 * The same, asked of STS where a service refuses without saying why: S3 answers a HEAD request with a number alone.
 * @returns undefined where STS knows the credentials
 */
export async function accessFault(error: unknown, connection: STSClientConfig): Promise<string | undefined> {
  const known = accessSentence(error);
  if (known !== undefined) return known;
  const sts = new STSClient(connection);
  try {
    await sts.send(new GetCallerIdentityCommand({}));
    return undefined;
  } catch (fault) {
    return accessSentence(fault);
  } finally {
    sts.destroy();
  }
}

interface Parts {
  readonly name: string;
  readonly message: string;
  readonly code: string;
  readonly hostname: string;
}

/** What the SDK wraps of Node's has code and host in its message alone: `getaddrinfo ENOTFOUND sts.eu-west-1.amazonaws.com`. */
function partsOf(error: unknown): Parts {
  const field = (name: string) =>
    typeof error === "object" && error !== null && name in error ? String(Reflect.get(error, name)) : "";
  const message = field("message");
  const [, code = "", host = "AWS's host"] = /\b(E[A-Z_]{4,})\b(?: ([\w.:-]+))?/.exec(message) ?? [];
  return { name: field("name"), message, code: field("code") || code, hostname: field("hostname") || host };
}
