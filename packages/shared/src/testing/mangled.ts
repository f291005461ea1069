import fc from "fast-check";
import { InvalidInput } from "../environment";

/** Texts that are nearly of a form: too long, out of range, or names that JavaScript has for something else. */
const TEXTS = [
  "",
  " ",
  "a".repeat(100_000),
  "9".repeat(5_000),
  "10.1.0.0/160",
  "10.1.0.0/-1",
  "999.1.0.0/16",
  "1.999",
  "__proto__",
  "constructor",
  "toString",
  "${path.cwd}",
  "a\nb",
];

/** What no settings file means, and what JSON cannot write. */
const strange = fc.oneof(
  fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true, withSparseArray: true }),
  fc.constantFrom<unknown>(...TEXTS, () => undefined, Symbol("a"), 1n, NaN, -0, Infinity, circular()),
  fc.string(),
  fc.integer(),
);

function circular(): object {
  const one: Record<string, unknown> = {};
  one["self"] = one;
  return one;
}

/**
 * A valid input in which one to three places hold something else, a text of which a character is another, or nothing, or have
 * another key.
 */
function mangled(valid: unknown): fc.Arbitrary<unknown> {
  const change = fc.record({ at: fc.nat(), kind: fc.constantFrom("value", "text", "away", "key"), to: strange });
  return fc.array(change, { minLength: 1, maxLength: 3 }).map((changes) => changes.reduce<unknown>(changed, valid));
}

/**
 * Mangles a valid input two thousand times.
 * @param take what takes it @throws Error of fast-check with an input that `take` neither takes nor refuses by InvalidInput
 */
export function invalidOnly(valid: unknown, take: (input: unknown) => unknown): void {
  const said = (input: unknown) => {
    try {
      take(input);
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
    }
  };
  fc.assert(fc.property(mangled(valid), said), { numRuns: 2_000 });
}

interface Change {
  readonly at: number;
  readonly kind: string;
  readonly to: unknown;
}

function changed(valid: unknown, { at, kind, to }: Change): unknown {
  const places = placesOf(valid);
  const place = places[at % places.length] ?? [];
  return replaced(valid, place, (holder, key) => {
    const value: unknown = Reflect.get(holder, key);
    if (kind === "text" && typeof value === "string") put(holder, key, nearly(value, at));
    else if (kind === "value") put(holder, key, to);
    else Reflect.deleteProperty(holder, key);
    if (kind === "key") put(holder, typeof to === "string" ? to : "toString", value);
  });
}

/** Also where the key is `__proto__`. A list keeps its `length`, which nobody defines anew. */
export function put(holder: object, key: string, value: unknown): boolean {
  return Reflect.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });
}

function nearly(text: string, at: number): string {
  const place = at % (text.length + 1);
  return text.slice(0, place) + String.fromCharCode(32 + (at % 95)) + text.slice(place + (at % 2));
}

/** The path of every value inside, the holders' too. */
export function placesOf(value: unknown): string[][] {
  if (!isPlain(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => [[key], ...placesOf(inner).map((rest) => [key, ...rest])]);
}

/** A copy, of which one place is changed. */
export function replaced(
  value: unknown,
  [key, ...rest]: readonly string[],
  change: (holder: object, key: string) => void,
): unknown {
  if (key === undefined || !isPlain(value)) return value;
  const copy: object = Array.isArray(value) ? [...(value as unknown[])] : { ...value };
  if (rest.length === 0) change(copy, key);
  else put(copy, key, replaced(Reflect.get(value, key), rest, change));
  return copy;
}

/** Arrays and objects of a file, none that a change before has put there. */
function isPlain(value: unknown): value is object {
  const prototype: unknown = typeof value === "object" && value !== null ? Object.getPrototypeOf(value) : undefined;
  return (prototype === Object.prototype || prototype === Array.prototype) && !isCircular(value);
}

function isCircular(value: unknown): boolean {
  return typeof value === "object" && value !== null && Reflect.get(value, "self") === value;
}
