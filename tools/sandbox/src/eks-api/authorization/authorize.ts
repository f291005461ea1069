import { z } from "zod";
import { type Call, identity } from "../../judge/call";
import { PATHS } from "../../judge/server";
import type { Context } from "../context";
import { EksError } from "../http/errors";
import type { Request } from "../http/route";
import { questionsOf } from "./questions";

/** Whom the EKS API asks before it serves a call. */
export interface Authorities {
  /** URL of the judge. */
  readonly judge: string;
  /** URL of the local AWS, which knows who calls, and by which policies. */
  readonly aws: string;
}

const decision = z.object({ outcome: z.string(), refusal: z.object({ message: z.string() }).optional() });

/**
 * Asks the judge about a call. One that no session of a role signed is the sandbox's own, or a user's, and is served.
 *
 * @throws EksError AccessDeniedException, in AWS's words, where a policy refuses it
 */
export async function authorize(
  { judge, aws }: Authorities,
  context: Context,
  operation: string,
  request: Request,
  parameters: ReadonlyMap<string, string>,
): Promise<void> {
  const found = await fetch(`${aws}/_sandbox/identities/${encodeURIComponent(request.accessKeyId)}`);
  if (found.status === 404) return;
  const call: Call = {
    account: context.accountId,
    region: context.region,
    identity: identity.parse(await found.json()),
    service: "eks",
    operation,
    questions: [...questionsOf(context, operation, request, parameters)],
  };
  const answer = await fetch(`${judge}${PATHS.judge}`, { method: "POST", body: JSON.stringify(call) });
  const { refusal } = decision.parse(await answer.json());
  if (refusal !== undefined) throw new EksError("AccessDeniedException", refusal.message);
}
