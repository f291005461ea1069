import { type LocalAws, startLocalAws } from "../../eks-api/testing/local-aws";
import { startJudge } from "../server";

/** The local AWS and the judge that it asks, as the sandbox runs them. `stop` ends both. */
export interface JudgedAws extends LocalAws {
  /** Of the judge. */
  readonly judgeUrl: string;
}

/** Starts both on free ports. */
export async function startJudgedAws(): Promise<JudgedAws> {
  const judge = await startJudge();
  try {
    const aws = await startLocalAws(judge.url);
    const stop = async () => {
      await aws.stop();
      await judge.close();
    };
    return { ...aws, judgeUrl: judge.url, stop };
  } catch (fault) {
    await judge.close();
    throw fault;
  }
}
