import { isRecord } from "@demarc/shared/json";

/** A place that an expression of Terraform's names, such as `aws_lb.edge_1A2B.arn`. */
export interface Reference {
  /** Whether it names what is looked up: `data.…`. */
  readonly isData: boolean;
  readonly type: string;
  readonly label: string;
  /** What is taken of it, such as `["metadata", 0, "name"]`. */
  readonly path: readonly (string | number)[];
}

/** Types of all providers have an underscore; what an expression calls something by itself, such as `each.key`, has none. */
const TRAVERSAL =
  /(?<![\w.-])(data\.)?([a-z][a-z0-9]*(?:_[a-z0-9]+)+)\.([A-Za-z_][\w-]*)((?:\.[A-Za-z_][\w-]*|\[\d+\]|\["[^"\]]*"\])*)/g;
const STEP = /\.([A-Za-z_][\w-]*)|\[(\d+)\]|\["([^"\]]*)"\]/g;

/** A text's places that Terraform fills in: `${…}`. A `$${` is none. */
const TEMPLATE = /(?<!\$)\$\{((?:[^{}"]|"(?:[^"\\]|\\.)*"|\{[^{}]*\})*)\}/g;

/** All references in a value, at any depth, each time that they stand there. */
export function referencesIn(value: unknown): Reference[] {
  if (typeof value === "string") return templatesIn(value).flatMap(({ expression }) => traversalsIn(expression));
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === "depends_on" && Array.isArray(inner)
      ? inner.flatMap((each) => traversalsIn(String(each)))
      : referencesIn(inner),
  );
}

/** A place of a text that Terraform fills in. */
export interface Template {
  /** As it stands in the text, such as `${aws_vpc.vpc.id}`. */
  readonly whole: string;
  readonly expression: string;
}

export function templatesIn(value: string): Template[] {
  return [...value.matchAll(TEMPLATE)].map(([whole, expression = ""]) => ({ whole, expression }));
}

/** The reference that an expression is. @returns undefined for one that computes something */
export function onlyReference(expression: string): Reference | undefined {
  const [first] = expression.matchAll(TRAVERSAL);
  return first?.[0] === expression.trim() ? referenceOf(first) : undefined;
}

function traversalsIn(expression: string): Reference[] {
  return [...expression.matchAll(TRAVERSAL)].map(referenceOf);
}

function referenceOf([, data, type = "", label = "", path = ""]: RegExpExecArray): Reference {
  const steps = [...path.matchAll(STEP)].map(([, attribute, index, key]) => attribute ?? key ?? Number(index));
  return { isData: data !== undefined, type, label, path: steps };
}
