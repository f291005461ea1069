import { InvalidInput, parse, type Problem } from "../environment";
import type { ApplicationStack } from "./application-stack";
import { exposable } from "./exposure";
import { fargateProblems } from "./fargate";
import { webApplication, type WebApplicationSettings } from "./schema";

/**
 * What an app asked for, valid in itself and in its environment.
 * @throws InvalidInput with every problem of both.
 */
export function validated(stack: ApplicationStack, name: string, input: unknown): WebApplicationSettings {
  const subject = `app "${name}" in "${stack.environment.name}"`;
  const problems = [
    ...nameProblems(stack, name),
    ...teamProblems(stack),
    ...exposureProblems(stack),
    ...databaseProblems(stack, name, input),
  ];
  try {
    const settings = parse(subject, webApplication, input);
    problems.push(...fargateProblems(stack, settings));
    if (problems.length === 0) return settings;
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    problems.push(...error.reports.flatMap((report) => report.problems));
  }
  throw new InvalidInput([{ subject, problems }]);
}

/** Roles of an account and objects of a namespace share their names, and a folder of packages/apps has its name alone. */
function nameProblems({ workspace }: ApplicationStack, name: string): Problem[] {
  const isOwn = name === workspace.name || name.startsWith(`${workspace.name}-`);
  if (isOwn && /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) && name.length <= 30) return [];
  const rule = `must be "${workspace.name}" or begin with "${workspace.name}-", of lower case letters, digits and single dashes, 30 characters at most`;
  return [{ path: "name", message: `"${name}" ${rule}` }];
}

function teamProblems({ environment, team }: ApplicationStack): Problem[] {
  if (Object.hasOwn(environment.teams, team)) return [];
  const known = Object.keys(environment.teams).join(", ");
  const message = `"${team}" is no team of "${environment.name}", which has ${known}; name one of them as demarc.team in the app's package.json, or add it to the environment`;
  return [{ path: "team", message }];
}

function exposureProblems({ environment }: ApplicationStack): Problem[] {
  return environment.exposures
    .filter(({ kind }) => !exposable.includes(kind))
    .map(({ kind }) => ({
      path: "exposures",
      message: `"${kind}" is what the environment asks for, and apps cannot be exposed so yet; those that can: ${exposable.join(", ")}`,
    }));
}

/** k8s-platform makes the users that the environment lists, and an app connects as the one of its name. */
function databaseProblems({ environment, team }: ApplicationStack, name: string, input: unknown): Problem[] {
  const wanted = typeof input === "object" && input !== null && "database" in input && input.database === true;
  const users = Object.hasOwn(environment.teams, team) ? environment.teams[team]?.databaseUsers : undefined;
  if (!wanted || users?.includes(name)) return [];
  const message = `true needs a PostgreSQL user "${name}"; list it in teams.${team}.databaseUsers of environment "${environment.name}"`;
  return [{ path: "database", message }];
}
