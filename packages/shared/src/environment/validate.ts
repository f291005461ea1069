import { type Environment, environmentSchema } from "./schema";
import { InvalidInput, parse, type Problem, type Report } from "./problems";

/** Name that the account stacks' ids begin with, so no environment may have it. */
export const ACCOUNT_PREFIX = "account";

/** Folder of the saved plans, beside those of the environments' states. What lies in it is deleted after a day. */
export const PLANS_PREFIX = "plans";

/** Folder of what is known of deploys, beside those too. */
export const DEPLOYED_PREFIX = "deployed";

/** Names that no environment may have, with what has them. */
const TAKEN: ReadonlyMap<string, string> = new Map([
  [ACCOUNT_PREFIX, "the account stacks"],
  [PLANS_PREFIX, "saved plans"],
  [DEPLOYED_PREFIX, "the records of deploys"],
]);

/**
 * Validates the environments of the repository, each by itself and all together.
 * @param files what each environment file exports, by the file's name
 * @throws InvalidInput with every problem of every environment.
 */
export function validateEnvironments(files: Readonly<Record<string, unknown>>): Environment[] {
  const environments: Environment[] = [];
  const reports: Report[] = [];
  for (const [file, input] of Object.entries(files)) {
    try {
      environments.push(validateEnvironment(file, input));
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      reports.push(...error.reports);
    }
  }
  const clashes = [
    ...nameClashes(Object.keys(files)),
    ...domainClashes(environments),
    ...accountClashes(environments),
    ...providerClashes(environments),
  ];
  if (clashes.length > 0) reports.push({ subject: "the set of environments", problems: clashes });
  if (reports.length > 0) throw new InvalidInput(reports);
  return environments;
}

function validateEnvironment(file: string, input: unknown): Environment {
  const subject = `environment "${file}"`;
  const environment = parse(subject, environmentSchema, input);
  const problems = [
    ...nameProblems(file, environment),
    ...ownerProblems(environment),
    ...exposureProblems(environment),
  ];
  if (problems.length > 0) throw new InvalidInput([{ subject, problems }]);
  return environment;
}

function nameProblems(file: string, { name }: Environment): Problem[] {
  if (name !== file)
    return [{ path: "name", message: `"${name}" is not the name of its file, ${file}.ts; make them one` }];
  const taken = TAKEN.get(name);
  return taken === undefined ? [] : [{ path: "name", message: `"${name}" is taken by ${taken}; take another` }];
}

function ownerProblems({ teams }: Environment): Problem[] {
  return (["infra", "k8s-platform"] as const).flatMap((workspace) => {
    const owners = teamsOwning(teams, workspace);
    if (owners.length === 1) return [];
    const found = owners.length === 0 ? "no team owns it" : `${owners.join(" and ")} own it`;
    return [
      { path: "teams", message: `"${workspace}" must have one owner, and ${found}; list it in the "owns" of one team` },
    ];
  });
}

function teamsOwning(teams: Environment["teams"], workspace: "infra" | "k8s-platform"): string[] {
  return Object.keys(teams).filter((team) => teams[team]?.owns?.includes(workspace));
}

function exposureProblems({ exposures }: Environment): Problem[] {
  const kinds = exposures.map(({ kind }) => kind);
  if (new Set(kinds).size === kinds.length) return [];
  return [{ path: "exposures", message: `"${String(kinds[0])}" is named twice; name two different kinds, or one` }];
}

/** `cdktf deploy 'dev-*'` must match one environment's stacks. */
function nameClashes(names: readonly string[]): Problem[] {
  return names.flatMap((name) =>
    names
      .filter((other) => other.startsWith(`${name}-`))
      .map((other) => ({
        path: "",
        message: `"${other}" begins with "${name}-", so the glob '${name}-*' would match both; rename one`,
      })),
  );
}

/** A domain has one hosted zone that the world asks: the other's records would be seen by nobody. */
function domainClashes(environments: readonly Environment[]): Problem[] {
  return environments.flatMap(({ name, domain }, index) => {
    const first = environments.slice(0, index).find((other) => other.domain === domain);
    if (first === undefined) return [];
    return [{ path: "", message: `"${first.name}" and "${name}" have one domain, ${domain}; give each its own` }];
  });
}

/** What environments of one account and region say alike, as they have one account stack between them. */
const agreements: readonly { of: (environment: Environment) => string; wayOut: string }[] = [
  { of: ({ state }) => JSON.stringify(state), wayOut: "keep their states in the same place" },
  { of: ({ teams }) => teamsOwning(teams, "infra").join(), wayOut: "have the same team own infra" },
  {
    of: (environment) => String(makesProvider(environment)),
    wayOut: 'have both, or none, name pipelines whose identity provider is made; else say provider: "existing"',
  },
];

/** Whether the account stack makes GitHub's identity provider for the pipelines of an environment. */
export function makesProvider({ pipelines }: Pick<Environment, "pipelines">): boolean {
  return pipelines !== undefined && pipelines.provider !== "existing";
}

/** IAM has no regions, and each account and region has an account stack. */
function providerClashes(environments: readonly Environment[]): Problem[] {
  const making = environments.filter(makesProvider);
  return making.flatMap(({ name, account, region }, index) => {
    const first = making.slice(0, index).find((other) => other.account === account && other.region !== region);
    if (first === undefined) return [];
    const message = `"${first.name}" and "${name}" are of one account and two regions, and an account has one identity provider of GitHub; say pipelines.provider: "existing" in one of the regions`;
    return [{ path: "", message }];
  });
}

function accountClashes(environments: readonly Environment[]): Problem[] {
  return environments.flatMap((environment, index) => {
    const { name, account, region } = environment;
    const first = environments.slice(0, index).find((other) => other.account === account && other.region === region);
    if (first === undefined) return [];
    return agreements
      .filter(({ of }) => of(first) !== of(environment))
      .map(({ wayOut }) => ({
        path: "",
        message: `"${first.name}" and "${name}" share an account and region, and so one account stack; ${wayOut}`,
      }));
  });
}
