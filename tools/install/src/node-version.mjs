/**
 * @param {string} version such as "v20.19.0"
 * @param {string} engines caret ranges, such as "^20.19.0 || ^22.0.0"
 * @returns {boolean}
 */
export function isSupported(version, engines) {
  const [major, ...rest] = numbersOf(version);
  return engines.split("||").some((range) => {
    const [wantedMajor, ...least] = numbersOf(range);
    return major === wantedMajor && isAtLeast(rest, least);
  });
}

/** @param {string} version */
function numbersOf(version) {
  return version
    .replace(/[^\d.]/g, "")
    .split(".")
    .map(Number);
}

/** @param {readonly number[]} version @param {readonly number[]} least */
function isAtLeast([minor = 0, patch = 0], [leastMinor = 0, leastPatch = 0]) {
  return minor > leastMinor || (minor === leastMinor && patch >= leastPatch);
}
