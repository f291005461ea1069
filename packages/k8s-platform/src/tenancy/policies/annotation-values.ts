import { cel, celList } from "./cel";
import type { Rule } from "./policy";

/** Values that an annotation may have: a text of a list, a whole number of a range, or what fits a pattern. */
export type Values =
  | { readonly oneOf: readonly string[] }
  | { readonly from: number; readonly to: number; readonly or?: string }
  /** Longest: letters. RE2, which patterns are of, counts to 1000. */
  | { readonly pattern: string; readonly longest: number; readonly such: string };

/**
 * A rule about `variables.annotations`, for objects that have the annotation.
 * @param because what a bad value would do
 */
export function valueRule(name: string, values: Values, because: string): Rule {
  const value = `variables.annotations[${cel(name)}]`;
  const { expression, such } = test(value, values);
  return {
    expression: `!(${cel(name)} in variables.annotations) || ${expression}`,
    message: `annotation ${name} must be ${such}: ${because}`,
  };
}

function test(value: string, values: Values): { readonly expression: string; readonly such: string } {
  if ("oneOf" in values) return { expression: `${value} in ${celList(values.oneOf)}`, such: values.oneOf.join(" or ") };
  if ("pattern" in values)
    return {
      expression: `(size(${value}) <= ${values.longest} && ${value}.matches(${cel(values.pattern)}))`,
      such: values.such,
    };
  const { from, to, or } = values;
  const number = `(${value}.matches('^[0-9]{1,5}$') && int(${value}) >= ${from} && int(${value}) <= ${to})`;
  return {
    expression: or === undefined ? number : `(${value} == ${cel(or)} || ${number})`,
    such: `a whole number from ${from} to ${to}${or === undefined ? "" : `, or ${or}`}`,
  };
}
