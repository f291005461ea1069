import { z } from "zod";

const zone = z.string().regex(/^[a-h]$/, "must be the letter of an availability zone, a to h");

export const networkSettings = z.strictObject({
  /** IPv4 range of the VPC, from which every subnet's range is computed. */
  cidr: z.cidrv4("must be an IPv4 range such as 10.1.0.0/16"),
  /** Letters of the availability zones in use: "a" is ap-northeast-1a. */
  zones: z.array(zone).min(2, "must name at least two zones: EKS, RDS and load balancers all want two"),
  /** A NAT gateway in each zone, or one for all. @default per-zone */
  nat: z
    .discriminatedUnion(
      "kind",
      [z.strictObject({ kind: z.literal("per-zone") }), z.strictObject({ kind: z.literal("single"), zone })],
      "must be one of per-zone, single",
    )
    .default({ kind: "per-zone" }),
});

export type NetworkSettings = z.output<typeof networkSettings>;
