import { GetPolicyCommand, IAMClient, type IAMClientConfig, NoSuchEntityException } from "@aws-sdk/client-iam";

/** Looks for managed policies of IAM, without Terraform. */
export class Policies {
  /** @param connection endpoint and credentials. @default what every AWS SDK takes from the environment */
  constructor(private readonly connection: IAMClientConfig = {}) {}

  /**
   * Whether there is such a policy. Whoever may not look, or gets no answer, is told that there is: Terraform then says what is wrong.
   * @param region any of the policy's partition, in which IAM is global
   */
  async exists(arn: string, region: string): Promise<boolean> {
    const iam = new IAMClient({ region, ...this.connection });
    try {
      await iam.send(new GetPolicyCommand({ PolicyArn: arn }));
      return true;
    } catch (error) {
      return !(error instanceof NoSuchEntityException);
    } finally {
      iam.destroy();
    }
  }
}
