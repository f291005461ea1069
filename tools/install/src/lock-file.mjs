/**
 * @typedef {Readonly<Record<string, { version?: string, integrity?: string, resolved?: string, link?: boolean, optional?: boolean }>>} Packages
 * by folder, such as "node_modules/zod"
 */

/**
 * Whether what is installed is what the lock file says. Not a matter of dates: a check-out touches files, and an install
 * that changed nothing does not.
 *
 * @param {{ readonly packages: Packages }} installed npm's record of what it put into node_modules
 * @param {{ readonly packages: Packages }} lock
 * @returns {boolean}
 */
export function isCurrent(installed, lock) {
  const isInstallable = (/** @type {string} */ folder) => folder.includes("node_modules/");
  const wanted = Object.keys(lock.packages).filter(isInstallable);
  const present = Object.keys(installed.packages).filter(isInstallable);
  return (
    present.every((folder) => folder in lock.packages) &&
    wanted.every((folder) => {
      const [is, ought] = [installed.packages[folder], lock.packages[folder]];
      // Optional packages are those of other platforms.
      if (is === undefined) return ought?.optional === true;
      // Where a package of a registry comes from differs between machines, where a link leads does not.
      if (ought?.link === true) return is.resolved === ought.resolved;
      return is.version === ought?.version && is.integrity === ought?.integrity;
    })
  );
}
