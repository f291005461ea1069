/**
 * A Kubernetes quantity of CPU: whole or broken CPUs ("2", "0.5"), or thousandths ("500m"). Never none: as a limit, 0 is no limit,
 * and no quota counts it.
 */
export const CPU_QUANTITY = /^(?=.*[1-9])(\d{1,6}m|\d{1,3}(\.\d{1,3})?)$/;

/** A Kubernetes quantity of memory in a unit that nobody misreads, and never none: "256Mi", "1Gi", "500M". */
export const MEMORY_QUANTITY = /^(?=.*[1-9])\d{1,9}(Ki|Mi|Gi|K|M|G)$/;

const bytesIn: Readonly<Record<string, number>> = {
  K: 1e3,
  M: 1e6,
  G: 1e9,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
};

/** Thousandths of a CPU. @param quantity one that matches CPU_QUANTITY */
export function millicores(quantity: string): number {
  return quantity.endsWith("m") ? Number.parseInt(quantity, 10) : Math.round(Number.parseFloat(quantity) * 1000);
}

/** Bytes. @param quantity one that matches MEMORY_QUANTITY */
export function bytes(quantity: string): number {
  const unit = quantity.replace(/^\d+/, "");
  return Number.parseInt(quantity, 10) * (bytesIn[unit] ?? 1);
}
