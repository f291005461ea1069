import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { type App, LocalBackend, S3Backend, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { appsOf, registrationProblems } from "../apps";
import { accessStackId, ACCOUNT_PREFIX, arn, deliveryPath, type Environment } from "../environment";
import { boundaryName, type Bounded, boundedBy } from "../iam";
import type { Workspace } from "../workspace";
import { accountStateOf, stateOf, type StateLocation } from "../state";
import { REPOSITORY } from "./repository";

export interface WorkspaceStackProps {
  readonly workspace: Workspace;
  /** Name of the stack in its workspace, such as `network`. Part of the state's address: a rename needs a move. */
  readonly stack: string;
  readonly environment: Environment;
  /** Short id of the cluster that the stack belongs to. @default none: one for the whole environment */
  readonly cluster?: string | undefined;
  /** An `account` stack is one for all environments of an account and region. @default environment */
  readonly scope?: "environment" | "account";
}

/**
 * A stack of one workspace in one environment: its state, AWS provider and default tags. What is written of it is checked
 * against what its workspace may have (written.ts).
 */
export class WorkspaceStack extends TerraformStack {
  readonly workspace: Workspace;
  readonly stackName: string;
  readonly environment: Environment;
  readonly cluster: string | undefined;
  /** Team that owns the stack. */
  readonly owner: string;
  /** IAM path of every role that the stack makes. */
  readonly rolePath: string;
  /** ARN of the permissions boundary of every role that the stack makes: the account stack's. */
  readonly permissionsBoundary: string;
  /** Tags of every resource. The provider sets them; what AWS makes by itself, such as a node's volumes, needs to be told. */
  readonly defaultTags: Readonly<Record<string, string>>;
  /** Which stack it is. */
  readonly declaration: WorkspaceStackProps;
  /** Ids of the stacks whose contracts this one consumes. */
  readonly #producers = new Set<string>();

  constructor(app: App, props: WorkspaceStackProps) {
    const location = locationOf(props);
    super(app, location.stackId);
    const { workspace, environment, scope = "environment" } = props;
    this.declaration = { workspace, environment, scope, stack: props.stack, cluster: props.cluster };
    this.workspace = workspace;
    this.stackName = props.stack;
    this.environment = environment;
    this.cluster = props.cluster;
    this.owner = workspace.team(environment);
    const owned = scope === "account" ? ACCOUNT_PREFIX : environment.name;
    const delivers = workspace.kind === "infra" && location.stackId === accessStackId(environment);
    this.rolePath = delivers ? deliveryPath(environment) : `/demarc/${owned}/${workspace.name}/`;
    const bounded: Bounded = delivers ? { kind: "delivery" } : boundedBy(workspace.kind, this.owner);
    const boundary = boundaryName(environment, bounded);
    this.permissionsBoundary = arn(environment, "iam", `policy${boundary}`);

    this.defaultTags = {
      environment: owned,
      workspace: workspace.name,
      team: this.owner,
      repository: REPOSITORY,
    };

    this.#addBackend(location);
    this.#addProvider();
    this.node.addValidation({ validate: () => this.#registrationProblems() });
  }

  /** The stack that a construct stands in. @throws Error where that is no workspace's */
  static override of(construct: IConstruct): WorkspaceStack {
    const stack = TerraformStack.of(construct);
    if (stack instanceof WorkspaceStack) return stack;
    throw new Error(`${construct.node.path} stands in no stack of a workspace; make it in one`);
  }

  /** Records that a stack must be deployed before this one. `linkStacks` makes it an order where both are of one app. */
  dependOn(stackId: string): void {
    this.#producers.add(stackId);
  }

  get producers(): readonly string[] {
    return [...this.#producers];
  }

  /** CDKTF would turn it into a hidden output and remote state. */
  override registerOutgoingCrossStackReference(identifier: string): never {
    throw new Error(
      `another stack refers to ${identifier} of ${this.node.id}: nothing but a contract crosses a stack; publish it and consume it`,
    );
  }

  /** An app is what the registry says it is. */
  #registrationProblems(): string[] {
    const { name, kind, statement } = this.workspace;
    return kind === "apps" ? registrationProblems({ name, owner: this.owner, statement }, appsOf(this)) : [];
  }

  #addBackend({ backend }: StateLocation): void {
    if (backend.kind === "local") {
      new LocalBackend(this, { path: backend.path });
      return;
    }
    const { bucket, key, region, kmsKeyArn } = backend;
    // With `encrypt` and no key, Terraform would ask for AES256 in place of what the bucket does by itself.
    const encryption = kmsKeyArn === undefined ? {} : { encrypt: true, kmsKeyId: kmsKeyArn };
    new S3Backend(this, { bucket, key, region, ...encryption });
    // cdktf 0.21 does not know the argument. It takes the lock in the bucket, with no table beside it.
    this.addOverride("terraform.backend.s3.use_lockfile", true);
  }

  #addProvider(): void {
    const { account, region } = this.environment;
    new AwsProvider(this, "aws", { region, allowedAccountIds: [account], defaultTags: [{ tags: this.defaultTags }] });
  }
}

function locationOf({ environment, workspace, stack, cluster, scope }: WorkspaceStackProps): StateLocation {
  if (scope === "account") return accountStateOf(environment);
  return stateOf(environment, workspace.kind, stack, cluster);
}
