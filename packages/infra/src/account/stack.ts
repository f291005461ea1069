import { posix } from "node:path";
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { accountStackId, type Environment } from "@demarc/shared/environment";
import { boundaryName, boundaryStatements, boundedKinds, policyDocument } from "@demarc/shared/iam";
import { infra, type WorkspaceKind } from "@demarc/shared/ownership";
import { WorkspaceStack } from "@demarc/shared/stack";
import type { App } from "cdktf";
import { StateBucket } from "./state-bucket";

/**
 * What every environment of an account and region leans on: the bucket of all states, and the most that the roles of each
 * kind of workspace may do. Whatever environment it is made from, it is the same.
 */
class AccountStack extends WorkspaceStack {
  constructor(app: App, environment: Environment) {
    super(app, { workspace: infra, stack: "account", environment, scope: "account" });
    if (environment.state.kind === "s3") new StateBucket(this, "states", { environment });
    for (const kind of boundedKinds) this.#addBoundary(kind);
  }

  #addBoundary(kind: WorkspaceKind): void {
    const { environment } = this;
    const name = boundaryName(environment, kind);
    new IamPolicy(this, `boundary-${kind}`, {
      name: posix.basename(name),
      path: `${posix.dirname(name)}/`,
      description: `Most that a role of ${kind} may do in ${environment.region}`,
      policy: policyDocument(boundaryStatements(environment, kind)),
    });
  }
}

/** Adds the account stack of an environment, unless another environment of the same account and region has. */
export function addAccountStack(app: App, environment: Environment): void {
  if (app.node.tryFindChild(accountStackId(environment)) === undefined) new AccountStack(app, environment);
}
