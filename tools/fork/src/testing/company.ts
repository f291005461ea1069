import type { RegisteredApp } from "@demarc/shared/apps";
import type { Environment } from "@demarc/shared/environment";

/** Names that something of ours has, or that are words of the language: a company may have teams of these names. */
const TEAMS = ["platform", "backend", "platform-admin", "new", "class"];

/** Names for environments beside those that there are, words that no variable can be named by among them. */
const ENVIRONMENTS = ["prod", "default", "stage", "class"];

/** What another company says of itself where the README tells it to. */
export interface Fork {
  /** `repository` of package.json. */
  readonly repository: string;
  readonly environments: readonly Environment[];
  /** The environment whose files each new one is a copy of, by names. */
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
  const names = [...environments.flatMap(({ teams }) => Object.keys(teams)), ...apps.map(({ team }) => team)];
  const teams = new Map([...new Set(names)].map((team, at) => [team, TEAMS[at] ?? `team-${at}`]));
  const forked = environments.map((environment) => ({
    ...environment,
    account: "210987654321",
    region: "eu-central-1",
    domain: `${environment.name}.platform.example.net`,
    teams: renamed(environment.teams, teams),
  }));
  const [first] = forked;
  const [alone = "", beside = ""] = ENVIRONMENTS.filter((name) => environments.every((each) => each.name !== name));
  if (first === undefined) throw new Error("there is no environment to copy");
  const added = [
    { ...first, name: alone, account: "310987654321", region: "us-west-2", domain: `${alone}.platform.example.net` },
    { ...first, name: beside, domain: `${beside}.platform.example.net` },
  ];
  return {
    repository: "https://github.com/example-company/eks-platform",
    environments: [...forked, ...added],
    copies: Object.fromEntries(added.map(({ name }) => [name, first.name])),
    teams,
  };
}

/** Each has two roles, of which one's name begins with the other's. */
function renamed(of: Environment["teams"], names: ReadonlyMap<string, string>): Environment["teams"] {
  return Object.fromEntries(
    Object.entries(of).map(([team, rest]) => {
      const name = names.get(team) ?? team;
      return [name, { ...rest, roles: [`engineering/${name}`, `engineering/${name}-admin`] }];
    }),
  );
}
