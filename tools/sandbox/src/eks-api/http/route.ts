import type { z } from "zod";
import type { Context } from "../context";
import { EksError } from "./errors";
import { parseBody } from "./body";

/** Names between braces in a path template: "name" | "nodegroupName" for /clusters/{name}/node-groups/{nodegroupName}. */
type ParameterOf<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParameterOf<Rest>
  : never;

/** One request, matched to its route. */
export interface Call<Parameter extends string, Body = undefined> {
  /** A decoded segment of the path. */
  readonly parameter: (name: Parameter) => string;
  readonly query: URLSearchParams;
  readonly body: Body;
  /** Access key that signed the request. */
  readonly accessKeyId: string;
}

/** A request before its body is looked at: `body` is parsed JSON, undefined when there was none. */
export interface Request {
  readonly method: string;
  /** As it came: percent-encoded, without the query. */
  readonly rawPath: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
  readonly accessKeyId: string;
}

type Answer = object | Promise<object>;

/** A row of the route table. */
export interface Route {
  /** Name of the EKS operation, e.g. "CreateCluster". */
  readonly operation: string;
  readonly method: "GET" | "POST" | "DELETE";
  /** Path template, e.g. "/clusters/{name}". */
  readonly path: string;
  readonly answer: (context: Context, request: Request, parameters: ReadonlyMap<string, string>) => Answer;
}

type Handler<Path extends string, Body = undefined> = (context: Context, call: Call<ParameterOf<Path>, Body>) => Answer;

/** A row for an operation that reads. */
export function get<const Path extends string>(operation: string, path: Path, handle: Handler<Path>): Route {
  return { operation, method: "GET", path, answer: withoutBody(handle) };
}

/** A row for an operation that deletes. */
export function remove<const Path extends string>(operation: string, path: Path, handle: Handler<Path>): Route {
  return { operation, method: "DELETE", path, answer: withoutBody(handle) };
}

/** A row for an operation with a body, which `schema` checks before `handle` sees it. */
export function post<const Path extends string, Body>(
  operation: string,
  path: Path,
  schema: z.ZodType<Body>,
  handle: Handler<Path, Body>,
): Route {
  return {
    operation,
    method: "POST",
    path,
    answer: (context, request, parameters) =>
      handle(context, { ...callOf(request, parameters), body: parseBody(schema, request.body ?? {}) }),
  };
}

function withoutBody<Path extends string>(handle: Handler<Path>): Route["answer"] {
  return (context, request, parameters) => handle(context, { ...callOf(request, parameters), body: undefined });
}

function callOf(request: Request, parameters: ReadonlyMap<string, string>): Omit<Call<string>, "body"> {
  const parameter = (name: string): string => {
    const value = parameters.get(name);
    if (value === undefined) throw new Error(`the matched path has no {${name}}`);
    return value;
  };
  return { parameter, query: request.query, accessKeyId: request.accessKeyId };
}

/**
 * The row that serves a request, and the path's parameters. The raw path is split first and each segment decoded afterwards:
 * role and policy ARNs arrive as one segment with their slashes encoded. Undefined when no row matches.
 *
 * @throws EksError InvalidRequestException for a malformed percent-encoding
 */
export function matchRoute(
  routes: readonly Route[],
  request: Request,
): { route: Route; parameters: Map<string, string> } | undefined {
  const segments = request.rawPath.split("/").map(decodeSegment);
  for (const route of routes) {
    if (route.method !== request.method) continue;
    const parameters = matchTemplate(route.path, segments);
    if (parameters) return { route, parameters };
  }
  return undefined;
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new EksError("InvalidRequestException", `The path segment "${segment}" is not valid percent-encoding.`);
  }
}

function matchTemplate(path: string, segments: readonly string[]): Map<string, string> | undefined {
  const template = path.split("/");
  if (template.length !== segments.length) return undefined;
  const parameters = new Map<string, string>();
  for (const [index, wanted] of template.entries()) {
    const actual = segments[index] ?? "";
    const name = /^\{(.+)\}$/.exec(wanted)?.[1];
    if (name === undefined) {
      if (wanted !== actual) return undefined;
    } else {
      if (actual === "") return undefined;
      parameters.set(name, actual);
    }
  }
  return parameters;
}
