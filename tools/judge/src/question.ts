import type { NamedPolicy } from "./policies";
import type { Context, Principal } from "./principal";

/** May this principal do this, here and now? */
export interface Question {
  readonly principal: Principal;
  /** `sqs:SendMessage` */
  readonly action: string;
  /** ARN of what the action acts on; `*` where the action knows no resources. */
  readonly resource: string;
  /** Account that owns the resource. */
  readonly account: string;
  /** What AWS knows of the request and the resource: `aws:RequestTag/…`, `aws:ResourceTag/…`. The principal's keys are set from it. */
  readonly context?: Context;
  readonly identityPolicies: readonly NamedPolicy[];
  /** @default none, and then nothing bounds the identity policies */
  readonly boundary?: NamedPolicy;
  /** Policy of the queue, key, bucket or secret. @default none */
  readonly resourcePolicy?: NamedPolicy;
  /** What the session was narrowed to when the role was assumed. @default none */
  readonly sessionPolicy?: NamedPolicy;
}
