import { z } from "zod";
import { wafSettings } from "../web-acl/settings";
import { whole } from "../whole";

/** Load balancers that infra owns, and what guards them: an ALB has a web ACL and access logs, a network load balancer has none. */
export const edgeSettings = z.strictObject({
  /**
   * Whether AWS refuses to delete a load balancer, and Terraform to destroy its stack or to make it anew. To destroy the environment: set it to
   * false, deploy, destroy. @default true
   */
  deletionProtection: z.boolean("must be true or false").default(true),
  /** Days until S3 deletes an access log of the ALB. Price: by the gigabyte and month that S3 stores. @default 365 */
  accessLogRetentionDays: whole("days", 1, 3653).default(365),
  waf: wafSettings.prefault({}),
});

export type EdgeSettings = z.output<typeof edgeSettings>;
