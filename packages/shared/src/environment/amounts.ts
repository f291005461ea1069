import { z } from "zod";
import { canonical } from "../quantity";

const cpu = z
  .string()
  .regex(/^(\d{1,7}m|\d{1,5}(\.\d{1,3})?)$/, 'must be CPUs or thousandths of one, such as "8" or "500m"')
  .overwrite(canonical);
const memory = z
  .string()
  .regex(/^\d{1,9}(Mi|Gi|Ti)$/, 'must be an amount with its unit, such as "16Gi"')
  .overwrite(canonical);

/** CPU, memory, and disk of the node. */
export interface Amounts {
  readonly cpu: string;
  readonly memory: string;
  readonly ephemeralStorage: string;
}

/** Amounts of what pods share of a node, each with its default, in the canonical form of Kubernetes. */
export const amounts = (defaults: Amounts) =>
  z
    .strictObject({
      cpu: cpu.default(defaults.cpu),
      memory: memory.default(defaults.memory),
      ephemeralStorage: memory.default(defaults.ephemeralStorage),
    })
    .prefault({});

const some = /[1-9]/;

/** Amounts of one container: a limit of 0 is no limit. */
export const amountsOfContainer = (defaults: Amounts) =>
  amounts(defaults).refine((given) => Object.values(given).every((amount) => some.test(amount)), {
    message: "must be more than 0 each: a container's limit of 0 is no limit",
  });
