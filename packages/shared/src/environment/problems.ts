import { inspect } from "node:util";
import { z } from "zod";

/** One thing that is wrong: where, and the rule with the way out. */
export interface Problem {
  /** Path of the value, such as `clusters.a.version`. Empty: the whole. */
  readonly path: string;
  /** What the value was, the rule that it breaks and the way out. */
  readonly message: string;
}

/** All that is wrong with one subject, such as `environment "dev"`. */
export interface Report {
  readonly subject: string;
  readonly problems: readonly Problem[];
}

/** Bad input. Its message lists every problem of every subject; the command that meets it prints it and exits with 1. */
export class InvalidInput extends Error {
  override readonly name = "InvalidInput";

  constructor(readonly reports: readonly Report[]) {
    super(reports.map(written).join("\n"));
  }
}

function written({ subject, problems }: Report): string {
  const count = problems.length === 1 ? "1 problem" : `${String(problems.length)} problems`;
  const lines = problems.map(({ path, message }) => `  ${path === "" ? message : `${path}: ${message}`}`);
  return [`${subject} is not valid (${count}):`, ...lines].join("\n");
}

/**
 * Parses `input` by `schema`.
 * @throws InvalidInput with every problem at once.
 */
export function parse<S extends z.ZodType>(subject: string, schema: S, input: unknown): z.output<S> {
  const result = schema.safeParse(input);
  if (!result.success) throw new InvalidInput([{ subject, problems: problemsOf(result.error, input) }]);
  return result.data;
}

/**
 * `when` of a rule between parts of an object: it is asked as soon as its own parts are right, whatever else is wrong.
 * @param parts the schema of each part that the rule reads
 */
export function whenValid(parts: Readonly<Record<string, z.ZodType>>): (payload: { value: unknown }) => boolean {
  const alone = z.looseObject(parts);
  return ({ value }) => alone.safeParse(value).success;
}

function problemsOf(error: z.ZodError, input: unknown): Problem[] {
  return error.issues.map((issue) => {
    const path = issue.path.map(String).join(".");
    switch (issue.code) {
      case "unrecognized_keys":
        return {
          path,
          message: `${issue.keys.map((key) => `"${key}"`).join(", ")} is not known here; remove it or correct its name`,
        };
      case "invalid_key":
        return { path, message: issue.issues.map(({ message }) => message).join("; ") };
      case "invalid_type":
        return { path, message: `${shown(valueAt(input, issue.path))} ${typeRule(issue)}` };
      default:
        return { path, message: `${shown(valueAt(input, issue.path))} ${issue.message}` };
    }
  });
}

/** The schema's own words for the rule; where it has none, the type. */
function typeRule({ message, expected }: { readonly message: string; readonly expected: string }): string {
  return message.startsWith("Invalid input") ? `must be of type ${expected}` : message;
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key): unknown => (typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined),
    input,
  );
}

function shown(value: unknown): string {
  if (value === undefined) return "nothing is given:";
  const text = json(value) ?? inspect(value, { breakLength: Infinity, customInspect: false });
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

/** Undefined where JSON has no words for it, such as a function, a bigint and what holds itself. */
function json(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}
