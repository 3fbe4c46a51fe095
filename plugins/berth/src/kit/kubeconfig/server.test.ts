import { aCluster } from '../../__testUtils__/fixtures';
import { serverOf } from './server';

const API = 'https://portal.example.com/api/berth';

describe('serverOf', () => {
  it('is the API server, with its CA', () => {
    const { apiServer, caData } = aCluster('prod01');
    expect(serverOf(aCluster('prod01'), API)).toEqual({ apiServer, caData });
  });

  it('is the portal for a cluster that computers do not reach', () => {
    expect(serverOf(aCluster('prod01', { kubectlVia: 'portal' }), API)).toEqual(
      { apiServer: `${API}/clusters/prod01/proxy` },
    );
  });
});
