import { z } from "zod";
import { type WafSettings, wafSettings } from "../web-acl/settings";
import { whole } from "../whole";

/** Load balancers that infra owns. What is said of an ALB alone is refused where they are network load balancers. */
export const edgeSettings = z.strictObject({
  /**
   * Whether AWS refuses to delete a load balancer, and Terraform to destroy its stack or to make it anew. To destroy the environment: set it to
   * false, deploy, destroy. @default true
   */
  deletionProtection: z.boolean("must be true or false").default(true),
  /** Days until S3 deletes an access log of the ALB. Price: by the gigabyte and month that S3 stores. @default 365 */
  accessLogRetentionDays: whole("days", 1, 3653).optional(),
  /** What the ALB's web ACL lets through. @default the defaults of each */
  waf: wafSettings.optional(),
});

export type EdgeSettings = z.output<typeof edgeSettings>;

/** What an ALB has beside its protection, the defaults filled in. */
export function albSettings({ accessLogRetentionDays = 365, waf }: EdgeSettings): {
  readonly accessLogRetentionDays: number;
  readonly waf: WafSettings;
} {
  return { accessLogRetentionDays, waf: waf ?? wafSettings.parse({}) };
}
