import { z } from "zod";
import { hostname, REGISTRY, statementFile } from "../apps";
import { InvalidInput, parse, type Problem } from "../environment";
import { askedProblems, exposureComputeProblems, exposureProblems } from "../exposure";
import type { ApplicationStack } from "./application-stack";
import { fargateProblems, resourcesIn } from "./fargate";
import { limitProblems } from "./limits";
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
    ...exposureProblems(stack.environment.exposures, stack.workspace.name),
    ...exposureComputeProblems(stack.environment),
    ...hostnameProblems(stack, input),
    ...databaseProblems(stack, input),
  ];
  try {
    const asked = parse(subject, webApplication, input);
    const settings = { ...asked, resources: resourcesIn(stack, asked.resources) };
    const given = settings.hostname ?? stack.registered?.hostnames[0];
    problems.push(
      ...askedProblems(stack.environment.exposures, stack.workspace.name, {
        registered: stack.registered,
        port: settings.port,
        api: settings.api,
        clusters: Object.keys(stack.environment.clusters),
      }),
      ...fargateProblems(stack, settings),
      ...limitProblems(stack, settings),
      ...dataProblems(stack, settings),
      ...sharedHostnameProblems(stack, given),
    );
    if (problems.length === 0 && given !== undefined) return { ...settings, hostname: given };
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

/** An app is reached by its own host names only. What is no host name at all is for the schema to say. */
function hostnameProblems({ workspace, registered }: ApplicationStack, input: unknown): Problem[] {
  const asked = z.object({ hostname: hostname.optional() }).safeParse(input);
  const names = registered?.hostnames ?? [];
  if (!asked.success) return [];
  const { hostname: name } = asked.data;
  if (name === undefined ? names.length === 1 : names.includes(name)) return [];
  const found = name === undefined ? "nothing is given" : `"${name}" is not registered for this app`;
  const known = `${workspace.name} has ${names.length === 0 ? "none" : names.join(", ")}`;
  const message = `${found} (${known}); take one that is registered, or name it as demarc.hostnames ${wayOut(workspace.name)}`;
  return [{ path: "hostname", message }];
}

/** Two rules for one host name and path: the load balancer takes one of them, and nobody says which. */
function sharedHostnameProblems({ parts }: ApplicationStack, given: string | undefined): Problem[] {
  const [other] = [...parts].find(([, { hostname }]) => hostname === given) ?? [];
  if (given === undefined || other === undefined) return [];
  return [{ path: "hostname", message: `"${given}" is that of "${other}" already; take another for this one` }];
}

/** An app connects to the database as its own user only. */
function databaseProblems({ workspace, registered }: ApplicationStack, input: unknown): Problem[] {
  const wanted = z.object({ database: z.literal(true) }).safeParse(input).success;
  if (!wanted || registered?.databaseUser !== undefined) return [];
  const message = `true needs a PostgreSQL user; name one as demarc.databaseUser ${wayOut(workspace.name)}`;
  return [{ path: "database", message }];
}

/** What an app asks for of a database and a queue where the environment has neither. */
function dataProblems(
  { environment }: ApplicationStack,
  { database, queue }: Pick<WebApplicationSettings, "database" | "queue">,
): Problem[] {
  if (environment.data) return [];
  const message = (asked: string) =>
    `${asked} asks for what "${environment.name}" has not, a database and a queue; do without there, or have its data set to true and infra's settings say what they are`;
  return [
    ...(database ? [{ path: "database", message: message("true") }] : []),
    ...(queue === undefined ? [] : [{ path: "queue", message: message(`"${queue}"`) }]),
  ];
}

function wayOut(name: string): string {
  return `in ${statementFile(name)}, run npm run generate, and have the owners of packages/shared review ${REGISTRY}`;
}
