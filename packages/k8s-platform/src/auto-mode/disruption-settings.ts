import { z } from "zod";
import { taintValue, qualifiedName } from "../tenancy/workload-settings";

/** A taint, as Kubernetes has it. A team's pods tolerate it where tenancy.teams.<team>.tolerations says so. */
export const taint = z.strictObject({
  key: qualifiedName,
  /** @default none */
  value: taintValue.optional(),
  effect: z.enum(["NoSchedule", "PreferNoSchedule", "NoExecute"], "must be NoSchedule, PreferNoSchedule or NoExecute"),
});

const reasons = ["Drifted", "Empty", "Underutilized"] as const;

/** How many nodes EKS may take away at once: https://karpenter.sh/docs/concepts/disruption/ */
export const budget = z
  .strictObject({
    /** A number, or a share of the pool's. */
    nodes: z.string().regex(/^(\d{1,4}|\d{1,2}%|100%)$/, 'must be a number or a share of nodes, such as "2" or "10%"'),
    /** When it begins to hold: cron in UTC, such as "0 8 * * mon-fri". @default always */
    schedule: z
      .string()
      .regex(
        /^(@(yearly|monthly|weekly|daily|hourly)|[\w*/,?#-]+( [\w*/,?#-]+){4})$/,
        'must be five fields of cron, such as "0 8 * * mon-fri"',
      )
      .optional(),
    /** How long it holds from then on, such as 9h. */
    duration: z
      .string()
      .regex(/^([1-9]\d{0,2}h)?([1-9]\d{0,3}m)?$/, 'must be hours and minutes, such as "9h"')
      .min(1, "must be a time")
      .optional(),
    /** Why nodes go, where it is about some reasons alone. @default all */
    reasons: z
      .array(z.enum(reasons, `must be one of ${reasons.join(", ")}`))
      .min(1, "must name a reason, or be left out")
      .readonly()
      .optional(),
  })
  .refine(({ schedule, duration }) => (schedule === undefined) === (duration === undefined), {
    message: "must have schedule and duration together, or neither",
  })
  .refine(
    ({ nodes, schedule, reasons: some }) => !/^0%?$/.test(nodes) || schedule !== undefined || some !== undefined,
    {
      message:
        "lets no node go at any time, so none gets a new image before it expires; give it a schedule, or reasons",
    },
  );
