import { posix } from "node:path";
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { appsOf, type RegisteredApp } from "@demarc/shared/apps";
import { publish } from "@demarc/shared/contract";
import { accountContract } from "@demarc/shared/contracts";
import { accountStackId, type Environment, InvalidInput, makesProvider } from "@demarc/shared/environment";
import {
  boundaryName,
  boundaryStatements,
  type Bounded,
  boundedId,
  everyBounded,
  policyDocument,
} from "@demarc/shared/iam";
import { infra } from "@demarc/shared/workspace";
import { WorkspaceStack } from "@demarc/shared/stack";
import type { App } from "cdktf";
import { ApiGatewayLogs } from "./api-gateway-logs";
import { GithubProvider } from "./github-provider";
import { lengthProblems } from "./policy-length";
import { StateBucket } from "./state-bucket";

/**
 * What every environment of an account and region leans on: the bucket of all states, the most that the roles of infra, of
 * k8s-platform, of each team's apps and those that plan and deploy may do, GitHub's identity provider where pipelines use it, and the role by
 * which API Gateway writes logs, of which there is one. Whatever environment it is made from, it is the same.
 */
class AccountStack extends WorkspaceStack {
  constructor(app: App, environment: Environment) {
    super(app, { workspace: infra, stack: "account", environment, scope: "account" });
    if (environment.state.kind === "s3") new StateBucket(this, "states", { environment });
    const boundaries = boundariesOf(environment, appsOf(this));
    const problems = boundaries.flatMap(({ bounded, policy }) => lengthProblems(bounded, policy));
    if (problems.length > 0) throw new InvalidInput([{ subject: accountStackId(environment), problems }]);
    const [boundary] = boundaries.flatMap(({ bounded, policy }) => {
      const made = this.#addBoundary(bounded, policy);
      return bounded.kind === infra.kind ? [made] : [];
    });
    if (boundary === undefined) throw new Error("infra's roles have no boundary");
    if (makesProvider(environment)) new GithubProvider(this, "github");
    const { roleArn: apiGatewayRoleArn } = new ApiGatewayLogs(this, "api-gateway-logs", { environment, boundary });
    publish(this, accountContract, { apiGatewayRoleArn });
  }

  #addBoundary(bounded: Bounded, policy: string): IamPolicy {
    const { environment } = this;
    const name = boundaryName(environment, bounded);
    const whose = bounded.kind === "apps" ? `apps of team ${bounded.team}` : bounded.kind;
    return new IamPolicy(this, `boundary-${boundedId(bounded)}`, {
      name: posix.basename(name),
      path: `${posix.dirname(name)}/`,
      description: `Most that a role of ${whose} may do in ${environment.region}`,
      policy,
    });
  }
}

/** Every boundary with its text. */
function boundariesOf(environment: Environment, apps: readonly RegisteredApp[]) {
  return everyBounded(apps).map((bounded) => ({
    bounded,
    policy: policyDocument(boundaryStatements(environment, bounded, apps)),
  }));
}

/**
 * Adds the account stack of an environment, unless another environment of the same account and region has.
 * @throws InvalidInput with each boundary that AWS would refuse as too long
 */
export function addAccountStack(app: App, environment: Environment): void {
  if (app.node.tryFindChild(accountStackId(environment)) === undefined) new AccountStack(app, environment);
}
