import { administratorsStackIds, type Environment } from "@demarc/shared/environment";

/** Whether infra's administrators alone deploy a stack, by `bootstrap`: what the roles that deploy may do stands in it. */
export function isAdministrators(id: string, environment: Environment): boolean {
  return administratorsStackIds(environment).includes(id);
}
