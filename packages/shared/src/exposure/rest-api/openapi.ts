import { isRecord } from "../../json";

/** An OpenAPI document, or a part of one. */
export type Document = Readonly<Record<string, unknown>>;

/** HTTP methods that both OpenAPI and API Gateway have, as OpenAPI writes them. */
export const METHODS = ["get", "put", "post", "delete", "options", "head", "patch"] as const;

/** A parameter of an operation or of its path, with its reference followed. */
export interface Parameter {
  readonly name: string;
  /** Such as "path", "query" or "header". */
  readonly in: string;
  readonly required: boolean;
  /** Whether a request may have it several times. */
  readonly isList: boolean;
}

/** One method of a path. */
export interface Operation {
  readonly path: string;
  /** As OpenAPI writes it: "get". */
  readonly method: string;
  readonly document: Document;
  /** Its own and those of its path; its own outranks the path's of the same name and place. */
  readonly parameters: readonly Parameter[];
}

/** A part of a document that is an object; an empty one where it is none. */
export function part(document: Document, ...keys: readonly string[]): Document {
  return keys.reduce<Document>((found, key) => {
    const inner = found[key];
    return isRecord(inner) ? inner : {};
  }, document);
}

/** Every operation of a document. */
export function operationsOf(document: Document): Operation[] {
  const paths = part(document, "paths");
  return Object.keys(paths).flatMap((path) => {
    const item = part(paths, path);
    return METHODS.filter((method) => isRecord(item[method])).map((method) => {
      const operation = part(item, method);
      return { path, method, document: operation, parameters: parametersOf(document, item, operation) };
    });
  });
}

function parametersOf(document: Document, ...holders: readonly Document[]): Parameter[] {
  const given = holders.flatMap(({ parameters }): unknown[] => (Array.isArray(parameters) ? parameters : []));
  const read = given.flatMap((each) => {
    const { name, in: place, required, schema } = followed(document, each);
    if (typeof name !== "string" || typeof place !== "string") return [];
    const isList = followed(document, schema)["type"] === "array";
    return [[`${place} ${name}`, { name, in: place, required: required === true, isList }] as const];
  });
  return [...new Map(read).values()];
}

/** What a reference into the document's components leads to; what is no reference, itself. */
export function followed(document: Document, value: unknown): Document {
  if (!isRecord(value)) return {};
  const { $ref: reference } = value;
  if (typeof reference !== "string") return value;
  return part(document, ...keysOf(reference));
}

/** Keys of a reference, from the root of the document: "#/components/schemas/Pet" has components, schemas, Pet. */
export function keysOf(reference: string): string[] {
  return reference
    .split("/")
    .slice(1)
    .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
}
