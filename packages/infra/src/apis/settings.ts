import { z } from "zod";
import { retentionDays } from "../encryption/retention";

/** What infra keeps of the REST APIs of apps: where the environment's apps have such. */
export const apisSettings = z.strictObject({
  /** How long access logs are kept. Price: by the gigabyte and month that CloudWatch Logs stores. @default 365 */
  accessLogRetentionDays: retentionDays.default(365),
});

export type ApisSettings = z.output<typeof apisSettings>;
