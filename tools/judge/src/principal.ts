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

export type Principal = RoleSession | ServicePrincipal | FederatedPrincipal;

const ROLE = /^arn:(aws[a-z-]*):iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/;

/** What policies compare their `Principal` with. */
export function principalArn(principal: Principal): string {
  switch (principal.kind) {
    case "session":
      return sessionArn(principal);
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
      const tags: [string, string][] = Object.entries(principal.tags ?? {}).map(([key, value]) => [
        `aws:PrincipalTag/${key}`,
        value,
      ]);
      return {
        "aws:PrincipalArn": principal.roleArn,
        "aws:PrincipalAccount": account,
        "aws:PrincipalType": "AssumedRole",
        "aws:PrincipalIsAWSService": "false",
        ...Object.fromEntries(tags),
      };
    }
    case "service":
      return { "aws:PrincipalIsAWSService": "true", "aws:PrincipalServiceName": principal.service };
    case "federated":
      return { "aws:PrincipalIsAWSService": "false", "aws:FederatedProvider": principal.provider };
  }
}

function partsOf(roleArn: string): [partition: string, account: string, name: string] {
  const [, partition, account, name] = ROLE.exec(roleArn) ?? [];
  if (partition === undefined || account === undefined || name === undefined)
    throw new UnanswerableError(
      `"${roleArn}" is not the ARN of a role; give arn:aws:iam::<account>:role/<path and name>, not its session's`,
    );
  return [partition, account, name];
}
