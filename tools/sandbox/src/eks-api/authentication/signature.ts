import { createHash, createHmac } from "node:crypto";

const SIGNATURE = "X-Amz-Signature";

/**
 * The signature that a presigned URL has where this secret has signed it (AWS Signature Version 4, without a body).
 * @param headers those that the signature covers, by name in lower case; `host` is the URL's own
 */
export function signatureOf(url: URL, headers: Readonly<Record<string, string>>, secret: string): string {
  const [, day = "", region = "", service = ""] = (url.searchParams.get("X-Amz-Credential") ?? "").split("/");
  const covered = Object.entries({ ...headers, host: url.host }).sort(([a], [b]) => (a < b ? -1 : 1));
  const request = [
    "GET",
    url.pathname,
    canonicalQuery(url),
    ...covered.map(([name, value]) => `${name}:${value}`),
    "",
    covered.map(([name]) => name).join(";"),
    hash(""),
  ].join("\n");
  const scope = [day, region, service, "aws4_request"];
  const toSign = ["AWS4-HMAC-SHA256", url.searchParams.get("X-Amz-Date") ?? "", scope.join("/"), hash(request)];
  const key = scope.reduce<string | Buffer>((signing, part) => hmac(signing, part), `AWS4${secret}`);
  return hmac(key, toSign.join("\n")).toString("hex");
}

function canonicalQuery(url: URL): string {
  return [...url.searchParams]
    .filter(([name]) => name !== SIGNATURE)
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .sort()
    .join("&");
}

/** As RFC 3986 has it, which is stricter than what URLs are written with. */
function encoded(text: string): string {
  const code = (character: string) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(text).replaceAll(/[!'()*]/g, code);
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}
