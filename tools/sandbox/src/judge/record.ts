import { actionFacts } from "@demarc/judge";
import { z } from "zod";
import type { Call, Decision, Identity, Refusal } from "./call";
import type { TrustCall } from "./trust";

const namedText = z.object({ name: z.string(), document: z.string() });

const refusal = z.object({
  action: z.string(),
  resource: z.string(),
  by: z.enum(["identity policy", "boundary", "session policy", "resource policy"]),
  policy: z.string().optional(),
  statement: z.string().optional(),
  explicit: z.boolean(),
  message: z.string(),
});

const recordedCall = z.object({
  service: z.string(),
  operation: z.string(),
  /** The action that the call is named by, and that decided where one was refused. */
  action: z.string(),
  /** It changes something. */
  writes: z.boolean(),
  outcome: z.enum(["allowed", "refused", "unjudged"]),
  /** Why it was not judged. */
  reason: z.string().optional(),
  count: z.number(),
});

const recordedRefusal = refusal.extend({ role: z.string(), at: z.iso.datetime() });

/** What the judge answers at /calls: all that it was asked in this run. */
export const recordedCalls = z.object({
  roles: z.array(
    z.object({
      role: z.string(),
      /** As they were when the role last called. */
      policies: z.array(namedText),
      boundary: namedText.nullable(),
      calls: z.array(recordedCall),
    }),
  ),
  /** The latest of each role, action and resource, oldest first. */
  refusals: z.array(recordedRefusal),
});

export type RecordedCalls = z.infer<typeof recordedCalls>;
export type RecordedCall = z.infer<typeof recordedCall>;
export type RecordedRefusal = z.infer<typeof recordedRefusal>;

const READS = /^(BatchGet|Describe|Get|Head|List|Search|Select)/;

/** Who called what, and what became of it. */
export class CallRecord {
  readonly #identities = new Map<string, Identity>();
  readonly #calls = new Map<string, Map<string, RecordedCall>>();
  readonly #refusals = new Map<string, RecordedRefusal>();

  async add(
    { identity, service, operation, questions }: Pick<Call, "identity" | "service" | "operation" | "questions">,
    decision: Decision,
  ): Promise<void> {
    const { role } = identity;
    this.#identities.set(role, identity);
    const action =
      decision.outcome === "refused" ? decision.refusal.action : (questions[0]?.action ?? `${service}:${operation}`);
    const writes = (await actionFacts(action))?.writes ?? !READS.test(operation);
    const reason = decision.outcome === "unjudged" ? { reason: decision.reason } : {};
    const calls = this.#calls.get(role) ?? new Map<string, RecordedCall>();
    this.#calls.set(role, calls);
    const key = JSON.stringify([service, operation, action, decision.outcome, reason]);
    const count = (calls.get(key)?.count ?? 0) + 1;
    calls.set(key, { service, operation, action, writes, outcome: decision.outcome, ...reason, count });
    if (decision.outcome === "refused") this.#keep(role, decision.refusal);
  }

  /** Of a role's session that asks for one of another role; what services and users ask is nobody's call. */
  async addTrust({ caller, role, actions, context }: TrustCall, decision: Decision): Promise<void> {
    if (caller.kind !== "session") return;
    const questions = actions.map((action) => ({ action, resources: [{ arn: role, context: {} }], context }));
    await this.add({ identity: caller.identity, service: "sts", operation: "AssumeRole", questions }, decision);
  }

  taken(): RecordedCalls {
    const roles = [...this.#calls].map(([role, calls]) => {
      const { policies = [], boundary = null } = this.#identities.get(role) ?? {};
      return { role, policies, boundary, calls: [...calls.values()] };
    });
    return {
      roles: roles.toSorted((a, b) => a.role.localeCompare(b.role)),
      refusals: [...this.#refusals.values()],
    };
  }

  /** A controller repeats what is refused, for hours. */
  #keep(role: string, refused: Refusal): void {
    const key = JSON.stringify([role, refused.action, refused.resource]);
    this.#refusals.delete(key);
    this.#refusals.set(key, { ...refused, role, at: new Date().toISOString() });
  }
}
