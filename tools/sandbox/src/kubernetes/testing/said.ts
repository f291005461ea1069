/** What the API server says to a request: "let in", or its refusal. */
export function said(asked: Promise<unknown>): Promise<string> {
  return asked.then(
    () => "let in",
    (fault: unknown) => String(fault),
  );
}
