import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { DataAwsVpc } from "@cdktf/provider-aws/lib/data-aws-vpc";
import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import { TerraformOutput } from "cdktf";
import type { RegisteredApp } from "../apps";
import { InvalidInput } from "../environment";
import { dev, synthesized, withApps } from "../testing";
import { allow, trustPodIdentity, trustService } from "../iam";
import { appWorkspace, infra, k8sPlatform, type Workspace } from "../workspace";
import { type Build, KubernetesStack, WorkspaceRole, WorkspaceStack } from ".";

const petstore = appWorkspace("petstore", { team: "pets" });
const registered = [{ name: "petstore", team: "pets", hostnames: [] }];

/** One stack of a workspace in cluster a, with what `fill` puts into it. */
function stackOf(
  workspace: Workspace,
  fill: (stack: WorkspaceStack) => void,
  environment = dev,
  apps: readonly RegisteredApp[] = registered,
) {
  const Stack = workspace === infra ? WorkspaceStack : KubernetesStack;
  const build = withApps(apps, (app, environment) => {
    fill(new Stack(app, { workspace, stack: workspace.name, environment, cluster: "a" }));
  });
  const [stack] = Object.values(synthesized(build, environment));
  if (stack === undefined) throw new Error("there is no stack");
  return stack;
}

describe("the state of a stack", () => {
  it("is encrypted and locked in the account's bucket, under environment, cluster and workspace", () => {
    expect(stackOf(petstore, () => undefined).json).toMatchObject({
      terraform: {
        backend: {
          s3: {
            bucket: "demarc-state-123456789012-ap-northeast-1",
            key: "dev/a/apps/petstore.tfstate",
            region: "ap-northeast-1",
            encrypt: true,
            kms_key_id: "arn:aws:kms:ap-northeast-1:123456789012:alias/demarc-state",
            use_lockfile: true,
          },
        },
      },
    });
  });

  it("is a file below the repository where the environment says so", () => {
    const local = { ...dev, state: { kind: "local" as const, directory: ".state" } };
    expect(stackOf(infra, () => undefined, local).json).toMatchObject({
      terraform: {
        backend: { local: { path: expect.stringMatching(/^\/.+\/\.state\/dev\/a\/infra\/infra\.tfstate$/) } },
      },
    });
  });
});

describe("the AWS provider of a stack", () => {
  it("tags everything with environment, workspace, team and repository, and refuses another account", () => {
    expect(stackOf(petstore, () => undefined).json).toMatchObject({
      provider: {
        aws: [
          {
            allowed_account_ids: ["123456789012"],
            region: "ap-northeast-1",
            default_tags: [
              {
                tags: {
                  environment: "dev",
                  workspace: "petstore",
                  team: "pets",
                  repository: expect.stringMatching(/^https:/),
                },
              },
            ],
          },
        ],
      },
    });
  });

  it("names the team that the environment gives the workspace to", () => {
    const teams = { one: { roles: ["team/one"], owns: ["infra" as const, "k8s-platform" as const] } };
    const stack = stackOf(infra, () => undefined, { ...dev, teams });
    expect(stack.json).toMatchObject({ provider: { aws: [{ default_tags: [{ tags: { team: "one" } }] }] } });
  });
});

describe("ownership", () => {
  const queue = (stack: WorkspaceStack) => new SqsQueue(stack, "queue", {});

  it("lets infra make a queue", () => {
    expect(stackOf(infra, queue).resourceTypes).toEqual(["aws_sqs_queue"]);
  });

  it("refuses a queue to an app, naming resource, owner and table", () => {
    expect(() => stackOf(petstore, queue)).toThrow(InvalidInput);
    expect(() => stackOf(petstore, queue)).toThrow(
      "dev-a-petstore/queue: petstore may not create aws_sqs_queue; it belongs to infra (packages/shared/src/ownership/rights.ts)",
    );
  });

  it("refuses cluster-wide kinds to an app", () => {
    const namespace = (stack: WorkspaceStack) => new NamespaceV1(stack, "ns", { metadata: { name: "mine" } });
    expect(() => stackOf(petstore, namespace)).toThrow("it belongs to k8s-platform");
    expect(stackOf(k8sPlatform, namespace).resourceTypes).toEqual(["kubernetes_namespace_v1"]);
  });

  it("refuses to look another team's resource up", () => {
    const lookup = (stack: WorkspaceStack) => new DataAwsVpc(stack, "vpc", { tags: { environment: "dev" } });
    for (const workspace of [k8sPlatform, petstore]) {
      expect(() => stackOf(workspace, lookup)).toThrow(
        `${workspace.name} may not look up aws_vpc; consume the contract`,
      );
    }
    expect(() => stackOf(infra, lookup)).toThrow("infra looks up aws_vpc by tags; name its id and no more");
  });

  it("refuses a role without its workspace's path and boundary", () => {
    const bare = (stack: WorkspaceStack) => new IamRole(stack, "role", { assumeRolePolicy: "{}" });
    const borrowed = (stack: WorkspaceStack) =>
      new IamRole(stack, "role", {
        assumeRolePolicy: "{}",
        path: stack.rolePath,
        permissionsBoundary: stack.permissionsBoundary.replace("apps-pets", "infra"),
      });
    const another = (stack: WorkspaceStack) =>
      new IamRole(stack, "role", {
        assumeRolePolicy: "{}",
        path: stack.rolePath,
        permissionsBoundary: stack.permissionsBoundary.replace("apps-pets", "apps-shop"),
      });
    for (const role of [bare, borrowed, another])
      expect(() => stackOf(petstore, role)).toThrow("make it with WorkspaceRole");
  });

  it("reports every problem at once and writes nothing", () => {
    const two = (stack: WorkspaceStack) => {
      queue(stack);
      new NamespaceV1(stack, "ns", { metadata: { name: "mine" } });
    };
    expect(() => stackOf(petstore, two)).toThrow(/\(2 problems\):\n.*aws_sqs_queue.*\n.*kubernetes_namespace_v1/);
  });
});

describe("an app", () => {
  const nothing = () => undefined;
  const other = (changes: Partial<RegisteredApp>) => [{ name: "petstore", team: "pets", hostnames: [], ...changes }];
  const wayOut =
    'run npm run generate, which registers what "demarc" of packages/apps/petstore/package.json says, and have the owners of packages/shared review it';

  it.each<[string, readonly RegisteredApp[], string]>([
    ["is not in the registry", other({ name: "pets" }), "is not registered in packages/shared/src/apps/registered.ts"],
    ["is another team's there", other({ team: "shop" }), 'acts as team "pets" and is registered for team "shop"'],
    [
      "has other host names there",
      other({ hostnames: ["pets"] }),
      'registered.ts {"team":"pets","hostnames":["pets"]}',
    ],
    ["has another database user there", other({ databaseUser: "pets" }), "is registered otherwise"],
  ])("is refused where it %s", (_, apps, message) => {
    expect(() => stackOf(petstore, nothing, dev, apps)).toThrow(message);
    expect(() => stackOf(petstore, nothing, dev, apps)).toThrow(wayOut);
  });

  it("is refused where it was not made from its package.json, or acts as another team", () => {
    const { statement: _, ...forged } = petstore;
    expect(() => stackOf(forged, nothing)).toThrow("package.json says nothing and");
    expect(() => stackOf({ ...petstore, team: () => "shop" }, nothing)).toThrow('acts as team "shop"');
  });

  it("is refused where the registry has a name twice, and so is whoever else reads it", () => {
    const twice = [...registered, { name: "cats", team: "shop", hostnames: ["a", "a"] }];
    expect(() => stackOf(petstore, nothing, dev, twice)).toThrow(
      'the registry of apps (packages/shared/src/apps/registered.ts) is not valid (1 problem):\n  host name "a" is claimed by',
    );
  });

  it("asks nothing of other workspaces", () => {
    expect(() => stackOf(infra, nothing, dev, [])).not.toThrow();
  });
});

describe("a role", () => {
  it("bears its workspace's path and boundary, and may do what it was given", () => {
    const stack = stackOf(k8sPlatform, (scope) => {
      const pod = { cluster: "dev-a", namespace: "kube-system", serviceAccount: "external-dns" };
      new WorkspaceRole(scope, "role", {
        name: "dev-a-external-dns",
        description: "of the pods",
        trust: trustPodIdentity({ environment: dev, ...pod }),
        permissions: [
          allow("sqs:SendMessage")
            .on("arn:queue")
            .when({ Bool: { "aws:SecureTransport": "true" } }),
        ],
      });
    });
    expect(stack.resource("aws_iam_role")).toMatchObject({
      path: "/demarc/dev/k8s-platform/",
      permissions_boundary: "arn:aws:iam::123456789012:policy/demarc/demarc-ap-northeast-1-k8s-platform",
    });
    expect(stack.statements).toEqual([
      {
        Effect: "Allow",
        Action: ["sqs:SendMessage"],
        Resource: ["arn:queue"],
        Condition: { Bool: { "aws:SecureTransport": "true" } },
        on: "aws_iam_role_policy",
      },
    ]);
  });

  it("may do nothing unless told", () => {
    const stack = stackOf(infra, (scope) => {
      new WorkspaceRole(scope, "role", { name: "x", description: "x", trust: trustService("ec2.amazonaws.com") });
    });
    expect(stack.resourceTypes).toEqual(["aws_iam_role"]);
  });
});

describe("two stacks", () => {
  it("may not refer to each other but by contract", () => {
    const build: Build = (app, environment) => {
      const one = new WorkspaceStack(app, { workspace: infra, stack: "one", environment });
      const two = new WorkspaceStack(app, { workspace: infra, stack: "two", environment });
      new TerraformOutput(two, "out", { value: new SqsQueue(one, "queue", {}).arn });
    };
    expect(() => synthesized(build, dev)).toThrow("nothing but a contract crosses a stack");
  });
});

describe("a stack in a cluster", () => {
  it("gets a short-lived token when it runs, and keeps none", () => {
    const { "dev-a-thing": stack } = synthesized((app, environment) => {
      new KubernetesStack(app, { workspace: k8sPlatform, stack: "thing", environment, cluster: "a" });
    }, dev);
    const exec = { command: "aws", args: expect.arrayContaining(["get-token", "--cluster-name"]) };
    expect(stack?.json).toMatchObject({
      provider: { kubernetes: [{ exec: [exec] }], helm: [{ kubernetes: { exec } }] },
    });
    expect(JSON.stringify(stack?.json)).not.toContain('"token"');
  });
});
