/** What package.json's `engines` asks for: ^22.19 || >=24. @param {string} version `v22.19.0` */
export function isNewEnough(version) {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  return (major === 22 && minor >= 19) || major >= 24;
}
