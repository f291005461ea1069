import type { Environment } from "@demarc/shared/environment";

/** How large a company is made up. */
export interface Size {
  readonly environments: number;
  readonly apps: number;
}

/** What a company of that size has, made of one environment that there is. */
export interface Company {
  readonly environments: readonly Environment[];
  /** Each with one of the environment's app teams, in turn. */
  readonly apps: readonly { readonly name: string; readonly team: string }[];
}

/**
 * Environments like that one, each with a name and a domain of its own, and apps for its teams.
 * @throws Error where no team of it has apps
 */
export function companyOf(model: Environment, { environments, apps }: Size): Company {
  const teams = Object.keys(model.teams).filter((team) => model.teams[team]?.owns === undefined);
  const [first] = teams;
  if (first === undefined) throw new Error(`${model.name} has no team that only has apps`);
  return {
    environments: numbered("environment", environments).map((name) => ({
      ...model,
      name,
      domain: `${name}.example.com`,
    })),
    apps: numbered("app", apps).map((name, at) => ({ name, team: teams[at % teams.length] ?? first })),
  };
}

/** Names of one length, so that none begins another. The longest name of an environment has 16 letters. */
function numbered(what: string, count: number): string[] {
  const digits = String(count).length;
  return Array.from({ length: count }, (_, at) => `${what}${String(at + 1).padStart(digits, "0")}`);
}
