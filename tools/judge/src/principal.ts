import { UnanswerableError } from "./unanswerable";

/** Condition keys of a request and their values. A list where IAM's key is a list (`aws:TagKeys`). */
export type Context = Readonly<Record<string, string | readonly string[]>>;

/** A session of a role: how every role acts. */
export interface RoleSession {
  readonly kind: "session";
  /** ARN of the role itself, with its path: `arn:aws:iam::123456789012:role/demarc/dev/x/y`. */
  readonly roleArn: string;
  /** @default "session" */
  readonly sessionName?: string;
  /** Tags of the role and of the session, the session's own over the role's: `aws:PrincipalTag/…`. */
  readonly tags?: Readonly<Record<string, string>>;
}

/** A user of an account. */
export interface UserPrincipal {
  readonly kind: "user";
  /** `arn:aws:iam::123456789012:user/ops/ada` */
  readonly arn: string;
  /** Tags of the user: `aws:PrincipalTag/…`. */
  readonly tags?: Readonly<Record<string, string>>;
}

/** An AWS service that acts by itself, as in a trust or key policy: `pods.eks.amazonaws.com`. */
export interface ServicePrincipal {
  readonly kind: "service";
  readonly service: string;
}

/** Whoever an identity provider of the account vouches for; only trust policies know it. */
export interface FederatedPrincipal {
  readonly kind: "federated";
  /** ARN of the identity provider: `arn:aws:iam::123456789012:oidc-provider/…`. */
  readonly provider: string;
}

export type Principal = RoleSession | UserPrincipal | ServicePrincipal | FederatedPrincipal;

const USER = /^arn:aws[a-z-]*:iam::(\d{12}):user\/(?:.*\/)?([^/]+)$/;

const ROLE = /^arn:(aws[a-z-]*):iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/;

/** What policies compare their `Principal` with. */
export function principalArn(principal: Principal): string {
  switch (principal.kind) {
    case "session":
      return sessionArn(principal);
    case "user":
      return principal.arn;
    case "service":
      return principal.service;
    case "federated":
      return principal.provider;
  }
}

/** ARN of a session, as STS and AWS's refusals write it: without the role's path. */
export function sessionArn({ roleArn, sessionName = "session" }: RoleSession): string {
  const [partition, account, name] = partsOf(roleArn);
  return `arn:${partition}:sts::${account}:assumed-role/${name}/${sessionName}`;
}

/** Global keys that AWS sets for every request of this principal. */
export function principalContext(principal: Principal): Context {
  switch (principal.kind) {
    case "session": {
      const [, account] = partsOf(principal.roleArn);
      return {
        "aws:PrincipalArn": principal.roleArn,
        "aws:PrincipalAccount": account,
        "aws:PrincipalType": "AssumedRole",
        "aws:PrincipalIsAWSService": "false",
        ...tagContext(principal.tags),
      };
    }
    case "user":
      return userContext(principal);
    case "service":
      return { "aws:PrincipalIsAWSService": "true", "aws:PrincipalServiceName": principal.service };
    case "federated":
      return { "aws:PrincipalIsAWSService": "false", "aws:FederatedProvider": principal.provider };
  }
}

function userContext({ arn, tags }: UserPrincipal): Context {
  const [, account, name] = USER.exec(arn) ?? [];
  if (account === undefined || name === undefined)
    throw new UnanswerableError(`"${arn}" is not the ARN of a user; give arn:aws:iam::<account>:user/<path and name>`);
  return {
    "aws:PrincipalArn": arn,
    "aws:PrincipalAccount": account,
    "aws:PrincipalType": "User",
    "aws:PrincipalIsAWSService": "false",
    "aws:username": name,
    ...tagContext(tags),
  };
}

function tagContext(tags: Readonly<Record<string, string>> = {}): Context {
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:PrincipalTag/${key}`, value]));
}

function partsOf(roleArn: string): [partition: string, account: string, name: string] {
  const [, partition, account, name] = ROLE.exec(roleArn) ?? [];
  if (partition === undefined || account === undefined || name === undefined)
    throw new UnanswerableError(
      `"${roleArn}" is not the ARN of a role; give arn:aws:iam::<account>:role/<path and name>, not its session's`,
    );
  return [partition, account, name];
}
