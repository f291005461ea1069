import { GetCallerIdentityCommand, STSClient, type STSClientConfig } from "@aws-sdk/client-sts";
import type { Environment } from "@demarc/shared/environment";
import { accessSentence } from "./aws-fault";
import { Refusal } from "./refusal";

/** Asks AWS who calls, which whoever may do nothing else may. @throws the SDK's error where AWS does not say */
export async function callerOf({ sts }: { readonly sts: STSClient }): Promise<{ account: string; arn: string }> {
  const { Account = "none", Arn = "" } = await sts.send(new GetCallerIdentityCommand({}));
  return { account: Account, arn: Arn };
}

/** The same, of whoever has these credentials. @param connection endpoint and credentials. @default what every AWS SDK takes from the environment */
export function whoIs(connection: Pick<STSClientConfig, "endpoint" | "credentials"> = {}) {
  return async (region: string): Promise<string> => {
    const sts = new STSClient({ region, ...connection });
    try {
      return (await callerOf({ sts })).arn;
    } finally {
      sts.destroy();
    }
  };
}

/**
 * Holds the caller's account to an environment's.
 * @returns ARN of the caller
 * @throws Refusal where AWS does not say, or the caller's credentials are of another account than the environment's
 */
export async function checkAccount(
  aws: { readonly sts: STSClient },
  { name, account }: Pick<Environment, "name" | "account">,
): Promise<string> {
  const caller = await callerOf(aws).catch((error: unknown) => {
    throw new Refusal([
      accessSentence(error) ?? `AWS refuses to say whose credentials this shell has: ${String(error)}`,
    ]);
  });
  if (caller.account === account) return caller.arn;
  throw new Refusal([
    `${name} is of account ${account}, and these credentials are of ${caller.account} (${caller.arn}): take those of ${account}.`,
  ]);
}
