/** The oldest Node that the packages support, as in `engines` of package.json. */
const oldest = [20, 19];

/** Ends the process with a sentence that says what to do when Node is too old for anything here to work. */
export function requireNode() {
  const version = process.versions.node;
  if (isSupported(version)) return;
  console.error(
    `PayKit needs Node ${oldest.join(".")} or later; this is Node ${version}. See https://nodejs.org.`,
  );
  process.exit(1);
}

/** @param {string} version */
function isSupported(version) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = oldest;
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
}
