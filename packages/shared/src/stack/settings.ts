import type { z } from "zod";
import { type Environment, InvalidInput, parse } from "../environment";

/** What a report calls a workspace's settings for an environment: the file that they stand in. */
export function settingsSubject(workspace: string, { name }: Pick<Environment, "name">): string {
  return `src/settings/${name}.ts of ${workspace}`;
}

const missing = {
  path: "",
  message: "nothing is given: each environment has such a file; copy another environment's and run `npm run generate`",
};

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
  const subject = settingsSubject(workspace, environment);
  if (!Object.hasOwn(files, environment.name)) throw new InvalidInput([{ subject, problems: [missing] }]);
  return parse(subject, schema, files[environment.name]);
}
