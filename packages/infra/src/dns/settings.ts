import { whenValid } from "@demarc/shared/environment";
import { z } from "zod";

const zoneId = z
  .string()
  .regex(/^[A-Z0-9]{1,32}$/, "must be the id of a Route 53 hosted zone: capital letters and digits, no domain")
  .optional();

export const dnsSettings = z
  .strictObject({
    /**
     * Route 53 hosted zone of this account that answers for the environment's domain already. It stays whoever's it is: infra writes the
     * certificate's proof into it, and apps' host names follow. @default infra makes one
     */
    zoneId,
    /**
     * Route 53 hosted zone of this account that holds the domain above the environment's, to write the delegation to.
     * @default none: whoever keeps the domain above points it here, by hand, while the first deploy waits for the certificate
     * (packages/infra/README.md)
     */
    parentZoneId: zoneId,
  })
  .refine((zones) => zones.zoneId === undefined || zones.parentZoneId === undefined, {
    path: ["parentZoneId"],
    error: "is for a zone that infra makes, and zoneId names one that exists; take one of the two out",
    when: whenValid({ zoneId, parentZoneId: zoneId }),
  });

export type DnsSettings = z.output<typeof dnsSettings>;
