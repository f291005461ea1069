import type { IncomingMessage } from "node:http";
import { problemWithCaller } from "../../loopback/callers";
import { EksError } from "./errors";

/** Refuses what a web page in a browser of this machine may have sent. @throws EksError AccessDeniedException */
export function refuseWebPages(incoming: IncomingMessage): void {
  const problem = problemWithCaller("The sandbox's EKS API", incoming);
  if (problem !== undefined) throw new EksError("AccessDeniedException", problem);
}
