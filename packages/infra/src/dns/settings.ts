import { z } from "zod";

export const dnsSettings = z.strictObject({
  /**
   * Route 53 hosted zone of this account that holds the domain above the environment's, to write the delegation to.
   * @default none: whoever keeps the domain above points it here, by hand, while the first deploy waits for the certificate
   * (packages/infra/README.md)
   */
  parentZoneId: z
    .string()
    .regex(/^[A-Z0-9]{1,32}$/, "must be the id of a Route 53 hosted zone: capital letters and digits, no domain")
    .optional(),
});

export type DnsSettings = z.output<typeof dnsSettings>;
