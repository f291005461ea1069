/**
 * Seconds until the load balancer's controller has seen that a pod leaves and has told the load balancer. The drain starts
 * only then.
 */
const CONTROLLER_SECONDS = 10;

/**
 * The most seconds that a pod may take to stop: EKS fails, or forces, a node's update after 15 minutes (EKS User Guide, "managed node
 * update behavior"). Admission lets a team's pods take 600 of them, unless the platform's settings say more.
 */
export const LONGEST_GRACE_SECONDS = 900;

/** What of an app's settings says how its pods stop. */
interface Stopping {
  readonly drainSeconds: number;
  readonly stopSeconds: number;
  readonly overrides: { readonly noPauseBeforeStop?: object | undefined };
}

/** Seconds that a pod goes on serving before it gets SIGTERM. */
export function pauseSeconds({ drainSeconds, overrides }: Omit<Stopping, "stopSeconds">): number {
  return overrides.noPauseBeforeStop === undefined ? drainSeconds + CONTROLLER_SECONDS : 0;
}

/** Seconds that a pod takes to stop at most. */
export function graceSeconds(settings: Stopping): number {
  return pauseSeconds(settings) + settings.stopSeconds;
}
