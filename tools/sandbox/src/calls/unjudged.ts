/** Actions of `dev`'s writing calls that are not judged with all that they act on. README.md's table of what is real names them. */
export const UNJUDGED_WRITES: readonly string[] = [];
