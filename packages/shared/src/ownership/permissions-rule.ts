import { dataContract } from "../contracts";
import { arn, EVERY_TEAM, teamPrefix, USED_BY } from "../environment";
import { boundaryStatements, covers, type Statement } from "../iam";
import { type Arguments, type Condition, type JudgedStack, shown, unlisted } from "./condition";
import { statementsOf, UNREADABLE } from "./policy-document";
import { contractReference } from "./reference";
import { ofOwnRole } from "./role-rules";

const BOUNDARY = "the boundary of apps' roles (packages/shared/src/iam/boundaries/apps.ts, which infra deploys)";

/** What a statement may say: `NotAction` and `NotResource` would allow what nobody has listed. */
const KEYS = ["Sid", "Effect", "Action", "Resource", "Condition"];

const SHARED_TAG = `aws:ResourceTag/${USED_BY}`;

/** What is all apps' in common, and asked for by a switch. */
const SHARED = ["queueArn", "queueKeyArn"].map((key) => contractReference(dataContract, key));

/** An app's policies ask for what its boundary lets through, and for its own. AWS refuses the rest; here it is said before. */
export const ownPermissions: Condition = {
  rule: "an app's policy hangs from a role of the same stack and asks, by actions and resources written out, for what lies inside the boundary of apps' roles",
  faults: (attributes, own, resources) => [
    ...ofOwnRole.faults(attributes, own, resources),
    ...unlisted(attributes, ["name", "role", "policy", "depends_on", "lifecycle"]),
    ...policyFaults(attributes["policy"], own),
  ],
};

function policyFaults(document: unknown, own: JudgedStack): string[] {
  const statements = statementsOf(document);
  if (statements === undefined) return [`its policy ${UNREADABLE}`];
  const boundary = boundaryOf(own);
  return statements.flatMap((statement) => statementFaults(statement, boundary, own));
}

function statementFaults(statement: Arguments, boundary: readonly Statement[], own: JudgedStack): string[] {
  const faults = unlisted(statement, KEYS).map((fault) => `a statement: ${fault}`);
  if (statement["Effect"] === "Deny") return faults;
  const [actions, resources] = [texts(statement["Action"]), texts(statement["Resource"])];
  if (actions.length === 0 || resources.length === 0) return [...faults, "a statement lacks actions or resources"];
  return [...faults, ...actions.flatMap((action) => actionFaults(action, resources, boundary, own))];
}

function actionFaults(
  action: string,
  resources: readonly string[],
  boundary: readonly Statement[],
  own: JudgedStack,
): string[] {
  const allowing = boundary.filter(({ Effect, Action }) => Effect === "Allow" && any(Action, action));
  if (allowing.length === 0) {
    const nearest = nearestTo(action, boundary);
    const hint = nearest === undefined ? "" : `; did you mean ${nearest}?`;
    return [`${action} does not lie inside ${BOUNDARY}${hint}`];
  }
  const denying = boundary.filter(({ Effect, Action }) => Effect === "Deny" && any(Action, action));
  return resources.flatMap((resource) => {
    if (/^rds-db:/i.test(action) && !isOwnDatabaseUser(resource, own)) {
      return [`${action} on ${resource}: an app connects as its own database user only (database: true)`];
    }
    if (SHARED.includes(resource)) return [];
    const inside = allowing.some(({ Resource }) => any(Resource, resource));
    const denied = denying.some(({ Resource }) => any(Resource, resource));
    if (inside && !denied && resource !== "*") return [];
    return [
      `${action} on ${resource} does not lie inside ${BOUNDARY}; the team's own is what is named ${teamPrefix(own.owner)}…`,
    ];
  });
}

/**
 * The boundary as far as synth can know it. AWS alone sees what bears which tag: what all teams share is asked for by the
 * contract's words, and no Deny under a condition can be told to hold.
 */
function boundaryOf({ environment, workspace, owner }: JudgedStack): Statement[] {
  const databaseUser = workspace.statement?.databaseUser;
  const app = {
    name: workspace.name,
    team: owner,
    hostnames: [],
    ...(databaseUser === undefined ? {} : { databaseUser }),
  };
  return boundaryStatements(environment, { kind: "apps", team: owner }, [app]).filter(({ Effect, Condition = {} }) =>
    Effect === "Allow" ? Condition["StringEquals"]?.[SHARED_TAG] !== EVERY_TEAM : Object.keys(Condition).length === 0,
  );
}

function any(patterns: readonly string[], name: string): boolean {
  return patterns.some((pattern) => covers(pattern, name));
}

/** The user that the app claims in its package.json, and that the registry says is its own. */
function isOwnDatabaseUser(resource: string, { environment, workspace }: JudgedStack): boolean {
  const database = contractReference(dataContract, "databaseResourceId");
  const user = workspace.statement?.databaseUser;
  return user !== undefined && resource === arn(environment, "rds-db", `dbuser:${database}/${user}`);
}

function texts(value: unknown): string[] {
  const list: unknown[] = Array.isArray(value) ? value : value === undefined ? [] : [value];
  return list.map(shown);
}

/** The boundary's action that was probably meant: one whose name is a slip of the hand away. */
function nearestTo(action: string, boundary: readonly Statement[]): string | undefined {
  const known = boundary.filter(({ Effect }) => Effect === "Allow").flatMap(({ Action }) => Action);
  const [best] = known
    .map((name) => ({ name, steps: stepsBetween(action.toLowerCase(), name.toLowerCase()) }))
    .sort((one, other) => one.steps - other.steps);
  return best !== undefined && best.steps <= 3 ? best.name : undefined;
}

/** Characters to put in, take out or change to get from one text to another (Levenshtein's distance). */
function stepsBetween(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [index, character] of Array.from(one).entries()) {
    const next = [index + 1];
    for (const [column, otherCharacter] of Array.from(other).entries()) {
      const change = (row[column] ?? 0) + (character === otherCharacter ? 0 : 1);
      next.push(Math.min(change, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
