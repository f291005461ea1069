/** What a deploy says before its first stack. @param pending programs that are being built beside it */
export function announcement(environment: string, pending: readonly string[]): string[] {
  return [
    `\nDeploying to ${environment}`,
    ...(pending.length > 0 ? [`Built meanwhile with Go, once: ${pending.join(", ")}`] : []),
  ];
}
