import type { Environment } from "@demarc/shared/environment";

/** Environments that have pipelines, in the order in which these deploy them: by stage and, within one, by name. */
export function inTheirTurn(environments: readonly Environment[]): Environment[] {
  const staged = environments.flatMap((environment) =>
    environment.pipelines === undefined ? [] : { environment, stage: environment.pipelines.stage ?? 1 },
  );
  return staged
    .sort((one, other) => one.stage - other.stage || (one.environment.name < other.environment.name ? -1 : 1))
    .map(({ environment }) => environment);
}

/** Those, and after them the ones that people alone deploy. */
export function allInTurn(environments: readonly Environment[]): Environment[] {
  return [...inTheirTurn(environments), ...environments.filter(({ pipelines }) => pipelines === undefined)];
}
