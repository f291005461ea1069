import { readdirSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
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

const USAGE = "npm run new-app -- <name> --team <team>";

/**
 * What the command line asks for.
 * @param root the repository
 * @throws InvalidInput with all that is wrong with it.
 */
export function requested(args: readonly string[], root: string, environments: readonly Environment[]): NewApp {
  const { name, team, problems } = parsed(args);
  const nameIsWrong = nameProblems(name, root);
  problems.push(...nameIsWrong, ...teamProblems(team, environments));
  if (nameIsWrong.length === 0) problems.push(...claimProblems({ name, team }, root));
  if (problems.length > 0) throw new InvalidInput([{ subject: `new app "${name}"`, problems }]);
  return { name, team };
}

function parsed(args: readonly string[]): NewApp & { problems: Problem[] } {
  const { values, positionals, tokens } = parseArgs({
    args: [...args],
    options: { team: { type: "string", default: "" } },
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const options = tokens.flatMap((token) => (token.kind === "option" && token.name !== "team" ? [token.rawName] : []));
  const problems = [...options, ...positionals.slice(1)].map((argument) => ({
    path: "",
    message: `"${argument}" is not understood; the command is: ${USAGE}`,
  }));
  return { name: positionals[0] ?? "", team: typeof values.team === "string" ? values.team : "", problems };
}

function nameProblems(name: string, root: string): Problem[] {
  if (name === "") return [{ path: "name", message: `nothing is given; the command is: ${USAGE}` }];
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
