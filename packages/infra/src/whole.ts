import { z } from "zod";

/** A whole number of a setting. @param unit what is counted, in the plural */
export const whole = (unit: string, least: number, most: number) => {
  const rule = `must be ${String(least)} to ${String(most)} ${unit}`;
  return z.int(rule).min(least, rule).max(most, rule);
};
