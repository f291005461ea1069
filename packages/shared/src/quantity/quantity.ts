/**
 * A Kubernetes quantity of CPU: whole or broken CPUs ("2", "0.5"), or thousandths ("500m"). Never none: as a limit, 0 is no limit,
 * and no quota counts it.
 */
export const CPU_QUANTITY = /^(?=.*[1-9])(\d{1,6}m|\d{1,3}(\.\d{1,3})?)$/;

/** A Kubernetes quantity of memory in a unit that nobody misreads, and never none: "256Mi", "1Gi", "500M". */
export const MEMORY_QUANTITY = /^(?=.*[1-9])\d{1,9}(Ki|Mi|Gi|Ti|k|M|G|T)$/;

const DECIMAL = ["m", "", "k", "M", "G", "T", "P", "E"];
const BINARY = ["Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];

/**
 * A quantity as Kubernetes writes it: "2048Mi" is "2Gi", "1.5" is "1500m" (apimachinery, Quantity.CanonicalizeBytes). The API server
 * answers with this form, so that any other differs for ever in the provider's plans.
 * @param quantity of the forms above. Any other text comes back as it is, for its own check to refuse.
 */
export function canonical(quantity: string): string {
  const [, whole, broken = "", unit] = /^(\d{1,9})(?:\.(\d{1,3}))?([A-Za-z]*)$/.exec(quantity) ?? [];
  if (whole === undefined || unit === undefined) return quantity;
  if (BINARY.includes(unit)) return broken === "" ? largest(Number(whole), unit, BINARY, 1024) : quantity;
  if (!DECIMAL.includes(unit) || (broken !== "" && unit === "m")) return quantity;
  if (broken === "") return largest(Number(whole), unit, DECIMAL, 1000);
  return largest(Number(whole + broken.padEnd(3, "0")), DECIMAL[DECIMAL.indexOf(unit) - 1] ?? "", DECIMAL, 1000);
}

/** The same with the largest unit that leaves it whole. */
function largest(amount: number, unit: string, units: readonly string[], step: number): string {
  const next = units[units.indexOf(unit) + 1];
  if (amount === 0) return "0";
  if (amount % step !== 0 || next === undefined) return `${String(amount)}${unit}`;
  return largest(amount / step, next, units, step);
}

/** Thousandths of a CPU. @param quantity one that matches CPU_QUANTITY, or its canonical form */
export function millicores(quantity: string): number {
  const [, number = "0", unit = ""] = /^([\d.]+)(\w*)$/.exec(quantity) ?? [];
  return Math.round(Number(number) * 1000 ** DECIMAL.indexOf(unit));
}

/** Bytes. @param quantity one that matches MEMORY_QUANTITY, or its canonical form */
export function bytes(quantity: string): number {
  const [, amount = "0", unit = ""] = /^([\d.]+)(\w*)$/.exec(quantity) ?? [];
  const binary = BINARY.indexOf(unit);
  return Number(amount) * (binary >= 0 ? 1024 ** (binary + 1) : 1000 ** (DECIMAL.indexOf(unit) - 1));
}
