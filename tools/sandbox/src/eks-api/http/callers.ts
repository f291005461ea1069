import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { EksError } from "./errors";

/** Names that this machine calls itself by. The port is the listener's own: a request could not be here otherwise. */
const LOOPBACK_HOST = /^(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?$/i;

/**
 * Refuses what a web page in a browser of this machine may have sent.
 *
 * A page of another site reaches a loopback address by a name of its own that resolves to it (DNS rebinding): the name then stands
 * in Host. Without that, its browser says where the request comes from, in Origin or Sec-Fetch-Site ("none" is a user who typed
 * the address). No AWS SDK, Terraform, Helm or API server sends either.
 *
 * @throws EksError AccessDeniedException
 */
export function refuseWebPages({ headers, headersDistinct }: IncomingMessage): void {
  const problem = problemWith(headers, headersDistinct["host"] ?? []);
  if (problem !== undefined) throw new EksError("AccessDeniedException", problem);
}

function problemWith(headers: IncomingHttpHeaders, hosts: readonly string[]): string | undefined {
  const [host = ""] = hosts;
  if (hosts.length !== 1 || !LOOPBACK_HOST.test(host)) {
    const asked = hosts.map((name) => `"${name}"`).join(" and ");
    return `The sandbox's EKS API answers to 127.0.0.1, localhost and [::1] only; the request is for host ${asked}.`;
  }
  if (headers.origin !== undefined)
    return `The sandbox's EKS API answers no web page; the request has the origin "${headers.origin}".`;
  if ((headers["sec-fetch-site"] ?? "none") !== "none")
    return "The sandbox's EKS API answers no web page; a browser sent the request for one.";
  return undefined;
}
