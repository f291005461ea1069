import { isDeepStrictEqual } from "node:util";
import { REGISTRY } from "./registry";
import { appStatement, type AppStatementInput, type RegisteredApp, statementFile } from "./statement";

/** An app, as it says itself what it is. */
export interface StatedApp {
  readonly name: string;
  /** Team that it acts as. */
  readonly owner: string;
  /** @default none: it was not made from a package.json */
  readonly statement?: AppStatementInput | undefined;
}

/** Why an app may not be what it says; empty where the registry says the same of it. */
export function registrationProblems({ name, owner, statement }: StatedApp, apps: readonly RegisteredApp[]): string[] {
  const found = apps.find((app) => app.name === name);
  if (found === undefined) return [`app "${name}" is not registered in ${REGISTRY}; ${wayOut(name)}`];
  const { name: _, ...registered } = found;
  if (owner !== registered.team) {
    return [
      `app "${name}" acts as team "${owner}" and is registered for team "${registered.team}" in ${REGISTRY}; ${wayOut(name)}`,
    ];
  }
  const stated = appStatement.safeParse(statement);
  if (stated.success && isDeepStrictEqual(stated.data, registered)) return [];
  const says = `${statementFile(name)} says ${statement === undefined ? "nothing" : JSON.stringify(statement)} and ${REGISTRY} ${JSON.stringify(registered)}`;
  return [`app "${name}" is registered otherwise: ${says}; ${wayOut(name)}`];
}

function wayOut(name: string): string {
  return `run npm run generate, which registers what "demarc" of ${statementFile(name)} says, and have the owners of packages/shared review it`;
}
