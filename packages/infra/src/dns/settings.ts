import { z } from "zod";

export const dnsSettings = z.strictObject({
  /** Route 53 zone of this account that delegates the environment's domain. @default none: delegated elsewhere, by hand */
  parentZoneId: z
    .string()
    .regex(/^Z[A-Z0-9]{1,31}$/, "must be the id of a Route 53 hosted zone, such as Z123EXAMPLE")
    .optional(),
});

export type DnsSettings = z.output<typeof dnsSettings>;
