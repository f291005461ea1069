import { imageReference, replicas } from "@demarc/shared/workload";
import { z } from "zod";

/** What the team decides for each environment. */
export const settings = z.strictObject({
  image: imageReference,
  replicas,
  /** Whether it keeps orders in the environment's database and sends them to its queue: not where there are none. @default true */
  keepsOrders: z.boolean("must be true or false").default(true),
});

/** Settings as an environment's file gives them. */
export type SettingsInput = z.input<typeof settings>;

/** Settings that passed validation. */
export type Settings = z.output<typeof settings>;
