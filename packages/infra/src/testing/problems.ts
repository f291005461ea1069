import { InvalidInput, parse } from "@demarc/shared/environment";
import type { z } from "zod";

/** What a schema says is wrong with an input, a line for each. Empty: nothing. */
export function problemsOf(schema: z.ZodType, input: unknown): string[] {
  try {
    parse("settings", schema, input);
    return [];
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    return error.message
      .split("\n")
      .slice(1)
      .map((line) => line.trim());
  }
}
