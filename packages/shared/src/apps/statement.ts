import { z } from "zod";
import type { Problem } from "../environment/problems";
import { label } from "../environment/schema";
import { targetGroup } from "./target-group";

/** Stacks of the workspaces before apps. An app's stack id has the same form, so that no app may have one of these names. */
export const STACKS = [
  "account",
  "access",
  "access-logs",
  "keys",
  "apis",
  "network",
  "dns",
  "web-acl",
  "edge",
  "edge-access",
  "data",
  "database-access",
  "cluster",
  "bastion",
  "addons",
  "tenancy",
];

/** Workspaces beside apps: a name is one for npm, nx and the IAM paths of roles. */
const WORKSPACES = ["infra", "k8s-platform", "shared"];

/** Objects that Kubernetes or the platform has in a team's namespace: an app's have its name. */
const OBJECTS = ["default", "default-deny", "allow-dns"];

/** Users that PostgreSQL, RDS or infra have for something else; all that begin with rds too. */
const DATABASE_USERS = ["public", "none", "postgres", "administrator"];

/** First label of a host name. */
export const hostname = z
  .string("must be one DNS label, such as petstore")
  .regex(
    /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
    "must be one DNS label in lower case, such as petstore: the certificate is for one level below the environment's domain",
  );

const databaseUser = label(30).refine(
  (user) => !DATABASE_USERS.includes(user) && !user.startsWith("rds"),
  `is reserved, as are ${DATABASE_USERS.join(", ")} and all that begins with rds; take another`,
);

/** What an app claims: `demarc` of its package.json. Nothing else names an app's team, host names or database user. */
export const appStatement = z.strictObject({
  /** Team that owns it: one of every environment. */
  team: label(20),
  /** First labels of the host names that are its own in every environment; the environment's domain follows. @default none */
  hostnames: z.array(hostname).readonly().default([]),
  /** PostgreSQL user that it connects as; k8s-platform makes it. @default none: it uses no database */
  databaseUser: databaseUser.optional(),
  /** How infra's ALB reaches its pods and asks for their health. @default port 80, health at /index.html */
  targetGroup: targetGroup.optional(),
});

/** A statement as a package.json gives it. */
export type AppStatementInput = z.input<typeof appStatement>;

/** An app as its registry has it: its name, and what it claims. */
export const registeredApp = z.strictObject({
  /** The folder of packages/apps, and so the app's name for npm, nx, Terraform and AWS. */
  name: label(30)
    .refine(
      (name) => !STACKS.includes(name),
      `is the name of a stack of another workspace; take none of ${STACKS.join(", ")}`,
    )
    .refine((name) => !WORKSPACES.includes(name), "is the name of a workspace; take another")
    .refine(
      (name) => !OBJECTS.includes(name),
      `is the name of an object in every team's namespace, as are ${OBJECTS.join(", ")}; take another`,
    ),
  ...appStatement.shape,
});

/** The apps, as the registry has them. */
export const registeredApps = z.array(registeredApp).readonly();

/** An app as the registry has it. */
export type RegisteredApp = Readonly<z.output<typeof registeredApp>>;

/** What somebody claims, and where: the file, for whoever has to change it. */
export interface Claim {
  readonly app: RegisteredApp;
  readonly place: string;
}

/** All that is claimed more than once, and names that would be taken for another team's; both places are named. */
export function clashes(claims: readonly Claim[]): Problem[] {
  return [
    ...claimedTwice(claims, "app name", ({ name }) => [name]),
    ...claimedTwice(claims, "host name", ({ hostnames }) => hostnames),
    ...claimedTwice(claims, "database user", ({ databaseUser }) => (databaseUser === undefined ? [] : [databaseUser])),
    ...lookalikes(claims),
  ];
}

function claimedTwice(
  claims: readonly Claim[],
  what: string,
  namesOf: (app: RegisteredApp) => readonly string[],
): Problem[] {
  const all = claims.flatMap((claim) => namesOf(claim.app).map((name) => ({ name, claim })));
  return all.flatMap(({ name, claim }, at) => {
    const first = all.slice(0, at).find((other) => other.name === name);
    if (first === undefined) return [];
    const message = `${what} "${name}" is claimed by ${shown(first.claim)} and by ${shown(claim)}; it can be one app's only: take it out of one of them`;
    return [{ path: "", message }];
  });
}

/** An app may name its parts after itself, "shop-worker" in "shop": its roles and objects would have the other app's names. */
function lookalikes(claims: readonly Claim[]): Problem[] {
  return claims.flatMap((claim) =>
    claims
      .filter(({ app }) => app.team !== claim.app.team && claim.app.name.startsWith(`${app.name}-`))
      .map((other) => ({
        path: "",
        message: `app name "${claim.app.name}" of ${shown(claim)} begins with "${other.app.name}-", which is for parts of ${shown(other)}; rename one of them`,
      })),
  );
}

function shown({ app, place }: Claim): string {
  return `${place} (team ${app.team})`;
}

/** Where an app states what it claims, relative to the repository. */
export function statementFile(name: string): string {
  return `packages/apps/${name}/package.json`;
}
