/** A command that was not begun, or stopped: what is in the way and the way out, a sentence each. Printed as it is; exit code 1. */
export class Refusal extends Error {
  override readonly name = "Refusal";

  constructor(readonly sentences: readonly string[]) {
    super(sentences.join("\n"));
  }
}
