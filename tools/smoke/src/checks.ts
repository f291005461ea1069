import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { accessSentence, Refusal } from "@demarc/deploy";
import type { Environment } from "@demarc/shared/environment";
import type { Aws } from "./aws";
import type { Check } from "./check";
import { eksChecks } from "./eks-checks";
import { networkChecks } from "./network-checks";

/** All that is asked of a real account. A new one stands in docs/verified.md too. */
export const checks: readonly Check[] = [...eksChecks, ...networkChecks];

/** @throws Refusal where AWS does not say who calls, or the caller's credentials are of another account than the environment's */
export async function checkAccount({ sts }: Pick<Aws, "sts">, { name, account }: Environment): Promise<string> {
  const { Account, Arn = "" } = await sts.send(new GetCallerIdentityCommand({})).catch((error: unknown) => {
    throw new Refusal([accessSentence(error) ?? String(error)]);
  });
  if (Account === account) return Arn;
  throw new Refusal([
    `${name} is of account ${account}, and these credentials are of ${Account ?? "none"} (${Arn}): take those of ${account}.`,
  ]);
}
