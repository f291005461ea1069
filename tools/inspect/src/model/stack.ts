import { placeOf } from "@demarc/deploy/place";
import { ownState, remoteStates, type StateAddress } from "@demarc/deploy/stacks";
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
  terraform: z.object({ backend: ownState }),
});

/** @throws Error where the JSON is none that a workspace's stack writes */
export function inspect({ id, json }: WrittenStack): InspectedStack {
  const parsed = head.safeParse(json);
  if (!parsed.success) throw new Error(`${id} is no stack of a workspace: ${z.prettifyError(parsed.error)}`);
  const { provider, terraform } = parsed.data;
  const [aws] = provider.aws;
  const { region } = aws;
  const [account] = aws.allowed_account_ids;
  const [{ tags }] = aws.default_tags;
  const { backend: state } = terraform;
  const resources: Resource[] = [];
  const lookUps: Resource[] = [];
  const { environment, workspace, team } = tags;
  const { cluster, stack: name = id } = placeOf(environment, state) ?? {};
  const { terraform_remote_state: reads = {}, ...looked } = part(json, "data");
  const stack: InspectedStack = {
    ...{ id, environment, workspace, team, cluster, name, account, region, state, resources, lookUps },
    reads: remoteStates.parse(reads),
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
