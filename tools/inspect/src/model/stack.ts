import type { StateAddress } from "@demarc/deploy";
import { z } from "zod";
import { type Attributes, part, type WrittenStack } from "./written";

/** A resource that a stack makes, or that it looks up. */
export interface Resource {
  readonly stack: InspectedStack;
  /** Such as `aws_vpc`. */
  readonly type: string;
  /** Its name in Terraform, such as `vpc_6776A399`. */
  readonly label: string;
  readonly arguments: Attributes;
}

/** A stack, whose it is and what it has. All of it is read from its JSON. */
export interface InspectedStack {
  readonly id: string;
  /** As its tags tell: an environment's name, or `account` for what all environments of an account share. */
  readonly environment: string;
  /** As its tags tell: `infra`, `k8s-platform`, or an app's name. */
  readonly workspace: string;
  /** Team that owns it, as its tags tell. */
  readonly team: string;
  /** Short id of the cluster that it belongs to, as the address of its state tells. */
  readonly cluster: string | undefined;
  /** What it is called in its workspace, such as `network`: the same in every environment. */
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly state: StateAddress;
  readonly resources: readonly Resource[];
  /** What it looks up, other stacks' states apart. */
  readonly lookUps: readonly Resource[];
  /** Other stacks' states that it reads, by their names in Terraform. */
  readonly reads: Readonly<Record<string, StateAddress>>;
  /** Values of its outputs, by name. */
  readonly outputs: Attributes;
}

const s3 = z.object({ bucket: z.string(), key: z.string(), region: z.string() });
const local = z.object({ path: z.string() });
const head = z.object({
  provider: z.object({
    aws: z.tuple([
      z.object({
        region: z.string(),
        allowed_account_ids: z.tuple([z.string()]),
        default_tags: z.tuple([
          z.object({ tags: z.object({ environment: z.string(), workspace: z.string(), team: z.string() }) }),
        ]),
      }),
    ]),
  }),
  terraform: z.object({ backend: z.union([z.object({ s3 }), z.object({ local })]) }),
});
const remoteState = z.union([
  z.object({ backend: z.literal("s3"), config: s3 }),
  z.object({ backend: z.literal("local"), config: local }),
]);

/** Where a state is filed: `<environment>[/<cluster>]/<kind of workspace>/<stack>.tfstate`, under a folder where it is local. */
const FILED = /(?:^|\/)[^/]+?(?:\/([a-z][a-z0-9]{0,3}))?\/(?:infra|k8s-platform|apps)\/([^/]+)\.tfstate$/;

/** @throws Error where the JSON is none that a workspace's stack writes */
export function inspect({ id, json }: WrittenStack): InspectedStack {
  const parsed = head.safeParse(json);
  if (!parsed.success) throw new Error(`${id} is no stack of a workspace: ${z.prettifyError(parsed.error)}`);
  const { provider, terraform } = parsed.data;
  const [aws] = provider.aws;
  const { region } = aws;
  const [account] = aws.allowed_account_ids;
  const [{ tags }] = aws.default_tags;
  const state = addressOf(terraform.backend);
  const [, cluster, name = id] = FILED.exec(state.kind === "s3" ? state.key : state.path) ?? [];
  const resources: Resource[] = [];
  const lookUps: Resource[] = [];
  const { environment, workspace, team } = tags;
  const { terraform_remote_state: remoteStates, ...looked } = part(json, "data");
  const stack: InspectedStack = {
    ...{ id, environment, workspace, team, cluster, name, account, region, state, resources, lookUps },
    reads: Object.fromEntries(Object.entries(part(remoteStates)).map(([read, value]) => [read, readState(value)])),
    outputs: Object.fromEntries(
      Object.entries(part(json, "output")).map(([output, declared]) => [output, part(declared)["value"]]),
    ),
  };
  resources.push(...resourcesOf(stack, part(json, "resource")));
  lookUps.push(...resourcesOf(stack, looked));
  return stack;
}

function resourcesOf(stack: InspectedStack, section: Attributes): Resource[] {
  return Object.entries(section).flatMap(([type, ofType]) =>
    Object.entries(part(ofType)).map(([label, value]) => ({ stack, type, label, arguments: part(value) })),
  );
}

function addressOf(backend: z.infer<typeof head>["terraform"]["backend"]): StateAddress {
  return "s3" in backend ? { kind: "s3", ...backend.s3 } : { kind: "local", ...backend.local };
}

function readState(value: unknown): StateAddress {
  const { backend, config } = remoteState.parse(value);
  return backend === "s3" ? { kind: backend, ...config } : { kind: backend, ...config };
}
