import { z } from "zod";
import { retentionDays } from "../encryption/retention";
import { imageId } from "../image-id";

/** A machine beside a cluster by which people reach its private API through Session Manager, where no network leads there. */
export const bastionSettings = z.strictObject({
  /** An Amazon Linux 2023, which has the agent of Session Manager. Another one replaces the bastion, which keeps nothing. */
  ami: imageId,
  /** Of the architecture that the image has. Price: by the hour. @default t3.micro */
  instanceType: z
    .string()
    .regex(/^[a-z][a-z0-9-]*\.[a-z0-9-]+$/, "must be an EC2 instance type such as t3.micro")
    .default("t3.micro"),
  /** How long what was typed in sessions is kept. Price: by the gigabyte and month that CloudWatch Logs stores. @default 365 */
  logRetentionDays: retentionDays.default(365),
});

export type BastionSettings = z.output<typeof bastionSettings>;
