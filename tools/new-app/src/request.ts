import { readdirSync } from "node:fs";
import path from "node:path";
import { claims } from "@demarc/generate/src/apps";
import { teamsOfEvery } from "@demarc/generate/src/teams";
import { clashes, STACKS } from "@demarc/shared/apps/statement";
import { type Environment, InvalidInput, type Problem } from "@demarc/shared/environment";

/** An app that can be made. */
export interface NewApp {
  readonly name: string;
  /** A team of every environment. */
  readonly team: string;
}

/**
 * What the command line asks for, once it is found right.
 * @param root the repository
 * @throws InvalidInput with all that is wrong with it.
 */
export function requested({ name, team }: NewApp, root: string, environments: readonly Environment[]): NewApp {
  const nameIsWrong = nameProblems(name, root);
  const problems = [...nameIsWrong, ...teamProblems(team, environments)];
  if (nameIsWrong.length === 0) problems.push(...claimProblems({ name, team }, root));
  if (problems.length > 0) throw new InvalidInput([{ subject: `new app "${name}"`, problems }]);
  return { name, team };
}

function nameProblems(name: string, root: string): Problem[] {
  const rules: readonly (readonly [broken: boolean, message: string])[] = [
    [
      !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name),
      "must be lower case letters, digits and single dashes, starting with a letter",
    ],
    [name.length > 30, "is longer than 30 characters; shorten it: AWS resource names are built from it"],
    [STACKS.includes(name), `is the name of a stack of another workspace, as are ${STACKS.join(", ")}; take another`],
    [projects(root).has(name), `is taken by ${projects(root).get(name) ?? ""}; take another`],
  ];
  return rules.flatMap(([broken, message]) => (broken ? [{ path: "name", message: `"${name}" ${message}` }] : []));
}

/** A new app claims the host name that is its own name. */
function claimProblems({ name, team }: NewApp, root: string): Problem[] {
  const claim = { place: "the new app", app: { name, team, hostnames: [name] } };
  return clashes([...claims(root), claim]).map(({ message }) => ({ path: "name", message }));
}

function teamProblems(team: string, environments: readonly Environment[]): Problem[] {
  const known = teamsOfEvery(environments);
  if (known.includes(team)) return [];
  const found = team === "" ? "nothing is given" : `"${team}" is not a team of every environment`;
  return [{ path: "team", message: `${found}; take one of ${known.join(", ")}: --team <team>` }];
}

/** Folder of every project of the repository, by its name. */
function projects(root: string): ReadonlyMap<string, string> {
  const folders = ["packages", "packages/apps", "tools"].flatMap((parent) =>
    readdirSync(path.join(root, parent)).map((folder) => `${parent}/${folder}`),
  );
  return new Map(folders.map((folder) => [path.basename(folder), folder]));
}
