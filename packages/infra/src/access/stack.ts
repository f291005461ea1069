import { appsOf } from "@demarc/shared/apps";
import { deliveredWorkspaces } from "@demarc/shared/delivery";
import { ACCESS_STACK, DELIVERY_STEPS, type Environment, InvalidInput, type Report } from "@demarc/shared/environment";
import { WorkspaceStack } from "@demarc/shared/stack";
import { infra } from "@demarc/shared/workspace";
import type { App } from "cdktf";
import { DeliveryRole } from "./delivery-role";

/**
 * The roles that plan and deploy each workspace of an environment. infra's administrators deploy this stack, as they do the account stack;
 * none of these roles can change it: docs/decisions/0038-roles-that-plan-and-deploy.md.
 */
export class AccessStack extends WorkspaceStack {
  /** @throws InvalidInput with each role whose policies AWS would refuse as too long */
  constructor(app: App, environment: Environment) {
    super(app, { workspace: infra, stack: ACCESS_STACK, environment });
    const reports: Report[] = [];
    for (const workspace of deliveredWorkspaces(appsOf(this))) {
      for (const step of DELIVERY_STEPS) {
        try {
          new DeliveryRole(this, `${workspace.name}-${step}`, { environment, workspace, step });
        } catch (error) {
          if (!(error instanceof InvalidInput)) throw error;
          reports.push(...error.reports);
        }
      }
    }
    if (reports.length > 0) throw new InvalidInput(reports);
  }
}
