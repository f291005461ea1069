import { type Environment, whenValid } from "@demarc/shared/environment";
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

const days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const minute = `(${days.join("|")}):([01]\\d|2[0-3]):([0-5]\\d)`;
const windowForm = new RegExp(`^${minute}-${minute}$`);

/** Minutes from its start to its end; a window may run over the end of the week. */
function windowMinutes(window: string): number {
  const [, startDay = "", startHour, startMinute, endDay = "", endHour, endMinute] = windowForm.exec(window) ?? [];
  const minuteOfWeek = (day: string, hour = "", minute = "") =>
    (days.indexOf(day) * 24 + Number(hour)) * 60 + Number(minute);
  const week = 7 * 24 * 60;
  return (minuteOfWeek(endDay, endHour, endMinute) - minuteOfWeek(startDay, startHour, startMinute) + week) % week;
}

const maintenanceWindow = z
  .string()
  .regex(windowForm, {
    error: "must be a time of the week in UTC, in lower case, such as sun:18:00-sun:19:00",
    abort: true,
  })
  .refine((window) => windowMinutes(window) >= 30, "must be at least 30 minutes long, says RDS");

const storage = (least: number) => whole("GiB", least, 65536, "says RDS of gp3");
const storageGiB = storage(20).default(20);
const maxStorageGiB = storage(22).default(100);

/**
 * Major versions of PostgreSQL that RDS's release notes list and do not call deprecated, read in November 2026. The older ones cost more:
 * RDS Extended Support. https://docs.aws.amazon.com/AmazonRDS/latest/PostgreSQLReleaseNotes/postgresql-versions.html
 */
const majorVersions = ["18", "17", "16", "15", "14", "13", "12", "11"];
const majorVersionRule = `must be a major version of PostgreSQL that is known here: ${majorVersions.join(", ")}; RDS takes the minor one, and a new major one is added to packages/infra/src/data/settings.ts`;

const databaseSettings = z
  .strictObject({
    /**
     * Major version of PostgreSQL, such as "17"; RDS takes the minor one, and newer ones in the maintenance window. A new major
     * version is an upgrade in place, which takes the database away for minutes: when, says applyImmediately.
     */
    majorVersion: z.string(majorVersionRule).refine((version) => majorVersions.includes(version), majorVersionRule),
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
    /** A standby in another zone that takes over by itself. Price: instance and storage once more. @default true */
    multiZone: z.boolean("must be true or false").default(true),
    /** Days that one can go back to any second of. @default 7 */
    backupDays: whole("days", 1, 35, "says RDS; without a backup a mistake is for ever").default(7),
    /**
     * Whether AWS refuses to delete the database, and Terraform to destroy its stack or to make it anew. To destroy the environment: set it
     * to false, deploy, destroy. @default true
     */
    deletionProtection: z.boolean("must be true or false").default(true),
    /** Whether a deletion leaves a snapshot behind, named after the environment; one of that name must not exist. @default true */
    finalSnapshot: z.boolean("must be true or false").default(true),
    /**
     * Whether RDS makes a change as soon as it is applied, with the outage that it costs. If false, a new class, version, storage
     * size or standby waits for the maintenance window: until then each plan shows the change again, and a deploy of a new major
     * version fails as it deletes the parameter group that is still in use. @default true
     */
    applyImmediately: z.boolean("must be true or false").default(true),
    /**
     * When in the week, in UTC, RDS installs minor versions and makes changes that wait: "sun:18:00-sun:19:00". RDS refuses one that
     * overlaps its backup window. @default one that RDS draws: half an hour in the region's night
     */
    maintenanceWindow: maintenanceWindow.optional(),
    /** How long the database's logs are kept. Price: by the gigabyte and month that CloudWatch Logs stores. @default 365 */
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

/** Settings where the environment has no data, or none where it has. */
export function dataProblems({ data: wanted }: Pick<Environment, "data">, given: unknown) {
  if (wanted === (given !== undefined)) return [];
  const message = wanted
    ? "the environment's apps share a database and a queue: say here what they are, or say data: false in the environment"
    : "is settings of a database and a queue, and the environment has none, by data: false; remove them or say true there";
  return [{ code: "custom" as const, path: ["data"], message }];
}
