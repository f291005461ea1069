import {
  CloudWatchLogsClient,
  type CloudWatchLogsClientConfig,
  DeleteLogGroupCommand,
  DescribeLogGroupsCommand,
  ResourceNotFoundException,
} from "@aws-sdk/client-cloudwatch-logs";
import { setTimeout as sleep } from "node:timers/promises";
import type { DeployableStack, LogGroupAddress } from "./stacks";

/** Milliseconds. How long EKS takes is documented nowhere. */
const LOOKS = [0, 20_000, 20_000, 20_000];

/** Looks for log groups of CloudWatch, without Terraform. */
export class LogGroups {
  /**
   * @param connection endpoint and credentials. @default what every AWS SDK takes from the environment
   * @param looks milliseconds before each look for groups that came back. @default a minute in all
   */
  constructor(
    private readonly connection: CloudWatchLogsClientConfig = {},
    readonly looks: readonly number[] = LOOKS,
  ) {}

  /** Whether there is a group of exactly that name with no key and no retention, as AWS makes it: a stack's own has both. */
  async isBare(name: string, region: string): Promise<boolean> {
    return this.#ask(region, async (logs) => {
      const { logGroups = [] } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: name }));
      return logGroups.some(
        ({ logGroupName, kmsKeyId, retentionInDays }) =>
          logGroupName === name && kmsKeyId === undefined && retentionInDays === undefined,
      );
    });
  }

  /** Deletes it, with all that is in it. One that is gone already is no fault. */
  async delete(name: string, region: string): Promise<void> {
    await this.#ask(region, async (logs) => {
      await logs.send(new DeleteLogGroupCommand({ logGroupName: name })).catch((error: unknown) => {
        if (!(error instanceof ResourceNotFoundException)) throw error;
      });
    });
  }

  async #ask<Answer>(region: string, ask: (logs: CloudWatchLogsClient) => Promise<Answer>): Promise<Answer> {
    const logs = new CloudWatchLogsClient({ region, ...this.connection });
    try {
      return await ask(logs);
    } finally {
      logs.destroy();
    }
  }
}

/** What of log groups a destroy asks. */
export type ReturningLogGroups = Pick<LogGroups, "isBare" | "delete" | "looks">;

/** What a look for log groups needs. */
export interface Search {
  readonly logGroups: ReturningLogGroups;
  readonly say: (line: string) => void;
}

/**
 * Deletes the log groups of destroyed stacks that came back: EKS writes a cluster's last records when it is gone, and where no group is
 * left makes one, in the clear and for ever. Nothing fails here: what is left is said, and the next deploy takes over what came later.
 */
export async function deleteReturned(
  stacks: readonly Pick<DeployableStack, "logGroups">[],
  { logGroups, say }: Search,
): Promise<void> {
  const addresses = stacks.flatMap((stack) => stack.logGroups);
  if (addresses.length === 0) return;
  const { looks } = logGroups;
  const seconds = looks.reduce((sum, wait) => sum + wait, 0) / 1000;
  if (seconds > 0) say(`Looking for ${String(seconds)} s whether AWS makes log groups anew for last records …`);
  const unsure = new Map<LogGroupAddress, string>();
  for (const wait of looks) {
    await sleep(wait);
    for (const address of addresses) {
      const { name, region } = address;
      try {
        if (await logGroups.isBare(name, region)) {
          await logGroups.delete(name, region);
          say(`Log group ${name} was made anew by AWS, for last records: it is deleted again.`);
        }
        unsure.delete(address);
      } catch (error) {
        unsure.set(address, error instanceof Error ? error.message : String(error));
      }
    }
  }
  for (const [{ name, region }, reason] of unsure) {
    say(
      `Log group ${name} may have been made anew by AWS, and could not be deleted (${reason}). Where it is there, delete it: aws logs delete-log-group --region ${region} --log-group-name ${name}`,
    );
  }
}
