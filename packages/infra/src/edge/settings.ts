import { z } from "zod";
import { wafSettings } from "../web-acl/settings";
import { whole } from "../whole";

/** The ALB that infra owns, and what guards it: where the environment's exposure is `target-group-binding`. */
export const edgeSettings = z.strictObject({
  /**
   * Whether AWS refuses to delete the ALB, and Terraform to destroy its stack or to make it anew. To destroy the environment: set it to
   * false, deploy, destroy. @default true
   */
  deletionProtection: z.boolean("must be true or false").default(true),
  /** Days until S3 deletes an access log of the ALB. Price: by the gigabyte and month that S3 stores. @default 365 */
  accessLogRetentionDays: whole("days", 1, 3653).default(365),
  waf: wafSettings.prefault({}),
});

export type EdgeSettings = z.output<typeof edgeSettings>;
