/** Stops what start-infrastructure.mjs started. */
export default async function stopInfrastructure() {
  await Promise.all((globalThis.throughlineInfrastructure ?? []).map((started) => started.stop()));
}
