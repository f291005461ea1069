import { actionFacts, mayEver } from "@demarc/judge";
import { z } from "zod";
import { iamAction } from "./iam-action";

const named = z.object({ name: z.string(), policy: z.record(z.string(), z.unknown()) });

/** What the local AWS answers at /_sandbox/calls. */
export const recordedCalls = z.object({
  roles: z.array(
    z.object({
      role: z.string(),
      exists: z.boolean(),
      policies: z.array(named),
      boundary: named.nullable(),
      calls: z.array(z.object({ service: z.string(), operation: z.string(), count: z.number() })),
    }),
  ),
  others: z.number(),
});

type Caller = z.infer<typeof recordedCalls>["roles"][number];

/**
 * - `spoken of`: a policy of the role, and its boundary, have a statement that allows the action on something.
 * - `refused in AWS`: none has, so AWS refuses it whatever it acts on, unless a resource's own policy names the role.
 * - `not judged`: there is no IAM action of that name, or the role is gone.
 */
export type Judged = "spoken of" | "refused in AWS" | "not judged";

/** One operation that a role called. */
export interface JudgedCall {
  readonly role: string;
  /** `sqs:SendMessage` */
  readonly action: string;
  readonly count: number;
  readonly judged: Judged;
}

/** Judges what a role called against the policies that it has now. */
export async function judgedCalls(caller: Caller): Promise<readonly JudgedCall[]> {
  const { role, calls } = caller;
  return Promise.all(
    calls.map(async ({ service, operation, count }) => {
      const action = iamAction(service, operation);
      return { role, action, count, judged: await judged(action, caller) };
    }),
  );
}

async function judged(action: string, { exists, policies, boundary }: Caller): Promise<Judged> {
  // Everybody may ask who he is: AWS takes no policy for it.
  if (action === "sts:GetCallerIdentity") return "spoken of";
  if (!exists || (await actionFacts(action)) === undefined) return "not judged";
  const may = await mayEver(action, { identityPolicies: policies, ...(boundary === null ? {} : { boundary }) });
  return may ? "spoken of" : "refused in AWS";
}
