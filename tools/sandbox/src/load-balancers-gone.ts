/** How Elastic Load Balancing names the fault where something is not there. */
const NOT_FOUND = /^(LoadBalancer|Listener|Rule|TargetGroup)NotFoundException$/;

/** What was asked of Elastic Load Balancing; undefined where that has gone since it was listed. */
export async function unlessNotFound<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (fault) {
    if (fault instanceof Error && NOT_FOUND.test(fault.name)) return undefined;
    throw fault;
  }
}
