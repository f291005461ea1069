import { z } from "zod";

/** EKS replaces a node of Auto Mode after 21 days: https://docs.aws.amazon.com/eks/latest/userguide/automode.html */
export const LONGEST_LIFE_HOURS = 21 * 24;

/** A number of hours, such as "24h". @param most hours */
export function hours(most: number) {
  const rule = `must be whole hours from 1h to ${String(most)}h`;
  return z
    .string(rule)
    .regex(/^[1-9]\d{0,3}h$/, { error: rule, abort: true })
    .refine((text) => Number.parseInt(text, 10) <= most, rule);
}
