import { whenValid } from "@demarc/shared/environment";
import { z } from "zod";
import { retentionDays } from "../encryption/retention";

const DAY = 24 * 60 * 60;

const whole = (unit: string, least: number, most: number, source: string) => {
  const rule = `must be ${String(least)} to ${String(most)} ${unit}, ${source}`;
  return z.int(`must be a whole number of ${unit}`).min(least, rule).max(most, rule);
};

const retention = whole("seconds", 60, 14 * DAY, "says SQS");

const queueSettings = z
  .strictObject({
    /** How long a message waits for a reader. @default 4 days, as SQS itself */
    retentionSeconds: retention.default(4 * DAY),
    /** How long a message that no reader could handle is kept, counted from when it was first sent. @default 14 days, the most that SQS has */
    deadLetterRetentionSeconds: retention.default(14 * DAY),
    /** How often a message is handed out before it counts as one that no reader can handle. @default 5 */
    maxReceiveCount: whole("receives", 1, 1000, "says SQS").default(5),
    /** How long a message is hidden from others once a reader has it: longer than the slowest handling. @default 30, as SQS itself */
    visibilityTimeoutSeconds: whole("seconds", 0, DAY / 2, "says SQS").default(30),
  })
  .refine(({ retentionSeconds, deadLetterRetentionSeconds }) => retentionSeconds < deadLetterRetentionSeconds, {
    path: ["retentionSeconds"],
    message:
      "must be less than deadLetterRetentionSeconds: a message keeps its age when it moves, and would be gone at once",
    when: whenValid({ retentionSeconds: retention.optional(), deadLetterRetentionSeconds: retention.optional() }),
  });

const storage = (least: number) => whole("GiB", least, 65536, "says RDS of gp3");
const storageGiB = storage(20).default(20);
const maxStorageGiB = storage(22).default(100);

const databaseSettings = z
  .strictObject({
    /** Major version of PostgreSQL, such as "17"; RDS takes the minor one, and newer ones in the maintenance window. A new major one is an upgrade in place. */
    majorVersion: z
      .string()
      .regex(/^[1-9]\d$/, 'must be a major version of PostgreSQL such as "17"; RDS takes the minor one'),
    /** Such as db.t4g.medium. */
    instanceClass: z
      .string()
      .regex(/^db\.[a-z0-9-]+\.[a-z0-9]+$/, "must be an RDS instance class such as db.t4g.medium"),
    /** Name of the database inside the instance. @default apps */
    name: z
      .string()
      .regex(/^[a-z][a-z0-9_]{0,62}$/, "must be lower case letters, digits and _, starting with a letter, at most 63")
      .default("apps"),
    /** @default 20, the least that gp3 has */
    storageGiB,
    /** To where RDS may grow the storage by itself; it never shrinks. @default 100 */
    maxStorageGiB,
    /** A standby in another zone that takes over by itself. @default true */
    multiZone: z.boolean("must be true or false").default(true),
    /** Days that one can go back to any second of. @default 7 */
    backupDays: whole("days", 1, 35, "says RDS; without a backup a mistake is for ever").default(7),
    /** Whether a deletion is refused until this is set to false and applied. @default true */
    deletionProtection: z.boolean("must be true or false").default(true),
    /** Whether a deletion leaves a snapshot behind, named after the environment; one of that name must not exist. @default true */
    finalSnapshot: z.boolean("must be true or false").default(true),
    /** How long the database's logs are kept. @default 365 */
    logRetentionDays: retentionDays.default(365),
  })
  .refine(({ storageGiB, maxStorageGiB }) => maxStorageGiB >= storageGiB * 1.1, {
    path: ["storageGiB"],
    message: "leaves no room to grow: RDS wants maxStorageGiB at least a tenth above it; raise that",
    when: whenValid({ storageGiB, maxStorageGiB }),
  });

export const dataSettings = z.strictObject({ queue: queueSettings.prefault({}), database: databaseSettings });

export type QueueSettings = z.output<typeof queueSettings>;
export type DatabaseSettings = z.output<typeof databaseSettings>;
export type DataSettings = z.output<typeof dataSettings>;
