import type { z } from "zod";
import { type Environment, parse } from "../environment";

/**
 * A workspace's own settings for one environment, valid.
 * @param files what each settings file exports, by its environment
 * @throws InvalidInput with every problem.
 */
export function settingsFor<S extends z.ZodType>(
  workspace: string,
  schema: S,
  files: Readonly<Record<string, z.input<S>>>,
  environment: Environment,
): z.output<S> {
  const { name } = environment;
  return parse(`settings of ${workspace} for "${name}"`, schema, Object.hasOwn(files, name) ? files[name] : undefined);
}
