import type { RegisteredApp } from "@demarc/shared/apps";
import type { Environment } from "@demarc/shared/environment";

/** Names that JavaScript, or something of ours, has for something else: a company may have teams of these names. */
const TEAMS = ["platform", "backend", "platform-admin", "constructor", "default", "new"];

/** Names for environments beside those that there are. The second is a word that no variable can be named by. */
const ENVIRONMENTS = ["prod", "default", "stage", "class"];

/** What another company says of itself where README tells it to. */
export interface Fork {
  /** `repository` of package.json. */
  readonly repository: string;
  /** Every environment, by its file's name. */
  readonly environments: Readonly<Record<string, Environment>>;
  /** Name of the environment whose files each new one is a copy of. */
  readonly copies: Readonly<Record<string, string>>;
  /** The new name of each team. */
  readonly teams: ReadonlyMap<string, string>;
}

/**
 * The same platform in another company: its own account, region, domains, repository, teams and roles, and two environments more,
 * one in an account of its own and one beside the first.
 * @param environments those of this repository @param apps which are of its teams
 */
export function forkOf(environments: readonly Environment[], apps: readonly RegisteredApp[]): Fork {
  const [first] = environments;
  if (first === undefined) throw new Error("there is no environment to fork");
  const names = [...environments.flatMap(({ teams }) => Object.keys(teams)), ...apps.map(({ team }) => team)];
  const teams = new Map([...new Set(names)].map((team, at) => [team, TEAMS[at] ?? `team-${at}`]));
  const forked = environments.map((environment) => ({
    ...environment,
    account: "210987654321",
    region: "eu-central-1",
    domain: `${environment.name}.platform.example.net`,
    teams: Object.fromEntries(
      Object.entries(environment.teams).map(([team, of]) => [
        teams.get(team),
        { ...of, roles: rolesOf(teams.get(team)) },
      ]),
    ),
  }));
  const [base] = forked;
  const [other, beside] = ENVIRONMENTS.filter((name) => environments.every((each) => each.name !== name));
  const added = [
    { ...base, name: other, account: "310987654321", region: "us-west-2", domain: `${other}.platform.example.net` },
    { ...base, name: beside, domain: `${beside}.platform.example.net` },
  ];
  return {
    repository: "https://github.com/example-company/eks-platform",
    environments: Object.fromEntries([...forked, ...added].map((environment) => [environment.name, environment])),
    copies: Object.fromEntries(added.map(({ name }) => [name, first.name])),
    teams,
  };
}

/** Two roles, of which one's name begins with the other's. */
function rolesOf(team = ""): string[] {
  return [`engineering/${team}`, `engineering/${team}-admin`];
}
