/**
 * What is wrong with settings of something that the environment has not. Empty where there are none, or it has it.
 * @param part where they stand, such as "edge" or "edge.waf"
 * @param message what they are for, what the environment lacks, and the way out
 */
export function unaskedProblems(part: string, given: unknown, has: boolean, message: string) {
  return given === undefined || has ? [] : [{ code: "custom" as const, path: part.split("."), message }];
}
