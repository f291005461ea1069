import { isRecord } from "@demarc/shared/json";

/** What one stack uses of one version of a contract. It is plain JSON, so that a deploy can record it. */
export interface ContractUse {
  /** Id of the stack that uses it, such as `dev-a-petstore`. */
  readonly consumer: string;
  /** As the consumer's tags tell. */
  readonly team: string;
  /** Id of the stack that publishes it, such as `dev-dns`. */
  readonly producer: string;
  /** Such as `dns`. */
  readonly contract: string;
  readonly version: number;
  /** Names of its outputs, sorted; `all` where the contract is taken as a whole. Empty: it is asked for, and nothing is taken of it. */
  readonly outputs: readonly string[] | "all";
  /** The deploy that made the consumer use it. @default none: this checkout does */
  readonly deployed?: ConsumerDeploy;
}

/** How a consumer came to be as it is. */
export interface ConsumerDeploy {
  /** Name of its nx project. */
  readonly project: string;
  /** Undefined: it was not committed. */
  readonly commit?: string | undefined;
  /** ARN of whoever deployed it. */
  readonly by: string;
}

/** Id of the stack whose state a remote state reads. @returns undefined where it is no stack's that matters */
export type ProducerOf = (backend: unknown, config: unknown) => string | undefined;

/** A stack as its cdk.tf.json has it. */
export interface SynthesizedStack {
  readonly id: string;
  readonly json: Readonly<Record<string, unknown>>;
}

/** `data.terraform_remote_state.<name>.outputs.<contract>_v<version>`, and the output that is taken of it, if one is. */
const TAKEN =
  /data\.terraform_remote_state\.([\w-]+)\.outputs(?:\.|\[")(\w+?)_v(\d+)(?:"\])?(?:\.([A-Za-z_][\w-]*)|\["([^"\]]+)"\])?/g;

/** What the postcondition of a remote state asks for (packages/shared/src/contract/consume.ts). */
const ASKED = /\bcan\(self\.outputs\.(\w+?)_v(\d+)\)/g;

/**
 * What stacks use of contracts, as their JSON tells: which states they read, and which outputs their expressions take.
 * @param producerOf @default the one of these stacks whose state it is: a state that is no stack's of them is left out
 */
export function usesOf(
  stacks: readonly SynthesizedStack[],
  producerOf: ProducerOf = producersAmong(stacks),
): ContractUse[] {
  return stacks.flatMap((stack) => usesOfOne(stack, producerOf));
}

/**
 * What is used by this checkout, and what is used beside that by consumers as they are deployed: of an older commit, or of one that
 * this checkout does not know.
 */
export function withDeployed(uses: readonly ContractUse[], deployed: readonly ContractUse[]): ContractUse[] {
  const others = deployed.flatMap((use): ContractUse[] => {
    const now = uses.find((each) => KEYS.every((key) => each[key] === use[key]));
    if (now === undefined) return [use];
    if (now.outputs === "all") return [];
    if (use.outputs === "all") return [use];
    const current = now.outputs;
    const outputs = use.outputs.filter((output) => !current.includes(output));
    return outputs.length === 0 ? [] : [{ ...use, outputs }];
  });
  return [...uses, ...others];
}

/** What two uses of one consumer's are the same by. */
const KEYS = ["consumer", "producer", "contract", "version"] as const;

function producersAmong(stacks: readonly SynthesizedStack[]): ProducerOf {
  const producers = new Map(stacks.map(({ id, json }) => [addressOf(at(json, "terraform", "backend")), id]));
  return (backend, config) => producers.get(addressOf({ [String(backend)]: config }));
}

function usesOfOne({ id, json }: SynthesizedStack, producerOf: ProducerOf): ContractUse[] {
  const states = at(json, "data", "terraform_remote_state");
  const { terraform_remote_state: _, ...looked } = record(json["data"]);
  const texts = textsIn({ ...json, data: looked });
  const taken = texts.flatMap((text) => [...text.matchAll(TAKEN)]);
  return Object.entries(record(states)).flatMap(([name, declared]) => {
    const { backend, config } = record(declared);
    const producer = producerOf(backend, config);
    if (producer === undefined) return [];
    const asked = textsIn(declared).flatMap((text) => [...text.matchAll(ASKED)]);
    const found = new Map<string, Set<string>>();
    const outputsOf = (contract = "", version = "") => {
      const key = `${contract} ${version}`;
      const outputs = found.get(key) ?? new Set<string>();
      found.set(key, outputs);
      return outputs;
    };
    for (const [, contract, version] of asked) outputsOf(contract, version);
    for (const [, state, contract, version, attribute, key] of taken) {
      if (state === name) outputsOf(contract, version).add(attribute ?? key ?? EVERY);
    }
    return [...found].map(([key, outputs]): ContractUse => {
      const [contract = "", version = ""] = key.split(" ");
      const team = teamOf(json);
      return {
        ...{ consumer: id, team, producer, contract, version: Number(version) },
        outputs: outputs.has(EVERY) ? "all" : [...outputs].sort(),
      };
    });
  });
}

/** No output's name. */
const EVERY = "*";

/** Where a state lies, in one text, as `terraform.backend` has it, and a remote state in its arguments. */
function addressOf(backends: unknown): string {
  return Object.entries(record(backends))
    .map(([kind, config]) => {
      const { bucket, key, region, path } = record(config);
      return JSON.stringify([kind, bucket, key, region, path]);
    })
    .join();
}

function teamOf(json: Readonly<Record<string, unknown>>): string {
  const [aws]: readonly unknown[] = list(at(json, "provider", "aws"));
  const [defaults]: readonly unknown[] = list(record(aws)["default_tags"]);
  const team = at(record(defaults), "tags", "team");
  return typeof team === "string" ? team : "";
}

function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}

function at(value: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce((inner: unknown, key) => record(inner)[key], value);
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
