/** Work that others must come before. */
export interface Job {
  readonly id: string;
  /** Ids of the jobs that it comes after. */
  readonly after: readonly string[];
}

export interface ScheduleOptions<J extends Job> {
  /** Does a job. @returns whether it went well: what comes after it is begun only then */
  readonly run: (job: J) => Promise<boolean>;
  /** Whether no more jobs are to be begun. @default never */
  readonly isStopped?: () => boolean;
}

/** How many jobs are at work at once: each holds a Terraform with its providers, about half a gigabyte. */
const AT_ONCE = 6;

/**
 * Runs every job as soon as those that it comes after went well, several at once. Where one fails, those that do not depend on it
 * go on.
 * @returns jobs that were not begun
 * @throws what the first job threw that did, once all that were at work have ended; no more are begun then
 */
export async function schedule<J extends Job>(
  jobs: readonly J[],
  { run, isStopped = () => false }: ScheduleOptions<J>,
): Promise<readonly J[]> {
  const rest = new Map(jobs.map((job) => [job.id, job]));
  const unfinished = new Set(rest.keys());
  const running = new Set<Promise<void>>();
  const faults: unknown[] = [];
  const begin = () => {
    for (const job of rest.values()) {
      if (isStopped() || faults.length > 0 || running.size >= AT_ONCE) return;
      if (job.after.some((id) => unfinished.has(id))) continue;
      rest.delete(job.id);
      const work: Promise<void> = run(job)
        .then(
          (ok) => {
            if (ok) unfinished.delete(job.id);
          },
          (fault: unknown) => {
            faults.push(fault);
          },
        )
        .finally(() => running.delete(work));
      running.add(work);
    }
  };
  begin();
  while (running.size > 0) {
    await Promise.race(running);
    begin();
  }
  if (faults.length > 0) throw faults[0];
  return [...rest.values()];
}
