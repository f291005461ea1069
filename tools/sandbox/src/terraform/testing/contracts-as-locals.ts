/** Text of a stack that reads contracts from locals, such as `local.network_v2`, in place of the states of others. */
export function contractsAsLocals(text: string): string {
  return text.replaceAll(/data\.terraform_remote_state\.[\w-]+\.outputs\./g, "local.");
}
