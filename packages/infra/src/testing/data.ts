import { parse } from "@demarc/shared/environment";
import { dev, synthesized, type SynthesizedStack } from "@demarc/shared/testing";
import type { z } from "zod";
import { dataSettings } from "../data/settings";
import { DataStack } from "../data/stack";
import { retained } from "./keys";

type Input = z.input<typeof dataSettings>;

/** The least that a database must be given. */
export const leastDatabase: Input["database"] = { majorVersion: "17", instanceClass: "db.t4g.medium" };

/** The data stack of dev with the least settings and these on top. */
export function dataStack({
  queue,
  database,
}: { queue?: Input["queue"]; database?: Partial<Input["database"]> | undefined } = {}) {
  const settings = parse("settings", dataSettings, { queue, database: { ...leastDatabase, ...database } });
  const { "dev-data": stack } = synthesized((app, environment) => {
    new DataStack(app, environment, settings, retained);
  }, dev);
  if (stack === undefined) throw new Error("the stack has another name");
  return stack satisfies SynthesizedStack;
}
