import { isRecord } from "@demarc/shared/json";
import { InvalidInput } from "@demarc/shared/environment/problems";
import { z } from "zod";

/** Attributes of a resource, as the provider names them. */
export type Attributes = Readonly<Record<string, unknown>>;

/** What a plan does with one resource. */
export interface ResourceChange {
  readonly address: string;
  /** Such as `aws_vpc`. */
  readonly type: string;
  /** Address that it had before. Undefined: the same. */
  readonly movedFrom: string | undefined;
  /** Such as `["delete", "create"]`; `["no-op"]` for what stays as it is. */
  readonly actions: readonly string[];
  /** Undefined where it was not there. */
  readonly before: Attributes | undefined;
  /** Undefined where it will not be there. What is known after an apply only is left out. */
  readonly after: Attributes | undefined;
  /** By attribute: what is known after an apply only. */
  readonly unknown: Attributes;
  /** By attribute: what must not be printed, of before and of after. `true` in place of attributes: all. */
  readonly sensitive: readonly unknown[];
  /** Attributes whose changes force a replacement. */
  readonly forcedBy: readonly string[];
  /** Whether the plan takes over what exists already. */
  readonly isImported: boolean;
}

/** What a plan does with one output. */
export interface OutputChange {
  readonly actions: readonly string[];
  readonly before: unknown;
  readonly after: unknown;
  /** `true`, or by key: what is known after an apply only. */
  readonly unknown: unknown;
}

/** A plan, as far as the gate reads it. */
export interface Plan {
  /** Resources, also those that stay as they are. No look-ups. */
  readonly changes: readonly ResourceChange[];
  readonly outputs: Readonly<Record<string, OutputChange>>;
  /** Tags of all that the plan's provider makes, such as `workspace`. Empty where its configuration names none. */
  readonly tags: Readonly<Record<string, string>>;
}

const record = z.record(z.string(), z.unknown());
const change = z.object({
  actions: z.array(z.enum(["no-op", "create", "read", "update", "delete", "forget"])).min(1),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
  after_unknown: z.unknown().optional(),
  before_sensitive: z.unknown().optional(),
  after_sensitive: z.unknown().optional(),
  replace_paths: z.array(z.array(z.union([z.string(), z.number()]))).default([]),
  importing: z.unknown().optional(),
});
const resource = z.object({
  address: z.string(),
  previous_address: z.string().optional(),
  mode: z.enum(["managed", "data"]),
  type: z.string(),
  change,
});
const tags = z.object({
  aws: z.object({
    expressions: z.object({
      default_tags: z.tuple([z.object({ tags: z.object({ constant_value: z.record(z.string(), z.string()) }) })]),
    }),
  }),
});

/** https://developer.hashicorp.com/terraform/internals/json-format: a state has no `planned_values`. */
const planFile = z.object({
  format_version: z.string().regex(/^1\.\d+$/, "the gate reads version 1 of Terraform's JSON alone"),
  planned_values: record,
  configuration: z.object({ provider_config: z.unknown().optional() }),
  errored: z.literal(false, "the plan ended with an error; plan again").default(false),
  resource_changes: z.array(resource).default([]),
  output_changes: z.record(z.string(), change).default({}),
});

/**
 * Reads a plan as `terraform show -json <plan file>` writes it.
 * @param subject what an error calls it, such as its file
 * @throws InvalidInput with the places where it is no plan, without any of its values
 */
export function readPlan(subject: string, text: string): Plan {
  const { success, data, error } = planFile.safeParse(jsonOf(subject, text));
  if (!success) {
    const problems = error.issues.map(({ path, message }) => ({ path: path.map(String).join("."), message }));
    throw new InvalidInput([{ subject, problems: [...problems, WAY_OUT] }]);
  }
  return {
    changes: data.resource_changes.filter(({ mode }) => mode === "managed").map(changeOf),
    outputs: Object.fromEntries(
      Object.entries(data.output_changes).map(([name, { actions, before, after, after_unknown: unknown }]) => [
        name,
        { actions, before, after, unknown },
      ]),
    ),
    tags:
      tags.safeParse(data.configuration.provider_config).data?.aws.expressions.default_tags[0].tags.constant_value ??
      {},
  };
}

const WAY_OUT = {
  path: "",
  message: "a plan is written by `terraform plan -out=plan` and then `terraform show -json plan > <stack>.json`",
};

function jsonOf(subject: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own words quote the text.
    throw new InvalidInput([{ subject, problems: [{ path: "", message: "it is no JSON" }, WAY_OUT] }]);
  }
}

function changeOf({ address, previous_address, type, change: it }: z.output<typeof resource>): ResourceChange {
  return {
    address,
    type,
    movedFrom: previous_address,
    actions: it.actions,
    before: isRecord(it.before) ? it.before : undefined,
    after: isRecord(it.after) ? it.after : undefined,
    unknown: isRecord(it.after_unknown) ? it.after_unknown : {},
    sensitive: [it.before_sensitive, it.after_sensitive],
    forcedBy: [
      ...new Set(it.replace_paths.flatMap(([attribute]) => (attribute === undefined ? [] : String(attribute)))),
    ],
    isImported: it.importing !== undefined && it.importing !== null,
  };
}
