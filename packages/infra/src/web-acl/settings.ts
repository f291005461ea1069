import { z } from "zod";
import { retentionDays } from "../encryption/retention";
import { whole } from "../whole";

/** Rules of the managed groups that only count what they would block. */
const countedRule = z.strictObject({
  /** Group of AWS's that the rule is of. */
  group: z.enum(["common", "known-bad-inputs"], "must be common or known-bad-inputs"),
  /** Name that AWS gives the rule, such as SizeRestrictions_BODY. */
  rule: z.string().regex(/^[A-Za-z0-9_]{1,128}$/, "must be the name of a rule, such as SizeRestrictions_BODY"),
  /** Why it may not block: whoever reviews this finds it here. */
  reason: z.string().min(1, "must say why the rule may not block"),
});

/** What a web ACL lets through, and how long its log is kept. */
export const wafSettings = z.strictObject({
  /**
   * Requests that one IP address may make in five minutes; what comes above that is answered with 403.
   * https://docs.aws.amazon.com/waf/latest/APIReference/API_RateBasedStatement.html @default 2000
   */
  rateLimit: whole("requests", 10, 2_000_000_000).default(2000),
  /**
   * Rules of AWS's that count and do not block, as they would refuse what an app needs. @default none
   */
  countedRules: z.array(countedRule).default([]),
  /** How long the web ACL's logs are kept. Price: by the gigabyte and month that CloudWatch Logs stores. @default 365 */
  logRetentionDays: retentionDays.default(365),
});

export type WafSettings = z.output<typeof wafSettings>;
