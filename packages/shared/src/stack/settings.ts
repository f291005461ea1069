import type { z } from "zod";
import { type Environment, type EnvironmentName, parse } from "../environment";

/**
 * A workspace's own settings for one environment, valid.
 * @param files what each settings file exports, by its environment: one for every environment, or it does not compile
 * @throws InvalidInput with every problem.
 */
export function settingsFor<S extends z.ZodType>(
  workspace: string,
  schema: S,
  files: Readonly<Record<EnvironmentName, z.input<S>>>,
  environment: Environment,
): z.output<S> {
  const inputs: Readonly<Record<string, z.input<S>>> = files;
  return parse(`settings of ${workspace} for "${environment.name}"`, schema, inputs[environment.name]);
}
