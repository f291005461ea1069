import { actionFacts, judge, UnanswerableError, type Verdict } from "@demarc/judge";
import type { AskedResource, Call, Decision, Refusal } from "./call";
import { namedPolicy, policiesOf, sessionOf } from "./policies";
import { accessDenied, refusalOf } from "./refusal";
import { resourcesOf } from "./resources";

/** Most verdicts that are kept: a run of `dev` asks some thousand different questions. */
const MOST_KEPT = 50_000;

/** Judges calls, and keeps each verdict for the very same question. */
export class Bench {
  readonly #verdicts = new Map<string, Promise<Verdict>>();

  /** The first refusal decides, as in AWS: no more that is known could allow the call. Then what could not be judged does. */
  async decide(call: Call): Promise<Decision> {
    const reasons = call.fault === undefined ? [] : [call.fault];
    for (const question of call.questions) {
      const facts = await actionFacts(question.action);
      if (facts === undefined) {
        reasons.push(`${question.action}: AWS has no such action`);
        continue;
      }
      const { resources, missing } = resourcesOf(facts, question, call);
      if (missing.length > 0) reasons.push(`${facts.name}: of what it acts on, its ${missing.join(", ")} is not known`);
      for (const resource of resources) {
        const asked = { ...resource, context: { ...question.context, ...resource.context } };
        const refusal = await this.#refusal(call, facts.name, asked, reasons);
        if (refusal !== undefined) return { outcome: "refused", refusal };
      }
    }
    return reasons.length > 0 ? { outcome: "unjudged", reason: reasons.join("; ") } : { outcome: "allowed" };
  }

  async #refusal(call: Call, action: string, resource: AskedResource, reasons: string[]): Promise<Refusal | undefined> {
    try {
      const verdict = await this.#verdict(call, action, resource);
      if (verdict.allowed) return undefined;
      const message = accessDenied(verdict, call.identity, action, resource.arn);
      return refusalOf(verdict, { action, resource: resource.arn, message });
    } catch (error) {
      if (!(error instanceof UnanswerableError)) throw error;
      reasons.push(`${action}: ${error.message}`);
      return undefined;
    }
  }

  #verdict({ identity, account }: Call, action: string, resource: AskedResource): Promise<Verdict> {
    const key = JSON.stringify([identity, account, action, resource]);
    const known = this.#verdicts.get(key);
    if (known !== undefined) return known;
    const verdict = judge({
      principal: sessionOf(identity),
      action,
      resource: resource.arn,
      account,
      context: resource.context,
      ...policiesOf(identity),
      ...(resource.policy === undefined ? {} : { resourcePolicy: namedPolicy(resource.policy) }),
    });
    if (this.#verdicts.size >= MOST_KEPT) this.#verdicts.clear();
    this.#verdicts.set(key, verdict);
    return verdict;
  }
}
