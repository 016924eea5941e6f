import { maskError } from './mask.ts';

describe('maskError', () => {
  it('keeps code, service and place of a service that is down', () => {
    const extensions = {
      code: 'SUBGRAPH_TIMEOUT',
      serviceName: 'clients',
      response: { url: 'http://inside' },
    };
    expect(
      maskError({ message: 'The clients service did not answer.', path: ['client'], extensions }),
    ).toEqual({
      message: 'The clients service did not answer.',
      path: ['client'],
      extensions: { code: 'SUBGRAPH_TIMEOUT', serviceName: 'clients' },
    });
  });

  it('says nothing of any other fault', () => {
    const masked = maskError({
      message: 'request to http://10.0.0.7 failed',
      extensions: { stacktrace: ['at x'] },
    });
    expect(JSON.stringify(masked)).not.toMatch(/10\.0|stacktrace/);
    expect(masked.extensions).toEqual({ code: 'INTERNAL_SERVER_ERROR' });
  });

  it('suggests no name of the graph', () => {
    const message =
      'Variable "$status" got invalid value "OPN"; Value "OPN" does not exist in "CaseStatus" enum. Did you mean the enum value "OPEN_ACTIVE" or "ON_HOLD"?';
    expect(maskError({ message, extensions: { code: 'BAD_USER_INPUT' } }).message).toBe(
      'Variable "$status" got invalid value "OPN"; Value "OPN" does not exist in "CaseStatus" enum.',
    );
  });

  it('tells of a refusal the field and the roles, and nothing else under those names', () => {
    const told = (extensions: object) =>
      maskError({ message: 'no', extensions: { code: 'FORBIDDEN', ...extensions } }).extensions;
    expect(told({ field: 'me.salary', roles: ['SUPERVISOR', 'http://inside', 7] })).toEqual({
      ...{ code: 'FORBIDDEN', field: 'me.salary', roles: ['SUPERVISOR'] },
    });
    expect(told({ field: 'at http://inside', roles: ['SUPERVISOR'] })).toEqual({ code: 'FORBIDDEN' });
  });
});
