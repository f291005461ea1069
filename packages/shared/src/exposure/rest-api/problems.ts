import { isRecord } from "../../json";
import { type Document, followed, keysOf, METHODS, type Operation, operationsOf, part } from "./openapi";

/** What is wrong with a part of a document: its keys from the root, and the rule with the way out, which follow the value in a message. */
export interface Fault {
  readonly at: readonly string[];
  readonly rule: string;
}

/** Of the text that is imported. https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html */
const MOST_BYTES = 6 * 2 ** 20;

/** Paths that API Gateway answers by itself. */
const RESERVED = ["/ping", "/sping"];

/**
 * All of a document that API Gateway would refuse, or leave out with a warning, and what is not the app's to say: integrations and keys
 * are generated. https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
 */
export function documentFaults(document: Document): Fault[] {
  const operations = operationsOf(document);
  return [
    ...headFaults(document),
    ...generatedFaults(document),
    ...referenceFaults(document),
    ...schemaFaults(document),
    ...pathFaults(document),
    ...operations.flatMap((operation) => operationFaults(operation, document)),
    ...twice(operations),
  ];
}

function headFaults(document: Document): Fault[] {
  const { openapi, servers, security, paths } = document;
  const info = part(document, "info");
  return [
    ...(/^3\.0\.\d+$/.test(String(openapi))
      ? []
      : [
          { at: ["openapi"], rule: "must be 3.0, such as 3.0.3: API Gateway reads no later one; convert the document" },
        ]),
    ...["title", "version"]
      .filter((key) => typeof info[key] !== "string" || info[key] === "")
      .map((key) => ({ at: ["info", key], rule: "must be a text: OpenAPI asks for it" })),
    ...(servers === undefined ? [] : [{ at: ["servers"], rule: "is ignored by API Gateway; write each path in full" }]),
    ...(security === undefined ? [] : [{ at: ["security"], rule: GENERATED }]),
    ...(isRecord(part(document, "components")["securitySchemes"])
      ? [{ at: ["components", "securitySchemes"], rule: GENERATED }]
      : []),
    ...(isRecord(paths) && operationsOf(document).length > 0
      ? []
      : [{ at: ["paths"], rule: `must have an operation: one of ${METHODS.join(", ")} of a path` }]),
    ...(Buffer.byteLength(JSON.stringify(document)) <= MOST_BYTES
      ? []
      : [{ at: [], rule: "is above the 6 MB that API Gateway imports; leave out what no caller needs" }]),
  ];
}

const GENERATED = "is not for the document to say: every operation asks for the key in x-api-key; leave it out";

/** API Gateway's own words: where requests go, and who may send them. */
function generatedFaults(value: unknown, at: readonly string[] = []): Fault[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) =>
    key.toLowerCase().startsWith("x-amazon-")
      ? [{ at: [...at, key], rule: "is generated from the document, and leads to the app alone; leave it out" }]
      : generatedFaults(inner, [...at, key]),
  );
}

function referenceFaults(document: Document, value: unknown = document, at: readonly string[] = []): Fault[] {
  if (typeof value !== "object" || value === null) return [];
  const { $ref: reference } = isRecord(value) ? value : {};
  const inner = Object.entries(value).flatMap(([key, each]) => referenceFaults(document, each, [...at, key]));
  if (typeof reference !== "string") return inner;
  const found = reference.startsWith("#/components/") && Object.keys(followed(document, value)).length > 0;
  return [
    ...inner,
    ...(found ? [] : [{ at: [...at, "$ref"], rule: "must name a part of this document's components that is there" }]),
  ];
}

/** Keywords of schemas that API Gateway's models do not have. */
const NO_KEYWORDS = [
  ...["additionalProperties", "discriminator", "example", "exclusiveMaximum", "exclusiveMinimum", "externalDocs"],
  ...["nullable", "readOnly", "writeOnly", "xml"],
];

function schemaFaults(document: Document): Fault[] {
  const schemas = part(document, "components", "schemas");
  return Object.keys(schemas).flatMap((name) => {
    const at = ["components", "schemas", name];
    return [
      ...(/^[a-zA-Z0-9]+$/.test(name) ? [] : [{ at, rule: "must have a name of letters and digits alone" }]),
      ...(leadsTo(name, schemas[name], schemas) ? [{ at, rule: "refers to itself, which API Gateway refuses" }] : []),
      ...keywordFaults(schemas[name], at),
    ];
  });
}

function keywordFaults(schema: unknown, at: readonly string[]): Fault[] {
  if (!isRecord(schema)) return [];
  const inner = [
    ...Object.entries(part(schema, "properties")).map(([name, each]) => [each, ["properties", name]] as const),
    ...["items", "not"].map((key) => [schema[key], [key]] as const),
    ...["allOf", "anyOf", "oneOf"].flatMap((key) => {
      const parts = schema[key];
      return Array.isArray(parts) ? parts.map((each: unknown, index) => [each, [key, String(index)]] as const) : [];
    }),
  ];
  return [
    ...NO_KEYWORDS.filter((key) => key in schema).map((key) => ({
      at: [...at, key],
      rule: "is a keyword that API Gateway's models do not have, and a warning fails the import; leave it out",
    })),
    ...inner.flatMap(([each, keys]) => keywordFaults(each, [...at, ...keys])),
  ];
}

/** Whether a schema comes to one of that name, over whatever others. */
function leadsTo(name: string, schema: unknown, schemas: Document, seen: ReadonlySet<string> = new Set()): boolean {
  return referencesIn(schema).some((reference) => {
    const [, , other = ""] = keysOf(reference);
    if (other === name) return true;
    return !seen.has(other) && leadsTo(name, schemas[other], schemas, new Set([...seen, other]));
  });
}

function referencesIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) =>
    key === "$ref" && typeof inner === "string" ? [inner] : referencesIn(inner),
  );
}

/** Beside its operations. */
const OF_A_PATH = ["parameters", "summary", "description"];

function pathFaults(document: Document): Fault[] {
  const paths = part(document, "paths");
  return Object.keys(paths).flatMap((path) => {
    const at = ["paths", path];
    const known: readonly string[] = [...METHODS, ...OF_A_PATH];
    return [
      ...(isPath(path)
        ? []
        : [
            {
              at,
              rule: "must be a path of parts such as pet, or one parameter each such as {petId}: API Gateway has no others",
            },
          ]),
      ...(RESERVED.includes(path)
        ? [{ at, rule: "is a path that API Gateway answers by itself, as are /ping and /sping; take another" }]
        : []),
      ...Object.keys(part(paths, path))
        .filter((key) => !known.includes(key) && !key.toLowerCase().startsWith("x-"))
        .map((key) => ({ at: [...at, key], rule: `must be one of ${known.join(", ")}: API Gateway has no others` })),
      ...siblingFaults(path, Object.keys(paths)),
    ];
  });
}

function isPath(path: string): boolean {
  return path === "/" || /^(\/([\w.:-]+|\{[\w.-]+\}))+$/.test(path);
}

/** In one place of paths API Gateway knows one parameter by one name. */
function siblingFaults(path: string, paths: readonly string[]): Fault[] {
  const parts = path.split("/");
  const other = paths.slice(0, paths.indexOf(path)).find((before) => {
    const others = before.split("/");
    const differs = parts.findIndex((each, index) => each !== others[index]);
    return isParameter(parts[differs]) && isParameter(others[differs]);
  });
  if (other === undefined) return [];
  return [{ at: ["paths", path], rule: `has a parameter where ${other} has one of another name; name them alike` }];
}

function isParameter(part = ""): boolean {
  return part.startsWith("{");
}

/** Names of a path's parameters: "/pet/{petId}" has petId. */
function namesIn(path: string): string[] {
  return [...path.matchAll(/\{([^}]*)\}/g)].map(([, name = ""]) => name);
}

function operationFaults(operation: Operation, root: Document): Fault[] {
  const { path, method, document } = operation;
  const { operationId } = document;
  const at = ["paths", path, method];
  const responses = part(document, "responses");
  const codes = Object.keys(responses);
  return [
    ...(typeof operationId === "string" && /^[a-zA-Z0-9]+$/.test(operationId)
      ? []
      : [{ at: [...at, "operationId"], rule: "must be a name of letters and digits alone" }]),
    ...["security", "servers", "callbacks"]
      .filter((key) => key in document)
      .map((key) => ({
        at: [...at, key],
        rule: key === "security" ? GENERATED : "is ignored by API Gateway; leave it out",
      })),
    ...(codes.length > 0 ? [] : [{ at: [...at, "responses"], rule: "must have a response, such as 200" }]),
    ...codes
      .filter((code) => !/^[1-5]\d\d$/.test(code))
      .map((code) => ({
        at: [...at, "responses", code],
        rule: "must be of one status code, such as 404: API Gateway leaves others out",
      })),
    ...parameterFaults(operation, root),
  ];
}

/** Headers that OpenAPI says by other means, and the key, which is for API Gateway. */
const NO_HEADERS = ["accept", "content-type", "authorization", "x-api-key"];

function parameterFaults({ path, method, parameters, document }: Operation, root: Document): Fault[] {
  const at = ["paths", path, method, "parameters"];
  const needed = namesIn(path);
  const given = parameters.filter((each) => each.in === "path").map(({ name }) => name);
  const rules = parameters.flatMap(({ name, in: place, required }) => {
    const about = (rule: string) => [{ at, rule: `has ${place} parameter "${name}", which ${rule}` }];
    if (!["path", "query", "header"].includes(place))
      return about("API Gateway does not have; take one of path, query, header");
    if (!/^[a-zA-Z0-9._$-]+$/.test(name)) return about("must be a name of letters, digits and . _ $ -");
    if (place === "path" && !needed.includes(name)) return about(`is not in ${path}`);
    if (place === "path" && !required) return about("must be required");
    if (place === "header" && NO_HEADERS.includes(name.toLowerCase()))
      return about("is not for a document to declare; leave it out");
    return [];
  });
  const { parameters: own } = document;
  const read = Array.isArray(own) ? own.map((each) => followed(root, each)) : [];
  return [
    ...rules,
    ...read
      .filter(({ name, in: place }) => typeof name !== "string" || typeof place !== "string")
      .map(() => ({ at, rule: "must each have a name and a place (in)" })),
    ...needed
      .filter((name) => !given.includes(name))
      .map((name) => ({ at, rule: `must declare the path's parameter "${name}": it would not be passed on` })),
  ];
}

/** API Gateway and clients made from the document go by the names of operations. */
function twice(operations: readonly Operation[]): Fault[] {
  const nameOf = ({ document }: Operation) => document["operationId"];
  return operations.flatMap((operation, index) => {
    const first = operations.slice(0, index).find((other) => nameOf(other) === nameOf(operation));
    if (first === undefined || nameOf(operation) === undefined) return [];
    const rule = `is that of ${first.method} ${first.path} already; take another`;
    return [{ at: ["paths", operation.path, operation.method, "operationId"], rule }];
  });
}
