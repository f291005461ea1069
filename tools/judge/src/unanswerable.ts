/**
 * A question that IAM could not even be asked: an action that does not exist, a policy that AWS would not take, a resource that
 * the action does not act on. It is a mistake of whoever asks, and never an answer.
 */
export class UnanswerableError extends Error {
  override readonly name = "UnanswerableError";
}
