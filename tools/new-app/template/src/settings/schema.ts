import { imageReference, replicas } from "@demarc/shared/workload";
import { z } from "zod";

/** What the team decides for each environment. */
export const settings = z.strictObject({ image: imageReference, replicas });

/** Settings as an environment's file gives them. */
export type SettingsInput = z.input<typeof settings>;

/** Settings that passed validation. */
export type Settings = z.output<typeof settings>;
