import { z } from "zod";
import { images } from "../versions";
import { isRegionWithAuthorities } from "./certificate-authorities";
import type { Environment, Problem } from "@demarc/shared/environment";

const image = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9./:_-]*(:[\w.-]+|@sha256:[0-9a-f]{64})$/,
    "must be an image with a tag or a digest, such as registry.example.com/postgres:17.6",
  );

/** What each user may take of the database that all share. Timeouts are what a session begins with: it may set others. */
const limits = z.strictObject({
  /** Sessions at once, of all pods of an app in all clusters together. @default 50 */
  connections: z.int("must be a number of connections").min(1, "must be at least 1").default(50),
  /** Seconds until a statement is ended; 0 is never. @default 60 */
  statementSeconds: z.int("must be whole seconds").min(0, "must be at least 0").default(60),
  /** Seconds until a session is ended that leaves a transaction open; 0 is never. @default 60 */
  idleTransactionSeconds: z.int("must be whole seconds").min(0, "must be at least 0").default(60),
});

export const databaseUsersSettings = z.strictObject({
  /** Image with the AWS CLI and bash, which fetches the master's secret. @default AWS's own, as in versions.ts */
  awsCliImage: image.default(images.awsCli),
  /** Image with psql, of any version. @default the PostgreSQL image of Docker's library, as in versions.ts */
  postgresImage: image.default(images.postgres),
  limits: limits.prefault({}),
  /** Certificates of the authorities to verify the database's by, PEM. @default those of RDS in the environment's region */
  certificateAuthorities: z
    .string()
    .regex(/^-----BEGIN CERTIFICATE-----[^]+-----END CERTIFICATE-----\s*$/, "must be certificates in PEM")
    .optional(),
});

export type DatabaseUsersSettings = z.output<typeof databaseUsersSettings>;

/** What is wrong between settings and environment: authorities that are not known. */
export function databaseUsersProblems(settings: DatabaseUsersSettings, { region }: Environment): Problem[] {
  if (settings.certificateAuthorities !== undefined || isRegionWithAuthorities(region)) return [];
  return [
    {
      path: "databaseUsers.certificateAuthorities",
      message: `the authorities of RDS in ${region} are not known here; give their certificates, which RDS publishes for each region`,
    },
  ];
}
