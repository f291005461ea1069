import {
  type CloudWatchLogsClient,
  CreateLogGroupCommand,
  ResourceAlreadyExistsException,
} from "@aws-sdk/client-cloudwatch-logs";

/** Log groups of the local AWS. */
export class LogGroups {
  constructor(private readonly logs: CloudWatchLogsClient) {}

  /** Makes a group in the clear and for ever, as EKS does. @returns false where there is one of that name */
  async create(logGroupName: string): Promise<boolean> {
    try {
      await this.logs.send(new CreateLogGroupCommand({ logGroupName }));
      return true;
    } catch (fault) {
      if (fault instanceof ResourceAlreadyExistsException) return false;
      throw fault;
    }
  }
}
