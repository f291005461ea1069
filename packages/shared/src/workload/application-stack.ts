import type { App } from "cdktf";
import { appsOf, type RegisteredApp } from "../apps";
import { consume, type ConsumedValues, terraformEntry } from "../contract";
import { platformContract } from "../contracts";
import type { Environment } from "../environment";
import type { Workspace } from "../workspace";
import { KubernetesStack } from "../stack";
import type { WebApplicationSettings } from "./schema";

export interface ApplicationStackProps {
  /** The app, made by `appWorkspace`. */
  readonly workspace: Workspace;
  readonly environment: Environment;
  /** Short id of the cluster that the app runs in. */
  readonly cluster: string;
}

/**
 * One app in one cluster, such as `dev-a-petstore`: its state, its providers, and its team's namespace. All that is in it
 * belongs to the app's team.
 */
export class ApplicationStack extends KubernetesStack {
  /** The app as the registry has it; undefined where it is not there, which the stack's check refuses. */
  readonly registered: RegisteredApp | undefined;
  /** Name of the team. */
  readonly team: string;
  /** Namespace of the team. */
  readonly namespace: string;
  /** What each part of the app asks for that was made so far, by its id. */
  readonly parts = new Map<string, WebApplicationSettings>();
  /** What k8s-platform says of the cluster. */
  readonly platform: ConsumedValues<typeof platformContract>;

  constructor(app: App, { workspace, environment, cluster }: ApplicationStackProps) {
    super(app, { workspace, stack: workspace.name, environment, cluster });
    this.registered = appsOf(this).find(({ name }) => name === workspace.name);
    this.team = workspace.team(environment);
    this.platform = consume(this, platformContract);
    this.namespace = terraformEntry(this.platform.namespaces, this.team);
  }
}
