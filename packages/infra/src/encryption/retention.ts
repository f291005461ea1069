import { z } from "zod";

/** Days that CloudWatch Logs can keep records, from its API's PutRetentionPolicy. */
const known = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

/** How long a log group keeps its records. */
export const retentionDays = z.literal(
  known,
  `must be a number of days that CloudWatch Logs offers: ${known.join(", ")}`,
);
