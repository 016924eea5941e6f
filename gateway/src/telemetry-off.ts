/* eslint no-restricted-properties: off -- the library offers no other switch, and reports to its maker unless it is set before it is constructed */
process.env.APOLLO_TELEMETRY_DISABLED = 'true';
