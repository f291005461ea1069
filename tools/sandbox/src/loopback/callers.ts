import type { IncomingMessage } from "node:http";

/** Names that this machine calls itself by. The port is the listener's own: a request could not be here otherwise. */
const LOOPBACK_HOST = /^(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?$/i;

/**
 * Why a server of the sandbox refuses a request: a web page in a browser of this machine may have sent it.
 *
 * A page of another site reaches a loopback address by a name of its own that resolves to it (DNS rebinding): the name then stands
 * in Host. Without that, its browser says where the request comes from, in Origin or Sec-Fetch-Site ("none" is a user who typed
 * the address). No AWS SDK, Terraform, Helm or API server sends either.
 *
 * @param server as it calls itself: "The sandbox's EKS API" @returns undefined where a program of this machine may have sent it
 */
export function problemWithCaller(
  server: string,
  { headers, headersDistinct }: Pick<IncomingMessage, "headers" | "headersDistinct">,
): string | undefined {
  const hosts = headersDistinct["host"] ?? [];
  const [host = ""] = hosts;
  if (hosts.length !== 1 || !LOOPBACK_HOST.test(host)) {
    const asked = hosts.map((name) => `"${name}"`).join(" and ");
    return `${server} answers to 127.0.0.1, localhost and [::1] only; the request is for host ${asked}.`;
  }
  if (headers.origin !== undefined)
    return `${server} answers no web page; the request has the origin "${headers.origin}".`;
  if ((headers["sec-fetch-site"] ?? "none") !== "none")
    return `${server} answers no web page; a browser sent the request for one.`;
  return undefined;
}
