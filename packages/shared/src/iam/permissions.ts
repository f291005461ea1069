import { clusterArn, type Environment } from "../environment";

/** One statement of an IAM policy, as AWS writes it. */
export interface Statement {
  readonly Effect: "Allow" | "Deny";
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Conditions;
}

/** Operator, key, and the values of which one must match: `{ StringEquals: { "aws:RequestTag/team": "pets" } }`. */
export type Conditions = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** A statement that can still be narrowed. */
export interface AllowedOn extends Statement {
  /** The same under conditions. Those of several calls hold together. */
  when(conditions: Conditions): AllowedOn;
}

/** `allow("sqs:SendMessage").on(queueArn).when({ … })`: reads as the sentence that it is. */
export function allow(...actions: readonly string[]): { on(...resources: readonly string[]): AllowedOn } {
  return { on: (...resources) => narrowable({ Effect: "Allow", Action: actions, Resource: resources }) };
}

/** `deny("iam:*").on("*")`. */
export function deny(...actions: readonly string[]): { on(...resources: readonly string[]): AllowedOn } {
  return { on: (...resources) => narrowable({ Effect: "Deny", Action: actions, Resource: resources }) };
}

function narrowable(statement: Statement): AllowedOn {
  const when = (conditions: Conditions): AllowedOn =>
    narrowable({ ...statement, Condition: together(statement.Condition ?? {}, conditions) });
  // Not a key of the policy: JSON leaves functions out.
  return { ...statement, when };
}

function together(one: Conditions, other: Conditions): Conditions {
  const operators = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  return Object.fromEntries(operators.map((operator) => [operator, { ...one[operator], ...other[operator] }]));
}

/** A policy document as JSON. Tokens in it are resolved at synth. */
export function policyDocument(statements: readonly (Statement | TrustStatement | ResourceStatement)[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

/** Who may assume a role. */
export interface TrustStatement {
  readonly Effect: "Allow";
  readonly Principal: Readonly<Partial<Record<"Service" | "AWS" | "Federated", string | readonly string[]>>>;
  readonly Action: readonly string[];
  readonly Condition?: Conditions;
}

/** A statement of a policy that hangs from a resource: it names who, beside what. */
export interface ResourceStatement extends Statement {
  readonly Principal: "*" | Readonly<Record<string, string | readonly string[]>>;
}

/**
 * Lets an AWS service assume the role.
 * @param service such as "ec2.amazonaws.com"
 * @param tagsSessions whether it may tag the role's sessions. @default false
 */
export function trustService(
  service: string,
  conditions?: Conditions,
  { tagsSessions = false }: { readonly tagsSessions?: boolean | undefined } = {},
): TrustStatement {
  return {
    Effect: "Allow",
    Principal: { Service: service },
    Action: tagsSessions ? ["sts:AssumeRole", "sts:TagSession"] : ["sts:AssumeRole"],
    ...(conditions === undefined ? {} : { Condition: conditions }),
  };
}

/** A service account to which EKS Pod Identity hands a role. */
export interface PodIdentity {
  readonly environment: Pick<Environment, "account" | "region">;
  /** Name of the cluster in AWS. */
  readonly cluster: string;
  readonly namespace: string;
  readonly serviceAccount: string;
}

/**
 * EKS Pod Identity: one service account of one namespace of one cluster, and no other, gets the role, whatever association
 * somebody makes. The conditions are on what EKS says when it assumes the role: the account and the cluster that it acts for
 * (aws:SourceArn is the cluster's, not the association's: a trust policy with that one is never met), and the session's tags.
 * https://aws.amazon.com/blogs/containers/amazon-eks-pod-identity-a-new-way-for-applications-on-eks-to-obtain-iam-credentials/
 * https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html
 */
export function trustPodIdentity({ environment, cluster, namespace, serviceAccount }: PodIdentity): TrustStatement {
  return {
    Effect: "Allow",
    Principal: { Service: "pods.eks.amazonaws.com" },
    Action: ["sts:AssumeRole", "sts:TagSession"],
    Condition: {
      StringEquals: {
        "aws:SourceAccount": environment.account,
        "aws:RequestTag/eks-cluster-name": cluster,
        "aws:RequestTag/kubernetes-namespace": namespace,
        "aws:RequestTag/kubernetes-service-account": serviceAccount,
      },
      ArnEquals: { "aws:SourceArn": clusterArn(environment, cluster) },
    },
  };
}

/** IRSA: one service account of one namespace of one cluster, and no other, may assume the role. */
export function trustServiceAccount(oidc: OidcProvider, namespace: string, serviceAccount: string): TrustStatement {
  return {
    Effect: "Allow",
    Principal: { Federated: oidc.arn },
    Action: ["sts:AssumeRoleWithWebIdentity"],
    Condition: {
      StringEquals: {
        [`${oidc.issuer}:sub`]: `system:serviceaccount:${namespace}:${serviceAccount}`,
        [`${oidc.issuer}:aud`]: "sts.amazonaws.com",
      },
    },
  };
}

/** The OpenID Connect provider of a cluster. */
export interface OidcProvider {
  readonly arn: string;
  /** Issuer without its scheme, as IAM's condition keys want it. */
  readonly issuer: string;
}
