import { setTimeout as sleep } from "node:timers/promises";

/** How long a cluster may take to do what it is asked, in milliseconds. */
const PATIENCE = 60_000;

/**
 * Asks again and again until the answer is the wanted one; answers it. After a minute the last answer is told.
 *
 * @throws Error with the last answer
 */
export async function eventually<Answer>(
  ask: () => Promise<Answer>,
  isWanted: (answer: Answer) => boolean,
): Promise<Answer> {
  const patience = Date.now() + PATIENCE;
  for (;;) {
    const answer = await ask();
    if (isWanted(answer)) return answer;
    if (Date.now() > patience) throw new Error(`waited in vain; the last answer was ${JSON.stringify(answer)}`);
    await sleep(100);
  }
}
