import type { KubernetesObject } from "../kubernetes/object";
import { UnbuildableModel } from "./plan";

/** Annotations of one prefix, read as the controller reads them. */
export class Annotations {
  constructor(
    private readonly object: KubernetesObject,
    /** e.g. alb.ingress.kubernetes.io/ */
    private readonly prefix: string,
  ) {}

  text(name: string): string | undefined {
    return this.object.metadata.annotations?.[this.prefix + name];
  }

  /** Values between commas. */
  list(name: string): string[] | undefined {
    return this.text(name)
      ?.split(",")
      .map((part) => part.trim())
      .filter((part) => part !== "");
  }

  /** `key=value` pairs between commas. */
  pairs(name: string): Record<string, string> {
    const pairs = (this.list(name) ?? []).map((pair): [string, string] => {
      const at = pair.indexOf("=");
      if (at < 1) throw this.wrong(name, `"${pair}" is no key=value`);
      return [pair.slice(0, at), pair.slice(at + 1)];
    });
    return Object.fromEntries(pairs);
  }

  number(name: string): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    if (!/^\d+$/.test(text)) throw this.wrong(name, `"${text}" is no number`);
    return Number(text);
  }

  /** One of some values. */
  one<Value extends string>(name: string, values: readonly Value[]): Value | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const found = values.find((value) => value === text);
    if (found === undefined) throw this.wrong(name, `"${text}" is none of ${values.join(", ")}`);
    return found;
  }

  wrong(name: string, problem: string): UnbuildableModel {
    return new UnbuildableModel(`annotation ${this.prefix}${name}: ${problem}`);
  }
}
