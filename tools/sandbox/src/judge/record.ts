import { actionFacts } from "@demarc/judge";
import { z } from "zod";
import { type Call, type Decision, type Identity, namedText, type Refusal, refusal } from "./call";
import type { TrustCall } from "./trust";

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

type Named = Pick<RecordedCall, "service" | "operation" | "action">;

/** Who called what, and what became of it. */
export class CallRecord {
  readonly #identities = new Map<string, Identity>();
  readonly #calls = new Map<string, Map<string, RecordedCall>>();
  readonly #refusals = new Map<string, RecordedRefusal>();

  async add({ identity, service, operation, questions }: Call, decision: Decision): Promise<void> {
    this.#identities.set(identity.role, identity);
    const action = questions[0]?.action ?? `${service}:${operation}`;
    await this.#count(identity.role, { service, operation, action }, decision);
  }

  /**
   * A role's session that asks for one of another role has called. What services, users and holders of tokens ask for is no
   * role's call; that they were refused is kept of the role that they asked for, as that is where it is to be mended.
   */
  async addTrust({ caller, role, actions }: TrustCall, decision: Decision): Promise<void> {
    const [action = "sts:AssumeRole"] = actions;
    const call = { service: "sts", operation: action.slice("sts:".length), action };
    if (caller.kind === "session") {
      this.#identities.set(caller.identity.role, caller.identity);
      await this.#count(caller.identity.role, call, decision);
    } else if (decision.outcome === "refused") await this.#count(role, call, decision);
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

  async #count(role: string, call: Named, decision: Decision): Promise<void> {
    const action = decision.outcome === "refused" ? decision.refusal.action : call.action;
    const writes = (await actionFacts(action))?.writes ?? !READS.test(call.operation);
    const reason = decision.outcome === "unjudged" ? { reason: decision.reason } : {};
    const calls = this.#calls.get(role) ?? new Map<string, RecordedCall>();
    this.#calls.set(role, calls);
    const key = JSON.stringify([call.service, call.operation, action, decision.outcome, reason]);
    const count = (calls.get(key)?.count ?? 0) + 1;
    calls.set(key, { ...call, action, writes, outcome: decision.outcome, ...reason, count });
    if (decision.outcome === "refused") this.#keep(role, decision.refusal);
  }

  /** A controller repeats what is refused, for hours. */
  #keep(role: string, refused: Refusal): void {
    const key = JSON.stringify([role, refused.action, refused.resource]);
    this.#refusals.delete(key);
    this.#refusals.set(key, { ...refused, role, at: new Date().toISOString() });
  }
}
