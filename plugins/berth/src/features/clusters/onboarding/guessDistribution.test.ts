import { aCluster } from '../../../__testUtils__/fixtures';
import { guessDistribution } from './guessDistribution';

describe('guessDistribution', () => {
  it.each([
    ['v1.34.0+k3s1', 'https://10.0.0.1:6443', 'k3s'],
    ['v1.33.1+rke2r1', 'https://10.0.0.1:9345', 'rke2'],
    ['v1.32.9-eks-113cf36', 'https://10.0.0.1', 'eks'],
    ['v1.33.5-gke.1080000', 'https://34.1.2.3', 'gke'],
    [undefined, 'https://ABC.gr7.eu-west-1.eks.amazonaws.com', 'eks'],
    [undefined, 'https://mine-dns-1.hcp.westeurope.azmk8s.io:443', 'aks'],
    ['v1.33.1', 'https://prod.example.com:6443', 'authentication-config'],
    ['v1.29.9', 'https://prod.example.com:6443', 'apiserver-flags'],
    [undefined, 'https://prod.example.com:6443', 'apiserver-flags'],
  ])('takes %s at %s for %s', (version, apiServer, format) => {
    expect(guessDistribution(aCluster('prod01', { apiServer }), version)).toBe(
      format,
    );
  });

  it.each([
    ['v1.33.1', 'https://prod.example.com:6443', 'gke'],
    ['v1.32.9-eks-113cf36', 'https://10.0.0.1', 'eks'],
  ])(
    'takes %s at %s with a service account for %s',
    (version, apiServer, format) => {
      const cluster = aCluster('prod01', {
        apiServer,
        connection: 'serviceAccount',
      });
      expect(guessDistribution(cluster, version)).toBe(format);
    },
  );
});
