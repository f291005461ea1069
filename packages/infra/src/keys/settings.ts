import { z } from "zod";

/**
 * What outlives a destroy of the environment, with the key that encrypts it. The database's last snapshot has a setting of its own:
 * `data.database.finalSnapshot`. What is kept costs until somebody deletes it: a key by the month, logs and snapshots by the
 * gigabyte and month.
 */
export const retainSettings = z.strictObject({
  /** Whether log groups stay, to be read after the cluster and the database that wrote them are gone. @default true */
  logs: z.boolean("must be true or false").default(true),
  /** Whether the key of block volumes stays: volumes and snapshots that pods left behind cannot be read without it. @default true */
  volumes: z.boolean("must be true or false").default(true),
});

export type RetainSettings = z.output<typeof retainSettings>;
