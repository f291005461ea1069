import { templates } from "./reference";

/**
 * Functions of Terraform that read files where Terraform runs, and the one whose text only Terraform knows. Between a function's name and
 * its parenthesis Terraform takes spaces and comments. https://developer.hashicorp.com/terraform/language/functions
 */
const READING = /\b(file\w*|templatefile|templatestring)(?:\s|\/\*(?:[^*]|\*(?!\/))*\*\/|(?:#|\/\/)[^\n]*\n)*\(/g;

/**
 * Functions in the texts of a stack, names of maps included, that read the machine's files: whoever deploys has credentials there, and
 * what is read goes where the stack's owner sees it.
 */
export function readingFunctions(value: unknown): string[] {
  if (typeof value === "string") {
    // Behind the first place that Terraform fills in are all others.
    const [rest = ""] = templates(value);
    return [...rest.matchAll(READING)].flatMap(([, name]) => name ?? []);
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [...readingFunctions(name), ...readingFunctions(inner)]);
}
