import { GetCallerIdentityCommand, type STSClient } from "@aws-sdk/client-sts";
import type { Environment } from "@demarc/shared/environment";
import { accessSentence } from "./aws-fault";
import { Refusal } from "./refusal";

/**
 * Asks AWS who calls.
 * @returns ARN of the caller
 * @throws Refusal where AWS does not say, or the caller's credentials are of another account than the environment's
 */
export async function checkAccount(
  { sts }: { readonly sts: STSClient },
  { name, account }: Pick<Environment, "name" | "account">,
): Promise<string> {
  const { Account = "none", Arn = "" } = await sts.send(new GetCallerIdentityCommand({})).catch((error: unknown) => {
    throw new Refusal([
      accessSentence(error) ?? `AWS refuses to say whose credentials this shell has: ${String(error)}`,
    ]);
  });
  if (Account === account) return Arn;
  throw new Refusal([
    `${name} is of account ${account}, and these credentials are of ${Account} (${Arn}): take those of ${account}.`,
  ]);
}
