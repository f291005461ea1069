import { SqsQueue, type SqsQueueConfig } from "@cdktf/provider-aws/lib/sqs-queue";
import { SqsQueuePolicy } from "@cdktf/provider-aws/lib/sqs-queue-policy";
import { SqsQueueRedriveAllowPolicy } from "@cdktf/provider-aws/lib/sqs-queue-redrive-allow-policy";
import { type Environment, EVERY_TEAM, USED_BY } from "@demarc/shared/environment";
import { policyDocument } from "@demarc/shared/iam";
import { Construct } from "constructs";
import { EncryptionKey } from "../encryption/key";
import { overTls } from "../encryption/in-transit";
import type { QueueSettings } from "./settings";

export interface QueueProps {
  readonly environment: Environment;
  readonly settings: QueueSettings;
}

/** A queue, and the dead-letter queue that takes what no reader could handle: both encrypted, over TLS only. */
export class Queue extends Construct {
  readonly url: string;
  readonly arn: string;
  readonly keyArn: string;

  constructor(scope: Construct, id: string, { environment, settings }: QueueProps) {
    super(scope, id);
    const { retentionSeconds, deadLetterRetentionSeconds, maxReceiveCount, visibilityTimeoutSeconds } = settings;
    const key = new EncryptionKey(this, "key", {
      environment,
      description: `Encrypts the queues of ${environment.name}`,
      usedBy: EVERY_TEAM,
    });

    const deadLetters = this.#encryptedQueue("dead-letters", key, {
      name: `${environment.name}-apps-dead-letters`,
      messageRetentionSeconds: deadLetterRetentionSeconds,
    });
    const queue = this.#encryptedQueue("queue", key, {
      name: `${environment.name}-apps`,
      tags: { [USED_BY]: EVERY_TEAM },
      messageRetentionSeconds: retentionSeconds,
      visibilityTimeoutSeconds,
      redrivePolicy: JSON.stringify({ deadLetterTargetArn: deadLetters.arn, maxReceiveCount }),
    });
    new SqsQueueRedriveAllowPolicy(this, "redrive", {
      queueUrl: deadLetters.url,
      redriveAllowPolicy: JSON.stringify({ redrivePermission: "byQueue", sourceQueueArns: [queue.arn] }),
    });

    this.url = queue.url;
    this.arn = queue.arn;
    this.keyArn = key.arn;
  }

  #encryptedQueue(id: string, key: EncryptionKey, config: SqsQueueConfig): SqsQueue {
    const queue = new SqsQueue(this, id, {
      ...config,
      // An answer that waits for a message costs less than asking again and again.
      receiveWaitTimeSeconds: 20,
      kmsMasterKeyId: key.arn,
      kmsDataKeyReusePeriodSeconds: 300,
    });
    new SqsQueuePolicy(this, `${id}-policy`, {
      queueUrl: queue.url,
      policy: policyDocument([overTls("sqs:*", queue.arn)]),
    });
    return queue;
  }
}
