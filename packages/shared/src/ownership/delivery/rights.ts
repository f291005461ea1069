import { arn, clusterName, type Environment } from "../../environment";
import { boundaryName, boundedBy, type Conditions, type Statement } from "../../iam";
import type { Workspace } from "../../workspace";
import { accessFor, WORDS } from "../access";
import { rightTo } from "../rights";

/** What AWS lets whoever deploys a workspace do: all that the types need which the workspace has a right to in that environment. */
export function statementsOfRights(environment: Environment, workspace: Workspace): Statement[] {
  const { kind } = workspace;
  const words = wordsOf(environment, workspace);
  return Object.entries(accessFor(kind))
    .filter(([type]) => hasRight(kind, type, environment))
    .flatMap(([, needed]) => needed.map((statement) => filled(statement, words)))
    .map((statement) => withPathlessRoles(statement, environment, workspace));
}

const DATA = "data.";

function hasRight(kind: Workspace["kind"], type: string, environment: Environment): boolean {
  const right = type.startsWith(DATA)
    ? rightTo("look up", kind, type.slice(DATA.length), environment)
    : rightTo("create", kind, type, environment);
  return right !== undefined;
}

type Words = Readonly<Record<keyof typeof WORDS, string>>;

function wordsOf(environment: Environment, workspace: Workspace): Words {
  const { account, region, name } = environment;
  const team = workspace.team(environment);
  const boundary = boundaryName(environment, boundedBy(workspace.kind, team));
  return {
    "<account>": account,
    "<region>": region,
    "<environment>": name,
    "<role path>": rolePathOf(environment, workspace),
    "<boundary>": arn(environment, "iam", `policy${boundary}`),
    "<team>": team,
  };
}

function rolePathOf({ name }: Environment, workspace: Workspace): string {
  return `/demarc/${name}/${workspace.name}/`;
}

function filled(statement: Statement, words: Words): Statement {
  const fill = (text: string) =>
    Object.entries(words).reduce((filling, [word, is]) => filling.replaceAll(word, is), text);
  const { Effect, Action, Resource, Condition } = statement;
  const resources = Resource.map(fill);
  return {
    Effect,
    Action,
    Resource: resources,
    ...(Condition === undefined ? {} : { Condition: filledIn(Condition, fill) }),
  };
}

function filledIn(conditions: Conditions, fill: (text: string) => string): Conditions {
  const each = <From, To>(of: Readonly<Record<string, From>>, map: (from: From) => To): Record<string, To> =>
    Object.fromEntries(Object.entries(of).map(([key, value]) => [key, map(value)]));
  return each(conditions, (keys) =>
    each(keys, (values) => (typeof values === "string" ? fill(values) : values.map(fill))),
  );
}

/** EKS takes a role without a path alone to start pods on Fargate: what infra may do with its other roles, it may do with those too. */
function withPathlessRoles(statement: Statement, environment: Environment, workspace: Workspace): Statement {
  const roles = arn(environment, "iam", `role${rolePathOf(environment, workspace)}*`);
  if (workspace.kind !== "infra" || !statement.Resource.includes(roles)) return statement;
  const pathless = Object.entries(environment.clusters)
    .filter(([, { compute }]) => compute.kind === "fargate")
    .map(([cluster]) => arn(environment, "iam", `role/${clusterName(environment, cluster)}-fargate-pods`));
  return { ...statement, Resource: [...statement.Resource, ...pathless] };
}
