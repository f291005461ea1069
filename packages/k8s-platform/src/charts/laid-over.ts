import { isDeepStrictEqual } from "node:util";
import type { Problem } from "@demarc/shared/environment";
import { isRecord, type Json, type JsonObject } from "@demarc/shared/json";

/**
 * Values with others laid over them. Objects are merged, as Helm does it. A list is added to: what the platform gives stays, but for an
 * item with the `name` of one that is given. All else is replaced.
 */
export function laidOver(own: JsonObject, over: JsonObject): JsonObject {
  const entries = Object.entries(over).map(([key, value]) => {
    const beneath = Object.hasOwn(own, key) ? own[key] : undefined;
    return [key, beneath === undefined ? value : replaced(beneath, value)] as const;
  });
  return { ...own, ...Object.fromEntries(entries) };
}

function replaced(own: Json, over: Json): Json {
  if (isList(own) && isList(over)) return added(own, over);
  if (isObject(own) && isObject(over)) return laidOver(own, over);
  return over;
}

function added(own: readonly Json[], over: readonly Json[]): Json[] {
  const kept = own.filter(
    (item) => !over.some((other) => nameOf(other) !== undefined && nameOf(other) === nameOf(item)),
  );
  return [...kept, ...over.filter((item) => !kept.some((other) => isDeepStrictEqual(item, other)))];
}

function nameOf(item: Json): unknown {
  return isRecord(item) ? item["name"] : undefined;
}

/** Lists that add nothing to the platform's, though they were meant to do something: most likely to take its place. */
export function idleLists(own: Json, over: Json, path: string): Problem[] {
  if (isList(own) && isList(over)) {
    if (!isDeepStrictEqual(added(own, over), own)) return [];
    const message =
      "adds nothing to the platform's own list, and a list is never replaced; change the add-on's file instead";
    return [{ path, message }];
  }
  if (!isObject(own) || !isObject(over)) return [];
  return Object.entries(over).flatMap(([key, value]) => {
    const beneath = Object.hasOwn(own, key) ? own[key] : undefined;
    return beneath === undefined ? [] : idleLists(beneath, value, `${path}.${key}`);
  });
}

/** `Array.isArray` does not tell a list that is only read. */
function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function isObject(value: Json): value is JsonObject {
  return isRecord(value);
}
