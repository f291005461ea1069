const FACTORS: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  "": 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** The number that a Kubernetes quantity such as "250m", "1.5Gi" or "2e3" is; of CPU in cores, of memory in bytes. 0 for none. */
export function quantity(text: string | undefined): number {
  const [, number = "0", suffix = ""] = /^([+-]?[0-9.]+(?:[eE][+-]?[0-9]+)?)([A-Za-z]*)$/.exec(text ?? "0") ?? [];
  return Number(number) * (FACTORS[suffix] ?? 1);
}

/** Cores as a quantity, in whole thousandths. */
export function cores(number: number): string {
  return `${Math.round(number * 1_000)}m`;
}

/** Bytes as a quantity, in whole KiB. */
export function kibibytes(bytes: number): string {
  return `${Math.round(bytes / 2 ** 10)}Ki`;
}
